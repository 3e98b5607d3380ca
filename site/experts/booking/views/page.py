"""The page of a booking, for everybody who is a party in it, and what she can do there."""

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from core.calendar_files import Method, calendar, content_type
from experts.booking import invitations, page_parts, quota, shown
from experts.booking.exceptions import BookingError, NotAllowed, SlotTaken
from experts.booking.permissions import NoLongerAsked, booking_for, parties_of, party_of
from experts.booking.services.treating import chosen_option
from experts.booking.step_forms import StepForm
from experts.booking.steps import PAGE_STEPS, PageStep, possible_steps
from experts.choices import AGREED, DONE, BookingState, Party
from experts.models import Booking
from people.models import User
from people.permissions import signed_in

View = Callable[..., HttpResponse]


def says_who_is_no_longer_asked(view: View) -> View:
    """An expert with an old page before her reads what happened instead of “not found”."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except NoLongerAsked:
            messages.info(request, _("This request is no longer with you. You need not do anything."))
            return redirect("expert_requests")

    return wrapped


@require_safe
@never_cache
@login_required
@says_who_is_no_longer_asked
def booking(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    user = signed_in(request)
    found = booking_for(user, uid)
    party = party_of(user, found)
    if party is None:
        raise Http404
    context = {
        "booking": found,
        "party": party,
        "shown": shown.Shown(found, parties_of(user, found)),
        "steps": possible_steps(found, user),
        "may_edit": found.state == BookingState.DRAFT and party == Party.MUNICIPALITY,
        "parts": page_parts.parts_for(found, user, party),
    }
    return render(request, "experts/booking/booking.html", context)


@require_safe
@never_cache
@login_required
@says_who_is_no_longer_asked
def appointment(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """The agreed days as a calendar file, under the UIDs of the invitation."""
    user = signed_in(request)
    found = booking_for(user, uid)
    option = chosen_option(found)
    if option is None or found.state not in (*AGREED, *DONE):
        raise Http404
    mine = None
    if party_of(user, found) == Party.EXPERT:
        mine = next((row.expert for row in shown.asked_rows(found) if row.expert.accounts.filter(user=user)), None)
    text = calendar(invitations.events(found, option.slots, mine), method=Method.PUBLISH)
    response = HttpResponse(text, content_type=content_type(Method.PUBLISH))
    response["Content-Disposition"] = 'attachment; filename="afspraak.ics"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
@says_who_is_no_longer_asked
def step(request: HttpRequest, uid: uuid.UUID, slug: str) -> HttpResponse:
    """A page that asks, and does it when it is sent. What is not possible any more is said on the booking's page."""
    user = signed_in(request)
    found = booking_for(user, uid)
    wanted = PAGE_STEPS.get(slug)
    if wanted is None:
        raise Http404
    if not wanted.allowed(found, user):
        raise PermissionDenied
    if not wanted.possible(found, user):
        messages.error(
            request,
            _("This is not possible any more: the booking is “%(state)s” now.") % {"state": found.get_state_display()},
        )
        return redirect("booking", found.uid)
    form = wanted.form(request.POST or None, booking=found, user=user)
    if request.method == "POST" and form.is_valid():
        return _do(request, wanted, form, found, user)
    return _ask(request, wanted, form, found, user, status=422 if form.errors else 200)


def _do(request: HttpRequest, wanted: PageStep, form: StepForm, found: Booking, user: User) -> HttpResponse:
    try:
        wanted.service(booking=found, by=user, **form.arguments())
    except NotAllowed:
        raise PermissionDenied from None
    except BookingError as error:
        form.add_error(None, error.message)
        found.refresh_from_db()
        offered = error.alternatives if isinstance(error, SlotTaken) else []
        return _ask(request, wanted, form, found, user, status=409, alternatives=offered)
    messages.success(request, str(wanted.done))
    found.refresh_from_db()
    if party_of(user, found) is None:  # an expert who refused is no party any more
        return redirect("expert_requests")
    return redirect("booking", found.uid)


def _ask(  # noqa: PLR0913, PLR0917
    request: HttpRequest, wanted: PageStep, form: StepForm, found: Booking, user: User, status: int, **more: Any
) -> HttpResponse:
    context = {
        "booking": found,
        "step": wanted,
        "form": form,
        "shown": shown.Shown(found, parties_of(user, found)),
        "standings": _standings(found) if wanted.name == "approve" else (),
        **more,
    }
    return render(request, "experts/booking/step.html", context, status=status)


def _standings(booking: Booking) -> list[quota.Standing]:
    """What is left when this is held, for whoever decides."""
    return [quota.standing(booking.organisation, year) for year in quota.years_of(booking)]
