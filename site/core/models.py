"""What every app shares: the base of all pages, and the site's own settings."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, PageChooserPanel, Panel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Orderable, Page


class BasePage(Page):
    """The base of every page kind: no page of the site inherits from Wagtail's Page directly."""

    class Meta:
        abstract = True

    promote_panels: ClassVar[list[Panel]] = [
        MultiFieldPanel(
            [FieldPanel("slug"), FieldPanel("seo_title"), FieldPanel("search_description")],
            heading=_("For search engines"),
        )
    ]

    @property
    def description(self) -> str:
        """One or two plain sentences for meta tags and feeds."""
        return self.search_description


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
        InlinePanel("navigation_items", heading=_("Main menu"), label=_("Menu item")),
        InlinePanel("footer_items", heading=_("Footer links"), label=_("Footer link")),
        MultiFieldPanel(
            [FieldPanel("organisation"), FieldPanel("address"), FieldPanel("contact_email"), FieldPanel("footer_text")],
            heading=_("Footer"),
        ),
    ]

    class Meta:
        verbose_name = _("site settings")


class MenuItem(Orderable):
    """One link of a menu: to a page of the site, or to an address."""

    page = models.ForeignKey(
        Page, verbose_name=_("page"), null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    url = models.CharField(_("address"), max_length=255, blank=True, help_text=_("Only where there is no page."))
    label = models.CharField(_("label"), max_length=60, blank=True, help_text=_("Empty: the title of the page."))

    panels: ClassVar[list[Panel]] = [PageChooserPanel("page"), FieldPanel("url"), FieldPanel("label")]

    class Meta(Orderable.Meta):
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(page__isnull=False) | ~models.Q(url=""),
                name="%(class)s_has_a_target",
                violation_error_message=_("Choose a page or give an address."),
            )
        ]


class NavigationItem(MenuItem):
    settings = ParentalKey(SiteSettings, on_delete=models.CASCADE, related_name="navigation_items")


class FooterItem(MenuItem):
    settings = ParentalKey(SiteSettings, on_delete=models.CASCADE, related_name="footer_items")
    column = models.CharField(_("column"), max_length=60, blank=True, help_text=_("Heading above the link."))

    panels: ClassVar[list[Panel]] = [FieldPanel("column"), *MenuItem.panels]
