"""The way in: what is announced, the rules, and what the members say about somebody who wants to join."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from events.choices import MemberState
from events.intervision import forms, services
from events.intervision.access import FORM, Visit, existing, posted, private, room_view
from events.intervision.announced import is_announced_to
from events.intervision.services.joining import invitation_for, may_ask, why_not
from events.intervision.views.pages import FormPage, form_page, with_room
from events.models import GroupMember, IntervisionGroup
from people.models import User
from people.permissions import signed_in


def _mine(user: User, group: IntervisionGroup) -> tuple[GroupMember, bool]:
    """Her invitation, or her membership; and whether it is the first. Raises Http404 for everybody else."""
    if not user.is_active:
        raise Http404
    if (row := group.members.filter(user=user, state=MemberState.ACTIVE).select_related("user").first()) is not None:
        return row, False
    if group.closed_at is None and (row := invitation_for(user, group)) is not None:
        return row, True
    raise Http404


@private
def rules(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Whoever is invited accepts them and is a member; a member accepts new ones, or reads what she accepted."""
    group, user = existing(uid), signed_in(request)
    row, is_new = _mine(user, group)
    row.group = group
    if request.method not in FORM:
        return HttpResponseNotAllowed(FORM)
    needed = is_new or row.accepted_version != group.rules_version
    if is_new and request.POST.get("step") == "decline":
        return form_page(
            request,
            group,
            forms.ConfirmForm(request.POST),
            _rules_page(is_new),
            do=lambda told: services.decline(invitation=row, user=user),
            done=_("You declined the invitation."),
            then=reverse("my_intervision"),
        )

    def sign(told: dict[str, str]) -> object:
        signed = {"name": told["accepted_name"], "seen": int(told["seen"])}
        if is_new:
            return services.accept(invitation=row, user=user, **signed)  # type: ignore[arg-type]
        return services.accept_rules(member=row, **signed)  # type: ignore[arg-type]

    return form_page(
        request,
        group,
        forms.RulesForm(posted(request), initial={"seen": group.rules_version}),
        _rules_page(is_new),
        do=sign,
        done=_("Welcome. You accepted the rules in your own name."),
        back=reverse("my_intervision"),
        row=row,
        is_new=is_new,
        needed=needed,
    )


def _rules_page(is_new: bool) -> FormPage:
    title = _("Invitation to a group") if is_new else _("The rules of the group")
    return FormPage(title=title, button=_("Accept the rules"), template="events/intervision/rules.html")


@private
def ask(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """From the page on which the group is announced, for who may see that page."""
    group, user = existing(uid), signed_in(request)
    if not is_announced_to(group, user):
        raise Http404
    if request.method not in FORM:
        return HttpResponseNotAllowed(FORM)
    if group.members.filter(user=user, state=MemberState.ACTIVE).exists():
        return redirect("intervision_room", group.uid)
    page = FormPage(title=_("Ask to join"), button=_("Send the request"), template="events/intervision/ask.html")
    return form_page(
        request,
        group,
        forms.AskForm(posted(request)),
        page,
        do=lambda told: services.ask_to_join(group=group, user=user, motivation=told["motivation"]),
        done=_("Your request is with the group. You hear of it by mail."),
        then=reverse("my_intervision"),
        back=group.announced_on.url if group.announced_on else "",
        may_ask=may_ask(user),
        why_not=why_not(group, user) if request.method != "POST" else "",
    )


@room_view(methods=FORM)
def candidate(request: HttpRequest, visit: Visit, pk: int) -> HttpResponse:
    """What a member says; she can say otherwise as long as it is not decided."""
    found = visit.group.members.select_related("user").filter(pk=pk, state=MemberState.ASKED).first()
    if found is None and visit.group.members.filter(pk=pk).exists():  # the link in her mail, too late
        messages.info(request, _("This has been decided already."))
        return redirect("intervision_room", visit.group.uid)
    if found is None:
        raise Http404
    given = found.consents.filter(by=visit.member).first() if visit.member else None
    step = request.POST.get("step", "")
    if request.method == "POST" and step in ("yes", "no"):
        return form_page(
            request,
            visit.group,
            forms.ConfirmForm(request.POST),
            FormPage(title=_("Somebody wants to join"), button=_("Yes")),
            do=lambda told: services.answer_candidate(candidate=found, by=visit.me, agrees=step == "yes"),
            done=_("Your answer is kept. Nobody sees who said what."),
        )
    return render(request, "events/intervision/candidate.html", with_room(visit, candidate=found, given=given))
