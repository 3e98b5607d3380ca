"""The facets of the directory: their names in the address, their order, the words of their values."""

from collections.abc import Callable

from django.db.models import Choices
from django.utils.translation import gettext_lazy as _

from core.finding.facets import ListedFacet, Order
from experts.choices import Language, OfferKind
from practices.facets import FORM, LEVEL, PROVINCE, THEME
from taxonomy.thesaurus import Thesaurus


def _closed(choices: type[Choices]) -> Callable[[], dict[str, str]]:
    return lambda: dict(choices.choices)


SPECIALISM = ListedFacet("specialisme", _("Specialism"), words=lambda: Thesaurus.load().labels)
OFFER = ListedFacet("aanbod", _("Offer"), words=_closed(OfferKind), order=Order.WORDS)
LANGUAGE = ListedFacet("taal", _("Language"), words=_closed(Language), order=Order.WORDS)

FACETS = (OFFER, SPECIALISM, THEME, LEVEL, FORM, PROVINCE, LANGUAGE)
