"""Addresses of registering, of a registration, and of what somebody takes part in."""

from django.urls import URLPattern, URLResolver, path

from events.registration.views import calendar, lists, offer, page, registering

urlpatterns: list[URLPattern | URLResolver] = [
    path("inschrijven/<int:pk>/", registering.register, name="event_register"),
    path("inschrijven/<int:pk>/collega/", registering.register_colleagues, name="event_register_colleagues"),
    path("inschrijven/gast/<str:token>/", registering.register_guest, name="event_register_guest"),
    path("inschrijving/link/<str:token>/", page.open_link, name="registration_link"),
    path("inschrijving/aanbod/<str:token>/", offer.answer, name="seat_offer"),
    path("inschrijving/<uuid:uid>/", page.registration, name="registration"),
    path("inschrijving/<uuid:uid>/agenda.ics", page.appointment, name="registration_calendar"),
    path("inschrijving/<uuid:uid>/<slug:slug>/", page.step, name="registration_step"),
    path("mijn/inschrijvingen/", lists.my_registrations, name="my_registrations"),
    path("mijn/agenda/", calendar.my_calendar, name="my_calendar"),
    path("mijn/agenda/<str:secret>.ics", calendar.personal_feed, name="personal_feed"),
]
