"""What keeping holds about people: who keeps which page, and who writes what."""

from django.utils.translation import gettext_lazy as _
from wagtail.models import PageLogEntry

from keeping.models import WritingWish
from keeping.stewardship import StewardshipProvider, kept_models
from people import personal_data
from people.holdings import shown_to
from people.models import User
from people.personal_data import Provider, Row


def _stewardships(user: User) -> list[Row]:
    return [{"title": held.title, "kind": held.kind} for held in shown_to(user, StewardshipProvider().held_by(user))]


def _wishes(user: User) -> list[Row]:
    found = WritingWish.objects.filter(writer=user)
    return [{"title": row.subject, "noted": row.noted_on, "state": str(row.get_state_display())} for row in found]


def _forget_wishes(user: User) -> None:
    """Somebody else has to write it."""
    WritingWish.objects.filter(writer=user).update(writer=None)


def _forget_names(user: User) -> None:
    """Who handed a page over to whom is in the history of the page, in words."""
    name = str(user)
    for entry in PageLogEntry.objects.filter(action="keeping.hand_over"):
        data = {key: "" if value == name else value for key, value in entry.data.items()}
        if data != entry.data:
            entry.data = data
            entry.save(update_fields=["data"])


def connect() -> None:
    personal_data.register(
        Provider(
            "stewardships",
            _("Pages that you keep"),
            tuple(f"{model._meta.app_label}.{model.__name__}.steward" for model in kept_models()),
            {"title": _("Title"), "kind": _("Kind")},
            _stewardships,
            _forget_names,
        ),
        Provider(
            "writing_wishes",
            _("Texts that you would write"),
            ("keeping.WritingWish.writer",),
            {"title": _("Title"), "noted": _("Noted on"), "state": _("State")},
            _wishes,
            _forget_wishes,
        ),
    )
