"""Which parts of the template a practice has, and which it still needs to be published."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.html import strip_tags
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.models import Revision

if TYPE_CHECKING:
    from practices.models import PracticePage

REQUIRED_TO_PUBLISH = (
    "title",
    "summary",
    "main_level",
    "problem",
    "objectives",
    "target_groups_final",
    "preconditions",
    "intended_effects",
    "approach",
    "lessons_learned",
    "steward",
    "review_date",
)
WORTH_FILLING = (
    "target_groups_intermediate",
    "local_authority_role",
    "partners",
    "sectors",
    "forms",
    "themes",
    "core_elements",
    "risks",
    "effort_explanation",
    "period_start",
    "status",
    "evidence_explanation",
    "transferability",
    "contact_role",
    "contact_organisation",
    "sources",
)


class IncompletePracticeError(ValidationError):
    """A practice that is not complete was about to be published; says which parts are missing."""

    def __init__(self, page: "PracticePage", missing: dict[str, str]) -> None:
        super().__init__(dict(missing))
        self.subject = page.title


def expected(field_name: str, page: "PracticePage") -> str:
    """What to say when a required part is empty: the field's name and what is expected there."""
    field = page._meta.get_field(field_name)
    label = str(field.verbose_name)  # type: ignore[union-attr]
    hint = str(getattr(field, "help_text", "")) or _("Fill in this part.")
    return _("“%(field)s” is still empty. %(hint)s") % {"field": label[:1].upper() + label[1:], "hint": hint}


def has(page: "PracticePage", field_name: str) -> bool:
    """Whether a part holds something a reader would see; rich text of empty paragraphs does not count."""
    value: Any = getattr(page, field_name)
    if hasattr(value, "exists"):
        return bool(value.exists() if page.pk is None else value.all())
    if hasattr(value, "all"):
        return bool(value.all())
    if isinstance(value, str):
        return bool(strip_tags(value).strip())
    return value is not None and value != [] and bool(value)


def missing_to_publish(page: "PracticePage") -> dict[str, str]:
    """Field name → message, for every required part that is empty."""
    return {name: expected(name, page) for name in REQUIRED_TO_PUBLISH if not has(page, name)}


def completeness(page: "PracticePage") -> int:
    """How much of the template is filled, in whole per cent: required and recommended parts count alike."""
    names = REQUIRED_TO_PUBLISH + WORTH_FILLING
    return round(100 * sum(has(page, name) for name in names) / len(names))


@dataclass(frozen=True)
class Overview:
    """How far the latest version of a practice is: per cent, and the names of what publishing still needs."""

    percent: int
    missing: tuple[str, ...]

    @property
    def complete(self) -> bool:
        return not self.missing


def overviews(pages: Sequence["PracticePage"]) -> dict[int, Overview]:
    """Of many pages by id, drafts included, in one query: what a page holds stands in its latest revision."""
    revisions = Revision.objects.filter(pk__in=[page.latest_revision_id for page in pages if page.latest_revision_id])
    contents = dict(revisions.values_list("pk", "content"))
    found = {}
    for page in pages:
        content = contents.get(page.latest_revision_id)
        filled = (lambda name, page=page: has(page, name)) if content is None else _filled_in(content)
        found[page.pk] = _overview(page, filled)
    return found


def _filled_in(content: dict[str, Any]) -> Callable[[str], bool]:
    def filled(name: str) -> bool:
        value = content.get(name)
        if name == "approach" and isinstance(value, str):
            return value not in {"", "[]", "null"}
        return bool(strip_tags(value).strip()) if isinstance(value, str) else bool(value)

    return filled


def _overview(page: "PracticePage", filled: Callable[[str], bool]) -> Overview:
    missing = tuple(label_of(page, name) for name in REQUIRED_TO_PUBLISH if not filled(name))
    names = REQUIRED_TO_PUBLISH + WORTH_FILLING
    return Overview(round(100 * sum(filled(name) for name in names) / len(names)), missing)


def label_of(page: "PracticePage", name: str) -> str:
    return str(capfirst(page._meta.get_field(name).verbose_name))  # type: ignore[union-attr]
