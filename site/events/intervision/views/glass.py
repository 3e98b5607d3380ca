"""Breaking the glass: for an administrator alone, to everybody else this page does not exist."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from events.choices import MemberState
from events.intervision import forms, services
from events.intervision.access import FORM, READ, broken_glass, existing, posted, private
from events.intervision.views.pages import FormPage, form_page
from people.permissions import signed_in


@private
def break_glass(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    user, group = signed_in(request), existing(uid)
    is_member = group.members.filter(user=user, state=MemberState.ACTIVE).exists()
    if not (user.is_active and user.is_superuser) or is_member:
        raise Http404
    if request.method not in FORM:
        return HttpResponseNotAllowed(FORM)
    if request.method in READ and broken_glass(user, group) is not None:
        return redirect("intervision_room", group.uid)
    page = FormPage(
        title=_("Break the glass"),
        button=_("Break the glass and enter"),
        text=_("This room is closed, also to VVSG. You can read in it for one hour."),
        warning=_("Every member gets a mail at once with your name and your reason. It stays in the log of the room."),
        danger=True,
    )
    return form_page(
        request,
        group,
        forms.GlassForm(posted(request)),
        page,
        do=lambda told: services.break_glass(group=group, by=user, reason=told["reason"]),
        done=_("You are in the room for one hour. The members know."),
        back="/beheer/vorming/intervisie/",
    )
