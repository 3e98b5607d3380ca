"""An editor saves the form of an event that was moved since she opened it. Nothing of the move is undone, nothing that
she typed is lost: the form comes back with what holds now, and says who changed what and what she had there herself.

Compared are three versions: the revision that she began with, the newest one, and what she sends. What she changed
herself and nobody else did, is hers.
"""

import datetime
from collections.abc import Mapping
from typing import Any

from django.db import connection
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.models import Revision

OF_EVENT = ("capacity", "registration_opens_at", "registration_closes_at", "cancel_until")
OF_SESSION = ("starts_at", "ends_at", "attendance", "venue", "address", "accessibility")
"""What the desk changes beside an editor; `events.desk.moving` and `events.desk.dates`."""


Key = tuple[int, str]  # the pk of a session, or 0 for the event itself, and the name of a field
Values = dict[Key, Any]


def keep_what_moved(form: Any) -> list[str]:
    """Puts what holds now into the form; answers a sentence for everything that was otherwise in it, and who did it."""
    began = _began_with(form.data)
    newest = _newest(form.instance.pk) if began is not None else None
    if newest is None:
        return []
    rows = _rows_of(form)
    if newest.pk == began:
        changes = _brought_back(rows, form.instance.pk, _values_of(newest.as_object()))
        return [_older_version(), *changes] if changes else []
    revisions = Revision.objects.for_instance(form.instance)
    first = revisions.filter(pk=began).first()
    before = _values_of(first.as_object()) if first else {}
    changes = _taken_over(rows, before, _values_of(newest.as_object()))
    return [_meanwhile(revisions.filter(pk__gt=began)), *changes] if changes else []


def _began_with(data: Mapping[str, str]) -> int | None:
    """The revision that the editor saw, or the last one that was kept while she typed; None for another form."""
    for name in ("overwrite_revision_id", "loaded_revision_id"):
        if (value := data.get(name, "")).isdigit():
            return int(value)
    return None


def _newest(page_id: int) -> Revision | None:
    """With the event locked, so that nobody moves it before this form is saved."""
    from events.models import EventPage, EventState

    if connection.in_atomic_block:
        EventState.objects.select_for_update().filter(event=page_id).first()
    return EventPage.objects.select_related("latest_revision").get(pk=page_id).latest_revision


def _rows_of(form: Any) -> dict[int, Any]:
    """The form of the event, and of each session that stays."""
    formset = form.formsets.get("sessions")
    rows = {row.instance.pk: row for row in (formset.forms if formset is not None else ())}
    kept = {pk: row for pk, row in rows.items() if pk and not (row.is_valid() and row.cleaned_data.get("DELETE"))}
    return {0: form, **kept}


def _values_of(page: Any) -> Values:
    found = {(0, name): getattr(page, name) for name in OF_EVENT}
    return found | {(row.pk, name): getattr(row, name) for row in page.sessions.all() for name in OF_SESSION}


def _brought_back(rows: dict[int, Any], page_id: int, newest: Values) -> list[str]:
    """Of an older revision that she took up: what it has otherwise than the event that people know."""
    from events.models import EventPage

    initial = {(pk, name): rows[pk].initial.get(name) for pk, name in newest if pk in rows}
    page = EventPage.objects.get(pk=page_id)
    if not page.live or all(_same(value, newest[key]) for key, value in initial.items()):
        return []
    return _taken_over(rows, initial, _values_of(page))


def _taken_over(rows: dict[int, Any], before: Values, now: Values) -> list[str]:
    """Of each field that somebody else changed and that is otherwise in the form: what it is now, and what it was."""
    told = []
    for (pk, name), holds in now.items():
        row = rows.get(pk)
        if row is None or name not in row.fields:
            continue
        sent = row.cleaned_data.get(name)
        if _same(holds, sent) or ((pk, name) in before and _same(holds, before[pk, name])):
            continue
        row.data = row.data.copy()
        row.data[row.add_prefix(name)] = holds
        row.errors.pop(name, None)
        what = _("%(field)s is now: %(now)s. In your form it was: %(typed)s.") % {
            "field": capfirst(str(row.fields[name].label)),
            "now": _in_words(row.instance, name, holds),
            "typed": _in_words(row.instance, name, sent),
        }
        told.append(f"{row.instance.title or _('Session')}: {what}" if pk else what)
    return told


def _same(one: Any, other: Any) -> bool:
    """Forms know no seconds."""
    if isinstance(one, datetime.datetime) and isinstance(other, datetime.datetime):
        return one.replace(second=0, microsecond=0) == other.replace(second=0, microsecond=0)
    return bool((one or "") == (other or ""))


def _in_words(holder: Any, name: str, value: Any) -> str:
    if isinstance(value, datetime.datetime):
        return date_format(timezone.localtime(value), "j F Y, G.i")
    choices = dict(holder._meta.get_field(name).flatchoices)
    return str(choices.get(value, value)) if value not in (None, "") else _("nothing")


def _meanwhile(revisions: Any) -> str:
    names = sorted({str(row.user) for row in revisions.select_related("user") if row.user is not None})
    words = _(
        "Nothing is saved yet. While you were writing, %(who)s changed when or where this event is, or its places. "
        "That holds, and stands in the form now; everything else that you typed is still there. Look, then save again."
    )
    return words % {"who": ", ".join(names) or _("somebody else")}


def _older_version() -> str:
    return _(
        "Nothing is saved yet. This older version has other dates, places or a venue than the event has now. Those of "
        "now stand in the form. Look, then save again. To move the event, use the desk: participants hear of it there."
    )
