"""The listing of practices: the library's reading room."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, Panel
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from core.models import BasePage
from core.prepared import objects_for
from people.audiences import may_see

if TYPE_CHECKING:
    from practices.models.practice import PracticePage


class PracticeIndexPage(BasePage):
    intro = models.TextField(_("introduction"), blank=True, help_text=_("One or two sentences above the list."))

    content_panels: ClassVar[list[Panel]] = [*BasePage.content_panels, FieldPanel("intro")]
    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = ["practices.PracticePage"]
    max_count = 1
    template = "practices/practice_index_page.html"
    page_description = _("The list of good practices, with its filters.")

    class Meta:
        verbose_name = _("list of practices")

    @property
    def description(self) -> str:
        return self.search_description or self.intro

    def structured_data(self, request: HttpRequest) -> dict[str, Any]:
        from practices.structured_data import listing_data

        return listing_data(self, request)

    def child_for(self, slug: str) -> Page | None:
        """Practices only: one query with what their page needs, its SQL made once."""
        found = objects_for(_practices_at, [slug])
        return next((page for page in found if page.depth == self.depth + 1 and page.path.startswith(self.path)), None)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from core.finding.listing import Listing
        from practices.listing import PRACTICES

        return {**super().get_context(request, *args, **kwargs), "listing": Listing(request, PRACTICES)}

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if (practice := kwargs.get("withdrawn")) is not None:
            from practices.withdrawn import tombstone

            return tombstone(request, practice)
        from core.finding.views import answer

        return answer(request, self.template, self.get_context(request))

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """As Wagtail's, but a practice that was withdrawn answers with what became of it instead of a bare 404."""
        try:
            return super().route(request, path_components)
        except Http404:
            from practices.withdrawn import withdrawn_practice

            practice = withdrawn_practice(self, path_components[0]) if len(path_components) == 1 else None
            if practice is not None and self.live and may_see(practice, request.user):
                return RouteResult(self, kwargs={"withdrawn": practice})
            raise


def _practices_at(slugs: Sequence[str]) -> models.QuerySet["PracticePage"]:
    from practices.models import PracticePage

    return PracticePage.objects.filter(slug__in=slugs).order_by().select_related("contact_organisation")
