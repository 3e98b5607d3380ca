"""What an editor does about a question."""

from django.db import transaction
from django.db.models import Min, Sum
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from home.asked.models import HandledSearch
from home.asked.querysets import handled_by, question_rows
from home.asked.rows import FilterWords
from keeping.models import WritingWish
from keeping.services import note_wish
from people.models import User
from search.log.models import AskedSearch
from search.log.questions import Question
from taxonomy.models import Concept
from taxonomy.services import add_label, remove_label


class HandledError(Exception):
    """Somebody dealt with this question already; the message says so."""


@transaction.atomic
def make_synonym(*, question: Question, concept: Concept, label: str, by: User) -> str:
    """Let the words be another label of a term. Answers the label; raises HandledError, VocabularyError."""
    _check_open(question)
    kept = add_label(concept=concept, label=label, by=by)
    HandledSearch.objects.create(text=question.text, concept=concept, label=kept)
    return kept


@transaction.atomic
def undo_synonym(*, handled: HandledSearch, by: User) -> None:
    """Take the label back; the question is open again."""
    if handled.concept is not None:
        remove_label(concept=handled.concept, label=handled.label, by=by)
    handled.delete()


@transaction.atomic
def make_wish(*, question: Question, by: User) -> WritingWish:
    """Note that readers ask for something that is still to be written. Raises HandledError."""
    _check_open(question)
    filters = FilterWords().of(question.filters)
    wish = note_wish(subject=question.text or filters, reason=reason(question, filters), by=by)
    HandledSearch.objects.create(text=question.text, filters="" if question.text else question.filters, wish=wish)
    return wish


@transaction.atomic
def forget(*, question: Question) -> int:
    """Throw away every count of these words, whatever the filters: somebody typed a name. Answers the rows."""
    rows = AskedSearch.objects.filter(text=question.text) if question.text else question_rows(question)
    return rows.delete()[0]


def reason(question: Question, filters: str) -> str:
    """Why it should be written, with the numbers that are known now."""
    rows = question_rows(question)
    counted = rows.aggregate(times=Sum("asked"), openings=Sum("opened"), first=Min("day"))
    latest = rows.order_by("-day").first()
    hits = latest.hits if latest is not None else 0
    asked = ngettext(
        "Readers searched for this %(times)d time since %(day)s.",
        "Readers searched for this %(times)d times since %(day)s.",
        counted["times"],
    ) % {"times": counted["times"], "day": date_format(counted["first"])}
    found = ngettext("It found %(hits)d result.", "It found %(hits)d results.", hits) % {"hits": hits}
    opened = _("Nobody opened one.") if hits and not counted["openings"] else ""
    narrowed = _("With these filters: %(filters)s.") % {"filters": filters} if filters else ""
    return " ".join(filter(None, (asked, found if hits else _("It found nothing."), opened, narrowed)))


def _check_open(question: Question) -> None:
    if handled_by(question.text, question.filters).exists():
        raise HandledError(_("Somebody dealt with this search already."))
