"""What changes the search document of a term: each writes to the outbox in the same transaction."""

from typing import Any

from django.db.models import Model
from django.db.models.signals import post_delete, post_save

from search.outbox import enqueue
from taxonomy.models import Concept
from taxonomy.search import document_id


def concept_changed(sender: type[Model], instance: Concept, **kwargs: Any) -> None:
    """Saved, merged, retired, brought back, deleted. The names of a merged term are found at its heir."""
    heir = instance.merged_into_id
    enqueue([document_id(instance.pk), *([document_id(heir)] if heir else [])])


def connect() -> None:
    """Called once, when the app is ready."""
    for signal in (post_save, post_delete):
        signal.connect(concept_changed, sender=Concept, dispatch_uid="taxonomy_concept_changed")
