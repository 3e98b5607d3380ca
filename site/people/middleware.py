"""What every request of a signed-in reader starts with."""

from collections.abc import Callable

from django.contrib.auth.middleware import get_user
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from people.models import User
from people.rights import of_today


class RightsOfTodayMiddleware:
    """Wagtail looks at groups only: whoever's last day in the LIVC-R has passed leaves the group before it looks.

    Lazy, as Django's own: a request that asks nobody who it is costs nothing. Comes after AuthenticationMiddleware.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.user = SimpleLazyObject(lambda: _user_of(request))  # type: ignore[assignment]
        return self.get_response(request)


def _user_of(request: HttpRequest) -> User | AnonymousUser:
    user = get_user(request)
    return of_today(user) if isinstance(user, User) else user
