"""What every app shares: the base of all pages, and the site's own settings."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.db import models
from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, PageChooserPanel, Panel
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Orderable, Page, PageViewRestriction, Revision
from wagtail.url_routing import RouteResult

from core.attachments.models import DocumentText  # noqa: F401  # a model of this app
from core.mail.models import OutgoingMail  # noqa: F401  # a model of this app
from core.privacy import is_remembering, page_restrictions
from core.routing import child_at


class BasePage(Page):
    """The base of every page kind: no page of the site inherits from Wagtail's Page directly."""

    class Meta:
        abstract = True

    teaser_allowed = models.BooleanField(
        _("show a teaser"),
        default=False,
        help_text=_(
            "Only matters while the page is closed. Whoever may not see it then reads the title and the text below at "
            "its address; without a teaser the page does not exist for them."
        ),
    )
    # No TextField: those are what search indexes of a page.
    teaser_text = models.CharField(
        _("text of the teaser"),
        max_length=400,
        blank=True,
        help_text=_("Everybody can read this. Write nothing here that is meant for the closed group."),
    )

    promote_panels: ClassVar[list[Panel]] = [
        MultiFieldPanel(
            [FieldPanel("slug"), FieldPanel("seo_title"), FieldPanel("search_description")],
            heading=_("For search engines"),
        ),
        MultiFieldPanel(
            [FieldPanel("teaser_allowed"), FieldPanel("teaser_text", widget=AdminAutoHeightTextInput)],
            heading=_("For whoever may not see the page"),
        ),
    ]

    # Filled on the way down by `route`: the pages above this one, so that drawing them asks nothing.
    trail: "list[Page] | None" = None

    @property
    def description(self) -> str:
        """One or two plain sentences for meta tags and feeds."""
        return self.search_description

    @property
    def above(self) -> list[Page]:
        """The pages above this one, from the home page down."""
        if self.trail is None:
            self.trail = list(self.get_ancestors().filter(depth__gt=1))
        return self.trail

    def child_for(self, slug: str) -> Page | None:
        """The child at this slug, as its own class; page kinds with one kind of child save a query here."""
        return child_at(self, slug)

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """As Wagtail's, remembering the way down."""
        if not path_components:
            return super().route(request, path_components)
        child = self.child_for(path_components[0])
        if child is None:
            raise Http404
        if isinstance(child, BasePage):
            child.trail = [*(self.trail or []), self]
        return child.route(request, path_components[1:])

    def check_publishable(self) -> None:
        """Raises ValidationError where something is missing that visitors need; a kind of page says what."""

    def publish(self, revision: Revision, *args: Any, **kwargs: Any) -> None:
        """As Wagtail's, which asks forms alone: not what waits in a workflow, or for its moment, with nobody there."""
        page = revision.as_object()
        if isinstance(page, BasePage):
            page.check_publishable()
        super().publish(revision, *args, **kwargs)

    def get_view_restrictions(self) -> Iterable[PageViewRestriction]:
        """As Wagtail's; while a page is being read, from the restrictions that this request has read already."""
        if self.alias_of_id is not None or not is_remembering():
            return super().get_view_restrictions()
        return [restriction for restriction in page_restrictions() if self.path.startswith(restriction.page.path)]


@register_setting(icon="cog", order=100)
class SiteSettings(ClusterableModel, BaseSiteSetting):
    """The site's name, its address lines and its two menus; edited in the admin, shown on every page."""

    site_title = models.CharField(_("site title"), max_length=60, default="Ankerplaats")
    tagline = models.CharField(_("tagline"), max_length=160, blank=True)
    contact_email = models.EmailField(_("contact e-mail address"), blank=True)
    organisation = models.CharField(_("organisation"), max_length=120, blank=True)
    address = models.TextField(_("address"), blank=True)
    footer_text = models.TextField(_("footer text"), blank=True)

    panels: ClassVar[list[Panel]] = [
        MultiFieldPanel([FieldPanel("site_title"), FieldPanel("tagline")], heading=_("Name")),
        InlinePanel("menu_items", heading=_("Menus"), label=_("Link")),
        MultiFieldPanel(
            [FieldPanel("organisation"), FieldPanel("address"), FieldPanel("contact_email"), FieldPanel("footer_text")],
            heading=_("Footer"),
        ),
    ]

    class Meta:
        verbose_name = _("site settings")


class Menu(models.TextChoices):
    MAIN = "main", _("main menu")
    FOOTER = "footer", _("footer")


class MenuItem(Orderable):
    """One link of a menu: to a page of the site, or to an address."""

    settings = ParentalKey(SiteSettings, on_delete=models.CASCADE, related_name="menu_items")
    menu = models.CharField(_("menu"), max_length=10, choices=Menu, default=Menu.MAIN)
    column = models.CharField(
        _("column"), max_length=60, blank=True, help_text=_("Only in the footer: the heading above the link.")
    )
    page = models.ForeignKey(
        Page, verbose_name=_("page"), null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    url = models.CharField(_("address"), max_length=255, blank=True, help_text=_("Only where there is no page."))
    label = models.CharField(_("label"), max_length=60, blank=True, help_text=_("Empty: the title of the page."))

    panels: ClassVar[list[Panel]] = [
        FieldRowPanel([FieldPanel("menu"), FieldPanel("column")]),
        PageChooserPanel("page"),
        FieldPanel("url"),
        FieldPanel("label"),
    ]

    class Meta(Orderable.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(page__isnull=False) | ~models.Q(url=""),
                name="menu_item_has_a_target",
                violation_error_message=_("Choose a page or give an address."),
            )
        ]
