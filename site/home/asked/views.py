"""One step from what readers asked to something that helps them: a synonym, a note, or forgetting the words."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request

from home.asked import services
from home.asked.forms import SynonymForm
from home.asked.models import HandledSearch
from home.asked.querysets import question_rows
from home.asked.rows import FilterWords, results_url
from people.models import User
from people.permissions import signed_in
from search.log.questions import Question
from taxonomy.services import VocabularyError

SYNONYM = ("search.view_askedsearch", "taxonomy.change_concept")
WISH = ("search.view_askedsearch", "keeping.add_writingwish")
FORGET = ("search.delete_askedsearch",)


def _editor(request: HttpRequest, permissions: tuple[str, ...]) -> User:
    """Whoever may do this; raises PermissionDenied."""
    user = signed_in(request)
    if not user.has_perms(permissions):
        raise PermissionDenied
    return user


def _question(params: QueryDict) -> Question:
    """A question that readers asked; raises Http404 for any other."""
    question = Question(params.get("woorden", ""), params.get("filters", ""))
    if not question_rows(question).exists():
        raise Http404
    return question


def _back(request: HttpRequest) -> str:
    return get_valid_next_url_from_request(request) or reverse("asked_report")


@require_http_methods(["GET", "HEAD", "POST"])
def synonym(request: HttpRequest) -> HttpResponse:
    """Make the words another name of a term."""
    user = _editor(request, SYNONYM)
    question = _question(request.GET)
    form = SynonymForm(request.POST or None, initial={"label": question.text})
    if request.method == "POST" and form.is_valid():
        concept = form.cleaned_data["concept"]
        try:
            label = services.make_synonym(question=question, concept=concept, label=form.cleaned_data["label"], by=user)
        except (VocabularyError, services.HandledError) as error:
            form.add_error("label", str(error))
        else:
            text = _("“%(word)s” is now a synonym of “%(label)s”. It works at once.")
            buttons = [
                messages.button(results_url(question), _("See the results")),
                messages.button(reverse("concepts:edit", args=[concept.pk]), _("Open the term")),
                messages.button(reverse("asked_report") + "?handled=true", _("Undo in the list")),
            ]
            messages.success(request, text % {"word": label, "label": concept.label}, buttons=buttons)
            return redirect(_back(request))
    context = {"form": form, "question": question, "results_url": results_url(question), "back": _back(request)}
    return render(request, "home/admin/asked_synonym.html", context)


@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a synonym back."""
    user = _editor(request, SYNONYM)
    handled = get_object_or_404(HandledSearch.objects.exclude(concept=None), pk=pk)
    services.undo_synonym(handled=handled, by=user)
    messages.success(request, _("“%(word)s” is no longer a synonym.") % {"word": handled.label})
    return redirect(_back(request))


@require_POST
def wish(request: HttpRequest) -> HttpResponse:
    """Note that this is still to be written."""
    user = _editor(request, WISH)
    try:
        made = services.make_wish(question=_question(request.POST), by=user)
    except services.HandledError as error:
        messages.error(request, str(error))
    else:
        buttons = [messages.button(reverse("writing_wishes:edit", args=[made.pk]), _("Open the note"))]
        text = _("“%(subject)s” stands in the list of what is still to be written.")
        messages.success(request, text % {"subject": made.subject}, buttons=buttons)
    return redirect(_back(request))


@require_http_methods(["GET", "HEAD", "POST"])
def forget(request: HttpRequest) -> HttpResponse:
    """Throw away the counts of words that should not stand here, such as somebody's name."""
    _editor(request, FORGET)
    question = _question(request.GET)
    if request.method == "POST":
        services.forget(question=question)
        messages.success(request, _("These words are forgotten."))
        return redirect(_back(request))
    words = question.text or FilterWords().of(question.filters)
    return render(request, "home/admin/asked_forget.html", {"words": words, "back": _back(request)})
