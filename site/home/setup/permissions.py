"""The groups of editors and the workflow between them, and whoever manages members: who may do what in the admin."""

from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Site,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

EDITORS = "Redactie"
MODERATORS = "Eindredactie"
MEMBER_KEEPERS = "Ledenbeheer"
POOL_DESK = "Expertenpool"
ORGANISERS = "Vormingsteam"
WORKFLOW = "Redactie → eindredactie"

PAGE_PERMISSIONS = {
    EDITORS: ("add_page", "change_page"),
    MODERATORS: ("add_page", "change_page", "publish_page", "lock_page", "unlock_page"),
}
COLLECTION_PERMISSIONS = (
    ("wagtaildocs", "add_document"),
    ("wagtaildocs", "change_document"),
    ("wagtaildocs", "choose_document"),
    ("wagtailimages", "add_image"),
    ("wagtailimages", "change_image"),
    ("wagtailimages", "choose_image"),
)
MODEL_PERMISSIONS = {
    EDITORS: (
        ("wagtailadmin", "access_admin"),
        ("taxonomy", "add_concept"),
        ("taxonomy", "change_concept"),
        ("taxonomy", "view_concept"),
        ("people", "add_organisation"),
        ("people", "change_organisation"),
        ("people", "view_organisation"),
        ("search", "view_askedsearch"),
        ("search", "delete_askedsearch"),
        ("keeping", "add_writingwish"),
        ("keeping", "change_writingwish"),
        ("keeping", "view_writingwish"),
        ("practices", "add_adoption"),
        ("practices", "change_adoption"),
        ("practices", "view_adoption"),
    ),
    MODERATORS: (
        ("taxonomy", "delete_concept"),
        ("people", "delete_organisation"),
        ("keeping", "delete_writingwish"),
        ("practices", "delete_adoption"),
        ("core", "change_sitesettings"),
    ),
}
MODEL_PERMISSIONS[MODERATORS] += MODEL_PERMISSIONS[EDITORS]
# Deciding who belongs where is another trust than deciding what is published: a group of its own, without pages.
KEEPER_PERMISSIONS = (
    ("wagtailadmin", "access_admin"),
    ("people", "manage_memberships"),
    ("people", "add_organisation"),
    ("people", "change_organisation"),
    ("people", "view_organisation"),
)
# Treating what municipalities ask of the expert pool: again a trust of its own.
DESK_PERMISSIONS = (("wagtailadmin", "access_admin"), ("experts", "manage_bookings"))

# Organising events: whoever is registered, the lists at the door, mail to participants.
ORGANISER_PERMISSIONS = (("wagtailadmin", "access_admin"), ("events", "manage_events"))

TRUSTS = {MEMBER_KEEPERS: KEEPER_PERMISSIONS, POOL_DESK: DESK_PERMISSIONS, ORGANISERS: ORGANISER_PERMISSIONS}

# What Wagtail's first migration makes; removed where nobody is in it, so that a form never offers two kinds of editors.
WAGTAIL_GROUPS = ("Editors", "Moderators")
WAGTAIL_WORKFLOW = "Moderators approval"


@transaction.atomic
def ensure_groups_and_workflow() -> None:
    """Make or complete groups, permissions and workflow. Can run again: it adds what is missing, takes nothing away
    from the groups, and leaves a workflow that somebody changed alone."""
    start = _start_page()
    groups = {name: _ensure_group(name, start) for name in (EDITORS, MODERATORS)}
    for name, permissions in TRUSTS.items():
        group, _created = Group.objects.get_or_create(name=name)
        group.permissions.add(*_permissions(permissions))
    _ensure_workflow(groups, start)
    _remove_unused_defaults()


def _start_page() -> Page:
    """The home page; the root as long as there is none."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    return site.root_page if site is not None else Page.objects.get(depth=1)


def _permissions(names: Iterable[tuple[str, str]]) -> list[Permission]:
    found: list[Permission] = []
    for app, codename in names:
        found += Permission.objects.filter(content_type__app_label=app, codename=codename)
    return found


def _ensure_group(name: str, start: Page) -> Group:
    group, _created = Group.objects.get_or_create(name=name)
    group.permissions.add(*_permissions(MODEL_PERMISSIONS[name]))
    for codename in PAGE_PERMISSIONS[name]:
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
        GroupPagePermission.objects.get_or_create(group=group, page=start, permission=permission)
    collection = Collection.get_first_root_node()
    for permission in _permissions(COLLECTION_PERMISSIONS):
        GroupCollectionPermission.objects.get_or_create(group=group, collection=collection, permission=permission)
    return group


def _ensure_workflow(groups: dict[str, Group], start: Page) -> None:
    workflow, _created = Workflow.objects.get_or_create(name=WORKFLOW)
    if not workflow.workflow_tasks.exists():
        for order, (name, group) in enumerate(groups.items()):
            task = GroupApprovalTask.objects.filter(name=name).first() or GroupApprovalTask.objects.create(name=name)
            # Final editors may do what editors do: without them a page locks for them in the first step.
            task.groups.add(group, groups[MODERATORS])
            WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=order)
    WorkflowPage.objects.get_or_create(page=start, defaults={"workflow": workflow})


def _remove_unused_defaults() -> None:
    for workflow in Workflow.objects.filter(name=WAGTAIL_WORKFLOW, active=True):
        WorkflowPage.objects.filter(workflow=workflow).delete()
        if not workflow.workflow_states.exists():
            workflow.deactivate()
    Group.objects.filter(name__in=WAGTAIL_GROUPS, user=None).delete()
