"""What else changes the search document of an event; changes of the page itself are followed for every kind of page.
And who hears of it when one is published.
"""

from typing import Any

from django.db.models import Model, Q
from django.db.models.signals import post_delete, post_save, pre_delete
from wagtail.signals import page_published

from events.directory.search import CONCEPTS, document_id
from events.directory.wishes import tell
from events.models import EventPage, Session
from search.outbox import enqueue
from taxonomy.models import Concept


def concept_changed(sender: type[Model], instance: Concept, **kwargs: Any) -> None:
    carries = Q()
    for role in CONCEPTS:
        carries |= Q(pk__in=EventPage.objects.filter(**{role: instance}).values("pk"))
    _changed(carries)


def session_changed(sender: type[Model], instance: Session, **kwargs: Any) -> None:
    """Also one that is moved without a new version of the page."""
    _changed(Q(pk=instance.event_id))


def _changed(which: Q) -> None:
    enqueue([document_id(pk) for pk in EventPage.objects.live().filter(which).values_list("pk", flat=True)])


def edition_published(sender: type[Model], instance: EventPage, **kwargs: Any) -> None:
    """At once; the chore does what a process that died here leaves undone."""
    tell(EventPage.objects.get(pk=instance.pk))


def connect() -> None:
    page_published.connect(edition_published, sender=EventPage, dispatch_uid="event_edition_published")
    post_save.connect(concept_changed, sender=Concept, dispatch_uid="event_concept_saved")
    pre_delete.connect(concept_changed, sender=Concept, dispatch_uid="event_concept_deleted")
    for signal, name in ((post_save, "saved"), (post_delete, "deleted")):
        signal.connect(session_changed, sender=Session, dispatch_uid=f"event_session_{name}")
