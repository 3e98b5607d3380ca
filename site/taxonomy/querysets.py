"""Reusable reads of the vocabulary."""

from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    from taxonomy.models import Concept  # noqa: F401


class ConceptQuerySet(models.QuerySet["Concept"]):
    def in_scheme(self, scheme: str) -> Self:
        return self.filter(scheme=scheme)

    def current(self) -> Self:
        """The terms that editors may still choose: not retired, not merged into another."""
        return self.filter(retired=False, merged_into=None)
