"""The facets of the practice library: their names in the URL, their order, and the words of their values."""

from django.utils.translation import gettext_lazy as _

from core.finding.facets import ListedFacet, Order, words_of
from people.models import Province
from people.municipalities import names
from practices.choices import EvidenceLevel, PracticeStatus
from taxonomy.levels import PreventionLevel
from taxonomy.models import Scheme
from taxonomy.thesaurus import Thesaurus


def _terms() -> dict[str, str]:
    return Thesaurus.load().labels


LEVEL = ListedFacet("niveau", _("Prevention level"), words=words_of(PreventionLevel), order=Order.WORDS)
THEME = ListedFacet("thema", _("Theme"), words=_terms)
TARGET_GROUP = ListedFacet("doelgroep", _("Target group"), words=_terms)
SECTOR = ListedFacet("sector", _("Sector"), words=_terms)
FORM = ListedFacet("vorm", _("Form of extremism"), words=_terms)
PROVINCE = ListedFacet("provincie", _("Province"), words=words_of(Province), order=Order.WORDS)
MUNICIPALITY = ListedFacet("gemeente", _("Municipality"), words=names)
EVIDENCE = ListedFacet("onderbouwing", _("Evidence"), words=words_of(EvidenceLevel), order=Order.WORDS)
STATUS = ListedFacet("status", _("Status"), words=words_of(PracticeStatus), order=Order.WORDS)
YEAR = ListedFacet(
    "jaar",
    _("Year"),
    order=Order.BACKWARDS,
    help_text=_("The years in which a practice ran, until today if it still runs. Unknown: the year of publication."),
)
METHOD = ListedFacet("methode", _("Method"), words=_terms)
PHASE = ListedFacet("fase", _("LIVC-R phase"), words=_terms)
TAG = ListedFacet("label", _("Tag"))

FACETS = (
    LEVEL,
    THEME,
    TARGET_GROUP,
    SECTOR,
    FORM,
    PROVINCE,
    MUNICIPALITY,
    EVIDENCE,
    STATUS,
    YEAR,
    METHOD,
    PHASE,
    TAG,
)

FACET_OF_SCHEME = {
    Scheme.THEME: THEME,
    Scheme.TARGET_GROUP: TARGET_GROUP,
    Scheme.SECTOR: SECTOR,
    Scheme.EXTREMISM_FORM: FORM,
    Scheme.LIVC_PHASE: PHASE,
    Scheme.METHOD: METHOD,
}
