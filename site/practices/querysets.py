"""Reusable reads of practices."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone
from wagtail.models import PageManager, PageQuerySet

from people.audiences import Reader, visible_to

if TYPE_CHECKING:
    from practices.models import PracticePage  # noqa: F401


class PracticeQuerySet(PageQuerySet["PracticePage"]):
    def visible_to(self, reader: Reader) -> Self:
        return visible_to(self, reader)

    def newest_first(self) -> Self:
        """Confirmed or published last, first."""
        return self.order_by(
            Coalesce("confirmed_on", TruncDate("first_published_at"), output_field=models.DateField()).desc(
                nulls_last=True
            ),
            "title",
        )

    def review_due(self) -> Self:
        return self.live().filter(review_date__lt=timezone.localdate())


PracticeManager = PageManager.from_queryset(PracticeQuerySet)
