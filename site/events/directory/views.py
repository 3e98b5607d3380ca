"""The calendar of events, and asking to hear of the next edition."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from core.finding.views import answer
from events.directory import wishes
from events.directory.cards import address
from events.directory.forms import WishForm
from events.directory.listing import MONTHS, WholeListing
from events.models import EventIndexPage, EventPage
from people.audiences import visible_to
from people.models import User
from people.throttle import Throttle

WISHES = Throttle("event_wish")


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """One month, as a table of days; the same filters as the list."""
    index = visible_to(EventIndexPage.objects.all(), request.user).first()
    if index is None:
        raise Http404
    context = {"index": index, "listing": WholeListing(request, MONTHS)}
    return answer(request, "events/directory/calendar.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@sensitive_post_parameters("email")
def event_wish(request: HttpRequest, slug: str) -> HttpResponse:
    """To hear of the next edition: at once with an account, by a link in a mail without one."""
    event: EventPage = get_object_or_404(visible_to(EventPage.objects.all(), request.user), slug=slug)
    if isinstance(request.user, User):
        return _wish_of_user(request, event, request.user)
    form = WishForm(request.POST or None)
    context = {"event": event, "form": form}
    if request.method != "POST":
        return render(request, "events/directory/wish.html", context)
    if WISHES.is_shut(request):
        return render(request, "429.html", status=429)
    WISHES.note(request)
    if not form.is_valid():
        return render(request, "events/directory/wish.html", context, status=422)
    wishes.ask(event=event, email=form.cleaned_data["email"])
    return render(request, "events/directory/wish_asked.html", context)


def _wish_of_user(request: HttpRequest, event: EventPage, user: User) -> HttpResponse:
    if request.method != "POST":
        context = {"event": event, "wished": wishes.wishes_of(event, user)}
        return render(request, "events/directory/wish.html", context)
    if request.POST.get("step") == "stop":
        wishes.take_back(event=event, user=user)
        messages.success(request, _("We do not mail you about the next edition."))
    else:
        wishes.wish(event=event, user=user)
        messages.success(request, _("We mail you once, when the next edition is on this site."))
    return redirect(address(event) or "my_page")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@sensitive_variables("token")
def wish_link(request: HttpRequest, token: str) -> HttpResponse:
    """Where the link in the mail leads. Reading changes nothing: she confirms or stops with a button."""
    wish = wishes.wish_of(token)
    if wish is None:
        return render(request, "events/directory/wish_dead.html", status=404)
    step = request.POST.get("step", "")
    if step == "confirm":
        wishes.confirm(wish=wish)
        wish.refresh_from_db()
    elif step == "stop":
        wish.delete()
    response = render(request, "events/directory/wish_link.html", {"wish": wish, "step": step})
    response["Referrer-Policy"] = "same-origin"  # the address is the key; with "no-referrer" no form passes
    return response
