"""Every change of the vocabulary with a rule: merging, retiring and bringing back terms, adding a label."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import ReferenceIndex, Revision

from core.references import field_names, incoming, owner_key, users_of
from people.models import User
from search.language import tokenise
from search.language.stems import STOP_WORDS
from search.synonyms import MAXIMUM_WORDS
from taxonomy.forms import LABEL_MAX
from taxonomy.models import Concept
from taxonomy.thesaurus import Thesaurus


class VocabularyError(Exception):
    """A change of the vocabulary that makes no sense; the message says why."""


@transaction.atomic
def merge(*, concept: Concept, into: Concept, by: User | None = None) -> int:
    """Hand everything that carries one term over to another and say how many pages that were.

    The merged term stays as a row, retired, so that its old address can lead to the new one; its label becomes another
    label of the survivor, so that people who search by the old word still find the pages. Raises VocabularyError.
    """
    rows = Concept.objects.select_for_update().in_bulk([concept.pk, into.pk])
    concept, into = rows[concept.pk], rows[into.pk]
    _check_merge(concept, into)
    pages = [user for user in users_of(concept) if not isinstance(user, Concept)]
    for field in incoming(Concept):
        if field.model is not Concept:
            _move(field, concept, into)
    _move_in_drafts(concept, into)
    _move_relations(concept, into)
    into.other_labels = merged_labels(concept, into)
    into.save()
    concept.merged_into, concept.retired, concept.broader = into, True, None
    concept.save()
    for page in pages:
        ReferenceIndex.create_or_update_for_object(page)
    log(instance=concept, action="taxonomy.merge", user=by, data={"into": into.label, "pages": len(pages)})
    return len(pages)


def _check_merge(concept: Concept, into: Concept) -> None:
    if concept.pk == into.pk:
        raise VocabularyError(_("A term cannot merge into itself."))
    if concept.scheme != into.scheme:
        raise VocabularyError(_("Choose a term of the same scheme."))
    if concept.merged_into is not None:
        raise VocabularyError(_("This term was merged already."))
    if into.retired or into.merged_into is not None:
        raise VocabularyError(_("Choose a term that is still in use."))


def merged_labels(concept: Concept, into: Concept) -> list[str]:
    """The survivor's other labels, then the merged term's own; each once, whatever its capitals."""
    seen = {into.label.casefold()}
    labels = []
    for label in [*into.other_labels, concept.label, *concept.other_labels]:
        if label.casefold() not in seen:
            seen.add(label.casefold())
            labels.append(label)
    return labels


def _move(field: models.ForeignKey[Any, Any], concept: Concept, into: Concept) -> None:
    """Point rows at the survivor; a row that would say the same twice goes."""
    rows = field.model._default_manager.filter(**{field.name: concept})
    parent = owner_key(field.model)
    if parent is not None:
        owners = field.model._default_manager.filter(**{field.name: into}).values(parent.attname)
        rows.filter(**{f"{parent.attname}__in": list(owners.values_list(parent.attname, flat=True))}).delete()
    rows.update(**{field.name: into})


def _move_in_drafts(concept: Concept, into: Concept) -> None:
    """A draft that somebody is working on must not bring the merged term back when it is published."""
    owners = {key.remote_field.model for f in incoming(Concept) if (key := owner_key(f.model)) is not None}
    for owner in owners:
        names = field_names(owner, Concept)
        if not hasattr(owner, "latest_revision"):
            continue
        wanted = models.Q(pk__in=owner._default_manager.values("latest_revision_id")) | models.Q(
            approved_go_live_at__isnull=False
        )
        for revision in Revision.objects.filter(wanted, content_type=ContentType.objects.get_for_model(owner)):
            if _replace(revision.content, names, concept.pk, into.pk):
                revision.save(update_fields=["content"])


def _replace(content: dict[str, Any], names: list[str], old: int, new: int) -> bool:
    changed = False
    for name in names:
        value = content.get(name)
        if isinstance(value, list) and old in value:
            content[name] = list(dict.fromkeys(new if pk == old else pk for pk in value))
            changed = True
        elif value == old:
            content[name] = new
            changed = True
    return changed


def _move_relations(concept: Concept, into: Concept) -> None:
    """Narrower terms and related terms go along, without making a term its own."""
    if into.broader_id == concept.pk:
        into.broader = concept.broader
    concept.narrower.exclude(pk=into.pk).update(broader=into)
    into.related.add(*concept.related.exclude(pk=into.pk))
    concept.related.clear()
    concept.merged_from.update(merged_into=into)


@transaction.atomic
def retire(*, concept: Concept, by: User | None = None) -> None:
    """Stop offering a term. Pages that carry it keep it."""
    concept.retired = True
    concept.save(update_fields=["retired"])
    log(instance=concept, action="taxonomy.retire", user=by)


@transaction.atomic
def reinstate(*, concept: Concept, by: User | None = None) -> None:
    """Offer a retired term again; raises VocabularyError for one that was merged."""
    if concept.merged_into is not None:
        raise VocabularyError(_("This term was merged. Make a new one instead."))
    concept.retired = False
    concept.save(update_fields=["retired"])
    log(instance=concept, action="taxonomy.reinstate", user=by)


@transaction.atomic
def add_label(*, concept: Concept, label: str, by: User | None = None) -> str:
    """Let people find a term by another word too, from the next search on. Answers the label as it is kept.

    Raises VocabularyError for a word that is a name of a term already, or that would not work as a synonym.
    """
    concept = Concept.objects.select_for_update().get(pk=concept.pk)
    label = " ".join(label.split())
    _check_label(concept, label)
    concept.other_labels = [*concept.other_labels, label]
    concept.save(update_fields=["other_labels"])
    log(instance=concept, action="taxonomy.add_label", user=by, data={"label": label})
    return label


def _check_label(concept: Concept, label: str) -> None:
    words = [token.word for token in tokenise(label)]
    if all(word in STOP_WORDS for word in words):
        raise VocabularyError(_("Type a word that says something: words like “the” or “of” are not searched for."))
    if len(label) > LABEL_MAX or len(words) > MAXIMUM_WORDS:
        raise VocabularyError(
            _("Keep it to %(words)d words: nobody types a whole sentence again.") % {"words": MAXIMUM_WORDS}
        )
    if concept.retired or concept.merged_into_id is not None:
        raise VocabularyError(_("Choose a term that is still in use."))
    for entry in Thesaurus.load().entries.values():
        if label.casefold() in {name.casefold() for name in entry.phrases}:
            text = _("“%(word)s” is a name of the term “%(label)s” already.")
            raise VocabularyError(text % {"word": label, "label": entry.label})


@transaction.atomic
def remove_label(*, concept: Concept, label: str, by: User | None = None) -> bool:
    """Take another label back; answers whether the term still had it."""
    concept = Concept.objects.select_for_update().get(pk=concept.pk)
    kept = [other for other in concept.other_labels if other.casefold() != label.casefold()]
    if len(kept) == len(concept.other_labels):
        return False
    concept.other_labels = kept
    concept.save(update_fields=["other_labels"])
    log(instance=concept, action="taxonomy.remove_label", user=by, data={"label": label})
    return True


def resolve(slug: str) -> Concept | None:
    """The term that an address means today: of a merged term, the one that took its place."""
    concept = Concept.objects.select_related("merged_into").filter(slug=slug).first()
    return concept.merged_into or concept if concept is not None else None
