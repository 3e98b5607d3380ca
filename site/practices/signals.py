"""What changes a practice's search document: each writes to the outbox in the same transaction.

Wagtail's own index hooks run before commit and know no privacy; ours are the outbox. Pages are followed by post_save,
which Wagtail sends inside the transaction of the save; its own signals of publishing and moving come after it, and a
process that dies in between would lose the change.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import Group
from django.db.models import Model, Q
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete
from taggit.models import Tag
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction

from core.attachments.models import DocumentText
from people.models import Organisation
from practices.models import PracticePage
from practices.models.parts import CONCEPT_ROLES
from practices.search import document_id, ids_below, ids_with_documents
from search.outbox import enqueue
from taxonomy.models import Concept

# What Wagtail saves of a page when somebody saves a draft: nothing that a reader sees.
DRAFT_FIELDS = frozenset({"latest_revision", "latest_revision_created_at", "draft_title", "has_unpublished_changes"})


def practice_saved(
    sender: type[Model],
    instance: PracticePage,
    created: bool = False,
    update_fields: Iterable[str] | None = None,
    **kwargs: Any,
) -> None:
    """Published, unpublished, confirmed, withdrawn; not a draft that nobody but editors ever saw."""
    draft = (created and not instance.live) or (update_fields is not None and DRAFT_FIELDS.issuperset(update_fields))
    if not draft:
        enqueue([document_id(instance.pk)])


def practice_deleted(sender: type[Model], instance: Model, **kwargs: Any) -> None:
    enqueue([document_id(instance.pk)])


def bare_page_saved(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """Wagtail moves and unpublishes pages of which it does not look at the type: perhaps below another restriction."""
    enqueue(ids_below(instance))


def privacy_changed(sender: type[Model], instance: PageViewRestriction, **kwargs: Any) -> None:
    enqueue(ids_below(instance.page))


def privacy_groups_changed(sender: type[Model], instance: Model, **kwargs: Any) -> None:
    """The groups of a restriction are written after the restriction itself."""
    if isinstance(instance, PageViewRestriction):
        enqueue(ids_below(instance.page))


def concept_changed(sender: type[Model], instance: Concept, **kwargs: Any) -> None:
    carries = Q()
    for role in CONCEPT_ROLES:
        carries |= Q(pk__in=PracticePage.objects.filter(**{role: instance}).values("pk"))
    enqueue([document_id(pk) for pk in PracticePage.objects.live().filter(carries).values_list("pk", flat=True)])


def group_deleted(sender: type[Model], instance: Group, **kwargs: Any) -> None:
    """Its rows in the restrictions go along without a signal of their own."""
    for restriction in PageViewRestriction.objects.filter(groups=instance).select_related("page"):
        enqueue(ids_below(restriction.page))


def tag_changed(sender: type[Model], instance: Tag, **kwargs: Any) -> None:
    pages = PracticePage.objects.live().filter(tagged_items__tag=instance)
    enqueue([document_id(pk) for pk in pages.values_list("pk", flat=True)])


def organisation_changed(sender: type[Model], instance: Organisation, **kwargs: Any) -> None:
    """A municipality that merged is also found under the code of its successor."""
    ran_in = Q(ran_in__organisation=instance) | Q(ran_in__organisation__merged_into=instance)
    concerned = ran_in | Q(contact_organisation=instance)
    pages = PracticePage.objects.live().filter(concerned).distinct()
    enqueue([document_id(pk) for pk in pages.values_list("pk", flat=True)])


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
    post_save.connect(practice_saved, sender=PracticePage, dispatch_uid="practice_saved")
    post_delete.connect(practice_deleted, sender=PracticePage, dispatch_uid="practice_deleted")
    post_save.connect(bare_page_saved, sender=Page, dispatch_uid="practice_bare_page_saved")
    post_save.connect(privacy_changed, sender=PageViewRestriction, dispatch_uid="practice_privacy_saved")
    post_delete.connect(privacy_changed, sender=PageViewRestriction, dispatch_uid="practice_privacy_deleted")
    m2m_changed.connect(
        privacy_groups_changed, sender=PageViewRestriction.groups.through, dispatch_uid="practice_privacy_groups"
    )
    pre_delete.connect(group_deleted, sender=Group, dispatch_uid="practice_group_deleted")
    post_save.connect(tag_changed, sender=Tag, dispatch_uid="practice_tag_saved")
    pre_delete.connect(tag_changed, sender=Tag, dispatch_uid="practice_tag_deleted")
    post_save.connect(concept_changed, sender=Concept, dispatch_uid="practice_concept_saved")
    pre_delete.connect(concept_changed, sender=Concept, dispatch_uid="practice_concept_deleted")
    post_save.connect(organisation_changed, sender=Organisation, dispatch_uid="practice_organisation_saved")
    post_save.connect(text_changed, sender=DocumentText, dispatch_uid="practice_document_text_saved")
    post_save.connect(document_changed, sender=get_document_model(), dispatch_uid="practice_document_saved")
    post_save.connect(collection_changed, sender=Collection, dispatch_uid="practice_collection_saved")
    for signal in (post_save, post_delete):
        signal.connect(
            collection_privacy_changed,
            sender=CollectionViewRestriction,
            dispatch_uid="practice_collection_privacy_changed",
        )
