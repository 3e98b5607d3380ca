"""Who may register, for whom, and whose a registration is: a stranger gets 404, too weak a role 403."""

import uuid

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from events.choices import OpenTo
from events.models import EventPage, Registration
from events.permissions import is_organiser
from people.audiences import Reader, may_see
from people.models import Membership, Organisation, Role, User

FOR_COLLEAGUES = (Role.MANAGER, Role.DECIDER, Role.OFFICER, Role.COORDINATOR)
"""Roles that register colleagues of their own organisation."""

FIRST_ROLES = (Role.OFFICER, Role.COORDINATOR, Role.DECIDER, Role.MANAGER, Role.EMPLOYEE)
"""In which role somebody with several takes part, unless the event asks for one."""


def memberships_for(user: User, event: EventPage) -> list[Membership]:
    """Those in whose name she may take part: all of hers, or those with a role that the event asks for."""
    found = Membership.objects.in_full().active().filter(user=user).order_by("pk")
    return [row for row in found if not event.for_roles or set(row.roles) & set(event.for_roles)]


def role_in(membership: Membership, event: EventPage) -> str:
    """One of the roles that the event asks for, else the one that says most."""
    held = [role for role in FIRST_ROLES if role in membership.roles]
    asked = [role for role in held if role in event.for_roles]
    return next(iter([*asked, *held]), "")


def may_register(user: Reader, event: EventPage) -> str:
    """Why she may not take part, in a sentence that says what to do; empty where she may. Seats are not asked about."""
    if not isinstance(user, User) or not user.is_active:
        return _("Sign in to register.")
    if not event.live or not may_see(event, user):
        return _("This event is not open to you.")
    if event.open_to == OpenTo.LIVC_R and not user.is_in_livc:
        return _("Only members of the LIVC-R can register. Ask your LIVC-R coordinator to have you added.")
    needs_membership = event.open_to != OpenTo.ACCOUNTS or bool(event.for_roles)
    return _why_no_member(user, event) if needs_membership and not memberships_for(user, event) else ""


def _why_no_member(user: User, event: EventPage) -> str:
    if event.for_roles and Membership.objects.active().filter(user=user).exists():
        names = ", ".join(str(Role(role).label) for role in event.for_roles)
        return _("Only for these roles: %(roles)s. Ask the manager of members of your organisation.") % {"roles": names}
    return _("Only members of an organisation can register. Choose your organisation on “My page” and ask for access.")


def may_register_colleagues(user: User) -> list[Organisation]:
    """The organisations whose people she may register."""
    mine = Membership.objects.active().filter(user=user, role_rows__role__in=FOR_COLLEAGUES)
    return list(Organisation.objects.filter(pk__in=mine.values("organisation"), merged_into=None).order_by("name"))


def colleagues_of(user: User) -> QuerySet[Membership]:
    """The active members of those organisations, without herself."""
    rows = Membership.objects.in_full().active().by_name()
    return rows.filter(organisation__in=may_register_colleagues(user), user__is_active=True).exclude(user=user)


def accepts_names(event: EventPage) -> bool:
    """Whether colleagues without an account can be registered: where nobody has to show who she is."""
    return event.open_to != OpenTo.LIVC_R and not event.for_roles and may_see(event, AnonymousUser())


def is_member(user: User, organisation: Organisation) -> bool:
    return user.is_active and Membership.objects.active().filter(user=user, organisation=organisation).exists()


def of_her_organisation(user: User, registration: Registration) -> bool:
    return registration.organisation is not None and is_member(user, registration.organisation)


def owns(user: User, registration: Registration) -> bool:
    """Whether it is hers to change: she takes part, or she registered who does and is still of the organisation."""
    if not user.is_active:
        return False
    if registration.user_id == user.pk:
        return True
    return registration.registered_by_id == user.pk and (
        registration.organisation_id is None or of_her_organisation(user, registration)
    )


def may_open(user: User, registration: Registration) -> bool:
    return owns(user, registration) or is_organiser(user)


def registration_for(user: Reader, uid: uuid.UUID | str) -> Registration:
    """One that she owns or that she sees as an organiser. Raises Http404; PermissionDenied for a colleague."""
    rows = Registration.objects.select_related("event", "organisation", "user", "registered_by")
    found = rows.filter(uid=uid, anonymised_at=None).first()
    if found is None or not isinstance(user, User):
        raise Http404
    if may_open(user, found):
        return found
    if of_her_organisation(user, found):
        raise PermissionDenied
    raise Http404
