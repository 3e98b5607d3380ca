"""What this part registers with the rooms below, once, when the app is ready."""

from core.generation_watch import ignore
from events.models import Answer, ChosenSession, GuestLink, PersonalFeed, Registration, RegistrationChange
from events.registration import box, chores, mine, personal_data, signals, telling
from events.registration.handing_over import RegistrationProvider
from people import holdings


def connect() -> None:
    box.connect()
    chores.connect()
    mine.connect()
    personal_data.connect()
    signals.connect()
    telling.connect()
    holdings.register(RegistrationProvider())
    for model in (Answer, ChosenSession, GuestLink, PersonalFeed, Registration, RegistrationChange):
        ignore(model._meta.db_table)
