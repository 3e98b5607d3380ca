"""Choosers of organisations: all of them, and municipalities only.

They look in the table itself, not in Wagtail's search index: the municipalities are loaded in bulk, past that index.
"""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.views.generic.chooser import ChooseResultsView, ChooseView
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.snippets.views.chooser import ChooseResultsView as SnippetChooseResultsView
from wagtail.snippets.views.chooser import ChooseView as SnippetChooseView
from wagtail.snippets.views.chooser import SnippetChooserViewSet

if TYPE_CHECKING:
    from people.querysets import OrganisationQuerySet


class NameFilterForm(BaseFilterForm):
    """Part of a name, whatever its capitals."""

    q = forms.CharField(
        label=_("Part of the name"), required=False, widget=forms.TextInput(attrs={"placeholder": _("Search")})
    )

    def filter(self, objects: Any) -> Any:
        words = str(self.cleaned_data.get("q") or "").replace("\0", "").strip()
        if words:
            self.is_searching, self.search_query = True, words
            objects = objects.filter(name__icontains=words)
        return super().filter(objects)


class MunicipalitiesOnly:
    """Of the choose views: offers the municipalities of today."""

    filter_form_class = NameFilterForm

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


class ChooseOrganisationView(SnippetChooseView):
    filter_form_class = NameFilterForm


class ChooseOrganisationResultsView(SnippetChooseResultsView):
    filter_form_class = NameFilterForm


class OrganisationChooserViewSet(SnippetChooserViewSet):
    per_page = 25
    choose_view_class = ChooseOrganisationView
    choose_results_view_class = ChooseOrganisationResultsView


municipality_chooser = MunicipalityChooserViewSet("municipality_chooser")
