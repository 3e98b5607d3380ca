"""Background work of events."""

from django_tasks import task

from events import mailings
from events.models import EventMailing


@task()
def send_mailing(mailing_id: int) -> None:
    """Can run twice, and next to another, without harm."""
    if mailing := EventMailing.objects.filter(pk=mailing_id).first():
        mailings.go_on(mailing)
