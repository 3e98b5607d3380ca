"""The history of one membership: who changed what, when and why."""

from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from people.changes import in_words
from people.models import Membership, MembershipEvent
from people.permissions import keeper


class Line(NamedTuple):
    """An event with its codes in words."""

    event: MembershipEvent
    old: str
    new: str


@require_safe
def history(request: HttpRequest, pk: int) -> HttpResponse:
    keeper(request)
    membership = get_object_or_404(Membership.objects.in_full(), pk=pk)
    events = membership.events.select_related("by")
    lines = [
        Line(event, in_words(event.kind, event.old) or "–", in_words(event.kind, event.new) or "–") for event in events
    ]
    return render(request, "people/admin/history.html", {"membership": membership, "lines": lines})
