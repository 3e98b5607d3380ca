"""An event in short, for lists: everything a result or a card shows, in a few queries for any number."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.models import BasePage
from events.directory.places import where
from events.directory.standing import Standing, standing_of
from events.models import EventPage, Session
from events.programme import sessions_of, time_in_words
from experts.directory.presentation import euro
from people.audiences import Reader, visible_to


@dataclass(frozen=True)
class EventCard:
    """A page with what a list says of it."""

    page: EventPage
    url: str

    @property
    def kind(self) -> str:
        return capfirst(str(self.page.get_kind_display()))

    @cached_property
    def standing(self) -> Standing:
        return standing_of(self.page)

    @cached_property
    def sessions(self) -> list[Session]:
        return sessions_of(self.page)

    @cached_property
    def next(self) -> Session | None:
        """The session that comes or runs now; of what is past, the first."""
        now = timezone.now()
        coming = (session for session in self.sessions if session.ends_at > now)
        return next(coming, self.sessions[0] if self.sessions else None)

    @property
    def day(self) -> datetime.datetime | None:
        """For the block with the date, in the time of Brussels."""
        return timezone.localtime(self.next.starts_at) if self.next else None

    @property
    def when(self) -> str:
        """The whole of the day of that session: a study day has several."""
        if self.next is None:
            return ""
        day = timezone.localtime(self.next.starts_at).date()
        that_day = [session for session in self.sessions if timezone.localtime(session.starts_at).date() == day]
        return time_in_words(that_day[0].starts_at, max(session.ends_at for session in that_day))

    @property
    def more(self) -> str:
        """That there are other days besides."""
        days = {timezone.localtime(session.starts_at).date() for session in self.sessions}
        return _("%(number)s days in all") % {"number": len(days)} if len(days) > 1 else ""

    @property
    def where(self) -> str:
        return capfirst(where(self.next)) if self.next else ""

    @property
    def price(self) -> str:
        return price_in_words(self.page)


def price_in_words(page: EventPage) -> str:
    return euro(page.price) or pgettext("cost", "free")


def in_full(pages: Iterable[int], reader: Reader) -> list[EventPage]:
    """What this reader may see of these, with all that a card needs: two queries, besides the privacy's."""
    found = visible_to(EventPage.objects.filter(pk__in=list(pages)), reader)
    return list(found.select_related("running").prefetch_related("sessions"))


def cards(pages: Sequence[EventPage]) -> list[EventCard]:
    """Of pages from `in_full`: no query of its own. In the order of time."""
    found = [EventCard(page, address(page)) for page in pages]
    last = datetime.datetime.max.replace(tzinfo=datetime.UTC)
    return sorted(found, key=lambda card: (card.next.starts_at if card.next else last, card.page.pk))


def address(page: BasePage) -> str:
    return page.url or ""
