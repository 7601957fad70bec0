from django.urls import URLPattern, path

from organisation import views

urlpatterns: list[URLPattern] = [
    path("register/organ/", views.body_list, name="body_list"),
    path("konto/", views.account, name="account"),
]
