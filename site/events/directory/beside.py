"""What stands beside an event, as far as this reader may see it: who leads, what is used, other dates."""

from dataclasses import dataclass, field

from django.db.models import Q
from django.utils import timezone
from wagtail.models import Page

from core.finding.alike import Alike
from core.finding.kinds import all_kinds, get_kind
from core.finding.listing import presented
from events.directory.cards import EventCard, address, cards, in_full
from events.models import EventPage
from experts.models import ExpertPage
from people.audiences import Reader, visible_to
from search.documents import kind_of

MOST_DATES = 40


@dataclass(frozen=True)
class Leader:
    name: str
    description: str = ""
    url: str = ""


@dataclass(frozen=True)
class Dates:
    """Other events of the same series, or editions of the same."""

    coming: list[EventCard] = field(default_factory=list)
    past: list[EventCard] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.coming or self.past)


def leaders_of(page: EventPage, reader: Reader) -> list[Leader]:
    """An expert by the name of her page, with a link; one whom the reader may not see is not named."""
    rows = list(page.leaders.all())
    ids = [row.expert_id for row in rows if row.expert_id]
    experts = {found.pk: found for found in visible_to(ExpertPage.objects.filter(pk__in=ids), reader)} if ids else {}
    found = []
    for row in rows:
        if row.expert_id in experts:
            expert = experts[row.expert_id]
            found.append(Leader(expert.title, row.description, address(expert)))
        elif row.name:
            found.append(Leader(row.name, row.description))
    return found


def related_to(page: EventPage, reader: Reader) -> list[Alike]:
    """The pages that are used, in the editor's order, each as its kind shows it."""
    order = [row.page_id for row in page.related.all()]
    if not order:
        return []
    models = {kind.page: kind for kind in all_kinds() if kind.page is not None}
    classes = {found.pk: found.specific_class for found in Page.objects.filter(pk__in=order)}
    ids = [models[classes[pk]].document_id(pk) for pk in order if classes.get(pk) in models]
    shown = presented(ids, reader)
    found = ((get_kind(kind_of(document)), shown.get(document)) for document in ids)
    return [Alike(kind, result) for kind, result in found if kind is not None and result is not None]


def other_dates(page: EventPage, reader: Reader) -> Dates:
    """Two queries, besides the privacy's; none for an event that stands alone."""
    same = Q(previous_id=page.pk) if page.pk else Q(pk__in=())
    if page.previous_id:
        same |= Q(pk=page.previous_id)
    if page.series_id:
        same |= Q(series_id=page.series_id)
    ids = EventPage.objects.live().filter(same).exclude(pk=page.pk).order_by("-pk").values_list("pk", flat=True)
    found = cards(in_full(ids[:MOST_DATES], reader)) if page.pk or page.series_id else []
    now = timezone.now()
    coming = [card for card in found if card.sessions and card.sessions[-1].ends_at > now]
    return Dates(coming, [card for card in reversed(found) if card not in coming])
