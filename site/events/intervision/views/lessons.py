"""Lessons in the making, and what became of them."""

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from events.intervision import forms, reading, services
from events.intervision.access import FORM, Visit, posted, room_view
from events.intervision.services.lessons import who_must_agree
from events.intervision.views.pages import FormPage, form_page, with_room
from events.intervision.writing import LessonForm
from events.models import GroupLesson
from people.audiences import may_see


def lesson_in(visit: Visit, key: uuid.UUID) -> GroupLesson:
    """Raises Http404."""
    found = GroupLesson.objects.select_related("about", "became").filter(group=visit.group, uid=key).first()
    if found is None:
        raise Http404
    return found


def lesson_url(visit: Visit, lesson: GroupLesson) -> str:
    return reverse("intervision_lesson", args=[visit.group.uid, lesson.uid])


@room_view(methods=FORM)
def lesson(request: HttpRequest, visit: Visit, key: uuid.UUID) -> HttpResponse:
    """Read it; who brought in a question it came from agrees, or takes that back."""
    found = lesson_in(visit, key)
    step = request.POST.get("step", "")
    if request.method == "POST" and step in ("agree", "take_back"):
        return _decide(request, visit, found, step)
    agreed = set(found.consents.filter(version=found.version).values_list("by", flat=True))
    needed = who_must_agree(found) if found.shared_at is None else []
    context: dict[str, Any] = {
        "lesson": found,
        "standing": [(row, row.pk in agreed) for row in needed],
        "mine": visit.member is not None and visit.member in needed,
        "agreed": visit.member is not None and visit.member.pk in agreed,
        "cases": [reading.label_of(row) for row in reading.cases(visit.group).filter(lessons=found)],
        "about": _readable(found.about, request),
        "became": _readable(found.became, request),
    }
    return render(request, "events/intervision/lesson.html", with_room(visit, **context))


def _readable(page: Any, request: HttpRequest) -> Any:
    return page.specific if page is not None and page.live and may_see(page, request.user) else None


def _decide(request: HttpRequest, visit: Visit, found: GroupLesson, step: str) -> HttpResponse:
    seen = request.POST.get("seen", "")
    version = int(seen) if seen.isascii() and seen.isdigit() else -1
    agrees = step == "agree"
    return form_page(
        request,
        visit.group,
        forms.ConfirmForm(request.POST),
        FormPage(title=_("A lesson"), button=_("Agree")),
        do=lambda told: (
            services.agree(lesson=found, by=visit.me, seen=version)
            if agrees
            else services.take_back(lesson=found, by=visit.me)
        ),
        done=_("You agree with the lesson.") if agrees else _("You no longer agree with the lesson."),
        then=lesson_url(visit, found),
        back=lesson_url(visit, found),
    )


@room_view(methods=FORM)
def write(request: HttpRequest, visit: Visit, key: uuid.UUID | None = None) -> HttpResponse:
    """A new one, or another text of one."""
    found = lesson_in(visit, key) if key else None
    form = LessonForm(posted(request), instance=found, group=visit.group, reader=visit.user, labels=reading.label_of)
    old = GroupLesson.objects.get(pk=found.pk) if found else None

    def keep(told: dict[str, Any]) -> GroupLesson:
        seen = -1 if told["seen"] is None else told["seen"]
        return services.write_lesson(by=visit.me, told=told, cases=told["cases"], lesson=old, seen=seen)

    return form_page(
        request,
        visit.group,
        form,
        FormPage(
            title=_("Write on with the lesson") if found else _("Write a lesson"),
            button=_("Keep the lesson"),
            template="events/intervision/lesson_form.html",
        ),
        do=keep,
        done=_("The lesson is kept. Who brought in the questions is asked to agree."),
        then=lambda made: lesson_url(visit, made),
        back=lesson_url(visit, found) if found else "",
        lesson=found,
    )
