"""What search engines may find: public pages and the terms of the vocabulary."""

from typing import Any

from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from wagtail.contrib.sitemaps import Sitemap as PageSitemap

from taxonomy.models import Concept


class ConceptSitemap(Sitemap[Concept]):
    def items(self) -> QuerySet[Concept]:
        return Concept.objects.current().order_by("slug")


SITEMAPS: dict[str, Any] = {"pages": PageSitemap, "concepts": ConceptSitemap}
