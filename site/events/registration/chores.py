"""What the clock does to registrations; run by `manage.py events`."""

import datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from events import chores
from events.choices import COMING, Attendance
from events.choices import RegistrationState as State
from events.models import Answer, EventPage, EventState, Registration, RegistrationChange, Session
from events.registration import mails, online, services, terms
from events.registration.change import for_mail, record
from events.registration.sessions import of_registration


def expire_offers() -> int:
    """What nobody took in time goes to the next in line."""
    return services.expire_offers()


def follow_pages() -> int:
    """What a process that died after publishing left undone: capacity, the waiting list, what changed."""
    to_come = EventPage.objects.live().filter(Exists(_sessions("pk").filter(ends_at__gt=timezone.now())))
    pks = to_come.exclude(running__cancelled_at__isnull=False).values_list("pk", flat=True)
    return chores.one_by_one(pks, lambda pk: follow(EventPage.objects.get(pk=pk)))


def follow(event: EventPage) -> bool:
    """Seats and participants follow the page as it is published now; whether there was anything to follow."""
    before = Registration.objects.filter(event=event, state=State.OFFERED).count()
    state = services.set_capacity(event=event, capacity=event.capacity)
    told = services.announce_changes(event=event)
    offered = Registration.objects.filter(event=event, state=State.OFFERED).count()
    return bool(told or offered != before or state.capacity != event.capacity)


def remind() -> int:
    """Some days before the start, once: everybody who has a place."""
    return chores.for_each(_to_remind, _remind)


def _sessions(event: str = "event") -> QuerySet[Session]:
    return Session.objects.filter(event=OuterRef(event))


def _not_cancelled() -> QuerySet[EventState]:
    return EventState.objects.select_related("event").filter(cancelled_at=None, event__live=True)


def _to_remind() -> QuerySet[EventState]:
    now = timezone.now()
    soon = Exists(_sessions().filter(starts_at__lte=now + terms.days("reminder")))
    return _not_cancelled().filter(soon, ~Exists(_sessions().filter(starts_at__lte=now)), reminded_at=None)


def _remind(state: EventState) -> None:
    for row in for_mail(state.event, State.REGISTERED):
        mails.reminder(row)
    state.reminded_at = timezone.now()
    state.save(update_fields=["reminded_at"])


def send_links() -> int:
    """Shortly before an online session, once for each day with one: everybody who takes part in it."""
    return chores.for_each(_to_link, _send_links)


def _to_link() -> QuerySet[EventState]:
    now = timezone.now()
    online_soon = _sessions().filter(starts_at__lte=now + terms.hours("link"), ends_at__gt=now)
    near = Exists(online_soon.exclude(attendance=Attendance.ON_SITE))
    return _not_cancelled().filter(near, event__private__online_link__gt="")


def _send_links(state: EventState) -> bool:
    if not any(online.is_near(session) and _is_unsent(state, session) for session in state.event.sessions.all()):
        return False
    for row in for_mail(state.event, *COMING):  # also who was there the first day
        if near := [session for session in of_registration(row) if online.is_near(session)]:
            mails.link_soon(row, near[0], state.event.private.online_link)
    state.link_sent_at = timezone.now()
    state.save(update_fields=["link_sent_at"])
    return True


def _is_unsent(state: EventState, session: Session) -> bool:
    """The link that was mailed for a session is for the others of that day as well."""
    midnight = timezone.localtime(session.starts_at).replace(hour=0, minute=0, second=0, microsecond=0)
    return state.link_sent_at is None or state.link_sent_at < midnight - terms.hours("link")


def tell_who_waited() -> int:
    """When nobody is offered a place any more, who still waits hears that none came free."""
    return chores.for_each(_still_waiting, _tell_no_seat)


def _still_waiting() -> QuerySet[Registration]:
    now = timezone.now()
    begins = Exists(_sessions().filter(starts_at__lte=now + terms.hours("last_offer")))
    lately = Exists(_sessions().filter(starts_at__gt=now - datetime.timedelta(days=2)))
    told = Exists(RegistrationChange.objects.filter(registration=OuterRef("pk"), action="no_seat"))
    rows = Registration.objects.select_related("event", "user").filter(state=State.WAITING, event__live=True)
    return rows.filter(begins, lately, ~told)


def _tell_no_seat(row: Registration) -> None:
    mails.no_seat(row)
    record(row, "no_seat")


def erase_answers() -> int:
    """On the day that was promised."""
    count, _by_model = Answer.objects.filter(erase_on__lte=timezone.localdate()).delete()
    return count


def connect() -> None:
    for chore in (expire_offers, follow_pages, remind, send_links, tell_who_waited, erase_answers):
        chores.register(chore)
