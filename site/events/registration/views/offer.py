"""The link in the mail about a place that came free: a page that asks for confirmation; nobody has to sign in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from events.choices import COMING, RegistrationState
from events.models import Registration
from events.registration import links, services, words
from events.registration.access import lend_key
from events.registration.exceptions import RegistrationError
from events.registration.sessions import of_registration


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@sensitive_variables("token")
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Whoever has the link answers for the one it was mailed to, this one offer."""
    found = links.of_offer(token)
    if found is None:
        return render(request, "events/registration/link_dead.html", status=404)
    if services.expire_offers(event=found[0].event):
        found = links.of_offer(token) or found
    row, stands = found
    error = "" if stands else _why_not(row)
    taken = request.POST.get("answer") == "take"
    if stands and request.method == "POST" and request.POST.get("answer") in ("take", "decline"):
        try:
            service = services.accept_offer if taken else services.decline_offer
            service(registration=row, by=row.user)
        except RegistrationError as problem:
            error = problem.message
        else:
            lend_key(request, row)
            return render(request, "events/registration/answered.html", {"registration": row, "taken": taken})
    context = {
        "registration": row,
        "event": row.event,
        "error": error,
        "until": words.moment(row.held_until) if row.held_until else "",
        "sessions": [words.session(session) for session in of_registration(row)],
    }
    response = render(request, "events/registration/offer.html", context, status=410 if error else 200)
    response["Referrer-Policy"] = "same-origin"  # the address is the key; with "no-referrer" no form passes
    return response


def _why_not(row: Registration) -> str:
    """In a sentence what became of the offer."""
    if row.state in COMING:
        return _("You took this place already. You need not do anything.")
    if row.state == RegistrationState.OFFERED:
        return _("The time to take this place is over. It goes to the next in line.")
    if row.history.filter(action="expire").exists():
        return _("The time to take this place is over. It went to the next in line.")
    if row.history.filter(action="decline").exists():
        return _("You declined this place already.")
    return words.not_now(row)
