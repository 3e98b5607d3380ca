"""Who organises events: a trust of its own, given by group. It opens no intervision room."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from people.audiences import Reader
from people.models import User
from people.permissions import signed_in


def is_organiser(user: Reader) -> bool:
    return user.is_active and user.has_perm("events.manage_events")


def organiser_of(request: HttpRequest) -> User:
    """The user, where she organises events for VVSG; raises PermissionDenied."""
    user = signed_in(request)
    if not is_organiser(user):
        raise PermissionDenied
    return user
