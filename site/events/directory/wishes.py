"""Who wants to hear of the next edition of an event: once, and by an address that is really hers.

With an account a wish holds at once. Without one, a link by mail confirms it; nobody learns from the answer whether an
address is known. The same link takes the wish back.
"""

import datetime

from django.contrib.auth.models import AnonymousUser
from django.core import signing
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from core.mail.services import absolute_url, post
from events import chores
from events.directory.standing import is_cancelled
from events.models import EventPage, NextEditionWish
from events.programme import is_past, starts_at, time_in_words
from people.audiences import Reader, visible_to
from people.models import User

SALT = "events.next_edition"
LINK = datetime.timedelta(days=730)  # as long as a wish is kept
PAUSE = datetime.timedelta(hours=1)  # between two mails to one address about one event
EMAILS = "events/directory/email"


@transaction.atomic
def wish(*, event: EventPage, user: User) -> None:
    """Somebody with an account. Asking twice changes nothing."""
    now = timezone.now()
    row = _row(event, user.email) or NextEditionWish(event=event, email=user.email)
    row.user, row.confirmed_at = user, row.confirmed_at or now
    if row.told_at is not None:
        row.at, row.told_at, row.told_of = now, None, None
    row.save()


@transaction.atomic
def ask(*, event: EventPage, email: str) -> None:
    """Somebody without an account: she gets a link by mail, unless she is on the list or has just got one."""
    now = timezone.now()
    row = _row(event, email)
    if row is not None and row.told_at is None and (row.confirmed_at or row.at > now - PAUSE):
        return
    row = row or NextEditionWish(event=event, email=email)
    row.at, row.confirmed_at, row.told_at, row.told_of = now, None, None, None
    row.save()
    post(
        template=f"{EMAILS}/confirm_wish",
        to=row.email,
        context={"event": event, "url": absolute_url("event_wish_link", token_of(row))},
    )


@transaction.atomic
def confirm(*, wish: NextEditionWish) -> None:
    NextEditionWish.objects.filter(pk=wish.pk, confirmed_at=None).update(confirmed_at=timezone.now())


@transaction.atomic
def take_back(*, event: EventPage, user: User) -> None:
    NextEditionWish.objects.filter(Q(user=user) | Q(email__iexact=user.email), event=event).delete()


def wishes_of(event: EventPage, user: User) -> bool:
    """Whether she is on the list."""
    waiting = NextEditionWish.objects.filter(event=event, told_at=None).exclude(confirmed_at=None)
    return waiting.filter(Q(user=user) | Q(email__iexact=user.email)).exists()


def _row(event: EventPage, email: str) -> NextEditionWish | None:
    return NextEditionWish.objects.select_for_update().filter(event=event, email__iexact=email).first()


def token_of(wish: NextEditionWish) -> str:
    """For the link in a mail: of this wish, by this address, and for nothing else."""
    return signing.dumps([wish.pk, wish.email], salt=SALT)


def wish_of(token: str) -> NextEditionWish | None:
    """None for a link that is forged or too old, and once the wish is gone."""
    try:
        pk, email = signing.loads(token, salt=SALT, max_age=LINK)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return NextEditionWish.objects.select_related("event").filter(pk=pk, email=email).first()


def due(event: EventPage) -> QuerySet[NextEditionWish]:
    """Who is still to be told of this event: a new edition, published after she asked."""
    before = Q(event=event.previous_id) if event.previous_id else Q(pk__in=())
    if event.series_id:
        before |= Q(event__series=event.series_id)
    waiting = NextEditionWish.objects.filter(before, told_at=None, confirmed_at__isnull=False)
    published = event.first_published_at or timezone.now()
    return waiting.filter(at__lt=published).exclude(event=event.pk).order_by("pk")


def tell(event: EventPage) -> int:
    """Mail whoever waited for this edition and may see it; answers how many. Can run any number of times."""
    if not event.live or starts_at(event) is None or is_past(event) or is_cancelled(event):
        return 0
    return chores.for_each(lambda: due(event), lambda wish: _tell(wish, event))


def _tell(wish: NextEditionWish, event: EventPage) -> bool:
    reader: Reader = wish.user or AnonymousUser()
    start = starts_at(event)
    if start is None or not visible_to(EventPage.objects.filter(pk=event.pk), reader).exists():
        return False
    wish.told_at, wish.told_of = timezone.now(), event
    wish.save(update_fields=["told_at", "told_of"])
    first = min(event.sessions.all(), key=lambda session: session.starts_at)
    post(
        template=f"{EMAILS}/next_edition",
        to=wish.user.email if wish.user else wish.email,
        context={
            "event": event,
            "asked": wish.event,
            "when": time_in_words(first.starts_at, first.ends_at),
            "url": event.get_full_url(),
        },
    )
    return True


def tell_of_next_editions() -> int:
    """Every edition of which somebody may have to hear: for what publishing left undone."""
    waiting = NextEditionWish.objects.filter(told_at=None, confirmed_at__isnull=False)
    new = Q(previous__in=waiting.values("event")) | Q(series__in=waiting.values("event__series"))
    coming = EventPage.objects.live().filter(new, sessions__ends_at__gt=timezone.now()).distinct()
    return sum(tell(event) for event in coming)
