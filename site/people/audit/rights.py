"""Who may do what: groups, permissions, administrators, memberships. What `QuerySet.update` writes is not heard."""

from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save
from wagtail.models import GroupCollectionPermission, GroupPagePermission

from people.audit import record
from people.models import AuditAction, MembershipEvent, User
from people.rights import DERIVED

STEPS = {"post_add": "added", "post_remove": "removed"}
FLAGS = {
    "is_superuser": AuditAction.ADMINISTRATOR,
    "is_staff": AuditAction.ADMINISTRATOR,
    "is_active": AuditAction.ACCOUNT_SWITCHED,
}
KINDS = {
    MembershipEvent.Kind.STATE: AuditAction.MEMBERSHIP,
    MembershipEvent.Kind.ORGANISATION: AuditAction.MEMBERSHIP,
    MembershipEvent.Kind.ROLES: AuditAction.MEMBER_ROLES,
    MembershipEvent.Kind.LIVC: AuditAction.LIVC,
    MembershipEvent.Kind.STEWARDSHIP: AuditAction.STEWARDSHIP,
}


def _groups(
    sender: type[Model], instance: Any, action: str, pk_set: set[int] | None, reverse: bool, **kwargs: Any
) -> None:
    """The derived groups follow from memberships, of which there are lines already."""
    if action == "pre_clear":
        gone = instance.user_set.all() if reverse else instance.groups.exclude(name__in=DERIVED)
        pk_set, step = set(gone.values_list("pk", flat=True)), "removed"
    else:
        step = STEPS.get(action, "")
    if not step or not pk_set:
        return
    if reverse:
        if instance.name not in DERIVED:
            for user in User.objects.filter(pk__in=pk_set):
                record(AuditAction.GROUPS, subject=user, details={step: [instance.name]})
        return
    names = Group.objects.filter(pk__in=pk_set).exclude(name__in=DERIVED).order_by("name")
    if found := list(names.values_list("name", flat=True)):
        record(AuditAction.GROUPS, subject=instance, details={step: found})


def _permissions(sender: type[Model], instance: Any, action: str, pk_set: set[int] | None, **kwargs: Any) -> None:
    """Of a person or of a group."""
    if action == "pre_clear":
        held = instance.user_permissions if isinstance(instance, User) else instance.permissions
        pk_set, step = set(held.values_list("pk", flat=True)), "removed"
    else:
        step = STEPS.get(action, "")
    if not step or not pk_set or isinstance(instance, Permission):
        return
    codes = list(Permission.objects.filter(pk__in=pk_set).order_by("codename").values_list("codename", flat=True))
    if isinstance(instance, User):
        record(AuditAction.PERMISSIONS, subject=instance, details={step: codes})
    else:
        record(AuditAction.PERMISSIONS, about=instance, details={step: codes})


def _tree_permission(instance: Any, step: str) -> None:
    where = instance.page if isinstance(instance, GroupPagePermission) else instance.collection
    group = Group.objects.filter(pk=instance.group_id).first()
    record(AuditAction.PERMISSIONS, about=group, details={"where": str(where), step: [instance.permission.codename]})


def _tree_given(sender: type[Model], instance: Any, created: bool, raw: bool = False, **kwargs: Any) -> None:
    if created and not raw:  # a load of rows comes in any order, and is nobody's decision
        _tree_permission(instance, "added")


def _tree_taken(sender: type[Model], instance: Any, **kwargs: Any) -> None:
    _tree_permission(instance, "removed")


def _flags(sender: type[Model], instance: User, update_fields: Any = None, raw: bool = False, **kwargs: Any) -> None:
    """Before saving, against what is stored."""
    watched = [name for name in FLAGS if update_fields is None or name in update_fields]
    if raw or not instance.pk or not watched:
        return
    stored = User.objects.filter(pk=instance.pk).values(*watched).first() or {}
    for name, was in stored.items():
        now = bool(getattr(instance, name))
        if was != now:
            record(FLAGS[name], subject=instance, details={name: now})


def _made(sender: type[Model], instance: User, created: bool, raw: bool = False, **kwargs: Any) -> None:
    if created and not raw:
        record(AuditAction.ACCOUNT_MADE, subject=instance)
        if instance.is_superuser or instance.is_staff:
            flags = {name: True for name in ("is_superuser", "is_staff") if getattr(instance, name)}
            record(AuditAction.ADMINISTRATOR, subject=instance, details=flags)


def _membership(
    sender: type[Model], instance: MembershipEvent, created: bool, raw: bool = False, **kwargs: Any
) -> None:
    """From history. Who hands over to whom is a pair of names, and the reason may hold one: those stay there."""
    if not created or raw:
        return
    membership = instance.membership
    details = {} if instance.kind == instance.Kind.STEWARDSHIP else {"old": instance.old, "new": instance.new}
    record(
        KINDS[instance.Kind(instance.kind)],
        actor=instance.by,
        subject=membership.user,
        about=membership.organisation,
        details=details,
    )


def connect() -> None:
    m2m_changed.connect(_groups, sender=User.groups.through, dispatch_uid="audit_groups")
    m2m_changed.connect(_permissions, sender=User.user_permissions.through, dispatch_uid="audit_permissions")
    m2m_changed.connect(_permissions, sender=Group.permissions.through, dispatch_uid="audit_group_permissions")
    for model in (GroupPagePermission, GroupCollectionPermission):
        post_save.connect(_tree_given, sender=model, dispatch_uid=f"audit_given_{model.__name__}")
        post_delete.connect(_tree_taken, sender=model, dispatch_uid=f"audit_taken_{model.__name__}")
    pre_save.connect(_flags, sender=User, dispatch_uid="audit_flags")
    post_save.connect(_made, sender=User, dispatch_uid="audit_made")
    post_save.connect(_membership, sender=MembershipEvent, dispatch_uid="audit_membership")
