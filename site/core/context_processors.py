"""What every page's frame needs: the site's settings and its menus."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject, cached_property
from wagtail.models import Site

from core.finding.readers import Reader, gate
from core.generation import per_generation
from core.models import Menu, MenuItem, SiteSettings


def site_chrome(request: HttpRequest) -> dict[str, Any]:
    """Lazy: an answer that draws no frame (a fragment, a file, the admin) asks the database nothing.

    A request for a host that is not ours gets its page of refusal without any of this.
    """
    try:
        canonical_url = request.build_absolute_uri(request.path)
    except DisallowedHost:
        return {}
    chrome = Chrome(request)
    return {
        "page": None,  # where none is drawn: looking for a name that is nowhere takes long
        "site_search_url": reverse("search"),
        "site_settings": SimpleLazyObject(lambda: chrome.settings),
        "navigation": SimpleLazyObject(lambda: chrome.navigation),
        "footer_columns": SimpleLazyObject(chrome.footer_columns),
        "navigation_key": SimpleLazyObject(chrome.navigation_key),
        "canonical_url": canonical_url,
    }


@per_generation
def menu_items(site_id: int) -> list[MenuItem]:
    items = MenuItem.objects.filter(settings__site=site_id).select_related("page", "settings")
    return list(items.order_by("sort_order"))


def _shows(item: MenuItem, reader: Reader) -> bool:
    """Whether an item has a place in the menu: not for a page that is not live, or that this reader may not see."""
    return item.page is None or (item.page.live and gate().may_see(item.page, reader))


@per_generation
def visitors_links(site: Site) -> list[str]:
    """The addresses in the main menu as a visitor has it."""
    visitor = AnonymousUser()
    items = [item for item in menu_items(site.pk) if item.menu == Menu.MAIN and _shows(item, visitor)]
    return [(item.page.get_url(current_site=site) if item.page is not None else item.url) or "" for item in items]


def is_current(url: str, request: HttpRequest) -> bool:
    """Whether a link of the menu leads here, or above here."""
    return url != "/" and request.path.startswith(url)


class Chrome:
    """The settings and menus of one request's site; one query where there is a menu."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @cached_property
    def _items(self) -> list[MenuItem]:
        site = Site.find_for_request(self.request)
        found = menu_items(site.pk) if site is not None else []
        if found:  # whoever asks for the settings later in this request gets these
            setattr(self.request, SiteSettings.get_cache_attr_name(), found[0].settings)
        return found

    @cached_property
    def settings(self) -> SiteSettings:
        return self._items[0].settings if self._items else SiteSettings.for_request(self.request)

    @cached_property
    def navigation(self) -> list[dict[str, Any]]:
        return [link for item in self._items if item.menu == Menu.MAIN and (link := self._link(item))]

    def footer_columns(self) -> list[dict[str, Any]]:
        columns: dict[str, list[dict[str, Any]]] = {}
        for item in self._items:
            if item.menu == Menu.FOOTER and (link := self._link(item)):
                columns.setdefault(item.column, []).append(link)
        return [{"title": title, "links": links} for title, links in columns.items()]

    def _link(self, item: MenuItem) -> dict[str, Any] | None:
        if not _shows(item, self.request.user):
            return None
        page = item.page
        url = (page.get_url(self.request) if page is not None else item.url) or ""
        title = item.label or (page.title if page is not None else item.url)
        return {"title": title, "url": url, "current": is_current(url, self.request)}

    def navigation_key(self) -> str:
        """Tells apart the forms that the main menu has for visitors: which of its links is the current one."""
        site = Site.find_for_request(self.request)
        current = [url for url in visitors_links(site) if is_current(url, self.request)] if site is not None else []
        return " ".join([*current, "here" if self.request.path in current else ""])
