"""The history of one membership: who changed what, when and why."""

from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from people.models import Membership, MembershipEvent, MembershipState, Role
from people.permissions import keeper

WORDS = {
    MembershipEvent.Kind.STATE: dict(MembershipState.choices),
    MembershipEvent.Kind.ROLES: dict(Role.choices),
}


class Line(NamedTuple):
    """An event with its codes in words."""

    event: MembershipEvent
    old: str
    new: str


def in_words(kind: str, codes: str) -> str:
    """Codes of states and roles as people call them; names and days stand as they are."""
    words = WORDS.get(MembershipEvent.Kind(kind), {})
    return ", ".join(str(words.get(code, code)) for code in codes.split(", ")) if codes else "–"


@require_safe
def history(request: HttpRequest, pk: int) -> HttpResponse:
    keeper(request)
    membership = get_object_or_404(Membership.objects.in_full(), pk=pk)
    events = membership.events.select_related("by")
    lines = [Line(event, in_words(event.kind, event.old), in_words(event.kind, event.new)) for event in events]
    return render(request, "people/admin/history.html", {"membership": membership, "lines": lines})
