"""Who works at the organiser's desk."""

import uuid

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from events.models import EventPage, Registration
from events.permissions import organiser_of
from events.registration.services import expire_offers
from people.models import User


def event_at_desk(request: HttpRequest, pk: int) -> tuple[User, EventPage]:
    """With an event, published or not; raises PermissionDenied before anything is looked for."""
    user = organiser_of(request)
    found = EventPage.objects.select_related("running", "private", "series").prefetch_related("sessions")
    return user, get_object_or_404(found, pk=pk)


def registration_at_desk(request: HttpRequest, pk: int, uid: uuid.UUID) -> tuple[User, Registration]:
    """With a registration of that event."""
    user = organiser_of(request)
    expire_offers(event=pk)
    found = Registration.objects.select_related("event__running", "user", "organisation", "guest_link", "registered_by")
    return user, get_object_or_404(found, event=pk, uid=uid)
