"""What other rooms bring to the library: an experience with a practice, or the beginning of a new one."""

from django.db import transaction
from django.utils import timezone
from django.utils.html import format_html_join

from people.models import Organisation, User
from practices.choices import Outcome
from practices.models import Adoption, PracticeIndexPage, PracticePage


def note_adoption(
    *, practice: PracticePage, organisation: Organisation, year: int, outcome: Outcome, **told: str
) -> Adoption:
    """Add an experience to which the organisation agreed today: it is shown at once. `told`: text, adapted, source."""
    return Adoption.objects.create(
        practice=practice,
        organisation=organisation,
        year=year,
        outcome=outcome,
        consented_on=timezone.localdate(),
        **told,
    )


@transaction.atomic
def draft_practice_from(
    *, title: str, text: str, organisation: Organisation, owner: User | None, notes: str = ""
) -> PracticePage:
    """Begin a practice that editors finish: a draft in their queue, of which nothing is public.

    The workflow starts in nobody's name: its mails lead to the admin, which the owner may not be able to open.
    """
    practice = PracticePage(
        title=title[:255],
        summary="",
        lessons_learned=_paragraphs(text),
        evidence_explanation=notes,
        contact_organisation=organisation,
        owner=owner,
        live=False,
        has_unpublished_changes=True,
    )
    PracticeIndexPage.objects.get().add_child(instance=practice)
    practice.save_revision(user=owner, clean=False)
    if (workflow := practice.get_workflow()) is not None:
        workflow.start(practice, None)
    return practice


def _paragraphs(text: str) -> str:
    """Plain text as rich text."""
    return format_html_join("", "<p>{}</p>", ((line.strip(),) for line in text.splitlines() if line.strip()))
