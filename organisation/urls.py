from django.urls import URLPattern, path

from organisation.views import registers

urlpatterns: list[URLPattern] = [
    path("register/organ/", registers.body_list, name="body_list"),
    path("konto/", registers.account, name="account"),
]
