from django.urls import URLPattern, path

from visits.views import assess, detail, lists, reception, write

urlpatterns: list[URLPattern] = [
    path("besok/", lists.VisitList.as_view(), name="visit_list"),
    path("besok/nytt/", write.new, name="visit_new"),
    path("besok/utkast/<int:pk>/", write.draft, name="visit_draft"),
    path("besok/utkast/<int:pk>/ta-bort/", write.remove, name="visit_remove"),
    path("besok/<key:key>/", detail.show, name="visit_detail"),
    path("besok/<key:key>/andra/", write.edit, name="visit_edit"),
    path("besok/<key:key>/bedom/", assess.assess, name="visit_assess"),
    path("besok/<key:key>/foresla/", reception.propose, name="reception_propose"),
    path("besok/<key:key>/mottagningen-holls/", reception.complete, name="reception_complete"),
    path("besok/<key:key>/folj-upp/", assess.complete, name="visit_complete"),
]
