"""Whose availability somebody may see and change: of the experts for whom she acts. Others do not exist for her."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from experts.models import AvailabilityException, ExpertPage
from people.models import User


def experts_of(user: User) -> list[ExpertPage]:
    return list(ExpertPage.objects.filter(accounts__user=user).order_by("title")) if user.is_active else []


def expert_for(user: User, pk: int) -> ExpertPage:
    """Raises Http404 for whoever does not act for this expert."""
    for expert in experts_of(user):
        if expert.pk == pk:
            return expert
    raise Http404


def exception_for(user: User, pk: int) -> AvailabilityException:
    """Raises Http404."""
    exceptions = AvailabilityException.objects.select_related("expert")
    return get_object_or_404(exceptions, pk=pk, expert__in=experts_of(user))
