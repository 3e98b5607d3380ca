"""The list of one session: who is expected, who is there."""

import hashlib
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from events.choices import COMING
from events.models import EventPage, Registration, Session, SessionPresence


@dataclass(frozen=True)
class Row:
    """`presence` is None as long as nobody noted anything."""

    registration: Registration
    presence: SessionPresence | None

    @property
    def is_present(self) -> bool:
        return self.presence is not None and self.presence.present

    @property
    def is_absent(self) -> bool:
        return self.presence is not None and not self.presence.present

    @property
    def noted_when(self) -> str:
        """The time; with the day, where that was another day."""
        if self.presence is None:
            return ""
        at = timezone.localtime(self.presence.at)
        words = {"day": date_format(at, "j F"), "time": date_format(at, "G.i")}
        return (_("at %(time)s") if at.date() == timezone.localdate() else _("on %(day)s at %(time)s")) % words


@dataclass(frozen=True)
class Counts:
    total: int
    present: int
    absent: int

    @property
    def unknown(self) -> int:
        return self.total - self.present - self.absent


def _coming(event: EventPage) -> QuerySet[Registration]:
    return Registration.objects.filter(event=event, state__in=COMING, anonymised_at=None)


def _expected(event: EventPage, session: Session) -> QuerySet[Registration]:
    """Of sessions side by side: who chose this one, and who came to it all the same."""
    if not session.choice:
        return _coming(event)
    noted = SessionPresence.objects.filter(registration=OuterRef("pk"), session=session)
    chose = session.chosen.filter(registration=OuterRef("pk"))
    return _coming(event).filter(Exists(chose) | Exists(noted))


def rows_of(event: EventPage, session: Session, *, search: str = "", pk: int | None = None) -> list[Row]:
    """In the order of names. A search looks through everybody who has a place, whatever she chose."""
    found = _coming(event) if search or pk else _expected(event, session)
    if pk is not None:
        found = found.filter(pk=pk)
    for word in search.split():
        found = found.filter(Q(name__icontains=word) | Q(organisation__name__icontains=word))
    noted = SessionPresence.objects.filter(session=session).select_related("noted_by")
    found = found.select_related("organisation").prefetch_related(Prefetch("presences", noted, to_attr="noted"))
    return [Row(row, next(iter(row.noted), None)) for row in found.order_by(Lower("name"), "pk")]


def mark_of(rows: list[Row]) -> str:
    """Another one as soon as anything in the list is otherwise: whoever has this one need not get it again."""
    said = [(row.registration.pk, row.registration.version, row.presence and row.presence.at) for row in rows]
    return hashlib.sha256(repr(said).encode()).hexdigest()[:16]


def counts_of(event: EventPage, session: Session) -> Counts:
    noted = SessionPresence.objects.filter(registration__in=_coming(event), session=session)
    found = noted.aggregate(there=Count("pk", filter=Q(present=True)), away=Count("pk", filter=Q(present=False)))
    return Counts(_expected(event, session).count(), found["there"], found["away"])
