"""What changes a practice's search document: each writes to the outbox in the same transaction.

Wagtail's own index hooks run before commit and know no privacy; ours are the outbox (DESIGN.md, section 4).
"""

from typing import Any

from django.db.models import Model, Q
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from people.models import Organisation
from practices.models import PracticePage
from practices.models.parts import CONCEPT_ROLES
from practices.search import document_id, ids_below
from search.outbox import enqueue
from taxonomy.models import Concept


def practice_changed(sender: type[Model], instance: Model, **kwargs: Any) -> None:
    enqueue([document_id(instance.pk)])


def tree_changed(sender: type[Page], instance: Page, **kwargs: Any) -> None:
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


def organisation_changed(sender: type[Model], instance: Organisation, **kwargs: Any) -> None:
    concerned = Q(ran_in__organisation=instance) | Q(contact_organisation=instance)
    pages = PracticePage.objects.live().filter(concerned).distinct()
    enqueue([document_id(pk) for pk in pages.values_list("pk", flat=True)])


def connect() -> None:
    """Called once, when the app is ready."""
    page_published.connect(practice_changed, sender=PracticePage, dispatch_uid="practice_published")
    page_unpublished.connect(practice_changed, sender=PracticePage, dispatch_uid="practice_unpublished")
    post_delete.connect(practice_changed, sender=PracticePage, dispatch_uid="practice_deleted")
    post_page_move.connect(tree_changed, dispatch_uid="practice_moved")
    page_slug_changed.connect(tree_changed, dispatch_uid="practice_slug_changed")
    post_save.connect(privacy_changed, sender=PageViewRestriction, dispatch_uid="practice_privacy_saved")
    post_delete.connect(privacy_changed, sender=PageViewRestriction, dispatch_uid="practice_privacy_deleted")
    m2m_changed.connect(
        privacy_groups_changed, sender=PageViewRestriction.groups.through, dispatch_uid="practice_privacy_groups"
    )
    post_save.connect(concept_changed, sender=Concept, dispatch_uid="practice_concept_saved")
    pre_delete.connect(concept_changed, sender=Concept, dispatch_uid="practice_concept_deleted")
    post_save.connect(organisation_changed, sender=Organisation, dispatch_uid="practice_organisation_saved")
