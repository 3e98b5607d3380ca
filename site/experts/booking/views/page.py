"""The page of a booking, for everybody who is a party in it."""

import uuid

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from experts.booking import page_parts
from experts.booking.permissions import booking_for, party_of
from people.permissions import signed_in


@require_safe
@never_cache
@login_required
def booking(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    user = signed_in(request)
    found = booking_for(user, uid)
    party = party_of(user, found)
    assert party is not None  # noqa: S101  # booking_for let her in
    context = {"booking": found, "party": party, "parts": page_parts.parts_for(found, user, party)}
    return render(request, "experts/booking/booking.html", context)
