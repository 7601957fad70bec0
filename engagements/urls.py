from django.urls import URLPattern, path

from engagements.views import documents

urlpatterns: list[URLPattern] = [
    path("arenden/<key:key>/dokument/nytt/", documents.document_new, name="document_new"),
    path("arenden/utkast/<int:pk>/dokument/nytt/", documents.document_new, name="document_new_draft"),
    path("dokument/<int:pk>/", documents.document_download, name="document_download"),
    path("dokument/<int:pk>/ta-bort/", documents.document_remove, name="document_remove"),
]
