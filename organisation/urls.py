from django.urls import URLPattern, path

from organisation.views import absences, mandates, registers

urlpatterns: list[URLPattern] = [
    path("register/organ/", registers.body_list, name="body_list"),
    path("register/mandat/", mandates.mandate_list, name="mandate_list"),
    path("register/mandat/nytt/", mandates.mandate_new, name="mandate_new"),
    path("register/mandat/<int:pk>/", mandates.mandate_detail, name="mandate_detail"),
    path("register/mandat/<int:pk>/avsluta/", mandates.mandate_end, name="mandate_end"),
    path("konto/", registers.account, name="account"),
    path("konto/franvaro/", absences.absence_list, name="absence_list"),
    path("konto/franvaro/ny/", absences.absence_new, name="absence_new"),
    path("konto/franvaro/<int:pk>/ta-tillbaka/", absences.absence_end, name="absence_end"),
]
