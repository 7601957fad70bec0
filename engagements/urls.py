from django.urls import URLPattern, path

from engagements.views import documents, partners, registers, search

urlpatterns: list[URLPattern] = [
    path("arenden/<key:key>/dokument/nytt/", documents.document_new, name="document_new"),
    path("arenden/utkast/<int:pk>/dokument/nytt/", documents.document_new, name="document_new_draft"),
    path("dokument/<int:pk>/", documents.document_download, name="document_download"),
    path("dokument/<int:pk>/ta-bort/", documents.document_remove, name="document_remove"),
    path("sok/", search.search_page, name="search"),
    path("register/", registers.register_index, name="register_index"),
    path("register/organ/<code:code>/", registers.body_detail, name="body_detail"),
    path("register/parter/", partners.partner_list, name="partner_list"),
    path("register/parter/<int:pk>/", partners.partner_detail, name="partner_detail"),
    path("register/fakta/", registers.fact_list, name="fact_list"),
    path("register/strategin/", registers.strategy, name="strategy"),
]
