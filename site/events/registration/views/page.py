"""The page of one registration, for who takes part, who registered her, and who has the link of its mail."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from core.calendar_files import CONTENT_TYPE, Method, calendar
from events import programme
from events.choices import COMING, RegistrationState
from events.models import EventPrivate, Registration, RegistrationChange
from events.registration import answers, invitations, links, online, page_parts, words
from events.registration.access import Access, access_to, lend_key
from events.registration.exceptions import RegistrationError
from events.registration.permissions import may_open
from events.registration.sessions import of_registration
from events.registration.steps import STEPS, PageStep, possible_steps
from people.audiences import may_see


@require_safe
@never_cache
@sensitive_variables("token")
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """From a mail: lends this browser a key, so that the secret is not in the address of the page itself."""
    row = links.of_page(token)
    if row is None:
        return render(request, "events/registration/link_dead.html", status=404)
    lend_key(request, row)
    response = redirect("registration", row.uid)
    response["Referrer-Policy"] = "no-referrer"
    return response


@require_safe
@never_cache
def registration(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    access = access_to(request, uid)
    if isinstance(access, HttpResponse):
        return access
    row, is_me = access.row, access.by is None or access.by == access.row.user
    may_want = row.state == RegistrationState.REGISTERED  # to leave, or to change something
    after = Registration.objects.filter(replaces=row, anonymised_at=None).first()
    lines = history(row)
    context = {
        **facts(row),
        "next_step": words.next_step(row, is_me=is_me, instead=after.name if after else ""),
        "after": after if after and access.by and may_open(access.by, after) else None,
        "access": access,
        "steps": possible_steps(row, access.by),
        "history": [(line, words.action(line)) for line in lines],
        "why_cancelled": next((line.why for line in reversed(lines) if line.action == "cancel"), ""),
        "parts": page_parts.parts_for(row, request),
        "links_to_event": row.event.live and may_see(row.event, request.user),
        "is_me": is_me,
        "too_late": words.not_now(row) if may_want and not programme.has_begun(row.event) else "",
    }
    return render(request, "events/registration/registration.html", context)


def facts(row: Registration) -> dict[str, Any]:
    """What every page about a registration shows of it."""
    private = EventPrivate.objects.filter(event=row.event).first()
    return {
        "registration": row,
        "event": row.event,
        "sessions": [words.session(session) for session in of_registration(row)],
        "practical": private.practical if private and row.state in COMING else "",
        "contact": private if private and (private.contact_email or private.contact_phone) else None,
        "online_link": online.link_for(row),
        "answers": row.answers.all(),
        "unanswered": answers.left_to_her(row),
        "deadline": programme.cancel_deadline(row.event),
    }


def history(row: Registration) -> list[RegistrationChange]:
    """Hers, and before it that of the colleague whose place she took over."""
    pks = [row.pk]
    while row.replaces_id and row.replaces_id not in pks:
        row = Registration.objects.get(pk=row.replaces_id)
        pks.append(row.pk)
    lines = RegistrationChange.objects.filter(registration__in=pks).select_related("by", "registration")
    return list(lines.order_by("at", "pk"))


@require_safe
@never_cache
def appointment(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Her sessions as a calendar file, under the UIDs of the invitation."""
    access = access_to(request, uid)
    if isinstance(access, HttpResponse):
        return access
    if access.row.state != RegistrationState.REGISTERED:
        raise Http404
    response = HttpResponse(calendar(invitations.entries(access.row), method=Method.PUBLISH), content_type=CONTENT_TYPE)
    response["Content-Disposition"] = 'attachment; filename="vorming.ics"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def step(request: HttpRequest, uid: uuid.UUID, slug: str) -> HttpResponse:
    """Asks for confirmation, and only then does it."""
    access = access_to(request, uid)
    if isinstance(access, HttpResponse):
        return access
    found = STEPS.get(slug)
    if found is None:
        raise Http404
    if request.method != "POST" and not found.possible(access.row, access.by):
        messages.info(request, words.not_now(access.row))
        return redirect("registration", uid)
    form = found.form(request.POST or None, row=access.row, by=access.by)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                found.service(registration=access.row, by=access.by, **form.arguments())
            except RegistrationError as error:
                form.add_error(None, error.message)
                status = 409
            else:
                messages.success(request, str(found.done))
                return redirect("registration", uid)
    return _step_page(request, access, found, form, status)


def _step_page(request: HttpRequest, access: Access, found: PageStep, form: Any, status: int) -> HttpResponse:
    context = {**facts(access.row), "step": found, "form": form}
    return render(request, "events/registration/step.html", context, status=status)
