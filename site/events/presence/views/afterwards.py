"""After an event: certificates, the questions about it, and who else was there."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.db.models.functions import Lower
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from events.choices import COMING
from events.models import GroupMember, Registration
from events.presence import certificates, links, services
from events.presence.forms import EvaluationForm
from events.presence.links import Purpose
from events.presence.permissions import fellow_participant
from events.registration.exceptions import RegistrationError
from experts.certificates.papers import as_file
from people.audiences import may_see
from people.permissions import signed_in


@require_safe
@never_cache
@login_required
def my_certificates(request: HttpRequest) -> HttpResponse:
    """All that she attended, on paper."""
    user = signed_in(request)
    context = {"certificates": certificates.of_events(user), "groups": certificates.of_groups(user)}
    return render(request, "events/presence/my_certificates.html", context)


@require_safe
@never_cache
@login_required
def my_group_certificate(request: HttpRequest, pk: int) -> HttpResponse:
    """Of an intervision group, for the member herself: made out up to today, under a code of its own."""
    member = get_object_or_404(GroupMember, pk=pk, user=signed_in(request))
    given = certificates.group_certificate(member)
    if given is None:
        raise Http404
    return as_file(request, certificates.paper_of(given))


@require_safe
@never_cache
def certificate_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """For whoever has no account: the link in the mail gives the paper."""
    row = links.read(Purpose.CERTIFICATE, token)
    found = certificates.certificate_of(row) if row else None
    if found is None:
        return render(request, "events/presence/link_dead.html", status=404)
    return as_file(request, found)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def event_evaluation(request: HttpRequest, token: str) -> HttpResponse:
    """Five questions by the link in the mail, without signing in; once, and without a name."""
    row = links.read(Purpose.EVALUATION, token)
    if row is None:
        return render(request, "events/presence/link_dead.html", status=404)
    reason = services.why_no_evaluation(row)
    form = EvaluationForm(request.POST or None)
    status = 422 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        try:
            services.evaluate(registration=row, answers=form.cleaned_data)
        except RegistrationError as error:
            reason, status = error.message, 409
        else:
            messages.success(request, _("Thank you. Your answers are with VVSG, without your name."))
            return redirect(request.path)
    readable = row.event.live and may_see(row.event, request.user)
    context = {"event": row.event, "form": form, "reason": reason, "page_url": row.event.url if readable else ""}
    response = render(request, "events/presence/evaluation.html", context, status=status)
    response["Referrer-Policy"] = "same-origin"  # the address is the key; with "no-referrer" no form passes
    return response


@require_safe
@never_cache
def participants(request: HttpRequest, pk: int) -> HttpResponse:
    """Who agreed to be seen by the others, for whoever agreed as well, and for the organisers."""
    try:
        event, mine = fellow_participant(request, pk)
    except Http404:
        if request.user.is_authenticated:
            raise
        return redirect_to_login(request.get_full_path())
    is_open = mine is None or mine.on_list
    shown = Registration.objects.none()
    if is_open:
        shown = Registration.objects.filter(event=event, state__in=COMING, on_list=True, anonymised_at=None)
    context = {
        "event": event,
        "mine": mine,
        "is_open": is_open,
        "participants": shown.select_related("organisation").order_by(Lower("name"), "pk"),
    }
    return render(request, "events/presence/participants.html", context, status=200 if is_open else 403)
