"""How practices become search documents."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _

from core.finding import kinds
from core.finding.kinds import Result, keys_of
from core.finding.pages import MOST_PLAIN, WORDS_PLAIN, page_kind
from core.privacy import private_collection_paths
from core.text import plain_text
from people.audiences import Reader, audiences_of_pages
from practices import facets
from practices.cards import visible_cards
from practices.choices import PracticeStatus
from practices.concepts import TAGS, Terms, terms_of
from practices.drawing import result_html
from practices.models import Adoption, PracticeMaterial, PracticePage
from search.documents import Attachment, SearchDocument

KIND = "practice"
BODY_FIELDS = (
    "problem",
    "objectives",
    "preconditions",
    "intended_effects",
    "lessons_learned",
    "local_authority_role",
    "partners",
    "core_elements",
    "risks",
    "transferability",
)
PLAIN_FIELDS = ("effort_explanation", "evidence_explanation", "observed_effect_explanation")


def document_id(page_id: int) -> str:
    return f"{KIND}:{page_id}"


def page_id_of(document: str) -> int:
    """The page of a document id that `document_id` made."""
    return int(document.partition(":")[2])


def build(ids: Iterable[str]) -> Iterator[SearchDocument]:
    """The documents of live practices; unpublished and deleted ones yield nothing. Eight queries for any number."""
    pages = list(
        PracticePage.objects.live()
        .filter(pk__in=keys_of(ids))
        .select_related("contact_organisation")
        .prefetch_related(
            "ran_in__organisation__merged_into",
            Prefetch("adoptions", Adoption.objects.filter(consented_on__isnull=False).select_related("organisation")),
            Prefetch(
                "materials",
                PracticeMaterial.objects.select_related("document__collection", "document__extracted"),
            ),
        )
    )
    private = private_collection_paths()
    audiences = audiences_of_pages(pages)
    terms = terms_of(page.pk for page in pages)
    for page in pages:
        if audiences[page.pk]:
            yield _document(page, terms[page.pk], audiences[page.pk], _open_materials(page, private))


def present(ids: Iterable[str], reader: Reader) -> dict[str, Result]:
    """The cards of the practices that this reader may see. Three queries for any number, besides the privacy's."""
    return {
        document_id(pk): Result(card.page.title, card.url, card.page.summary, card)
        for pk, card in visible_cards(keys_of(ids), reader).items()
    }


def plain(words: Sequence[str], reader: Reader) -> list[str]:
    """Without an index: those whose title or summary holds all the words."""
    pages = PracticePage.objects.visible_to(reader).newest_first()
    for word in words[:WORDS_PLAIN]:
        pages = pages.filter(Q(title__icontains=word) | Q(summary__icontains=word))
    return [document_id(pk) for pk in pages.values_list("pk", flat=True)[:MOST_PLAIN]]


def register_practices() -> None:
    kinds.register(
        page_kind(
            PracticePage,
            name=KIND,
            slug="praktijk",
            label=_("practice"),
            plural=_("practices"),
            place=10,
            build=build,
            present=present,
            plain=plain,
            facets=facets.FACETS,
            draw=result_html,
            card_template="practices/includes/result_card.html",
        )
    )


def _open_materials(page: PracticePage, private: tuple[str, ...]) -> list[PracticeMaterial]:
    """The materials that whoever sees the page may open. A private collection may be closed to some of her readers,
    so neither its documents' titles nor their words are indexed."""
    return [m for m in page.materials.all() if not m.document.collection.path.startswith(private)]


def _attachments(materials: Iterable[PracticeMaterial]) -> tuple[Attachment, ...]:
    texts = ((str(material), getattr(material.document, "extracted", None)) for material in materials)
    return tuple(Attachment(name, row.text) for name, row in texts if row is not None and row.text)


def _document(
    page: PracticePage, terms: Terms, audiences: frozenset[str], materials: list[PracticeMaterial]
) -> SearchDocument:
    first_published = page.first_published_at
    return SearchDocument(
        id=document_id(page.pk),
        kind=KIND,
        title=page.title,
        summary=strip_tags(page.summary),
        body=_body(page),
        keywords=_keywords(page, terms, materials),
        attachments=_attachments(materials),
        facets=_facets(page, terms),
        audiences=audiences,
        published=first_published.date() if first_published else None,
        updated=page.confirmed_on,
        evidence_rank=page.evidence.rank,
    )


def _body(page: PracticePage) -> str:
    parts = [plain_text(getattr(page, name)) for name in BODY_FIELDS]
    parts += [getattr(page, name) for name in PLAIN_FIELDS]
    parts += [f"{row.organisation.name}: {row.text}\n{row.adapted}" for row in page.adoptions.all()]
    parts.insert(2, " ".join(page.approach.stream_block.get_searchable_content(page.approach)))
    return "\n".join(part for part in parts if part)


def _keywords(page: PracticePage, terms: Terms, materials: Iterable[PracticeMaterial]) -> str:
    """Terms, tags, places, titles of attachments and the contact: words to find it by that are no running text."""
    words = [term.label for role in terms.values() for term in role]
    words += [item.organisation.name for item in page.ran_in.all()]
    words += [str(material) for material in materials]
    if page.contact_organisation is not None:
        words.append(page.contact_organisation.name)
    return " · ".join(dict.fromkeys(words))


def _facets(page: PracticePage, terms: Terms) -> dict[str, tuple[str, ...]]:
    def slugs(*roles: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(term.slug for role in roles for term in terms[role]))

    ran_in = [item.organisation for item in page.ran_in.all()]
    return {
        facets.LEVEL.name: tuple(level.value for level in page.levels),
        facets.THEME.name: slugs("themes"),
        facets.TARGET_GROUP.name: slugs("target_groups_final", "target_groups_intermediate"),
        facets.SECTOR.name: slugs("sectors"),
        facets.FORM.name: slugs("forms"),
        facets.METHOD.name: slugs("methods"),
        facets.PHASE.name: slugs("livc_phases"),
        facets.PROVINCE.name: tuple(dict.fromkeys(o.province for o in ran_in if o.province)),
        # A municipality that merged is found under its own code and under its successor's.
        facets.MUNICIPALITY.name: tuple(
            dict.fromkeys(o.nis_code for place in ran_in for o in (place, place.merged_into) if o and o.nis_code)
        ),
        facets.EVIDENCE.name: (page.evidence_level,),
        facets.STATUS.name: (page.status,) if page.status else (),
        facets.YEAR.name: _years(page),
        facets.TAG.name: tuple(tag.label for tag in terms[TAGS]),
    }


def _years(page: PracticePage) -> tuple[str, ...]:
    """The years in which it ran. One that still runs gets the next year when its document is built in that year."""
    start, end, today = page.period_start, page.period_end, timezone.localdate()
    if start is None:
        first = end or page.first_published_at or today
        return (f"{first.year}",)
    runs_on = page.status in {"", PracticeStatus.ONGOING}
    last = end or (today if runs_on else start)
    return tuple(str(year) for year in range(start.year, max(min(last.year, today.year), start.year) + 1))


def ids_with_documents(documents: QuerySet[Any]) -> list[str]:
    """The documents of the practices that carry any of these uploaded documents."""
    carriers = PracticeMaterial.objects.filter(document__in=documents, practice__live=True)
    return [document_id(pk) for pk in carriers.values_list("practice_id", flat=True).distinct()]
