"""Background work of mailings."""

from django_tasks import task

from events.desk.mailing import sending
from events.models import EventMailing


@task()
def send_mailing(mailing_id: int) -> None:
    """Can run twice, and next to another, without harm."""
    if mailing := EventMailing.objects.filter(pk=mailing_id).first():
        sending.go_on(mailing)
