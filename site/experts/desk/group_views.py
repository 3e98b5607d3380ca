"""The pages of “wie kan?”: for the desk in the admin, and for an expert behind the link in her mail."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin.widgets import AdminDateInput

from experts.booking.exceptions import BookingError
from experts.desk import asking
from experts.desk.access import desk_of
from experts.desk.forms import pool
from experts.desk.views import warn_of_no_address
from experts.models import Booking, ExpertPage, GroupAnswer, GroupQuestion

FORMS = ["GET", "HEAD", "POST"]


class QuestionForm(forms.ModelForm[GroupQuestion]):
    experts: Any = forms.ModelMultipleChoiceField(
        ExpertPage.objects.none(), label=gettext_lazy("To whom"), widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = GroupQuestion
        fields = ("subject", "text", "answer_by")
        widgets = {"answer_by": AdminDateInput, "text": forms.Textarea({"rows": 5})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["experts"].queryset = pool()  # type: ignore[attr-defined]
        self.fields["text"].help_text = _("Name no persons and no case. Every expert gets three links to answer with.")

    def clean_answer_by(self) -> Any:
        day = self.cleaned_data["answer_by"]
        if day < timezone.localdate():
            raise forms.ValidationError(_("Choose a day that is still to come."))
        return day


class AnswerForm(forms.Form):
    """What an expert said on the telephone."""

    can = forms.ChoiceField(label=gettext_lazy("Answer"), choices=GroupAnswer.Can, widget=forms.RadioSelect)
    note = forms.CharField(
        label=gettext_lazy("Note"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Name no persons and no case."),
    )


@require_safe
def questions(request: HttpRequest) -> HttpResponse:
    desk_of(request)
    rows = GroupQuestion.objects.select_related("booking__organisation").annotate(
        asked=Count("answers"),
        answered=Count("answers", filter=Q(answers__answered_at__isnull=False)),
        yes=Count("answers", filter=Q(answers__can=GroupAnswer.Can.YES)),
    )
    return render(request, "experts/desk/questions.html", {"questions": rows[:200]})


@require_http_methods(FORMS)
def ask(request: HttpRequest) -> HttpResponse:
    """A new question; about a booking when it comes from the page of one."""
    user = desk_of(request)
    booking = _booking_of(request)
    initial = {"subject": booking.subject, "experts": pool()} if booking else {"experts": pool()}
    form = QuestionForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = {name: form.cleaned_data[name] for name in form.Meta.fields}
        made = asking.ask(experts=form.cleaned_data["experts"], by=user, booking=booking, **data)
        messages.success(request, _("The question is on its way. The answers come here."))
        warn_of_no_address(request, form.cleaned_data["experts"])
        return redirect("expert_desk:question", made.pk)
    context = {"form": form, "booking": booking}
    return render(request, "experts/desk/ask.html", context, status=422 if form.errors else 200)


def _booking_of(request: HttpRequest) -> Booking | None:
    number = request.GET.get("boeking", "")
    return Booking.objects.filter(pk=int(number)).first() if number.isascii() and number.isdigit() else None


@require_safe
def question(request: HttpRequest, pk: int) -> HttpResponse:
    desk_of(request)
    found = get_object_or_404(GroupQuestion.objects.select_related("booking__organisation", "asked_by"), pk=pk)
    order = [GroupAnswer.Can.YES, GroupAnswer.Can.MAYBE, "", GroupAnswer.Can.NO]
    answers = sorted(found.answers.select_related("expert"), key=lambda row: (order.index(row.can), row.expert.title))
    return render(request, "experts/desk/question.html", {"question": found, "answers": answers})


@require_http_methods(FORMS)
def note(request: HttpRequest, pk: int, answer_pk: int) -> HttpResponse:
    """VVSG writes down what it heard; until the question is closed the last answer counts, as with the links."""
    desk_of(request)
    row = get_object_or_404(GroupAnswer.objects.select_related("question", "expert"), pk=answer_pk, question=pk)
    form = AnswerForm(request.POST or None, initial={"can": row.can, "note": row.note})
    if request.method == "POST" and form.is_valid():
        link = asking.Link(row, GroupAnswer.Can(form.cleaned_data["can"]))
        try:
            asking.answer(link=link, note=form.cleaned_data["note"])
        except BookingError as error:
            messages.error(request, error.message)
        else:
            messages.success(request, _("The answer of %(expert)s is noted.") % {"expert": row.expert.title})
        return redirect("expert_desk:question", pk)
    context = {"form": form, "answer": row}
    return render(request, "experts/desk/note_answer.html", context, status=422 if form.errors else 200)


@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    desk_of(request)
    asking.close(question=get_object_or_404(GroupQuestion, pk=pk))
    messages.success(request, _("The question is closed."))
    return redirect("expert_desk:question", pk)


@require_http_methods(FORMS)
@never_cache
def group_answer(request: HttpRequest, token: str) -> HttpResponse:
    """What an expert sees behind her link: the answer is only kept when she confirms it here."""
    link = asking.read(token)
    if link is None:
        return render(request, "experts/desk/group_answer.html", {"link": None}, status=404)
    done, problem = False, ""
    if request.method == "POST":
        try:
            asking.answer(link=link, note=request.POST.get("note", ""))
            done = True
        except BookingError as error:
            problem = error.message
    context = {"link": link, "done": done, "problem": problem}
    return render(request, "experts/desk/group_answer.html", context, status=409 if problem else 200)
