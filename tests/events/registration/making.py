"""Makes people who register and the parts of their registrations."""

from typing import Any

from events.models import EventState, Registration
from events.registration import services
from people.models import Membership, MembershipRole, User
from tests.events.factories import make_participant


def applicant(user: User, **overrides: Any) -> services.Applicant:
    membership = Membership.objects.active().filter(user=user).first()
    organisation = membership.organisation if membership else None
    fields = {"name": user.get_full_name(), "email": user.email, "user": user, "organisation": organisation}
    return services.Applicant(**{**fields, **overrides})


def register(event, user: User | None = None, **given: Any) -> Registration:
    """Somebody registers herself."""
    user = user or make_participant()
    return services.register(event=event, person=applicant(user), by=user, **given)


def state_of(event) -> EventState:
    return EventState.objects.get(event=event)


def give_role(user: User, role: str) -> User:
    """A role in her (only) organisation."""
    MembershipRole.objects.get_or_create(membership=Membership.objects.get(user=user), role=role)
    return user
