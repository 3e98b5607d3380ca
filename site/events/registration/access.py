"""Who may open the page of a registration: who signed in and may, or who came by the link in its mail.

Opening such a link lends this browser a key to that one registration, for a few hours.
"""

import uuid
from dataclasses import dataclass

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from events.models import Registration
from events.registration import terms
from events.registration.permissions import registration_for
from events.registration.services import expire_offers
from people.models import User

KEYS = "registration_keys"
MOST = 20


@dataclass(frozen=True)
class Access:
    """`by` is who acts: None for who came by a link."""

    row: Registration
    by: User | None


def lend_key(request: HttpRequest, row: Registration) -> None:
    keys = dict(list(request.session.get(KEYS, {}).items())[-MOST:])
    keys[str(row.uid)] = (timezone.now() + terms.hours("key")).timestamp()
    request.session[KEYS] = keys


def keys_of(request: HttpRequest) -> list[str]:
    """The registrations to which this browser has a key now, by uid."""
    now = timezone.now().timestamp()
    return [uid for uid, until in request.session.get(KEYS, {}).items() if until > now]


def has_key(request: HttpRequest, uid: uuid.UUID) -> bool:
    return str(uid) in keys_of(request)


def access_to(request: HttpRequest, uid: uuid.UUID) -> Access | HttpResponse:
    """Or, for somebody who did not sign in, the way to do so. Raises Http404 and PermissionDenied."""
    expire_offers(event__registrations__uid=uid)
    user = request.user if isinstance(request.user, User) else None
    try:
        if user is not None:
            return Access(registration_for(user, uid), user)
    except (Http404, PermissionDenied):
        if not has_key(request, uid):
            raise
    if not has_key(request, uid):
        return redirect_to_login(request.get_full_path())
    rows = Registration.objects.select_related("event", "organisation", "user", "registered_by")
    found = rows.filter(uid=uid, anonymised_at=None).first()
    if found is None:
        raise Http404
    return Access(found, None)
