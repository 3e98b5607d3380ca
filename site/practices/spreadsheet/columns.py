"""The columns, each a small class that reads a cell, writes a cell and puts a value into a practice.

A column compares what a cell *means* with what the practice would write: a cell that was only exported and imported
again changes nothing, even where plain text cannot hold all that rich text holds.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from practices.completeness import REQUIRED_TO_PUBLISH
from practices.models import PracticePage
from practices.spreadsheet import plain
from practices.spreadsheet.facts import Facts
from practices.spreadsheet.lookups import CellError, Lookups
from practices.spreadsheet.values import choice_of, date_of, decimal_of, text_of, whole_of

CLEAR = "-"


@dataclass(frozen=True)
class Column:
    """A field that a cell holds as it is."""

    name: str
    width: ClassVar[int] = 24
    internal: bool = False

    @property
    def field(self) -> models.Field[Any, Any]:
        return PracticePage._meta.get_field(self.name)  # type: ignore[return-value]

    @property
    def label(self) -> str:
        return str(capfirst(self.field.verbose_name))

    @property
    def help(self) -> str:
        return str(getattr(self.field, "help_text", ""))

    @property
    def how(self) -> str:
        """How to write a value in a cell."""
        return _("Text.")

    @property
    def required(self) -> bool:
        return self.name in REQUIRED_TO_PUBLISH

    def allowed(self, lookups: Lookups) -> Sequence[str]:
        """The closed list of values, where there is one."""
        return ()

    def parse(self, raw: Any, lookups: Lookups) -> Any:
        """What a cell means, in a form that can be compared; raises CellError."""
        return text_of(raw)

    def cell(self, page: PracticePage, facts: Facts) -> Any:
        """What the practice has, as a cell: text, a number, a date or None."""
        return getattr(page, self.name)

    def put(self, page: PracticePage, value: Any, lookups: Lookups) -> None:
        """Give a parsed value to a practice in memory; raises CellError."""
        setattr(page, self.name, value)

    def changes(self, page: PracticePage, facts: Facts, value: Any, lookups: Lookups) -> bool:
        return bool(value != self.parse(self.cell(page, facts), lookups))


@dataclass(frozen=True)
class DateColumn(Column):
    width: ClassVar[int] = 14

    @property
    def how(self) -> str:
        return _("A date, like 31/12/2026.")

    def parse(self, raw: Any, lookups: Lookups) -> Any:
        return date_of(raw)


@dataclass(frozen=True)
class NumberColumn(Column):
    width: ClassVar[int] = 14

    @property
    def how(self) -> str:
        return _("A number, with at most one decimal.")

    def parse(self, raw: Any, lookups: Lookups) -> Any:
        return decimal_of(raw)


@dataclass(frozen=True)
class EuroColumn(Column):
    width: ClassVar[int] = 14

    @property
    def how(self) -> str:
        return _("A whole amount in euro, without cents.")

    def parse(self, raw: Any, lookups: Lookups) -> Any:
        return whole_of(raw)


@dataclass(frozen=True)
class ChoiceColumn(Column):
    """One of a closed list; the cell holds its label."""

    @property
    def choices(self) -> list[tuple[str, Any]]:
        return [(code, label) for code, label in self.field.choices or () if code]

    @property
    def how(self) -> str:
        return _("One of the allowed values.")

    def allowed(self, lookups: Lookups) -> Sequence[str]:
        return [str(label) for _code, label in self.choices]

    def parse(self, raw: Any, lookups: Lookups) -> Any:
        return choice_of(raw, self.choices)

    def cell(self, page: PracticePage, facts: Facts) -> Any:
        return str(dict(self.choices).get(getattr(page, self.name), ""))

    def put(self, page: PracticePage, value: Any, lookups: Lookups) -> None:
        setattr(
            page,
            self.name,
            value or ("" if self.field.blank or not self.field.has_default() else self.field.get_default()),
        )


@dataclass(frozen=True)
class RichTextColumn(Column):
    width: ClassVar[int] = 48

    @property
    def how(self) -> str:
        return _("Text. A blank line starts a paragraph; a line that starts with • or 1. is a point of a list.")

    def parse(self, raw: Any, lookups: Lookups) -> Any:
        return plain.normal(text_of(raw))

    def cell(self, page: PracticePage, facts: Facts) -> Any:
        return plain.html_to_text(getattr(page, self.name))

    def put(self, page: PracticePage, value: Any, lookups: Lookups) -> None:
        setattr(page, self.name, plain.text_to_html(value))


@dataclass(frozen=True)
class StewardColumn(Column):
    @property
    def how(self) -> str:
        return _("The e-mail address with which this person logs in.")

    def parse(self, raw: Any, lookups: Lookups) -> Any:
        return lookups.steward(text).pk if (text := text_of(raw)) else None

    def cell(self, page: PracticePage, facts: Facts) -> Any:
        return facts.steward

    def put(self, page: PracticePage, value: Any, lookups: Lookups) -> None:
        page.steward_id = value

    def changes(self, page: PracticePage, facts: Facts, value: Any, lookups: Lookups) -> bool:
        return bool(value != page.steward_id)


@dataclass(frozen=True)
class OrganisationColumn(Column):
    @property
    def how(self) -> str:
        return _("The name as it stands in the list of organisations.")

    def parse(self, raw: Any, lookups: Lookups) -> Any:
        return lookups.organisation(text).pk if (text := text_of(raw)) else None

    def cell(self, page: PracticePage, facts: Facts) -> Any:
        return facts.organisation

    def put(self, page: PracticePage, value: Any, lookups: Lookups) -> None:
        page.contact_organisation_id = value


@dataclass(frozen=True)
class SlugColumn(Column):
    """The key: rows with the slug of a practice change that practice."""

    @property
    def help(self) -> str:
        return _("The last part of the address. It decides which practice a row changes; empty: the title decides.")

    @property
    def how(self) -> str:
        return _("Small letters, digits and hyphens.")

    def parse(self, raw: Any, lookups: Lookups) -> Any:
        text = text_of(raw).lower()
        if text and not all(char.isalnum() or char in "-_" for char in text):
            raise CellError(_("Use small letters, digits and hyphens only."))
        return text

    def changes(self, page: PracticePage, facts: Facts, value: Any, lookups: Lookups) -> bool:
        return False
