"""One registration at the desk, and registering somebody by hand."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from events.choices import RegistrationState
from events.desk.access import event_at_desk, registration_at_desk
from events.desk.forms.registration import RegisterForm
from events.desk.steps import STEPS, in_words, steps_for
from events.desk.views import FORMS
from events.models import EventPage, Registration
from events.registration import services, words
from events.registration import sessions as side_by_side
from events.registration.exceptions import RegistrationError
from events.registration.services import Applicant
from people.models import User


@require_safe
@never_cache
def registration(request: HttpRequest, pk: int, uid: uuid.UUID) -> HttpResponse:
    """What is known of it, its history, and every step that its state allows."""
    _user, found = registration_at_desk(request, pk, uid)
    context = {
        "registration": found,
        "event": found.event,
        "sessions": [words.session(one) for one in side_by_side.of_registration(found)],
        "answers": found.answers.all(),
        "history": [(row, in_words(row)) for row in found.history.select_related("by")],
        "replaced_by": Registration.objects.filter(replaces=found).first(),
        "steps": steps_for(found) if found.anonymised_at is None else [],
    }
    return render(request, "events/desk/registration.html", context)


@require_POST
def step(request: HttpRequest, pk: int, uid: uuid.UUID, name: str) -> HttpResponse:
    """One step. Whatever stands in the way is said on the page of the registration."""
    user, found = registration_at_desk(request, pk, uid)
    if name not in STEPS:
        raise Http404
    form = STEPS[name].form_for(found, request.POST)
    if not form.is_valid():
        why = " ".join(f"{form[key].label or ''} {error}" for key, rows in form.errors.items() for error in rows)
        messages.error(request, _("Nothing was changed: %(why)s") % {"why": why})
        return redirect("event_desk:registration", pk, uid)
    try:
        STEPS[name].run(found, user, form.cleaned_data)
    except RegistrationError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("Done: %(what)s.") % {"what": STEPS[name].label})
    return redirect("event_desk:registration", pk, uid)


@require_http_methods(FORMS)
@never_cache
def register(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody who telephoned. Sent twice, she is registered once."""
    user, event = event_at_desk(request, pk)
    form = RegisterForm(request.POST or None, event=event)
    if request.method == "POST" and form.is_valid():
        try:
            made = _register(event, form, user)
        except RegistrationError as error:
            form.add_error(None, error.message)
        else:
            _say(request, made)
            return redirect("event_desk:registration", pk, made.uid)
    return render(
        request, "events/desk/register.html", {"event": event, "form": form}, status=422 if form.errors else 200
    )


def _register(event: EventPage, form: RegisterForm, by: User) -> Registration:
    data = form.cleaned_data
    account = User.objects.filter(email__iexact=data["email"], is_active=True).first()
    person = Applicant(
        name=data["name"], email=data["email"], user=account, organisation=data["organisation"], role=data["role"]
    )
    return services.register(
        event=event,
        person=person,
        by=by,
        answers=form.given_answers,
        sessions=form.sessions,
        conditions=data.get("conditions", False),
        on_list=data["on_list"],
    )


def _say(request: HttpRequest, made: Registration) -> None:
    name = {"name": made.name}
    if made.state == RegistrationState.WAITING:
        messages.warning(request, _("All places are taken: %(name)s is on the waiting list.") % name)
    else:
        messages.success(request, _("%(name)s is registered and gets a mail.") % name)
