"""Reusable reads of people and organisations."""

from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    from people.models import Organisation  # noqa: F401


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def municipalities(self) -> Self:
        """The Flemish municipalities of today: those that merged into another are left out."""
        return self.filter(kind="municipality", merged_into=None)
