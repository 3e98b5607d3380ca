"""What an organiser does for intervision: she begins groups, and sees figures. What is said in a room she never sees.

She knows whom she invited to guide a group; of who joined later she knows how many they are.
"""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from events.choices import MemberState, Part
from events.intervision import services
from events.intervision.access import posted
from events.intervision.admin_forms import FacilitatorForm, GroupForm, NewGroupForm
from events.intervision.exceptions import IntervisionError
from events.intervision.forms import ConfirmForm
from events.intervision.terms import closing_words
from events.models import GroupMember, IntervisionGroup
from events.permissions import organiser_of

FORMS = ["GET", "HEAD", "POST"]
LIST = "event_desk:intervision_groups"
GROUP = "event_desk:intervision_group"


def with_figures() -> "QuerySet[IntervisionGroup]":
    """Members, meetings held, attendances noted and lessons shared: how many, never who or what."""
    held = Q(meetings__cancelled_at=None, meetings__ends_at__lte=timezone.now())
    return IntervisionGroup.objects.select_related("announced_on").annotate(
        members_now=Count("members", filter=Q(members__state=MemberState.ACTIVE), distinct=True),
        invited_now=Count("members", filter=Q(members__state=MemberState.INVITED), distinct=True),
        meetings_held=Count("meetings", filter=held, distinct=True),
        attendances=Count("meetings__presences", filter=Q(meetings__presences__present=True), distinct=True),
        lessons_shared=Count("lessons", filter=Q(lessons__shared_at__isnull=False), distinct=True),
        times_entered=Count("broken_glass", distinct=True),
    )


@require_safe
@never_cache
def groups(request: HttpRequest) -> HttpResponse:
    organiser_of(request)
    return render(request, "events/intervision/admin/groups.html", {"groups": with_figures().order_by("name")})


@require_http_methods(FORMS)
@never_cache
def make(request: HttpRequest) -> HttpResponse:
    user = organiser_of(request)
    form = NewGroupForm(posted(request))
    if request.method == "POST" and form.is_valid():
        facilitator = form.cleaned_data["facilitator"]
        group = services.make_group(by=user, told=form.told(), facilitator=facilitator)
        messages.success(request, _("The group is made. The facilitator gets an invitation."))
        return redirect(GROUP, group.uid)
    return _form(request, form, _("New intervision group"), _("Make the group"))


@require_http_methods(FORMS)
@never_cache
def group(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Figures, and what an organiser may still change."""
    user = organiser_of(request)
    found = get_object_or_404(with_figures(), uid=uid)
    form = GroupForm(posted(request), instance=IntervisionGroup.objects.get(pk=found.pk))
    if request.method == "POST" and form.is_valid():
        told = {name: form.cleaned_data[name] for name in form.fields}
        if _done(form, lambda: services.change_group(group=found, by=user, told=told)):
            messages.success(request, _("The group is changed."))
            return redirect(GROUP, uid)
    leads = found.members.filter(part=Part.FACILITATOR, state__in=(MemberState.INVITED, MemberState.ACTIVE)).first()
    context = {"group": found, "form": form, "may_name": may_name_facilitator(found, leads), "leads": leads}
    return render(request, "events/intervision/admin/group.html", context, status=422 if form.errors else 200)


def may_name_facilitator(group: IntervisionGroup, leads: GroupMember | None) -> bool:
    is_active = leads is not None and leads.state == MemberState.ACTIVE
    return group.opened_at is None and group.closed_at is None and not is_active


@require_http_methods(FORMS)
@never_cache
def facilitator(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    user = organiser_of(request)
    found = get_object_or_404(IntervisionGroup, uid=uid)
    form = FacilitatorForm(posted(request))
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        if _done(form, lambda: services.name_facilitator(group=found, by=user, email=email)):
            messages.success(request, _("The facilitator gets an invitation."))
            return redirect(GROUP, uid)
    return _form(request, form, _("Name a facilitator"), _("Invite her"), group=found)


@require_http_methods(FORMS)
@never_cache
def close(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    user = organiser_of(request)
    found = get_object_or_404(IntervisionGroup, uid=uid)
    form = ConfirmForm(posted(request))
    closing = request.method == "POST" and form.is_valid()
    if closing and _done(form, lambda: services.close_group(group=found, by=user)):
        messages.success(request, _("The group is closed."))
        return redirect(LIST)
    text = closing_words()
    return _form(request, form, _("Close the group"), _("Close the group for good"), group=found, text=text)


def _done(form: forms.BaseForm, do: Any) -> bool:
    try:
        do()
    except IntervisionError as error:
        form.add_error(None, error.message)
        return False
    return True


def _form(request: HttpRequest, form: forms.BaseForm, title: str, button: str, **more: Any) -> HttpResponse:
    context = {"form": form, "form_title": title, "button": button, **more}
    return render(request, "events/intervision/admin/form.html", context, status=422 if form.errors else 200)
