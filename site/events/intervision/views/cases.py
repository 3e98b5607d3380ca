"""Questions that members bring in. No word of one is put in a title, a message or an address."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from events.intervision import forms, services
from events.intervision.access import FORM, Visit, posted, room_view
from events.intervision.services.cases import erase_day
from events.intervision.views.meetings import meeting_in, meeting_url
from events.intervision.views.pages import FormPage, form_page, with_room
from events.intervision.writing import CaseForm
from events.models import CaseBrought

TEMPLATE = "events/intervision/case_form.html"


def case_in(visit: Visit, key: uuid.UUID, *, own: bool = False) -> CaseBrought:
    """One that still has a text. Raises Http404; `own`: also for one that somebody else brought in."""
    rows = CaseBrought.objects.select_related("meeting", "by__user").filter(meeting__group=visit.group, erased_at=None)
    found = rows.filter(uid=key).first()
    if found is None or (own and found.by_id != visit.me.pk):
        raise Http404
    found.meeting.group = visit.group
    return found


@room_view()
def case(request: HttpRequest, visit: Visit, key: uuid.UUID) -> HttpResponse:
    return render(request, "events/intervision/case.html", with_room(visit, case=case_in(visit, key)))


@room_view(methods=FORM)
def bring(request: HttpRequest, visit: Visit, key: uuid.UUID) -> HttpResponse:
    meeting = meeting_in(visit, key)
    form = CaseForm(posted(request), group=visit.group)
    return form_page(
        request,
        visit.group,
        form,
        FormPage(title=_("Bring in a question"), button=_("Bring in the question"), template=TEMPLATE),
        do=lambda told: services.bring(meeting=meeting, by=visit.me, title=told["title"], text=told["text"]),
        done=_("Your question is in the room. The others get a mail without a word of it."),
        then=meeting_url(meeting),
        back=meeting_url(meeting),
        meeting=meeting,
        erase_on=erase_day(visit.group, meeting),
    )


@room_view(methods=FORM)
def change(request: HttpRequest, visit: Visit, key: uuid.UUID) -> HttpResponse:
    found = case_in(visit, key, own=True)
    form = CaseForm(posted(request), group=visit.group, instance=CaseBrought.objects.get(pk=found.pk))
    return form_page(
        request,
        visit.group,
        form,
        FormPage(title=_("Change your question"), button=_("Keep the question"), template=TEMPLATE),
        do=lambda told: services.change_case(case=found, by=visit.me, title=told["title"], text=told["text"]),
        done=_("Your question is changed."),
        then=reverse("intervision_case", args=[visit.group.uid, found.uid]),
        back=meeting_url(found.meeting),
        meeting=found.meeting,
        erase_on=found.erase_on,
    )


@room_view(methods=FORM)
def erase(request: HttpRequest, visit: Visit, key: uuid.UUID) -> HttpResponse:
    found = case_in(visit, key, own=True)
    text = _("The text is gone at once and for good. Lessons that came from it stay.")
    return form_page(
        request,
        visit.group,
        forms.ConfirmForm(posted(request)),
        FormPage(title=_("Erase your question?"), button=_("Erase the question"), text=text, danger=True),
        do=lambda told: services.erase(case=found, by=visit.me),
        done=_("Your question is erased."),
        then=meeting_url(found.meeting),
        back=meeting_url(found.meeting),
    )
