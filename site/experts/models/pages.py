"""The directory: a list page, and a page for every person or organisation of the pool."""

import datetime
from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, Panel
from wagtail.fields import RichTextField
from wagtail.images import get_image_model_string
from wagtail.url_routing import RouteResult

from core.blocks import RICH_TEXT_FEATURES
from core.models import BasePage
from core.page_cache import leave_out
from experts.choices import ExpertKind
from experts.directory.completeness import IncompleteExpertError, missing_to_publish
from experts.directory.page_form import ExpertPageForm
from experts.directory.panels import expert_edit_handler
from keeping.models import KeptPage
from people.models import Organisation
from practices.models.parts import concepts
from practices.models.practice import LEVEL_FIELDS
from taxonomy.levels import PreventionLevel
from taxonomy.models import Scheme


class ExpertIndexPage(BasePage):
    intro = models.TextField(_("introduction"), blank=True, help_text=_("One or two sentences above the list."))
    about = RichTextField(
        _("about the pool"),
        blank=True,
        features=RICH_TEXT_FEATURES,
        help_text=_("Below the introduction: where it comes from."),
    )

    content_panels: ClassVar[list[Panel]] = [*BasePage.content_panels, FieldPanel("intro"), FieldPanel("about")]
    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = ["experts.ExpertPage"]
    max_count = 1
    template = "experts/expert_index_page.html"
    page_description = _("The experts of the pool, with filters.")

    class Meta:
        verbose_name = _("list of experts")

    @property
    def description(self) -> str:
        return self.search_description or self.intro

    def structured_data(self, request: HttpRequest) -> dict[str, Any]:
        from practices.structured_data import listing_data

        return listing_data(self, request)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from core.finding.listing import Listing
        from experts.directory.listing import EXPERTS

        return {**super().get_context(request, *args, **kwargs), "listing": Listing(request, EXPERTS)}

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        from core.finding.views import answer
        from experts.directory.free import is_asked

        if is_asked(request):
            leave_out()  # who is free changes without a change of any page
        return answer(request, self.template, self.get_context(request))


class ExpertPage(KeptPage, BasePage):
    """A person or organisation of the pool. What is private about an expert is in `ExpertPrivate`, never here."""

    kind = models.CharField(_("kind"), max_length=12, choices=ExpertKind, default=ExpertKind.PERSON)
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="experts",
        help_text=_("Where the person works, or the organisation that this page is about."),
    )
    photo = models.ForeignKey(
        get_image_model_string(),
        verbose_name=_("photo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    summary = models.CharField(
        _("in short"), max_length=300, help_text=_("What one can ask this expert for. Shown in lists.")
    )
    biography = RichTextField(_("about the expert"), blank=True, features=RICH_TEXT_FEATURES)
    specialisms = concepts(_("specialisms"), _("Which ways of working?"), scheme=Scheme.METHOD)
    themes = concepts(_("themes"), "", scheme=Scheme.THEME)
    forms = concepts(_("forms of extremism"), "", scheme=Scheme.EXTREMISM_FORM)
    level_primary = models.BooleanField(_("primary"), default=False)
    level_secondary = models.BooleanField(_("secondary"), default=False)
    level_tertiary = models.BooleanField(_("tertiary"), default=False)
    pool_from = models.DateField(_("in the pool from"), null=True, help_text=_("Bookings are possible from this day."))
    pool_until = models.DateField(_("in the pool until"), null=True, blank=True, help_text=_("Empty: no end known."))
    expert_successor = models.ForeignKey(
        "self",
        verbose_name=_("expert who takes over"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    base_form_class = ExpertPageForm
    edit_handler = expert_edit_handler
    parent_page_types: ClassVar[list[str]] = ["experts.ExpertIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "experts/expert_page.html"
    page_description = _("Somebody whom municipalities can book.")

    class Meta:
        verbose_name = _("expert")
        verbose_name_plural = _("experts")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(pool_until=None) | models.Q(pool_until__gte=models.F("pool_from")),
                name="expert_leaves_the_pool_after_joining",
                violation_error_message=_("The last day in the pool cannot be before the first."),
            ),
        ]

    @property
    def levels(self) -> list[PreventionLevel]:
        return [level for level, field in LEVEL_FIELDS.items() if getattr(self, field)]

    @property
    def description(self) -> str:
        return self.search_description or self.summary

    @property
    def has_left(self) -> bool:
        """Whether the time in the pool is over: the page stays, and tells so."""
        return self.pool_until is not None and self.pool_until < timezone.localdate()

    @property
    def is_listed(self) -> bool:
        """Whether lists and searches show it."""
        return self.live and not self.has_left

    @property
    def initials(self) -> str:
        """For where there is no photo: of the first and the last word of the name."""
        words = [word for word in self.title.split() if word[0].isalnum()]
        return "".join(word[0] for word in dict.fromkeys((words[0], words[-1]) if words else ())).upper()

    def save(self, clean: bool = True, **kwargs: Any) -> None:
        """Whoever is live has what a municipality needs to ask her; raises IncompleteExpertError."""
        if clean and self.live:
            self.check_publishable()
        super().save(clean=clean, **kwargs)  # type: ignore[call-arg]  # Page.save, which mypy cannot see

    def check_publishable(self) -> None:
        if missing := missing_to_publish(self):
            raise IncompleteExpertError(self, missing)

    def structured_data(self, request: HttpRequest) -> dict[str, Any]:
        from experts.directory.structured_data import expert_data

        return expert_data(self, request)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from experts.directory.presentation import expert_context

        return {**super().get_context(request, *args, **kwargs), **expert_context(self, request)}

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """As Wagtail's, but the address of who was unpublished tells what became of her."""
        if not path_components and not self.live and self.first_published_at is not None:
            return RouteResult(self, kwargs={"gone": True})
        return super().route(request, path_components)

    def serve(self, request: HttpRequest, *args: Any, gone: bool = False, **kwargs: Any) -> HttpResponse:
        if gone:
            from experts.directory.gone import tombstone

            return tombstone(self, request)
        return super().serve(request, *args, **kwargs)  # type: ignore[no-any-return]

    def is_in_pool(self, day: datetime.date | None = None) -> bool:
        """Whether the expert can be booked for this day (today when none is given)."""
        day = day or timezone.localdate()
        return (
            self.live
            and self.pool_from is not None
            and self.pool_from <= day
            and (self.pool_until is None or day <= self.pool_until)
        )
