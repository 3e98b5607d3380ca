"""The addresses of this part."""

from django.urls import URLPattern, URLResolver, path

from events.presence.views import afterwards, attendance, code

urlpatterns: list[URLPattern | URLResolver] = [
    path("aanwezigheid/<int:pk>/", attendance.attendance_list, name="attendance"),
    path("aanwezigheid/<int:pk>/noteren/", attendance.attendance_note, name="attendance_note"),
    path("aanwezigheid/<int:pk>/code/", attendance.attendance_code, name="attendance_code"),
    path("aanwezig/<int:pk>/", code.own_code, name="own_code"),
    path("mijn/attesten/", afterwards.my_certificates, name="my_certificates"),
    path("mijn/attesten/intervisie/<int:pk>/", afterwards.my_group_certificate, name="my_group_certificate"),
    path("attest-ophalen/<str:token>/", afterwards.certificate_by_link, name="certificate_by_link"),
    path("evaluatie/<str:token>/", afterwards.event_evaluation, name="event_evaluation"),
    path("deelnemers/<int:pk>/", afterwards.participants, name="participants"),
]
