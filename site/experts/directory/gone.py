"""An expert whose page was taken off the site: when, why, who takes over, and what she leaves behind."""

from typing import Any

from django.db.models import Model, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from experts.directory.page_parts import parts_of
from experts.directory.presentation import deliveries_of, successor_of, works_of
from experts.models import ExpertPage

GONE = 410


def tombstone(expert: ExpertPage, request: HttpRequest) -> HttpResponse:
    """Nothing of what she wrote about herself, which is no longer published."""
    index = expert.above[-1].specific
    context = {
        "page": index,
        "expert": expert,
        "successor": successor_of(expert, request.user),
        "deliveries": deliveries_of(expert),
        "works": works_of(expert, request.user),
        "parts": parts_of(expert, request),
        "listing_url": index.url,
    }
    return render(request, "experts/expert_gone.html", context, status=GONE)


def note_the_day(sender: type[Model], instance: ExpertPage, **kwargs: Any) -> None:
    """Her time in the pool ends when her page is unpublished: the tombstone tells the day, and the terms of what is
    private about her begin. Only on the page itself: publishing a draft brings the period of the draft back."""
    today = timezone.localdate()
    was_in = ExpertPage.objects.filter(Q(pool_from=None) | Q(pool_from__lte=today), pk=instance.pk)
    was_in.filter(Q(pool_until=None) | Q(pool_until__gt=today)).update(pool_until=today)
