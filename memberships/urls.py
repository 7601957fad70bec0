from django.urls import URLPattern, path

from memberships.views import detail, lists, review_list, write

urlpatterns: list[URLPattern] = [
    path("medlemskap/", lists.MembershipList.as_view(), name="membership_list"),
    path("medlemskap/omprovas/", review_list.show, name="review_list"),
    path("medlemskap/nytt/", write.new, name="membership_new"),
    path("medlemskap/utkast/<int:pk>/", write.draft, name="membership_draft"),
    path("medlemskap/utkast/<int:pk>/ta-bort/", write.remove, name="membership_remove"),
    path("medlemskap/<key:key>/", detail.show, name="membership_detail"),
    path("medlemskap/<key:key>/andra/", write.edit, name="membership_edit"),
    path("medlemskap/<key:key>/foresla/", detail.propose, name="membership_propose"),
]
