"""The counts of days, added up to questions."""

from typing import Any, TypeAlias

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet, Subquery, Sum

from home.asked.models import HandledSearch
from search.log.models import AskedSearch
from search.log.questions import Question

Questions: TypeAlias = "QuerySet[Any, dict[str, Any]]"


def handled_by(text: object, filters: object) -> "QuerySet[HandledSearch]":
    """What was done about a question: its words count with any filters."""
    return HandledSearch.objects.filter(~Q(text="") | Q(filters=filters), text=text)


def questions(days: "QuerySet[AskedSearch]") -> Questions:
    """One row for each question in these days: `times`, `openings`, `last` day, `found` by the latest count."""
    latest = AskedSearch.objects.filter(text=OuterRef("text"), filters=OuterRef("filters")).order_by("-day")
    rows: Any = days.order_by().values("text", "filters")
    counted: Questions = rows.annotate(
        times=Sum("asked"), openings=Sum("opened"), last=Max("day"), found=Subquery(latest.values("hits")[:1])
    )
    return counted


def unhandled(rows: Questions) -> Questions:
    return rows.filter(~Exists(handled_by(OuterRef("text"), OuterRef("filters"))))


def question_rows(question: Question) -> "QuerySet[AskedSearch]":
    return AskedSearch.objects.filter(text=question.text, filters=question.filters)


def handled_among(found: list[Question]) -> dict[Question, HandledSearch]:
    """What was done about each of these, in one query."""
    texts = {question.text for question in found if question.text}
    filters = {question.filters for question in found if not question.text}
    rows = HandledSearch.objects.filter(Q(text__in=texts) | Q(text="", filters__in=filters))
    by_key = {(row.text, row.filters): row for row in rows.select_related("concept__merged_into", "wish__page")}
    keys = {question: (question.text, "" if question.text else question.filters) for question in found}
    return {question: by_key[key] for question, key in keys.items() if key in by_key}


ORDERS = {"text": F("text"), "times": F("times"), "openings": F("openings"), "found": F("found"), "last": F("last")}
