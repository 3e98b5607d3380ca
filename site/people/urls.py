from django.urls import URLPattern, path

from people.views import data, handing_over, invitation, members, my, sessions

urlpatterns: list[URLPattern] = [
    path("mijn/", my.my_page, name="my_page"),
    path("mijn/organisatie/", my.my_organisation, name="my_organisation"),
    path("mijn/organisatie/aanvraag/<int:pk>/intrekken/", my.withdraw_request, name="withdraw_request"),
    path("mijn/organisatie/leden/", members.members, name="members"),
    path("mijn/organisatie/<int:organisation_id>/leden/", members.members_of, name="members_of"),
    path("mijn/organisatie/<int:organisation_id>/uitnodigen/", members.invite, name="members_invite"),
    path("mijn/leden/<int:pk>/rollen/", members.roles, name="member_roles"),
    path("mijn/leden/<int:pk>/beeindigen/", members.end, name="member_end"),
    path("mijn/uitnodigingen/<int:pk>/opnieuw/", members.resend, name="invitation_resend"),
    path("mijn/uitnodigingen/<int:pk>/intrekken/", members.revoke, name="invitation_revoke"),
    path("mijn/overdragen/", handing_over.hand_over, name="hand_over"),
    path("mijn/toestellen/<int:pk>/afmelden/", sessions.end_session, name="end_session"),
    path("mijn/gegevens/", data.my_data, name="my_data"),
    path("mijn/gegevens.json", data.my_data_file, name="my_data_file"),
    path("privacy/bewaartermijnen/", data.retention_terms, name="retention_terms"),
    path("mijn/verwijderen/", data.delete_me, name="delete_me"),
    path("mijn/verwijderen/<str:token>/", data.delete_me_now, name="delete_me_now"),
    path("uitnodiging/<str:token>/", invitation.invitation, name="invitation"),
]
