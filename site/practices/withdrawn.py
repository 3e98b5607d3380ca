"""What an address answers after its practice was withdrawn: what it was, why it went, what took its place."""

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from people.audiences import may_see

if TYPE_CHECKING:
    from practices.models import PracticeIndexPage, PracticePage

GONE = 410


def withdrawn_practice(index: "PracticeIndexPage", slug: str) -> "PracticePage | None":
    """The practice below the listing that was public once and is not any more; drafts never published do not count."""
    from practices.models import PracticePage

    return PracticePage.objects.child_of(index).filter(slug=slug, live=False, first_published_at__isnull=False).first()


def tombstone(request: HttpRequest, practice: "PracticePage") -> HttpResponse:
    """410 with the title, the reason and the successor, if the reader may see that one."""
    successor = practice.successor.specific if practice.successor else None
    if successor is not None and not (successor.live and may_see(successor, request.user)):
        successor = None
    context = {"practice": practice, "successor": successor, "page": practice.get_parent().specific}
    return render(request, "practices/practice_withdrawn.html", context, status=GONE)
