"""Synthetic practices as pages of the site, written in bulk: no signals, no revisions, as if loaded long ago.

Without attachments and closed pages: what is measured over HTTP is what a visitor gets.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.utils.text import slugify
from taggit.models import Tag
from wagtail.models import Locale, Page

from bench.corpus import Practice, practices
from people.models import Organisation, User
from practices.models import PracticeIndexPage, PracticeMunicipality, PracticePage, PracticeTag
from practices.search import BODY_FIELDS
from taxonomy.models import Concept

BATCH = 500
_ROLES = {
    "themes": "thema",
    "target_groups_final": "doelgroep",
    "sectors": "sector",
    "forms": "vorm",
    "livc_phases": "fase",
    "methods": "methode",
}


def make_pages(size: int) -> None:
    """So many live practices below the listing."""
    index = PracticeIndexPage.objects.get()
    first = index.numchild + 1
    pending: list[Practice] = []
    related = _Related()
    with transaction.atomic():
        for practice in practices(size):
            pending.append(practice)
            if len(pending) == BATCH:
                _write(index, first + practice.number - BATCH, pending, related)
                pending = []
        if pending:
            _write(index, first + size - len(pending), pending, related)
        Page.objects.filter(pk=index.pk).update(numchild=first + size - 1)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


class _Related:
    """What practices refer to, read once."""

    def __init__(self) -> None:
        self.steward = User.objects.create_user("beheerder@ankerplaats.example")
        self.concepts = dict(Concept.objects.values_list("slug", "pk"))
        self.municipalities = list(Organisation.objects.municipalities().order_by("pk").values_list("pk", flat=True))
        self._tags = dict(Tag.objects.values_list("slug", "pk"))

    def tag(self, name: str) -> int:
        slug = slugify(name)
        if slug not in self._tags:
            self._tags[slug] = Tag.objects.create(name=name, slug=slug).pk
        return self._tags[slug]


def _write(index: PracticeIndexPage, first: int, batch: Sequence[Practice], related: _Related) -> None:
    """Page by page its row in the tree and its own row, then what hangs below."""
    pages = [_page(index, first + place, practice) for place, practice in enumerate(batch)]
    for page in pages:
        page.steward_id = related.steward.pk
    bases = [Page(**{f.attname: getattr(page, f.attname) for f in Page._meta.concrete_fields}) for page in pages]
    Page.objects.bulk_create(bases)
    for page, base in zip(pages, bases, strict=True):
        page.pk = page.page_ptr_id = base.pk
    # bulk_create refuses models with a parent table; the row of the child alone is what is missing.
    fields = PracticePage._meta.local_concrete_fields
    PracticePage._base_manager.all()._insert(pages, fields=fields, using=connection.alias)
    pairs = list(zip([page.pk for page in pages], batch, strict=True))
    for role, facet in _ROLES.items():
        _link(role, [(pk, related.concepts[slug]) for pk, practice in pairs for slug in practice.facets[facet]])
    PracticeMunicipality.objects.bulk_create(_places(pairs, related))
    PracticeTag.objects.bulk_create(
        PracticeTag(content_object_id=pk, tag_id=related.tag(name))
        for pk, practice in pairs
        for name in practice.facets["label"]
    )


def _page(index: PracticeIndexPage, place: int, practice: Practice) -> PracticePage:
    slug = f"{slugify(practice.title)[:60]}-{practice.number}"
    published = datetime.combine(practice.updated, time(9), tzinfo=UTC)
    facets = practice.facets
    return PracticePage(
        title=practice.title,
        draft_title=practice.title,
        slug=slug,
        url_path=f"{index.url_path}{slug}/",
        path=PracticePage._get_path(index.path, index.depth + 1, place),
        depth=index.depth + 1,
        content_type=ContentType.objects.get_for_model(PracticePage),
        locale=Locale.get_default(),
        live=True,
        first_published_at=published,
        last_published_at=published,
        latest_revision_created_at=published,
        summary=practice.summary,
        main_level=facets["niveau"][0],
        **{f"level_{level}": True for level in facets["niveau"]},
        **{name: f"<p>{text}</p>" for name, text in zip(BODY_FIELDS, practice.sections, strict=False)},
        approach=json.dumps([{"type": "step", "value": {"title": "Stap", "text": f"<p>{practice.sections[-1]}</p>"}}]),
        evidence_level=facets["onderbouwing"][0],
        status=facets["status"][0],
        confirmed_on=practice.updated,
        review_date=practice.updated + timedelta(days=365),
        contact_role="Coördinator preventie",
    )


def _link(role: str, rows: Iterable[tuple[int, int]]) -> None:
    through: Any = getattr(PracticePage, role).through
    through.objects.bulk_create(through(practicepage_id=page, concept_id=concept) for page, concept in rows)


def _places(pairs: Iterable[tuple[int, Practice]], related: _Related) -> list[PracticeMunicipality]:
    known = related.municipalities
    return [
        PracticeMunicipality(practice_id=pk, organisation_id=place, sort_order=order)
        for pk, practice in pairs
        for order, place in enumerate(
            dict.fromkeys(known[int(code) % len(known)] for code in practice.facets["gemeente"])
        )
    ]
