from django.urls import URLPattern, path

from decisions.views import approving, correcting, deciding, items, matters, meetings, paper, points, points_write

urlpatterns: list[URLPattern] = [
    path("beredning/", meetings.meeting_list, name="meeting_list"),
    path("beredning/ny/", meetings.meeting_new, name="meeting_new"),
    path("beredning/<int:pk>/", meetings.meeting_detail, name="meeting_detail"),
    path("beredning/<int:pk>/andra/", meetings.meeting_edit, name="meeting_edit"),
    path("beredning/<int:pk>/ny-punkt/", items.meeting_item_new, name="meeting_item_new"),
    path("beredning/<int:pk>/hallet/", meetings.meeting_hold, name="meeting_hold"),
    path("beredning/<int:pk>/justera/", approving.meeting_approve, name="meeting_approve"),
    path("beredning/<int:pk>/anmal/", meetings.meeting_report, name="meeting_report"),
    path("beredning/<int:pk>/skriv-ut/dagordning/", paper.print_agenda_of, name="meeting_print_agenda"),
    path("beredning/<int:pk>/skriv-ut/beslutslista/", paper.print_decisions_of, name="meeting_print_decisions"),
    path("beredning/utskrift/<int:pk>/", paper.meeting_paper, name="meeting_paper"),
    path("beredning/punkt/<int:pk>/andra/", items.item_edit, name="item_edit"),
    path("beredning/punkt/<int:pk>/flytta/", items.item_move, name="item_move"),
    path("beredning/punkt/<int:pk>/ta-bort/", items.item_withdraw, name="item_withdraw"),
    path("beredning/punkt/<int:pk>/besluta/", deciding.item_decide, name="item_decide"),
    path("beredning/punkt/<int:pk>/angra/", deciding.item_undo, name="item_undo"),
    path("beredning/punkt/<int:pk>/justera/", approving.item_approve, name="item_approve"),
    path("arenden/<key:key>/hanskjut/", matters.engagement_refer, name="engagement_refer"),
    path("arenden/<key:key>/besluta/", matters.engagement_decide, name="engagement_decide"),
    path("arenden/<key:key>/ratta/", correcting.engagement_correct, name="engagement_correct"),
    path("register/delegation/", points.delegation_list, name="delegation_list"),
    path("register/delegation/ny/", points_write.point_new, name="point_new"),
    path("register/delegation/<int:pk>/ny-version/", points_write.point_version, name="point_version"),
    path("register/delegation/<int:pk>/ratta/", points_write.point_mend, name="point_mend"),
    path("register/delegation/<int:pk>/avsluta/", points_write.point_end, name="point_end"),
]
