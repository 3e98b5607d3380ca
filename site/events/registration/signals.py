"""Publishing an event: the seats follow its page, and participants hear what changed."""

from typing import Any

from wagtail.signals import page_published

from events.models import EventPage
from events.registration.chores import follow


def followed(instance: EventPage, **_kwargs: Any) -> None:
    """The admin does this in the transaction of the change; `manage.py events` does what other ways left undone."""
    follow(EventPage.objects.get(pk=instance.pk))


def connect() -> None:
    page_published.connect(followed, sender=EventPage, dispatch_uid="events.registration")
