"""How events become search documents. What is private about one is in other tables, which nothing here reads."""

from collections.abc import Iterable, Iterator, Sequence

from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.finding import kinds
from core.finding.kinds import Result, keys_of
from core.finding.pages import MOST_PLAIN, WORDS_PLAIN, page_kind
from core.text import plain_text
from events.directory import facets
from events.directory.cards import cards, in_full
from events.directory.facets import Cost
from events.directory.places import province_of, town_of
from events.directory.standing import keep_until_change
from events.models import EventPage
from people.audiences import Reader, audiences_of_pages, visible_to
from practices.facets import FORM, LEVEL, PROVINCE, SECTOR, THEME
from search.documents import SearchDocument

KIND = "event"
CONCEPTS = ("themes", "sectors", "forms")
TEXTS = ("body", "goals", "preparation", "looking_back", "learnt")


def document_id(page_id: int) -> str:
    return f"{KIND}:{page_id}"


def build(ids: Iterable[str]) -> Iterator[SearchDocument]:
    """The documents of live events, past ones too. Six queries for any number."""
    found = EventPage.objects.live().filter(pk__in=keys_of(ids))
    pages = list(found.prefetch_related("sessions", "leaders", *CONCEPTS))
    audiences = audiences_of_pages(pages)
    for page in pages:
        if audiences[page.pk]:
            yield _document(page, audiences[page.pk])


def all_ids() -> Iterator[str]:
    for pk in EventPage.objects.live().values_list("pk", flat=True).iterator():
        yield document_id(pk)


def present(ids: Iterable[str], reader: Reader) -> dict[str, Result]:
    """Whoever shows these, shows them until the clock changes what is said of one."""
    pages = in_full(keys_of(ids), reader)
    keep_until_change(*pages)
    return {
        document_id(card.page.pk): Result(card.page.title, card.url, card.page.summary, card) for card in cards(pages)
    }


def plain(words: Sequence[str], reader: Reader) -> list[str]:
    """Without an index: those whose title or short text holds all the words. The nearest first, then what is past."""
    pages = visible_to(EventPage.objects.all(), reader).annotate(ends=Max("sessions__ends_at"))
    for word in words[:WORDS_PLAIN]:
        pages = pages.filter(Q(title__icontains=word) | Q(summary__icontains=word))
    now = timezone.now()
    coming = pages.filter(ends__gt=now).order_by("ends", "pk").values_list("pk", flat=True)
    past = pages.exclude(ends__gt=now).order_by("-ends", "pk").values_list("pk", flat=True)
    return [document_id(pk) for pk in [*coming[:MOST_PLAIN], *past[:MOST_PLAIN]][:MOST_PLAIN]]


def register_events() -> None:
    kinds.register(
        page_kind(
            EventPage,
            name=KIND,
            slug="vorming",
            label=_("event"),
            plural=_("events"),
            place=30,
            build=build,
            all_ids=all_ids,
            present=present,
            plain=plain,
            facets=facets.SEARCHED,
            result_template="events/directory/result.html",
            card_template="events/directory/card.html",
        )
    )


def _document(page: EventPage, audiences: frozenset[str]) -> SearchDocument:
    published = page.first_published_at
    starts = [session.starts_at for session in page.sessions.all()]
    return SearchDocument(
        id=document_id(page.pk),
        kind=KIND,
        title=page.title,
        summary=page.summary,
        body=_body(page),
        keywords=_keywords(page),
        facets=_facets(page),
        audiences=audiences,
        published=published.date() if published else None,
        updated=page.confirmed_on,
        happens=min(starts, default=None),
    )


def _body(page: EventPage) -> str:
    parts = [plain_text(getattr(page, name)) for name in TEXTS]
    parts.insert(3, "\n".join(f"{found.title}\n{found.description}".strip() for found in page.sessions.all()))
    return "\n".join(part for part in (*parts, page.for_whom) if part)


def _keywords(page: EventPage) -> str:
    """Terms, kind, places and the names of leaders who are in no pool: an expert may be closed to some readers."""
    words = [str(page.get_kind_display()), *(term.label for role in CONCEPTS for term in getattr(page, role).all())]
    words += [leader.name for leader in page.leaders.all()]
    words += [word for found in page.sessions.all() for word in (found.venue, town_of(found))]
    return " · ".join(dict.fromkeys(word for word in words if word))


def _facets(page: EventPage) -> dict[str, tuple[str, ...]]:
    sessions = list(page.sessions.all())

    def slugs(role: str) -> tuple[str, ...]:
        return tuple(term.slug for term in getattr(page, role).all())

    provinces = (province_of(session) for session in sessions)
    months = (f"{timezone.localtime(session.starts_at):%Y-%m}" for session in sessions)
    return {
        facets.KIND_OF_EVENT.name: (page.kind,),
        LEVEL.name: tuple(level.value for level in page.levels),
        THEME.name: slugs("themes"),
        SECTOR.name: slugs("sectors"),
        FORM.name: slugs("forms"),
        PROVINCE.name: tuple(dict.fromkeys(province.value for province in provinces if province)),
        facets.ATTENDANCE.name: tuple(dict.fromkeys(session.attendance for session in sessions)),
        facets.COST.name: (Cost.PAID.value if page.price else Cost.FREE.value,),
        facets.MONTH.name: tuple(dict.fromkeys(months)),
    }
