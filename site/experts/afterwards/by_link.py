"""The evaluation behind the link in a mail: whoever has it speaks for the municipality, for this one booking."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from experts.afterwards import services
from experts.afterwards.forms import EvaluationForm
from experts.booking import links
from experts.booking.exceptions import BookingError
from experts.choices import BookingState
from experts.models import Booking

GONE = 410


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@sensitive_variables("token")
def evaluation(request: HttpRequest, token: str) -> HttpResponse:
    """Nobody has to sign in; the five questions and their button are the confirmation."""
    found = links.read_evaluation(token)
    if found is None:
        return render(request, "experts/afterwards/evaluation_by_link.html", {"booking": None}, status=404)
    booking, user = found
    form = EvaluationForm(request.POST or None)
    status = 200 if booking.state == BookingState.DELIVERED else GONE
    if request.method == "POST" and status == 200:
        status = 422
        if form.is_valid():
            try:
                services.evaluate(booking=booking, by=user, answers=form.cleaned_data, by_link=True)
            except BookingError as error:
                form.add_error(None, error.message)
                status = 409
            else:
                return _page(request, booking, form, done=True)
    return _page(request, booking, form, status=status)


def _page(
    request: HttpRequest, booking: Booking, form: EvaluationForm, *, status: int = 200, done: bool = False
) -> HttpResponse:
    context = {"booking": booking, "form": form, "is_open": status != GONE and not done, "done": done}
    response = render(request, "experts/afterwards/evaluation_by_link.html", context, status=status)
    response["Referrer-Policy"] = "same-origin"  # the address is the key; with "no-referrer" no form passes
    return response
