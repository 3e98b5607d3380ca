"""What else changes a practice's search document: each writes to the outbox in the same transaction.

Changes of the page itself, its place and its privacy are followed for every kind of page (`core/finding/signals.py`).
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model, Q
from django.db.models.signals import post_delete, post_save, pre_delete
from taggit.models import Tag
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction

from core.attachments.models import DocumentText
from people.models import Organisation
from practices.models import Adoption, PracticePage
from practices.models.parts import CONCEPT_ROLES
from practices.search import document_id, ids_with_documents
from search.outbox import enqueue
from taxonomy.models import Concept


def concept_changed(sender: type[Model], instance: Concept, **kwargs: Any) -> None:
    carries = Q()
    for role in CONCEPT_ROLES:
        carries |= Q(pk__in=PracticePage.objects.filter(**{role: instance}).values("pk"))
    enqueue([document_id(pk) for pk in PracticePage.objects.live().filter(carries).values_list("pk", flat=True)])


def tag_changed(sender: type[Model], instance: Tag, **kwargs: Any) -> None:
    pages = PracticePage.objects.live().filter(tagged_items__tag=instance)
    enqueue([document_id(pk) for pk in pages.values_list("pk", flat=True)])


def organisation_changed(sender: type[Model], instance: Organisation, **kwargs: Any) -> None:
    """A municipality that merged is also found under the code of its successor."""
    ran_in = Q(ran_in__organisation=instance) | Q(ran_in__organisation__merged_into=instance)
    concerned = ran_in | Q(contact_organisation=instance) | Q(adoptions__organisation=instance)
    pages = PracticePage.objects.live().filter(concerned).distinct()
    enqueue([document_id(pk) for pk in pages.values_list("pk", flat=True)])


def adoption_changed(sender: type[Model], instance: Adoption, **kwargs: Any) -> None:
    enqueue([document_id(instance.practice_id)])


def text_changed(sender: type[Model], instance: DocumentText, **kwargs: Any) -> None:
    documents_changed([instance.pk])


def document_changed(sender: type[Model], instance: Model, **kwargs: Any) -> None:
    """Its title, its collection or its file."""
    documents_changed([instance.pk])


def documents_changed(ids: Iterable[int]) -> None:
    enqueue(ids_with_documents(get_document_model().objects.filter(pk__in=ids)))


def collection_changed(sender: type[Model], instance: Collection, **kwargs: Any) -> None:
    """Renamed or moved, perhaps to below a private one: the practices are built again after the commit."""
    enqueue(ids_with_documents(get_document_model().objects.filter(collection__path__startswith=instance.path)))


def collection_privacy_changed(sender: type[Model], instance: CollectionViewRestriction, **kwargs: Any) -> None:
    collection_changed(Collection, instance.collection)


def connect() -> None:
    """Called once, when the app is ready."""
    post_save.connect(tag_changed, sender=Tag, dispatch_uid="practice_tag_saved")
    pre_delete.connect(tag_changed, sender=Tag, dispatch_uid="practice_tag_deleted")
    post_save.connect(concept_changed, sender=Concept, dispatch_uid="practice_concept_saved")
    pre_delete.connect(concept_changed, sender=Concept, dispatch_uid="practice_concept_deleted")
    post_save.connect(organisation_changed, sender=Organisation, dispatch_uid="practice_organisation_saved")
    post_save.connect(text_changed, sender=DocumentText, dispatch_uid="practice_document_text_saved")
    post_save.connect(document_changed, sender=get_document_model(), dispatch_uid="practice_document_saved")
    post_save.connect(collection_changed, sender=Collection, dispatch_uid="practice_collection_saved")
    for signal in (post_save, post_delete):
        signal.connect(adoption_changed, sender=Adoption, dispatch_uid="practice_adoption_changed")
        signal.connect(
            collection_privacy_changed,
            sender=CollectionViewRestriction,
            dispatch_uid="practice_collection_privacy_changed",
        )
