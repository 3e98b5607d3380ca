"""For whom a page is, in words: for its readers and for its editors."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page, PageViewRestriction
from wagtail.models.view_restrictions import BaseViewRestriction

from core.privacy import page_restrictions
from people.audiences import Audience, audience_of

SHORT: dict[Audience | None, str | Promise] = {
    Audience.PRACTITIONERS: gettext_lazy("Professionals only"),
    Audience.LIVC_R: gettext_lazy("LIVC-R only"),
    None: gettext_lazy("Closed group"),
}
SENTENCES: dict[Audience | None, str | Promise] = {
    Audience.PRACTITIONERS: gettext_lazy("Only for professionals of a local authority or a partner"),
    Audience.LIVC_R: gettext_lazy("Only for members of a LIVC-R"),
    None: gettext_lazy("Only for a closed group of readers"),
}
WIDE_TO_NARROW = (Audience.PRACTITIONERS, Audience.LIVC_R, None)


@dataclass(frozen=True)
class Label:
    """What closes a page. `words` are for editors, `short` and `sentence` for readers. `source` is the page that the
    privacy was set on; None where that is the page itself."""

    audience: Audience | None
    words: str
    source: Page | None = None

    @property
    def short(self) -> str:
        return str(SHORT[self.audience])

    @property
    def sentence(self) -> str:
        return str(SENTENCES[self.audience])


def label_of(page: Page) -> Label | None:
    """The narrowest restriction on a page or above it; None for a public page. No query while a page is being read."""
    if page.path is None:
        return None
    return _narrowest(page, (r for r in page_restrictions() if page.path.startswith(r.page.path)))


def label_above(page: Page) -> Label | None:
    """As `label_of`, of what a page inherits."""
    return _narrowest(
        page, (r for r in page_restrictions() if page.path.startswith(r.page.path) and r.page_id != page.pk)
    )


def words_of(restriction: BaseViewRestriction) -> str:
    """What a restriction says, whatever its shape."""
    if (audience := audience_of(restriction)) is not None:
        return str(SHORT[audience])
    if restriction.restriction_type == BaseViewRestriction.LOGIN:
        return _("Everybody with an account")
    if restriction.restriction_type == BaseViewRestriction.GROUPS:
        names = sorted(group.name for group in restriction.groups.all())
        return _("Only the groups %(names)s") % {"names": ", ".join(names)} if names else _("Nobody")
    return _("Nobody")  # a shared password, which opens nothing here


def _narrowest(page: Page, restrictions: Iterable[PageViewRestriction]) -> Label | None:
    found = sorted(restrictions, key=lambda r: (WIDE_TO_NARROW.index(audience_of(r)), r.page.depth))
    if not found:
        return None
    last = found[-1]
    return Label(audience_of(last), words_of(last), None if last.page_id == page.pk else last.page)
