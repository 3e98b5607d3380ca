"""The Atom feed of the newest practices that the reader may see."""

from datetime import datetime
from typing import Any, NamedTuple

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.feeds import AtomFeed, tag, xml_text
from core.models import SiteSettings
from people.audiences import Reader
from practices.models import PracticePage

NEWEST = 30


class Subject(NamedTuple):
    """For whom the feed is made, and what the site is called."""

    reader: Reader
    site_title: str


class PracticeFeed(AtomFeed[PracticePage, Subject]):
    """Entries keep their id for ever, also when the page moves."""

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Subject:
        return Subject(request.user, SiteSettings.for_request(request).site_title)

    def title(self, subject: Subject) -> str:
        return _("%(site)s: good practices") % {"site": xml_text(subject.site_title)}

    def subtitle(self) -> str:
        return _("The newest practices of the library.")

    def link(self) -> str:
        """What the feed is about: the list of practices. (The address of the feed itself is its rel="self".)"""
        return f"{reverse('search')}?soort=praktijk"

    def feed_guid(self) -> str:
        return tag("praktijken")

    def items(self, subject: Subject) -> list[PracticePage]:
        newest = PracticePage.objects.visible_to(subject.reader).order_by("-first_published_at", "-pk")
        return list(newest[:NEWEST])

    def item_title(self, item: PracticePage) -> str:  # type: ignore[override]
        return xml_text(item.title)

    def item_description(self, item: PracticePage) -> str:  # type: ignore[override]
        return xml_text(item.summary)

    def item_link(self, item: PracticePage) -> str:
        return item.url or reverse("practice_feed")

    def item_guid(self, item: PracticePage) -> str:
        return tag(f"praktijk/{item.pk}")

    def item_pubdate(self, item: PracticePage) -> datetime:
        return item.first_published_at or timezone.now()

    def item_updateddate(self, item: PracticePage) -> datetime:
        return item.last_published_at or self.item_pubdate(item)
