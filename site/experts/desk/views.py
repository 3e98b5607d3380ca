"""The pages of the desk: the board, a booking, and what can be done with it."""

import uuid
from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from experts.booking import people, services, words
from experts.booking.exceptions import BookingError
from experts.booking.quota import pool_standing, standing, years_of
from experts.choices import Answer, Party
from experts.desk import matching, merging
from experts.desk.access import booking_at_desk, desk_of
from experts.desk.actions import DESK_ACTIONS, actions_for, may_propose
from experts.desk.board import board as columns_of
from experts.desk.board import late_days
from experts.desk.forms import BoardForm, MergeForm, PhoneForm, ProposeForm
from experts.models import Booking, ExpertPage

FORMS = ["GET", "HEAD", "POST"]


@require_safe
def board(request: HttpRequest) -> HttpResponse:
    user = desk_of(request)
    form = BoardForm(request.GET)
    filters = form.filters()
    columns = columns_of(filters, user)
    context = {
        "form": form,
        "columns": columns,
        "filters": filters,
        "total": sum(column.total for column in columns),
        "late": sum(column.late for column in columns),
        "query": _query_without_column(request),
    }
    return render(request, "experts/desk/board.html", context)


def _query_without_column(request: HttpRequest) -> str:
    query = request.GET.copy()
    query.pop("kolom", None)
    return query.urlencode()


@require_safe
def booking(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """All that is known of one booking, and every step that its state allows."""
    _user, found = booking_at_desk(request, uid)
    return render(request, "experts/desk/booking.html", booking_context(found))


def booking_context(found: Booking) -> dict[str, Any]:
    years = years_of(found) or [timezone.localdate().year]
    return {
        "booking": found,
        "state": words.state(found),
        "turn": words.turn(found, {Party.VVSG}),
        "next_step": words.next_step(found),
        "late_days": late_days(found, timezone.localdate()),
        "options": [(row, words.option(row)) for row in found.options.prefetch_related("day_parts")],
        "asked": found.asked.select_related("expert__private").exclude(answer=Answer.GONE, asked_at=None),
        "history": [(row, words.event(row)) for row in found.history.select_related("by")],
        "standings": [(standing(found.organisation, year), pool_standing(year)) for year in years],
        "actions": actions_for(found),
        "proposes": may_propose(found),
        "mergeable": found.state in merging.MERGEABLE and merging.others_of(found).exists(),
        "merged_from": found.merged_from.select_related("organisation"),
        "questions": found.group_questions.all(),
    }


@require_POST
def act(request: HttpRequest, uid: uuid.UUID, name: str) -> HttpResponse:
    """One step. Whatever stands in the way is said on the page of the booking."""
    user, found = booking_at_desk(request, uid)
    if name not in DESK_ACTIONS:
        raise Http404
    form = DESK_ACTIONS[name].form_for(found, request.POST)
    if not form.is_valid():
        messages.error(request, _("Nothing was changed: %(why)s") % {"why": " ".join(_errors(form))})
        return redirect("expert_desk:booking", uid)
    try:
        DESK_ACTIONS[name].run(found, user, form.cleaned_data)
    except BookingError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("Done: %(what)s.") % {"what": DESK_ACTIONS[name].label})
    return redirect("expert_desk:booking", uid)


def _errors(form: Any) -> list[str]:
    return [
        f"{form.fields[name].label or ''} {error}".strip()
        for name, rows in form.errors.items()
        if name in form.fields
        for error in rows
    ]


@require_http_methods(FORMS)
def match(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Who fits and is free; and asking one or two of them."""
    user, found = booking_at_desk(request, uid)
    name = may_propose(found)
    form = ProposeForm(request.POST or None, initial={"seen": found.version})
    if request.method == "POST" and name and form.is_valid():
        data = form.cleaned_data
        service = {"propose": services.propose, "pass_on": services.pass_on}[name]
        try:
            service(
                booking=found,
                experts=data["experts"],
                by=user,
                options=data["options"] or None,
                why=data["why"],
                seen=data["seen"],
            )
        except BookingError as error:
            form.add_error(None, error.message)
        else:
            _say_who_is_asked(request, data["experts"])
            return redirect("expert_desk:booking", uid)
    options = [(row, words.option(row)) for row in matching.options_of(found)]
    context = {"booking": found, "form": form, "proposes": name, "options": options, "matches": matching.matches(found)}
    context["ticked"] = form.together()
    return render(request, "experts/desk/match.html", context, status=422 if form.errors else 200)


def _say_who_is_asked(request: HttpRequest, experts: Iterable[ExpertPage]) -> None:
    silent = warn_of_no_address(request, experts)
    if names := [expert.title for expert in experts if expert.title not in silent]:
        text = ngettext(
            "%(experts)s gets a mail with the question.", "%(experts)s get a mail with the question.", len(names)
        )
        messages.success(request, text % {"experts": ", ".join(names)})


def warn_of_no_address(request: HttpRequest, experts: Iterable[ExpertPage]) -> list[str]:
    """Whom VVSG has to call."""
    if names := people.without_address(experts):
        text = _("No mail address is known of %(experts)s: call, and note the answer.")
        messages.warning(request, text % {"experts": ", ".join(names)})
    return names


@require_http_methods(FORMS)
def phone(request: HttpRequest) -> HttpResponse:
    """A request that somebody makes by telephone: written and sent at once, or not at all."""
    user = desk_of(request)
    form = PhoneForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                organisation = form.cleaned_data["organisation"]
                made = services.draft(by=user, organisation=organisation, **form.draft_fields())
                services.submit(booking=made, by=user)
        except BookingError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _("The request of %(organisation)s is sent.") % {"organisation": organisation})
            return redirect("expert_desk:booking", made.uid)
    return render(request, "experts/desk/phone.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(FORMS)
def merge(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """This request ends, another one of the same municipality goes on."""
    user, found = booking_at_desk(request, uid)
    form = MergeForm(request.POST or None, booking=found)
    if request.method == "POST" and form.is_valid():
        try:
            into = merging.merge(booking=found, into=form.cleaned_data["into"], by=user, seen=_seen(request))
        except BookingError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _("The requests are one now. The parties get a mail."))
            return redirect("expert_desk:booking", into.uid)
    context = {"booking": found, "form": form}
    return render(request, "experts/desk/merge.html", context, status=422 if form.errors else 200)


def _seen(request: HttpRequest) -> int | None:
    text = request.POST.get("seen", "")
    return int(text) if text.isascii() and text.isdigit() else None
