"""What this part registers with the rooms below, once, when the app is ready."""

from core.generation_watch import ignore
from events.models import Answer, ChosenSession, GuestLink, PersonalFeed, Registration, RegistrationChange, SessionSeats
from events.registration import chores, signals


def connect() -> None:
    chores.connect()
    signals.connect()
    for model in (Answer, ChosenSession, GuestLink, PersonalFeed, Registration, RegistrationChange, SessionSeats):
        ignore(model._meta.db_table)
