"""The room itself: what is in it, who is in it, how it is arranged, and its log."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from events.choices import MemberState
from events.intervision import forms, reading, services
from events.intervision.access import FORM, Visit, posted, room_view
from events.intervision.services.locking import active
from events.intervision.terms import closing_words
from events.intervision.views.pages import FormPage, form_page, with_room
from events.models import GroupMember


@room_view()
def room(request: HttpRequest, visit: Visit) -> HttpResponse:
    return render(request, "events/intervision/room.html", with_room(visit, **reading.room(visit)))


@room_view()
def log(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Who came and went, and every time the glass was broken."""
    rows = visit.group.broken_glass.select_related("by")
    joined = visit.group.members.exclude(accepted_rules_at=None).select_related("user").order_by("since")
    return render(request, "events/intervision/log.html", with_room(visit, glass=rows, joined=joined))


@room_view(methods=FORM, facilitator=True)
def arrange(request: HttpRequest, visit: Visit) -> HttpResponse:
    form = forms.RoomForm(posted(request), instance=visit.group)
    page = FormPage(title=_("Arrange the room"), button=_("Keep this"))
    return form_page(
        request,
        visit.group,
        form,
        page,
        do=lambda told: services.change_group(group=visit.group, by=visit.me, told=told),
        done=_("The room is arranged."),
    )


@room_view(methods=FORM, facilitator=True)
def close(request: HttpRequest, visit: Visit) -> HttpResponse:
    page = FormPage(
        title=_("Close the group"),
        button=_("Close the group for good"),
        text=closing_words(),
        danger=True,
    )
    return form_page(
        request,
        visit.group,
        forms.ConfirmForm(posted(request)),
        page,
        do=lambda told: services.close_group(group=visit.group, by=visit.me),
        done=_("The group is closed."),
    )


@room_view(methods=FORM, facilitator=True)
def invite(request: HttpRequest, visit: Visit) -> HttpResponse:
    founded = visit.group.opened_at is not None
    text = (
        _("The group is a fixed one now: every member is asked first. With every yes she gets an invitation.")
        if founded
        else _("She gets a mail, signs in and accepts the rules in her own name.")
    )
    page = FormPage(title=_("Invite somebody"), button=_("Ask the group") if founded else _("Invite"), text=text)
    return form_page(
        request,
        visit.group,
        forms.InviteForm(posted(request)),
        page,
        do=lambda told: services.invite(by=visit.me, email=told["email"]),
        done=_("The group is asked.") if founded else _("The invitation is on its way."),
    )


@room_view(methods=FORM, facilitator=True)
def withdraw(request: HttpRequest, visit: Visit, pk: int) -> HttpResponse:
    row = next((row for row in reading.on_the_way(visit.group) if row.pk == pk), None)
    if row is None:
        raise Http404
    page = FormPage(title=_("Withdraw this invitation?"), button=_("Withdraw the invitation"), danger=True)
    done = _("The invitation is withdrawn.")
    if row.state == MemberState.ASKED and row.proposed_by_id is None:
        text = _("She hears by mail that the group is not taking members.")
        page = FormPage(title=_("Decline this request?"), button=_("Decline the request"), text=text, danger=True)
        done = _("The request is declined.")
    return form_page(
        request,
        visit.group,
        forms.ConfirmForm(posted(request)),
        page,
        do=lambda told: services.withdraw_invitation(invitation=row, by=visit.me),
        done=done,
    )


def member_of(visit: Visit, pk: int) -> GroupMember:
    """Raises Http404."""
    found = active(visit.group).select_related("user").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@room_view(methods=FORM, facilitator=True)
def remove(request: HttpRequest, visit: Visit, pk: int) -> HttpResponse:
    member = member_of(visit, pk)
    page = FormPage(
        title=_("End the membership of %(who)s?") % {"who": member.user},
        button=_("End the membership"),
        text=_("She gets a mail with your reason. The questions she brought in are erased."),
        danger=True,
    )
    return form_page(
        request,
        visit.group,
        forms.WhyForm(posted(request)),
        page,
        do=lambda told: services.remove(member=member, by=visit.me, why=told["why"]),
        done=_("The membership has ended."),
    )


@room_view(methods=FORM, facilitator=True)
def hand_over(request: HttpRequest, visit: Visit) -> HttpResponse:
    others = active(visit.group).exclude(pk=visit.me.pk).select_related("user")
    page = FormPage(title=_("Hand the group over"), button=_("Hand over"))
    return form_page(
        request,
        visit.group,
        forms.HandOverForm(posted(request), members=others),
        page,
        do=lambda told: services.hand_over(by=visit.me, to=told["to"]),
        done=_("The group has another facilitator."),
    )


@room_view(methods=FORM)
def take_on(request: HttpRequest, visit: Visit) -> HttpResponse:
    page = FormPage(
        title=_("Guide this group"),
        button=_("Become the facilitator"),
        text=_("The group has no facilitator. You plan the meetings from now on, and note who was there."),
    )
    return form_page(
        request,
        visit.group,
        forms.ConfirmForm(posted(request)),
        page,
        do=lambda told: services.take_on(by=visit.me),
        done=_("You guide the group now."),
    )


@room_view(methods=FORM)
def leave(request: HttpRequest, visit: Visit) -> HttpResponse:
    if request.method != "POST" and visit.is_facilitator and active(visit.group).exclude(pk=visit.me.pk).exists():
        messages.info(request, _("Hand the group over to another facilitator first."))
        return redirect("intervision_hand_over", visit.group.uid)
    page = FormPage(
        title=_("Leave the group?"),
        button=_("Leave the group"),
        text=_("The questions you brought in are erased at once. What you heard here stays between you."),
        danger=True,
    )
    return form_page(
        request,
        visit.group,
        forms.ConfirmForm(posted(request)),
        page,
        do=lambda told: services.leave(member=visit.me),
        done=_("You left the group."),
        then=reverse("my_intervision"),
    )
