"""The chooser that offers municipalities only."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.generic.chooser import ChooseResultsView, ChooseView
from wagtail.admin.viewsets.chooser import ChooserViewSet

if TYPE_CHECKING:
    from people.querysets import OrganisationQuerySet


class MunicipalitiesOnly:
    """Of the choose views: offers the municipalities of today."""

    def get_object_list(self) -> "OrganisationQuerySet":
        from people.models import Organisation

        return Organisation.objects.municipalities()


class ChooseMunicipalityView(MunicipalitiesOnly, ChooseView):
    pass


class ChooseMunicipalityResultsView(MunicipalitiesOnly, ChooseResultsView):
    pass


class MunicipalityChooserViewSet(ChooserViewSet):
    model = "people.Organisation"
    icon = "home"
    per_page = 25
    register_widget = False
    choose_view_class = ChooseMunicipalityView
    choose_results_view_class = ChooseMunicipalityResultsView
    choose_one_text = _("Choose a municipality")
    choose_another_text = _("Choose another municipality")
    edit_item_text = _("Edit this municipality")


municipality_chooser = MunicipalityChooserViewSet("municipality_chooser")
