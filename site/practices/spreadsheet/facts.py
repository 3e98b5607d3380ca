"""What hangs below a practice, for one page in memory or for many at once in a handful of queries."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from taggit.models import TaggedItemBase

from people.models import User
from practices.models import PracticeMunicipality, PracticePage, PracticeReference, PracticeSource, PracticeTag
from practices.models.parts import CONCEPT_ROLES
from taxonomy.models import Concept


class Named(NamedTuple):
    pk: int
    name: str


class Reference(NamedTuple):
    title: str
    author: str
    year: str
    url: str


class Source(NamedTuple):
    title: str
    passage: str
    url: str


@dataclass
class Facts:
    """The rows below one practice."""

    concepts: dict[str, list[Named]] = field(default_factory=lambda: {role: [] for role in CONCEPT_ROLES})
    places: list[Named] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    steward: str = ""
    organisation: str = ""


def _reference(row: PracticeReference) -> Reference:
    return Reference(row.title, row.author, str(row.year or ""), row.url)


def _source(row: PracticeSource) -> Source:
    return Source(row.title, row.passage, row.url)


def facts_of(page: PracticePage) -> Facts:
    """Of one page as it stands in memory: a draft's own rows, not those of the live page."""
    return Facts(
        concepts={role: [Named(c.pk, c.label) for c in getattr(page, role).all()] for role in CONCEPT_ROLES},
        places=[Named(row.organisation_id, row.organisation.name) for row in page.ran_in.all()],
        tags=sorted(tag.name for tag in page.tags.all()),
        references=[_reference(row) for row in page.references.all()],
        sources=[_source(row) for row in page.sources.all()],
        steward=page.steward.email if page.steward else "",
        organisation=page.contact_organisation.name if page.contact_organisation else "",
    )


def facts_of_many(pages: Sequence[PracticePage]) -> dict[int, Facts]:
    """Of live pages, by id; the number of queries does not grow with the number of pages."""
    ids = [page.pk for page in pages]
    facts: dict[int, Facts] = defaultdict(Facts, {pk: Facts() for pk in ids})
    _add_concepts(facts, ids)
    places = PracticeMunicipality.objects.filter(practice__in=ids).select_related("organisation")
    for place in places.order_by("sort_order", "pk"):
        facts[place.practice_id].places.append(Named(place.organisation_id, place.organisation.name))
    tags: Iterable[TaggedItemBase] = PracticeTag.objects.filter(content_object__in=ids).select_related("tag")
    for tagged in sorted(tags, key=lambda tagged: str(tagged.tag.name)):
        facts[tagged.content_object_id].tags.append(tagged.tag.name)
    for reference in PracticeReference.objects.filter(practice__in=ids).order_by("sort_order", "pk"):
        facts[reference.practice_id].references.append(_reference(reference))
    for source in PracticeSource.objects.filter(practice__in=ids).order_by("sort_order", "pk"):
        facts[source.practice_id].sources.append(_source(source))
    _add_keys(facts, pages)
    return facts


def _add_concepts(facts: dict[int, Facts], ids: list[int]) -> None:
    for role in CONCEPT_ROLES:
        through = getattr(PracticePage, role).through
        rows = through.objects.filter(practicepage__in=ids).order_by("concept__label")
        for page_id, pk, label in rows.values_list("practicepage_id", "concept_id", "concept__label"):
            facts[page_id].concepts[role].append(Named(pk, label))


def _add_keys(facts: dict[int, Facts], pages: Sequence[PracticePage]) -> None:
    from people.models import Organisation

    stewards = dict(User.objects.filter(pk__in={p.steward_id for p in pages}).values_list("pk", "email"))
    bodies = Organisation.objects.filter(pk__in={p.contact_organisation_id for p in pages})
    names = dict(bodies.values_list("pk", "name"))
    for page in pages:
        facts[page.pk].steward = stewards.get(page.steward_id or 0, "")
        facts[page.pk].organisation = names.get(page.contact_organisation_id or 0, "")


def vocabulary() -> dict[str, list[Concept]]:
    """The terms of every scheme, as an import may meet them: merged ones included."""
    found: dict[str, list[Concept]] = defaultdict(list)
    for concept in Concept.objects.select_related("merged_into"):
        found[concept.scheme].append(concept)
    return found
