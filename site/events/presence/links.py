"""Links in the mail that follows an event: signed, for one purpose of one registration, and they end."""

from enum import StrEnum

from django.core import signing
from django.urls import reverse

from core.mail.services import absolute_url
from events.models import Registration
from events.registration import terms


class Purpose(StrEnum):
    """The salt of a link: one for the questions takes no certificate."""

    EVALUATION = "events.presence.event_evaluation"
    CERTIFICATE = "events.presence.certificate_by_link"

    @property
    def view(self) -> str:
        """The name of its address, in which the value ends."""
        return self.rpartition(".")[2]


def token_for(purpose: Purpose, registration: Registration) -> str:
    return signing.dumps(registration.pk, salt=purpose, compress=True)


def path_for(purpose: Purpose, registration: Registration) -> str:
    """For on a page."""
    return reverse(purpose.view, args=[token_for(purpose, registration)])


def url_for(purpose: Purpose, registration: Registration) -> str:
    """For in a mail."""
    return absolute_url(purpose.view, token_for(purpose, registration))


def read(purpose: Purpose, token: str) -> Registration | None:
    """None for a link that was never ours, is too old, or whose person has been forgotten."""
    try:
        pk = signing.loads(token, salt=purpose, max_age=terms.days("evaluation"))
    except (signing.BadSignature, ValueError):
        return None
    rows = Registration.objects.select_related("event", "organisation").filter(pk=pk, anonymised_at=None)
    return rows.first()
