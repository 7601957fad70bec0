from django.urls import URLPattern, path

from stockholm_intl.desk import views

urlpatterns: list[URLPattern] = [
    path("", views.desk, name="desk"),
    path("skrivbord/antal/", views.count, name="desk_count"),
]
