"""The participants of one event as a spreadsheet: who, from where, in which state, and what they answered."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from events.desk.participants import CHOSEN, people_of
from events.models import EventPage
from practices.spreadsheet.tables import Table


def participants_table(event: EventPage) -> Table:
    """Everybody who was not made anonymous. Answers only as long as they are kept; a question that nobody's answer is
    left of has no column."""
    people = [one for one in people_of(event, "answers", CHOSEN).everyone if one.anonymised_at is None]
    asked: dict[Any, str] = {row.question_uid: row.question for one in people for row in one.answers.all()}
    order = [question.uid for question in event.questions.all() if question.uid in asked]
    columns = [*order, *(uid for uid in asked if uid not in order)]
    heads = [
        _("Name"),
        _("E-mail address"),
        _("Organisation"),
        _("Role"),
        _("State"),
        _("Registered on"),
        _("Chosen sessions"),
    ]
    heads += [_("On the list of participants"), _("Guest link"), *(asked[uid] for uid in columns)]
    rows = []
    for one in people:
        given = {row.question_uid: row.text for row in one.answers.all()}
        rows.append(
            [
                one.name,
                one.email,
                one.organisation.name if one.organisation else "",
                str(one.get_role_display()) if one.role else "",
                str(one.get_state_display()),
                timezone.localtime(one.at).date(),
                "; ".join(choice.session.title for choice in one.chosen.all()),
                _("yes") if one.on_list else _("no"),
                one.guest_link.label if one.guest_link else "",
                *(given.get(uid, "") for uid in columns),
            ]
        )
    return Table("deelnemers", _("Participants"), heads, rows)
