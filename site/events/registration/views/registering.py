"""Registering: for oneself, for colleagues, and by a guest link."""

from collections.abc import Callable
from typing import Any

from allauth.core.internal.ratelimit import consume
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from events.choices import ACTIVE, RegistrationState
from events.directory.standing import standing_of
from events.models import EventPage, Registration
from events.registration import guests, outlook, permissions, services, words
from events.registration.access import lend_key
from events.registration.exceptions import AlreadyRegistered, RegistrationError
from events.registration.forms import ColleaguesForm, GuestForm, RegisterForm
from people.audiences import visible_to
from people.models import Organisation, User
from people.permissions import signed_in

Act = Callable[[Any], HttpResponse]


def event_for(user: User, pk: int) -> EventPage:
    """One that exists for her; raises Http404."""
    services.expire_offers(event=pk)
    return get_object_or_404(visible_to(EventPage.objects.all(), user).select_related("running"), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def register(request: HttpRequest, pk: int) -> HttpResponse:
    """For oneself."""
    user = signed_in(request)
    event = event_for(user, pk)
    if mine := Registration.objects.filter(event=event, user=user, state__in=ACTIVE).first():
        messages.info(request, _("You are registered already. Here you see where it stands."))
        return redirect("registration", mine.uid)
    if (answer := _closed(request, event)) or (answer := _not_allowed(request, event, user)):
        return answer
    memberships = permissions.memberships_for(user, event)
    organisation = memberships[0].organisation if len(memberships) == 1 else None

    def act(form: RegisterForm) -> HttpResponse:
        row = services.register(event=event, person=form.person, by=user, **form.given())
        messages.success(request, _done(row))
        return redirect("registration", row.uid)

    page = _Page(request, event, "events/registration/register.html", organisation)
    return page.answer(lambda waits: RegisterForm(_sent(request), event=event, waits=waits, user=user), act)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def register_colleagues(request: HttpRequest, pk: int) -> HttpResponse:
    """Several colleagues of her own organisation in one go."""
    user = signed_in(request)
    event = event_for(user, pk)
    if answer := _closed(request, event):
        return answer
    organisations = permissions.may_register_colleagues(user)
    if not organisations:
        reason = _("Only who leads or decides in an organisation registers colleagues: %(roles)s.")
        names = ", ".join(str(role.label) for role in permissions.FOR_COLLEAGUES)
        return _refused(request, event, reason % {"roles": names}, 403)

    def act(form: ColleaguesForm) -> HttpResponse:
        rows = services.register_all(event=event, people=form.people, by=user, **form.given())
        messages.success(request, _all_done(rows))
        return redirect("my_registrations")

    organisation = organisations[0] if len(organisations) == 1 else None
    page = _Page(request, event, "events/registration/register_colleagues.html", organisation)

    def make(waits: bool) -> ColleaguesForm:
        return ColleaguesForm(_sent(request), event=event, waits=waits, user=user, organisations=organisations)

    return page.answer(make, act)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@sensitive_variables("token")
def register_guest(request: HttpRequest, token: str) -> HttpResponse:
    """Whoever has the link sees what, when and where, also of a closed event, and nothing more of it."""
    if not consume(request, app="events", action="guest_link", config=settings.EVENT_RATES, limit_get=True):
        return render(request, "events/registration/link_dead.html", {"too_often": True}, status=429)
    link = guests.find(token)
    if link is None or not guests.places_left(link):
        return render(request, "events/registration/link_dead.html", status=404)
    services.expire_offers(event=link.event)
    event = link.event
    if answer := _closed(request, event, guest=True):
        return answer

    def act(form: GuestForm) -> HttpResponse:
        row = services.register(event=event, person=form.person, by=None, guest_link=link, **form.given())
        lend_key(request, row)
        messages.success(request, _done(row))
        return redirect("registration", row.uid)

    page = _Page(request, event, "events/registration/register_guest.html", None)
    return page.answer(lambda waits: GuestForm(_sent(request), event=event, waits=waits), act)


def _sent(request: HttpRequest) -> Any:
    """A form of which every field can be empty is sent all the same."""
    return request.POST if request.method == "POST" else None


class _Page:
    """One request for a form to register. Whatever goes wrong, what was typed stays on the page."""

    def __init__(self, request: HttpRequest, event: EventPage, template: str, organisation: Organisation | None):
        self.request, self.event, self.template, self.organisation = request, event, template, organisation

    def answer(self, make: Callable[[bool], Any], act: Act) -> HttpResponse:
        why = outlook.why_no_seat(self.event, self.organisation)
        form = make(bool(why))
        status = 200
        if self.request.method == "POST":
            status = 422
            if form.is_valid():
                try:
                    return act(form)
                except RegistrationError as error:
                    form.add_error(None, error.message)
                    status = 409
                    if (found := _hers(self.request, error)) is not None:
                        return found
                    why = getattr(error, "waiting", "") or why
            self.event = EventPage.objects.select_related("running").get(pk=self.event.pk)
            why = outlook.why_no_seat(self.event, self.organisation) or why
        context = {
            "event": self.event,
            "form": form,
            "why_waiting": why if self.event.has_waiting_list else "",
            "sessions": [words.session(session) for session in self.event.sessions.all() if not session.choice],
            "left": None if why else standing_of(self.event).words,
        }
        response = render(self.request, self.template, context, status=status)
        response["Referrer-Policy"] = "same-origin"  # a guest's address is her key
        return response


def _hers(request: HttpRequest, error: RegistrationError) -> HttpResponse | None:
    """After a double click, or in a second tab: her own registration, instead of an error."""
    if not isinstance(error, AlreadyRegistered) or not isinstance(request.user, User):
        return None
    if error.uid is None or not Registration.objects.filter(uid=error.uid, user=request.user).exists():
        return None
    messages.info(request, _("You are registered already. Here you see where it stands."))
    return redirect("registration", error.uid)


def _closed(request: HttpRequest, event: EventPage, *, guest: bool = False) -> HttpResponse | None:
    """Where there is nothing to fill in. A form that was sent goes on: what was typed comes back with the reason."""
    standing = standing_of(event)
    if request.method == "POST" or standing.stand not in outlook.CLOSED:
        return None
    return _refused(request, event, standing.words, 200, guest=guest)


def _not_allowed(request: HttpRequest, event: EventPage, user: User) -> HttpResponse | None:
    reason = permissions.may_register(user, event)
    return _refused(request, event, reason, 403) if reason else None


def _refused(request: HttpRequest, event: EventPage, reason: str, status: int, *, guest: bool = False) -> HttpResponse:
    context = {"event": event, "reason": reason, "guest": guest}
    return render(request, "events/registration/cannot_register.html", context, status=status)


def _done(row: Registration) -> str:
    if row.state == RegistrationState.REGISTERED:
        return _("You are registered. The invitation for your calendar is in the mail that we sent you.")
    return _("You are on the waiting list. You get a mail as soon as a place comes free for you.")


def _all_done(rows: list[Registration]) -> str:
    seated = sum(row.state == RegistrationState.REGISTERED for row in rows)
    waiting = len(rows) - seated
    texts = []
    if seated:
        texts.append(
            ngettext("%(count)d colleague is registered.", "%(count)d colleagues are registered.", seated)
            % {"count": seated}
        )
    if waiting:
        texts.append(
            ngettext(
                "%(count)d colleague is on the waiting list.", "%(count)d colleagues are on the waiting list.", waiting
            )
            % {"count": waiting}
        )
    return " ".join([*texts, _("Each of them got a mail.")])
