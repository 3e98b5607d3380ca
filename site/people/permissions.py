"""Who is asking: typed access for views."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from people.models import User


def signed_in(request: HttpRequest) -> User:
    """The user of a request that only signed-in people can make; raises PermissionDenied."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
