"""Who acts for which expert. Whoever acts for none of these gets a 404: it is nobody else's business who does."""

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from experts.models import ExpertPage
from people.models import User
from people.permissions import signed_in

MANAGE = "experts.manage_bookings"


def experts_of(user: User) -> QuerySet[ExpertPage]:
    """For whom she acts, by name."""
    return ExpertPage.objects.filter(accounts__user=user).order_by("title")


def expert_for(user: User, pk: int) -> ExpertPage:
    """An expert for whom she acts; raises Http404."""
    return get_object_or_404(experts_of(user), pk=pk)


def manages_pool(request: HttpRequest) -> User:
    """The user, where she manages the pool for VVSG; raises PermissionDenied."""
    user = signed_in(request)
    if not user.has_perm(MANAGE):
        raise PermissionDenied
    return user
