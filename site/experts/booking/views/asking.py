"""Asking for an expert: a draft that keeps all that was typed, and sending it."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from experts.booking import quota, services
from experts.booking.exceptions import BookingError, SlotTaken
from experts.booking.forms import AskForm
from experts.booking.permissions import booking_for, decides_for, may_ask_for, parties_of
from experts.choices import BookingState
from experts.day_parts import Slot
from experts.models import Booking, ExpertPage
from people.audiences import visible_to
from people.models import Organisation, User
from people.permissions import signed_in


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def ask(request: HttpRequest) -> HttpResponse:
    """`?expert=` names one by slug or key, each `?dagdeel=` a possibility (day-parts with commas between)."""
    user = signed_in(request)
    organisations = may_ask_for(user)
    if not organisations:
        return render(request, "experts/booking/cannot_ask.html", status=403)
    return _Asking(request, user, Booking(), organisations, _expert(request)).answer()


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def edit(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Go on with a draft."""
    user = signed_in(request)
    booking = booking_for(user, uid)
    if booking.state != BookingState.DRAFT:
        messages.info(request, _("This request is sent already."))
        return redirect("booking", booking.uid)
    if not parties_of(user, booking):
        raise PermissionDenied
    row = booking.asked.select_related("expert").first()
    expert = row.expert if row else None
    return _Asking(request, user, booking, [booking.organisation], expert).answer()


def _expert(request: HttpRequest) -> ExpertPage | None:
    """The one that the address or the form names; raises Http404 for one that cannot be booked."""
    slug = request.GET.get("expert", "")
    if not slug:
        return None
    seen = visible_to(ExpertPage.objects.all(), request.user)
    found = seen.filter(slug=slug).first() or (seen.filter(pk=slug).first() if slug.isdecimal() else None)
    if found is None or not found.is_in_pool(max(timezone.localdate(), found.pool_from or timezone.localdate())):
        raise Http404
    return found


class _Asking:
    """One request for the form, of a new draft or of an old one."""

    def __init__(
        self,
        request: HttpRequest,
        user: User,
        booking: Booking,
        organisations: list[Organisation],
        expert: ExpertPage | None,
    ) -> None:
        self.request, self.user, self.booking = request, user, booking
        self.organisations, self.expert = organisations, expert
        self.sending = request.POST.get("step") == "send"
        self.alternatives: list[list[Slot]] = []

    def answer(self) -> HttpResponse:
        form = self.form()
        if self.request.method != "POST":
            return self.page(form)
        complete = form.is_valid()
        error = self._save(form)
        if error is None and complete and self.sending:
            error = self._send(form)
        if error is not None or not complete:
            return self.page(form, status=409 if complete else 422)
        if self.sending:
            return redirect("booking", self.booking.uid)
        messages.success(self.request, _("Your draft is saved. Send it when it is complete."))
        return redirect("booking_edit", self.booking.uid)

    def form(self) -> AskForm:
        return AskForm(
            self.request.POST or None,
            instance=self.booking,
            user=self.user,
            organisations=self.organisations,
            expert=self.expert,
            wished=self._wished(),
            sending=self.sending,
        )

    def _wished(self) -> list[list[Slot]]:
        """From the address where it names some, else from the draft."""
        wished = []
        for text in self.request.GET.getlist("dagdeel")[:3]:
            try:
                wished.append([Slot.parse(part) for part in text.split(",")[:4]])
            except ValueError:
                continue
        if wished or self.booking.pk is None:
            return wished
        return [option.slots for option in self.booking.options.prefetch_related("day_parts")]

    def _save(self, form: AskForm) -> BookingError | None:
        """Whatever is understood is kept, also when the rest is not."""
        fields = form.booking_fields()
        try:
            if self.booking.pk is None:
                organisation = form.cleaned_data.get("organisation") or self.organisations[0]
                experts = [self.expert] if self.expert else []
                self.booking = services.draft(by=self.user, organisation=organisation, experts=experts, **fields)
            else:
                self.booking = services.change_draft(booking=self.booking, by=self.user, **fields)
        except BookingError as error:
            form.add_error(None, error.message)
            return error
        return None

    def _send(self, form: AskForm) -> BookingError | None:
        try:
            with transaction.atomic():
                self.booking = services.submit(booking=self.booking, by=self.user)
        except SlotTaken as error:
            self.alternatives = error.alternatives
            form.add_error(None, error.message)
            return error
        except BookingError as error:
            form.add_error(None, error.message)
            return error
        if self.booking.state == BookingState.APPROVAL:
            messages.success(self.request, _("Your request is with your decision maker. She sends it to VVSG."))
        else:
            messages.success(self.request, _("Your request is sent. VVSG answers by mail."))
        return None

    def page(self, form: AskForm, status: int = 200) -> HttpResponse:
        organisation = self.booking.organisation if self.booking.pk else self.organisations[0]
        year = timezone.localdate().year
        context: dict[str, Any] = {
            "form": form,
            "booking": self.booking if self.booking.pk else None,
            "expert": self.expert,
            "organisation": organisation,
            "decides": decides_for(self.user, organisation.pk),
            "standings": [quota.standing(organisation, each) for each in (year, year + 1)],
            "alternatives": [(option, ",".join(map(str, option))) for option in self.alternatives],
            "has_errors": bool(form.errors),
            "sent_back": self._sent_back(),
        }
        return render(self.request, "experts/booking/ask.html", context, status=status)

    def _sent_back(self) -> str:
        """Why the decision maker sent it back, where that was the last thing that happened."""
        if self.booking.pk is None:
            return ""
        last = self.booking.history.exclude(action="change_draft").last()
        return last.why if last is not None and last.action == "send_back" else ""
