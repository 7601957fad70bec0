from django.urls import URLPattern, path

from engagements.views import assignments, assignments_detail, assignments_write, documents, partners, registers, search

urlpatterns: list[URLPattern] = [
    path("uppdrag/", assignments.AssignmentList.as_view(), name="assignment_list"),
    path("uppdrag/nytt/", assignments_write.new, name="assignment_new"),
    path("uppdrag/utkast/<int:pk>/", assignments_write.draft, name="assignment_draft"),
    path("uppdrag/utkast/<int:pk>/ta-bort/", assignments_write.remove, name="assignment_remove"),
    path("uppdrag/<key:key>/", assignments_detail.show, name="assignment_detail"),
    path("uppdrag/<key:key>/andra/", assignments_write.edit, name="assignment_edit"),
    path("uppdrag/<key:key>/foresla/", assignments_detail.propose, name="assignment_propose"),
    path("uppdrag/<key:key>/reserapport/", assignments_detail.report, name="trip_report"),
    path("uppdrag/<key:key>/lamnad/", assignments_detail.submitted, name="influence_submitted"),
    path("uppdrag/<key:key>/pengar/", assignments_detail.money, name="project_money"),
    path("uppdrag/<key:key>/avsluta/", assignments_detail.close, name="assignment_close"),
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
