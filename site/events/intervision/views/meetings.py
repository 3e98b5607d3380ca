"""Meetings: when, what about, who was there."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from core.calendar_files import CONTENT_TYPE, Method, calendar
from events.intervision import forms, invitations, reading, services
from events.intervision.access import FORM, Visit, posted, room_view
from events.intervision.services.meetings import possible
from events.intervision.views.pages import FormPage, form_page, with_room
from events.models import Meeting


def meeting_in(visit: Visit, key: uuid.UUID) -> Meeting:
    """Raises Http404."""
    found = Meeting.objects.filter(group=visit.group, uid=key).first()
    if found is None:
        raise Http404
    found.group = visit.group
    return found


def meeting_url(meeting: Meeting) -> str:
    return reverse("intervision_meeting", args=[meeting.group.uid, meeting.uid])


@room_view()
def meeting(request: HttpRequest, visit: Visit, key: uuid.UUID) -> HttpResponse:
    found = meeting_in(visit, key)
    now = timezone.now()
    context = {
        "meeting": found,
        "cases": reading.cases(visit.group).filter(meeting=found),
        "presences": found.presences.select_related("member__user").order_by("member"),
        "is_to_come": found.ends_at > now and found.cancelled_at is None,
        "has_begun": found.starts_at <= now and found.cancelled_at is None,
        "takes_cases": services.cases.is_open_for_cases(visit.group),
    }
    return render(request, "events/intervision/meeting.html", with_room(visit, **context))


@room_view(methods=FORM, facilitator=True)
def add(request: HttpRequest, visit: Visit) -> HttpResponse:
    form = forms.MeetingForm(posted(request))
    text = _("Every member gets a mail with an invitation for her calendar.")
    return form_page(
        request,
        visit.group,
        form,
        FormPage(title=_("Plan a meeting"), button=_("Plan the meeting"), text=text),
        do=lambda told: services.add_meeting(by=visit.me, told=form.told()),
        done=_("The meeting is planned. Every member gets a mail."),
    )


@room_view(methods=FORM, facilitator=True)
def change(request: HttpRequest, visit: Visit, key: uuid.UUID) -> HttpResponse:
    found = meeting_in(visit, key)
    form = forms.MeetingForm(posted(request), instance=found)
    text = _("Every member gets a mail when day, hours or place change. The agenda is only read here.")
    return form_page(
        request,
        visit.group,
        form,
        FormPage(title=_("Change the meeting"), button=_("Change the meeting"), text=text),
        do=lambda told: services.change_meeting(
            meeting=found, by=visit.me, told=form.told(), seen=-1 if told["seen"] is None else told["seen"]
        ),
        done=_("The meeting is changed."),
        then=meeting_url(found),
        back=meeting_url(found),
    )


@room_view(methods=FORM, facilitator=True)
def cancel(request: HttpRequest, visit: Visit, key: uuid.UUID) -> HttpResponse:
    found = meeting_in(visit, key)
    text = _("Every member gets a mail. Questions brought in for this meeting are erased at once.")
    return form_page(
        request,
        visit.group,
        forms.ConfirmForm(posted(request)),
        FormPage(title=_("Cancel this meeting?"), button=_("Cancel the meeting"), text=text, danger=True),
        do=lambda told: services.cancel_meeting(meeting=found, by=visit.me),
        done=_("The meeting is cancelled."),
        back=meeting_url(found),
    )


@room_view(methods=FORM, facilitator=True)
def presence(request: HttpRequest, visit: Visit, key: uuid.UUID) -> HttpResponse:
    found = meeting_in(visit, key)
    people = possible(found)
    noted = {row.member_id: row.present for row in found.presences.all()}
    came = [str(row.pk) for row in people if noted.get(row.pk, not noted)]  # at first everybody is ticked
    form = forms.PresenceForm(posted(request), people=people, initial={"present": came})
    text = _("It counts for the certificate of each member.")
    return form_page(
        request,
        visit.group,
        form,
        FormPage(title=_("Who was there?"), button=_("Note who was there"), text=text),
        do=lambda told: services.note_presence(meeting=found, by=visit.me, present=map(int, told["present"])),
        done=_("It is noted who was there."),
        then=meeting_url(found),
        back=meeting_url(found),
    )


@room_view()
def appointment(request: HttpRequest, visit: Visit, key: uuid.UUID) -> HttpResponse:
    """For her own calendar."""
    found = meeting_in(visit, key)
    method = Method.CANCEL if found.cancelled_at else Method.PUBLISH
    response = HttpResponse(calendar([invitations.entry(found)], method=method), content_type=CONTENT_TYPE)
    response.headers["Content-Disposition"] = content_disposition_header(True, "intervisie.ics") or "attachment"
    return response
