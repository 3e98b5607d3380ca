"""Where a term, an organisation, a document or an image is used, and the rule that what is in use is not deleted.

Two sources together: the database's own relations, which are exact, and Wagtail's reference index, which alone knows
what stands inside running text and StreamFields.
"""

from collections.abc import Iterable, Iterator
from typing import Any, cast

from django.apps import apps
from django.db import models
from django.db.models.signals import pre_delete
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from modelcluster.fields import ParentalKey
from wagtail.models import ReferenceIndex

NAMED_AT_MOST = 5


class InUse(models.ProtectedError):
    """Refused: the thing is used. The message says where and what to do instead."""

    def __init__(self, thing: models.Model, users: list[models.Model]) -> None:
        self.thing, self.users = thing, users
        super().__init__(refusal(thing, users), set(users))

    def __str__(self) -> str:
        return str(self.args[0])


def refusal(thing: models.Model, users: list[models.Model]) -> str:
    names = [str(user) for user in users[:NAMED_AT_MOST]]
    if (rest := len(users) - len(names)) > 0:
        names.append(ngettext("%(count)d more", "%(count)d more", rest) % {"count": rest})
    return _("“%(thing)s” is in use and stays: %(places)s. Replace or remove it there first.") % {
        "thing": thing,
        "places": ", ".join(names),
    }


def incoming(model: type[models.Model]) -> Iterator[models.ForeignKey[Any, Any]]:
    """Every foreign key to a model that carries meaning: many-to-many rows included, mere parts of the thing not."""
    for source in apps.get_models(include_auto_created=True):
        for field in source._meta.local_fields:
            if not isinstance(field, models.ForeignKey) or field.remote_field.model is not model:
                continue
            if cast("type[models.Model] | bool", source._meta.auto_created) is model:
                continue  # "related" between two things of the same kind
            if source._meta.auto_created or field.remote_field.on_delete is not models.CASCADE:
                yield field


def owner_key(source: type[models.Model]) -> models.ForeignKey[Any, Any] | None:
    """The key by which a row hangs below the thing an editor knows: of a many-to-many row, of a page's child."""
    if owner := source._meta.auto_created:
        return next(f for f in source._meta.local_fields if f.is_relation and f.remote_field.model is owner)  # type: ignore[return-value,union-attr]
    return next((f for f in source._meta.local_fields if isinstance(f, ParentalKey)), None)


def owner_of(row: models.Model) -> models.Model:
    """The thing an editor knows, of a row that may be a part of it."""
    parent = owner_key(type(row))
    return getattr(row, parent.name) if parent is not None else row


def users_of(thing: models.Model) -> list[models.Model]:
    """The pages and other objects that use a thing, each once, pages first by title."""
    found: dict[tuple[type[models.Model], Any], models.Model] = {}
    for field in incoming(type(thing)):
        for owner in _owners(field, thing):
            found.setdefault(_identity(owner), owner)
    for owner, _references in ReferenceIndex.get_references_to(thing).group_by_source_object():
        found.setdefault(_identity(owner), owner)
    found.pop(_identity(thing), None)
    return sorted(found.values(), key=lambda owner: (not hasattr(owner, "title"), str(owner).casefold()))


def _identity(owner: models.Model) -> tuple[type[models.Model], Any]:
    """One key for a page, whether it comes as a Page or as its own kind."""
    model = type(owner)
    while model._meta.parents:
        model = next(iter(model._meta.parents))
    return model, owner.pk


def _owners(field: models.ForeignKey[Any, Any], thing: models.Model) -> Iterable[models.Model]:
    source, parent = field.model, owner_key(field.model)
    rows = source._default_manager.filter(**{field.name: thing})
    if parent is None:
        return rows
    owner: type[models.Model] = parent.remote_field.model
    return owner._default_manager.filter(pk__in=rows.values(parent.attname))


def usage_counts(model: type[models.Model]) -> dict[int, int]:
    """How many different objects use each thing of a model, by its id: a handful of queries for the whole list."""
    users: dict[int, set[tuple[str, Any]]] = {}
    for field in incoming(model):
        parent = owner_key(field.model)
        owner = parent.remote_field.model if parent else field.model
        label = owner._meta.label
        pairs = field.model._default_manager.exclude(**{field.name: None})
        for thing_id, owner_id in pairs.values_list(field.attname, parent.attname if parent else "pk"):
            users.setdefault(thing_id, set()).add((label, owner_id))
    return {thing_id: len(owners) for thing_id, owners in users.items()}


def field_names(model: type[models.Model], target: type[models.Model]) -> list[str]:
    """The fields of a model that hold one or more of the target, by name."""
    return [
        f.name
        for f in model._meta.get_fields()
        if isinstance(f, (models.ForeignKey, models.ManyToManyField)) and f.remote_field.model is target
    ]


def _refuse_while_in_use(sender: type[models.Model], instance: models.Model, **kwargs: Any) -> None:
    if users := users_of(instance):
        raise InUse(instance, users)


def protect(model: type[models.Model]) -> None:
    """From now on nothing of this model is deleted while it is used, whichever way it is tried; raises InUse."""
    pre_delete.connect(_refuse_while_in_use, sender=model, dispatch_uid=f"in_use:{model._meta.label}")
