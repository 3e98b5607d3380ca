import pytest
from django.contrib.auth.models import Group
from wagtail.models import GroupPagePermission, Workflow, WorkflowPage

from home.setup.permissions import EDITORS, MODERATORS, TRUSTS, WORKFLOW, ensure_groups_and_workflow
from tests.conftest import Cast
from tests.factories import Tree, make_practice

pytestmark = pytest.mark.django_db


def test_running_twice_makes_nothing_double(tree: Tree) -> None:
    ensure_groups_and_workflow()
    before = GroupPagePermission.objects.count()
    ensure_groups_and_workflow()
    assert GroupPagePermission.objects.count() == before
    assert set(Group.objects.values_list("name", flat=True)) == {EDITORS, MODERATORS, *TRUSTS}
    assert WorkflowPage.objects.get().page_id == tree.home.pk
    tasks = Workflow.objects.get(name=WORKFLOW).workflow_tasks.order_by("sort_order")
    assert [row.task.name for row in tasks] == [EDITORS, MODERATORS]


def test_an_editor_writes_and_a_moderator_publishes(cast: Cast) -> None:
    practice = make_practice()
    for user, may_publish in ((cast.editor, False), (cast.moderator, True)):
        permissions = practice.permissions_for_user(user)
        assert permissions.can_edit()
        assert permissions.can_publish() is may_publish
    assert practice.get_workflow().name == WORKFLOW


def test_the_factory_gives_a_practice_that_the_site_can_publish(tree: Tree) -> None:
    practice = make_practice()
    assert practice.live
    assert practice.get_latest_revision() is not None
    assert practice.target_groups_final.count() == 1
