"""Whose exceptions somebody may change; for whom she acts is in `directory.permissions`."""

from django.shortcuts import get_object_or_404

from experts.directory.permissions import experts_of
from experts.models import AvailabilityException
from people.models import User


def exception_for(user: User, pk: int) -> AvailabilityException:
    """Of an expert for whom she acts. Raises Http404."""
    exceptions = AvailabilityException.objects.select_related("expert")
    return get_object_or_404(exceptions, pk=pk, expert__in=experts_of(user))
