"""The facets of the directory: their names in the address, their order, the words of their values."""

from django.utils.translation import gettext_lazy as _

from core.finding.facets import ListedFacet, Order, words_of
from experts.choices import Language, OfferKind
from practices.facets import FORM, LEVEL, PROVINCE, THEME
from taxonomy.thesaurus import Thesaurus

SPECIALISM = ListedFacet("specialisme", _("Specialism"), words=lambda: Thesaurus.load().labels)
OFFER = ListedFacet("aanbod", _("Offer"), words=words_of(OfferKind), order=Order.WORDS)
LANGUAGE = ListedFacet("taal", _("Language"), words=words_of(Language), order=Order.WORDS)

FACETS = (OFFER, SPECIALISM, THEME, LEVEL, FORM, PROVINCE, LANGUAGE)
