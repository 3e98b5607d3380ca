"""What registrations hold about people, and for how long. How many came from where stays: the figures do."""

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core import retention
from core.retention import Rule
from events.models import Answer, GuestLink, PersonalFeed, Registration, RegistrationChange, Session
from events.registration import words
from events.registration.change import under_lock
from events.registration.services.leaving import LEAVING, leave
from people import personal_data
from people.models import User
from people.personal_data import Provider, Row


def _registrations(user: User) -> list[Row]:
    found = Registration.objects.filter(Q(user=user) | Q(registered_by=user), anonymised_at=None)
    return [_row(row, mine=row.user_id == user.pk) for row in found.select_related("event", "organisation")]


def _row(row: Registration, *, mine: bool) -> Row:
    """What she did for others is hers to know, what they answered is not."""
    answers = [f"{answer.question} {answer.text}" for answer in row.answers.all()] if mine else []
    return {
        "event": row.event.title,
        "whose": gettext("yours") if mine else gettext("of somebody else, registered by you"),
        "organisation": str(row.organisation or ""),
        "state": row.get_state_display(),
        "at": row.at,
        "on_list": row.on_list if mine else None,
        "answers": answers,
    }


def _forget_registrations(user: User) -> None:
    """Her place in what is to come goes to somebody else; what is over stays, without her."""
    for row in _to_come().filter(user=user, state__in=LEAVING).select_related("event").order_by("event", "pk"):
        with transaction.atomic():
            held, locked = under_lock(row)
            if locked.state in LEAVING:
                leave(held, locked, by=None, quiet=True)
    _anonymise(Registration.objects.filter(user=user), name=gettext("A former member"))


def _to_come() -> QuerySet[Registration]:
    return Registration.objects.filter(Exists(_sessions().filter(ends_at__gt=timezone.now())))


def _sessions() -> QuerySet[Session]:
    return Session.objects.filter(event=OuterRef("event"))


def _anonymise(rows: QuerySet[Registration], *, name: str) -> int:
    pks = list(rows.filter(anonymised_at=None).values_list("pk", flat=True))
    Answer.objects.filter(registration__in=pks).delete()
    RegistrationChange.objects.filter(registration__in=pks).update(why="", by=None)
    return Registration.objects.filter(pk__in=pks).update(
        name=name, email="", user=None, registered_by=None, on_list=False, anonymised_at=timezone.now()
    )


def _history(user: User) -> list[Row]:
    found = RegistrationChange.objects.filter(by=user).select_related("registration__event")
    return [
        {"when": row.at, "what": words.action(row), "event": row.registration.event.title, "why": row.why}
        for row in found
    ]


def _feeds(user: User) -> list[Row]:
    return [{"since": feed.made_at} for feed in PersonalFeed.objects.filter(user=user)]


def _forget_feeds(user: User) -> None:
    PersonalFeed.objects.filter(user=user).delete()


def _guest_links(user: User) -> list[Row]:
    found = GuestLink.objects.filter(made_by=user).select_related("event")
    return [{"event": row.event.title, "for_whom": row.label, "when": row.made_at} for row in found]


def _old() -> QuerySet[Registration]:
    """Of events that ended so long ago."""
    recent = _sessions().filter(ends_at__gte=retention.cutoff("registrations"))
    return Registration.objects.filter(~Exists(recent), at__lt=retention.cutoff("registrations"), anonymised_at=None)


EVENT, WHEN = _("Event"), _("When")


PROVIDERS = (
    Provider(
        "registrations",
        _("Registrations for events"),
        ("events.Registration.user", "events.Registration.registered_by"),
        {
            "event": EVENT,
            "whose": _("Whose"),
            "organisation": _("Organisation"),
            "state": _("State"),
            "at": _("Registered on"),
            "on_list": _("On the list of participants"),
            "answers": _("Answers"),
        },
        _registrations,
        _forget_registrations,
    ),
    Provider(
        "registration_history",
        _("What you did with registrations for events"),
        ("events.RegistrationChange.by",),
        {"when": WHEN, "what": _("What"), "event": EVENT, "why": _("Reason")},
        _history,
    ),
    Provider(
        "event_feed",
        _("The secret address of your calendar of events"),
        ("events.PersonalFeed.user",),
        {"since": _("Since")},
        _feeds,
        _forget_feeds,
    ),
    Provider(
        "guest_links",
        _("Guest links for events that you made"),
        ("events.GuestLink.made_by",),
        {"event": EVENT, "for_whom": _("For whom"), "when": WHEN},
        _guest_links,
    ),
)

RULE = Rule(
    "registrations",
    _("Names and addresses of who registered for an event"),
    _("Made anonymous: figures stay, without names or answers"),
    "registrations",
    lambda: _old().count(),
    lambda: _anonymise(_old(), name=""),
    order=70,
)


def connect() -> None:
    personal_data.register(*PROVIDERS)
    retention.register(RULE)
