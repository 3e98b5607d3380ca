"""Who gets into a room: its members, and an administrator who broke the glass. For everybody else there is none.

Every address of a room is a `room_view`. A stranger gets the same 404 as where no room ever was, whatever the method;
what a member reads is kept by no browser and no cache, and what she types is in no report of a fault.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeAlias

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from events.choices import MemberState, Part
from events.intervision.exceptions import RulesNotAccepted
from events.models import BrokenGlass, GroupMember, IntervisionGroup
from people.models import User
from people.permissions import signed_in

READ = ("GET", "HEAD")
FORM = (*READ, "POST")
View: TypeAlias = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Visit:
    """Somebody in a room: a member, or (`member` is None) an administrator as long as the glass is broken."""

    group: IntervisionGroup
    user: User
    member: GroupMember | None = None
    glass: BrokenGlass | None = None

    @property
    def is_facilitator(self) -> bool:
        return self.member is not None and self.member.part == Part.FACILITATOR

    @property
    def may_write(self) -> bool:
        return self.member is not None and self.group.closed_at is None

    @property
    def me(self) -> GroupMember:
        """The member who acts; raises PermissionDenied for who only looks."""
        if self.member is None:
            raise PermissionDenied
        return self.member


def existing(uid: uuid.UUID) -> IntervisionGroup:
    """A group that still has a room. Raises Http404."""
    group = IntervisionGroup.objects.select_related("announced_on").filter(uid=uid, emptied_at=None).first()
    if group is None:
        raise Http404
    return group


def broken_glass(user: User, group: IntervisionGroup) -> BrokenGlass | None:
    """Why this administrator is inside now."""
    if not (user.is_active and user.is_superuser):
        return None
    return BrokenGlass.objects.filter(group=group, by=user, until__gt=timezone.now()).first()


def visit_of(user: User, uid: uuid.UUID) -> Visit:
    """Raises Http404 for who has no place in the room, RulesNotAccepted for a member who has to do that first."""
    group = existing(uid)
    member = group.members.select_related("user").filter(user=user, state=MemberState.ACTIVE).first()
    if member is not None and user.is_active:
        if member.accepted_version != group.rules_version:
            raise RulesNotAccepted
        member.group = group
        return Visit(group, user, member)
    if (glass := broken_glass(user, group)) is not None:
        return Visit(group, user, glass=glass)
    raise Http404


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form gets: also an answer that is only a button is one."""
    return request.POST if request.method == "POST" else None


def private(view: View) -> View:
    """For the pages before and around a room: after signing in, kept nowhere, typed words in no report of a fault."""
    return never_cache(sensitive_variables()(sensitive_post_parameters()(login_required(view))))


def room_view(*, methods: tuple[str, ...] = READ, facilitator: bool = False) -> Callable[[View], View]:
    """A view of `(request, visit, …)` becomes one of `(request, uid, …)`: strangers are refused first, then roles."""

    def decorate(view: View) -> View:
        @private
        @wraps(view)
        def inside(request: HttpRequest, uid: uuid.UUID, **more: Any) -> HttpResponse:
            try:
                visit = visit_of(signed_in(request), uid)
            except RulesNotAccepted:
                return redirect("intervision_rules", uid)
            if (facilitator and not visit.is_facilitator) or (visit.member is None and request.method not in READ):
                raise PermissionDenied
            if request.method not in methods:
                return HttpResponseNotAllowed(methods)
            return view(request, visit, **more)

        return inside

    return decorate
