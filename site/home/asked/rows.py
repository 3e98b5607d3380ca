"""What the report shows of a question: the filters in words, what was done about it, where its results are."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.finding.everything import EVERYTHING
from core.finding.facets import FacetWords
from home.asked.models import HandledSearch
from home.asked.querysets import handled_among
from search.log.questions import Question


@dataclass(frozen=True)
class Row:
    """One line of the report."""

    question: Question
    filters: str
    times: int
    openings: int
    found: int
    last: date
    handled: HandledSearch | None

    @property
    def pk(self) -> str:
        """Tables want to tell their rows apart."""
        return identity(self.question)

    @property
    def text(self) -> str:
        return self.question.text

    @property
    def identity(self) -> str:
        return identity(self.question)

    @property
    def results_url(self) -> str:
        return results_url(self.question)

    @property
    def last_day(self) -> str:
        return date_format(self.last)

    @property
    def summary(self) -> str:
        """The other columns in a line, for a narrow screen."""
        parts = (
            self.filters,
            ngettext("%(times)d time asked", "%(times)d times asked", self.times) % {"times": self.times},
            ngettext("%(found)d result", "%(found)d results", self.found) % {"found": self.found},
            ngettext("%(times)d time opened", "%(times)d times opened", self.openings) % {"times": self.openings},
            _("last on %(day)s") % {"day": self.last_day},
        )
        return " · ".join(filter(None, parts))

    @property
    def done(self) -> str:
        """What was done about it, in words."""
        if self.handled is None:
            return ""
        if (concept := self.handled.concept) is not None:
            return _("synonym of “%(label)s”") % {"label": (concept.merged_into or concept).label}
        wish = self.handled.wish
        return _("writing wish: %(state)s") % {"state": wish.get_state_display()} if wish is not None else ""


def identity(question: Question) -> str:
    """The query string by which the pages about one question know it."""
    return urlencode({"woorden": question.text, "filters": question.filters})


def results_url(question: Question) -> str:
    """Where a reader finds what this question finds now."""
    parts = [urlencode({"q": question.text}) if question.text else "", question.filters]
    return f"{reverse('search')}?{'&'.join(filter(None, parts))}"


class FilterWords:
    """Query strings of filters, in words: "Thema: dialoog; Provincie: Limburg". Few queries for any number."""

    def __init__(self) -> None:
        facets = EVERYTHING.facets()
        self._words = FacetWords(facets)
        self._names = {facet.name: str(facet.label) for facet in facets}

    def of(self, filters: str) -> str:
        values: dict[str, list[str]] = {}
        for name, value in parse_qsl(filters):
            values.setdefault(name, []).append(self._words.of(name, value))
        return "; ".join(f"{self._names.get(name, name)}: {', '.join(found)}" for name, found in values.items())


def rows_of(found: Iterable[dict[str, Any]]) -> list[Row]:
    """Lines for the questions that `querysets.questions` counted."""
    counted = [(Question(row["text"], row["filters"]), row) for row in found]
    words, handled = FilterWords(), handled_among([question for question, _row in counted])
    return [
        Row(
            question,
            words.of(question.filters),
            row["times"],
            row["openings"],
            row["found"],
            row["last"],
            handled.get(question),
        )
        for question, row in counted
    ]
