"""What else changes an expert's search document; changes of the page itself are followed for every kind of page."""

from typing import Any

from django.db.models import Model, Q
from django.db.models.signals import post_delete, post_save, pre_delete
from wagtail.signals import page_unpublished

from experts.directory.gone import note_the_day
from experts.directory.search import CONCEPTS, document_id
from experts.models import ExpertOffer, ExpertPage
from people.models import Organisation
from search.outbox import enqueue
from taxonomy.models import Concept


def concept_changed(sender: type[Model], instance: Concept, **kwargs: Any) -> None:
    carries = Q()
    for role in CONCEPTS:
        carries |= Q(pk__in=ExpertPage.objects.filter(**{role: instance}).values("pk"))
    _changed(carries)


def organisation_changed(sender: type[Model], instance: Organisation, **kwargs: Any) -> None:
    _changed(Q(organisation=instance))


def offer_changed(sender: type[Model], instance: ExpertOffer, **kwargs: Any) -> None:
    _changed(Q(pk=instance.expert_id))


def _changed(which: Q) -> None:
    enqueue([document_id(pk) for pk in ExpertPage.objects.live().filter(which).values_list("pk", flat=True)])


def connect() -> None:
    post_save.connect(concept_changed, sender=Concept, dispatch_uid="expert_concept_saved")
    pre_delete.connect(concept_changed, sender=Concept, dispatch_uid="expert_concept_deleted")
    post_save.connect(organisation_changed, sender=Organisation, dispatch_uid="expert_organisation_saved")
    for signal, name in ((post_save, "saved"), (post_delete, "deleted")):
        signal.connect(offer_changed, sender=ExpertOffer, dispatch_uid=f"expert_offer_{name}")
    page_unpublished.connect(note_the_day, sender=ExpertPage, dispatch_uid="expert_unpublished")
