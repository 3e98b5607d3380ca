"""The facets of the practice library: their names in the URL, their order, and the words of their values."""

from collections.abc import Callable

from django.db.models import Choices
from django.utils.translation import gettext_lazy as _

from core.finding.facets import ListedFacet, Order
from people.models import Province
from people.municipalities import names
from practices.choices import EvidenceLevel, PracticeStatus
from taxonomy.levels import PreventionLevel
from taxonomy.models import Scheme
from taxonomy.thesaurus import Thesaurus


def _closed(choices: type[Choices]) -> Callable[[], dict[str, str]]:
    return lambda: dict(choices.choices)


def _terms() -> dict[str, str]:
    return Thesaurus.load().labels


LEVEL = ListedFacet("niveau", _("Prevention level"), words=_closed(PreventionLevel), order=Order.WORDS)
THEME = ListedFacet("thema", _("Theme"), words=_terms)
TARGET_GROUP = ListedFacet("doelgroep", _("Target group"), words=_terms)
SECTOR = ListedFacet("sector", _("Sector"), words=_terms)
FORM = ListedFacet("vorm", _("Form of extremism"), words=_terms)
PROVINCE = ListedFacet("provincie", _("Province"), words=_closed(Province), order=Order.WORDS)
MUNICIPALITY = ListedFacet("gemeente", _("Municipality"), words=names)
EVIDENCE = ListedFacet("onderbouwing", _("Evidence"), words=_closed(EvidenceLevel), order=Order.WORDS)
STATUS = ListedFacet("status", _("Status"), words=_closed(PracticeStatus), order=Order.WORDS)
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
