"""Addresses of the organiser's desk, below the admin's."""

from django.urls import URLPattern, URLResolver, include, path

from events.desk.views import dates, event, figures, mailing, overview, registration, settings

app_name = "event_desk"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", overview.overview, name="overview"),
    path("cijfers/", figures.figures, name="figures"),
    path("cijfers/export.xlsx", figures.export, name="figures_export"),
    path("niet-bereikt/", figures.unreached, name="unreached"),
    path("niet-bereikt/export.xlsx", figures.unreached_export, name="unreached_export"),
    path("intervisie/", include("events.intervision.admin_urls")),
    path("<int:pk>/", event.event, name="event"),
    path("<int:pk>/antwoorden/", event.answers, name="answers"),
    path("<int:pk>/deelnemers.xlsx", figures.participants, name="participants_export"),
    path("<int:pk>/inschrijven/", registration.register, name="register"),
    path("<int:pk>/inschrijving/<uuid:uid>/", registration.registration, name="registration"),
    path("<int:pk>/inschrijving/<uuid:uid>/<slug:name>/", registration.step, name="step"),
    path("<int:pk>/plaatsen/", settings.capacity, name="capacity"),
    path("<int:pk>/praktisch/", settings.private, name="private"),
    path("<int:pk>/gasten/", settings.guests, name="guests"),
    path("<int:pk>/gasten/<int:link_id>/intrekken/", settings.revoke_guest, name="revoke_guest"),
    path("<int:pk>/mails/", mailing.mailings, name="mailings"),
    path("<int:pk>/mails/nieuw/", mailing.write, name="write"),
    path("<int:pk>/mails/<int:mailing_id>/verder/", mailing.go_on, name="go_on"),
    path("<int:pk>/kopie/", dates.copy, name="copy"),
    path("<int:pk>/reeks/", dates.series, name="series"),
    path("<int:pk>/verplaatsen/", dates.move, name="move"),
    path("<int:pk>/annuleren/", dates.cancel, name="cancel"),
]
