"""The front door and the standing pages."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, Panel
from wagtail.fields import StreamField

from core.blocks import BodyBlock
from core.models import BasePage
from home.asked.models import HandledSearch  # noqa: F401  # a model of this app


class HomePage(BasePage):
    hero_title = models.CharField(_("heading"), max_length=120)
    hero_intro = models.CharField(_("introduction"), max_length=250, blank=True)
    popular_searches = models.TextField(
        _("often searched"), blank=True, help_text=_("Words under the search box, one search per line; at most six.")
    )

    content_panels: ClassVar[list[Panel]] = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [FieldPanel("hero_title"), FieldPanel("hero_intro"), FieldPanel("popular_searches")], heading=_("Top")
        ),
    ]
    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    max_count = 1
    template = "home/home_page.html"

    class Meta:
        verbose_name = _("home page")

    @property
    def description(self) -> str:
        return self.search_description or self.hero_intro

    def structured_data(self, request: HttpRequest) -> dict[str, Any]:
        from home.structured_data import home_data

        return home_data(self, request)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from home.presentation import home_context

        return {**super().get_context(request, *args, **kwargs), **home_context(self, request)}


class StandardPage(BasePage):
    intro = models.TextField(_("introduction"), blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)

    content_panels: ClassVar[list[Panel]] = [*BasePage.content_panels, FieldPanel("intro"), FieldPanel("body")]
    parent_page_types: ClassVar[list[str]] = ["home.HomePage", "home.StandardPage"]
    subpage_types: ClassVar[list[str]] = ["home.StandardPage"]
    template = "home/standard_page.html"

    class Meta:
        verbose_name = _("standard page")
        verbose_name_plural = _("standard pages")

    @property
    def description(self) -> str:
        return self.search_description or self.intro

    def structured_data(self, request: HttpRequest) -> dict[str, Any]:
        from home.structured_data import standard_page_data

        return standard_page_data(self, request)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from home.presentation import standard_page_context

        return {**super().get_context(request, *args, **kwargs), **standard_page_context(self, request)}
