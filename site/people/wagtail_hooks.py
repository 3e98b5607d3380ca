"""What organisations add to the admin."""

from wagtail import hooks
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.snippets.models import register_snippet

from people.choosers import municipality_chooser
from people.viewsets import OrganisationViewSet

register_snippet(OrganisationViewSet)


@hooks.register("register_admin_viewset")
def municipalities() -> ChooserViewSet:
    return municipality_chooser
