"""Every change of who takes part. Keyword-only and atomic; each locks the event's seats first, looks again under the
lock, writes the history and the mail. All raise RegistrationError; see `events.registration.exceptions`.
"""

from events.registration.services.changing import change, change_answers, change_sessions
from events.registration.services.leaving import replace, withdraw
from events.registration.services.offering import accept_offer, decline_offer, expire_offers, promote
from events.registration.services.organising import announce_changes, cancel_by_organiser, cancel_event, set_capacity
from events.registration.services.registering import Applicant, register, register_all

__all__ = [
    "Applicant",
    "accept_offer",
    "announce_changes",
    "cancel_by_organiser",
    "cancel_event",
    "change",
    "change_answers",
    "change_sessions",
    "decline_offer",
    "expire_offers",
    "promote",
    "register",
    "register_all",
    "replace",
    "set_capacity",
    "withdraw",
]
