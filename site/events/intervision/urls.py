"""The addresses of intervision. Whoever is no member finds nothing at any of them."""

from django.urls import URLPattern, path

from events.intervision.views import cases, files, glass, joining, lessons, meetings, mine, room

ROOM = "intervisie/<uuid:uid>/"
MEETING = f"{ROOM}bijeenkomst/<uuid:key>/"
QUESTION = f"{ROOM}vraag/<uuid:key>/"

urlpatterns: list[URLPattern] = [
    path("mijn/intervisie/", mine.my_intervision, name="my_intervision"),
    path(ROOM, room.room, name="intervision_room"),
    path(f"{ROOM}afspraken/", joining.rules, name="intervision_rules"),
    path(f"{ROOM}meedoen/", joining.ask, name="intervision_ask"),
    path(f"{ROOM}kandidaat/<int:pk>/", joining.candidate, name="intervision_candidate"),
    path(f"{ROOM}inrichten/", room.arrange, name="intervision_arrange"),
    path(f"{ROOM}uitnodigen/", room.invite, name="intervision_invite"),
    path(f"{ROOM}uitnodiging/<int:pk>/intrekken/", room.withdraw, name="intervision_withdraw"),
    path(f"{ROOM}lid/<int:pk>/verwijderen/", room.remove, name="intervision_remove"),
    path(f"{ROOM}overdragen/", room.hand_over, name="intervision_hand_over"),
    path(f"{ROOM}begeleiden/", room.take_on, name="intervision_take_on"),
    path(f"{ROOM}verlaten/", room.leave, name="intervision_leave"),
    path(f"{ROOM}sluiten/", room.close, name="intervision_close"),
    path(f"{ROOM}logboek/", room.log, name="intervision_log"),
    path(f"{ROOM}bijeenkomst/nieuw/", meetings.add, name="intervision_new_meeting"),
    path(MEETING, meetings.meeting, name="intervision_meeting"),
    path(f"{MEETING}wijzigen/", meetings.change, name="intervision_change_meeting"),
    path(f"{MEETING}afgelasten/", meetings.cancel, name="intervision_cancel_meeting"),
    path(f"{MEETING}aanwezig/", meetings.presence, name="intervision_presence"),
    path(f"{MEETING}afspraak.ics", meetings.appointment, name="intervision_appointment"),
    path(f"{MEETING}vraag/", cases.bring, name="intervision_bring"),
    path(QUESTION, cases.case, name="intervision_case"),
    path(f"{QUESTION}wijzigen/", cases.change, name="intervision_change_case"),
    path(f"{QUESTION}wissen/", cases.erase, name="intervision_erase"),
    path(f"{ROOM}materiaal/", files.add, name="intervision_new_file"),
    path(f"{ROOM}materiaal/<uuid:key>/", files.download, name="intervision_file"),
    path(f"{ROOM}materiaal/<uuid:key>/verwijderen/", files.remove, name="intervision_remove_file"),
    path(f"{ROOM}les/nieuw/", lessons.write, name="intervision_new_lesson"),
    path(f"{ROOM}les/<uuid:key>/", lessons.lesson, name="intervision_lesson"),
    path(f"{ROOM}les/<uuid:key>/wijzigen/", lessons.write, name="intervision_change_lesson"),
    path(f"{ROOM}glas-breken/", glass.break_glass, name="intervision_glass"),
]
