"""What an expert reaches from a link in a mail: a page that asks for confirmation, and only then does it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from experts.booking import links, services, shown, words
from experts.booking.exceptions import BookingError
from experts.booking.links import Link
from experts.booking.step_forms import RefuseForm, StepForm
from experts.choices import Answer, Party


class RefuseByLinkForm(RefuseForm):
    """The link says for whom."""

    def prepare(self) -> None:
        pass


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Whoever has the link speaks for the expert, for this one answer; nobody has to sign in."""
    link = links.read(token)
    if link is None:
        return _dead(request, _("This link does not work, or not any more."), 404)
    if not link.still_asked:
        return _dead(request, _why_not(link), 410)
    booking = link.asked.booking
    kind = StepForm if link.option else RefuseByLinkForm
    form = kind(request.POST or None, booking=booking, user=link.user)
    status = 200
    if request.method == "POST":
        if form.is_valid():
            try:
                _act(link, form.cleaned_data)
            except BookingError as error:
                form.add_error(None, error.message)
                status = 409
            else:
                return render(request, "experts/booking/answered.html", {"booking": booking, "accepted": link.option})
        else:
            status = 422
    context = {
        "booking": booking,
        "form": form,
        "expert": link.asked.expert,
        "option": words.option(link.option) if link.option else "",
        "shown": shown.Shown(booking, {Party.EXPERT}),
    }
    response = render(request, "experts/booking/answer.html", context, status=status)
    response["Referrer-Policy"] = "same-origin"  # the address is the key; with "no-referrer" no form passes
    return response


def _act(link: Link, given: dict[str, Any]) -> None:
    by: dict[str, Any] = {"booking": link.asked.booking, "expert": link.asked.expert, "by": link.user, "by_link": True}
    if link.option:
        services.accept(option=link.option, seen=given["seen"], **by)
    else:
        services.refuse(reason=given["reason"], note=given["note"], seen=given["seen"], **by)


def _why_not(link: Link) -> str:
    """In a sentence what became of the request."""
    if link.asked.answer == Answer.ACCEPTED:
        return _("You accepted this request already.")
    if link.asked.answer == Answer.REFUSED:
        return _("You refused this request already.")
    if link.asked.answer == Answer.GONE:
        return _("You are no longer asked for this request. The days that were held for it are free again.")
    return _("The request changed since this mail. Use the links in the newest mail, or sign in.")


def _dead(request: HttpRequest, sentence: str, status: int) -> HttpResponse:
    return render(request, "experts/booking/answer_dead.html", {"sentence": sentence}, status=status)
