"""The three levels of prevention.

Source of the definitions: Flemish Peace Institute, advice on the local approach to violent radicalisation, footnote 1.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PreventionLevel(models.TextChoices):
    PRIMARY = "primary", pgettext_lazy("prevention level", "Primary")
    SECONDARY = "secondary", pgettext_lazy("prevention level", "Secondary")
    TERTIARY = "tertiary", pgettext_lazy("prevention level", "Tertiary")

    @property
    def sentence(self) -> str:
        """For whom, in one sentence."""
        return str(SENTENCES[self])


SENTENCES = {
    PreventionLevel.PRIMARY: _("For everyone: take away the breeding ground of extremism."),
    PreventionLevel.SECONDARY: _("For people or groups at risk, or already in a process of radicalisation."),
    PreventionLevel.TERTIARY: _("For people who have radicalised: disengage, leave and return."),
}
