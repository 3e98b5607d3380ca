"""What “My page” says about organisations: where a reader belongs, what she answers for, what is asked of her."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from people import holdings, my_page
from people.models import Invitation, Membership
from people.my_page import Asked, Section
from people.permissions import keeps_members, managed_by, signed_in
from people.services.joining import confirmed_addresses

SHOWN = 20


def belonging(request: HttpRequest) -> dict[str, Any]:
    """For the section and the page: where she belongs and what she asked for."""
    user = signed_in(request)
    mine = list(Membership.objects.in_full().filter(user=user).exclude(state="ended").order_by("-requested_at"))
    managed = set(managed_by(user).values_list("pk", flat=True))
    return {
        "active": [(membership, membership.organisation_id in managed) for membership in mine if membership.is_active],
        "waiting": [membership for membership in mine if membership.state == "requested"],
        "refused": [membership for membership in mine if membership.state == "refused"],
    }


def held(request: HttpRequest) -> dict[str, Any] | None:
    """For the section: what she answers for; left out where that is nothing."""
    user = signed_in(request)
    found = holdings.shown_to(user, holdings.held_by(user))
    return {"held": found[:SHOWN], "more": len(found[SHOWN:])} if found else None


def asked_of_members(request: HttpRequest) -> list[Asked]:
    """Choosing an organisation, and the queue where she keeps it."""
    user = signed_in(request)
    asked = []
    if not Membership.objects.filter(user=user, state__in=("requested", "active")).exists():
        asked.append(Asked(_("Choose your organisation and ask for access."), reverse("my_organisation")))
    invited = Invitation.objects.pending().filter(email__in=confirmed_addresses(user))
    asked += [
        Asked(
            _("%(organisation)s invites you. Open the link in the mail that you got.")
            % {"organisation": found.organisation},
            "",
        )
        for found in invited.select_related("organisation")
        if not found.has_expired
    ]
    if keeps_members(user) and (count := Membership.objects.waiting().count()):
        asked.append(
            Asked(_("Requests for membership that wait: %(count)s") % {"count": count}, reverse("members_admin:queue"))
        )
    return asked


def connect() -> None:
    """Called once, when the app is ready."""
    my_page.register(Section(order=10, template="people/includes/my_organisations.html", context=belonging))
    my_page.register(Section(order=20, template="people/includes/my_holdings.html", context=held))
    my_page.ask("members", asked_of_members)
