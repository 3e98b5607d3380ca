import datetime
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Revision

from practices.completeness import expected
from practices.models import PracticePage
from tests.conftest import Cast
from tests.factories import Tree, make_practice

pytestmark = pytest.mark.django_db


def said(response: Any) -> str:
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def form_data(client: Client, practice: PracticePage, **changes: Any) -> dict[str, Any]:
    """What the browser would send back of the editor's form, unchanged."""
    form = client.get(reverse("wagtailadmin_pages:edit", args=[practice.pk])).context["form"]
    data: dict[str, Any] = {}
    for bound in form:
        value = bound.value()
        if value is None or value is False:
            continue
        data[bound.html_name] = [str(getattr(item, "pk", item)) for item in value] if isinstance(value, list) else value
    data |= {"approach-count": 0, "problem": "null", "tags": ""}
    for name in ("problem", "objectives", "preconditions", "intended_effects", "lessons_learned"):
        data[name] = (
            '{"blocks":[{"key":"a","text":"Tekst","type":"unstyled","depth":0,"inlineStyleRanges":[],"entityRanges":[]}],"entityMap":{}}'
        )
    for name in ("local_authority_role", "partners", "core_elements", "risks", "transferability"):
        data[name] = "null"
    for formset in form.formsets.values():
        prefix = formset.prefix
        data |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0, f"{prefix}-MIN_NUM_FORMS": 0}
    data |= {
        "approach-count": 1,
        "approach-0-deleted": "",
        "approach-0-order": 0,
        "approach-0-type": "text",
        "approach-0-value": data["problem"],
        "comments-TOTAL_FORMS": 0,
        "comments-INITIAL_FORMS": 0,
    }
    data |= changes
    return {name: value for name, value in data.items() if value is not None}


@pytest.mark.parametrize("action", ["action-publish", "action-submit"])
def test_the_form_names_the_field_and_what_is_expected(cast: Cast, action: str) -> None:
    practice = make_practice(live=False)
    client = cast.client("moderator")
    empty = {"summary": "", "problem": "null", "target_groups_final": None, "review_date": "", "approach-count": 0}
    response = client.post(
        reverse("wagtailadmin_pages:edit", args=[practice.pk]), form_data(client, practice, **empty, **{action: "1"})
    )
    assert response.status_code == 200
    errors = response.context["form"].errors
    for name in ("summary", "problem", "target_groups_final", "review_date", "approach"):
        assert name in errors, errors
    for name in ("summary", "problem", "target_groups_final"):
        assert errors[name] == [expected(name, practice)]
    assert not PracticePage.objects.get(pk=practice.pk).live


def test_a_complete_form_is_published_and_an_incomplete_draft_is_saved(cast: Cast) -> None:
    practice = make_practice(live=False)
    groups = [str(concept.pk) for concept in practice.target_groups_final.all()]
    client = cast.client("moderator")
    url = reverse("wagtailadmin_pages:edit", args=[practice.pk])
    response = client.post(url, form_data(client, practice, summary="", problem="null", target_groups_final=None))
    assert response.status_code == 302, response.context["form"].errors
    complete = form_data(client, practice, summary="Af.", target_groups_final=groups, **{"action-publish": "1"})
    response = client.post(url, complete)
    assert response.status_code == 302, response.context["form"].errors
    assert PracticePage.objects.get(pk=practice.pk).live


def test_publishing_an_incomplete_draft_from_the_list_says_what_is_missing(cast: Cast, tree: Tree) -> None:
    draft, complete = make_practice(live=False, summary=""), make_practice(live=False)
    url = f"/beheer/bulk/wagtailcore/page/publish/?id={draft.pk}&id={complete.pk}&next=/beheer/"
    response = cast.client("moderator").post(url)
    assert response.status_code == 302
    assert expected("summary", draft) in said(response)
    assert not PracticePage.objects.live().exists()
    below = f"/beheer/bulk/wagtailcore/page/publish/?id={tree.index.pk}&next=/beheer/"
    response = cast.client("moderator").post(below, {"include_descendants": "on"})
    assert response.status_code == 302
    assert expected("summary", draft) in said(response)
    assert not PracticePage.objects.live().exists()


def test_approving_an_incomplete_draft_says_what_is_missing(cast: Cast) -> None:
    draft = make_practice(live=False, summary="")
    state = draft.get_workflow().start(draft, cast.editor)
    state.current_task_state.approve(user=cast.editor)
    state.refresh_from_db()
    url = reverse("wagtailadmin_pages:workflow_action", args=[draft.pk, "approve", state.current_task_state.pk])
    response = cast.client("moderator").post(url, {"comment": ""})
    assert response.status_code == 302
    assert expected("summary", draft) in said(response)
    draft = PracticePage.objects.get(pk=draft.pk)
    assert not draft.live
    assert draft.current_workflow_state is not None


def test_the_workflow_publishes_a_complete_draft(cast: Cast) -> None:
    draft = make_practice(live=False)
    state = draft.get_workflow().start(draft, cast.editor)
    for user in (cast.editor, cast.moderator):
        state.refresh_from_db()
        state.current_task_state.specific.approve(user=user)
    assert PracticePage.objects.get(pk=draft.pk).live


def test_no_code_can_make_an_incomplete_practice_live(cast: Cast) -> None:
    draft = make_practice(live=False, lessons_learned="<p></p>")
    with pytest.raises(ValidationError):
        draft.get_latest_revision().publish()
    assert not PracticePage.objects.get(pk=draft.pk).live


def test_an_incomplete_draft_gets_no_moment_to_go_live_and_holds_up_no_other(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    soon = timezone.now() + datetime.timedelta(hours=1)
    draft = make_practice(live=False, lessons_learned="<p></p>", go_live_at=soon)
    complete = make_practice(live=False, go_live_at=soon)
    with pytest.raises(ValidationError):
        draft.save_revision().publish(user=cast.moderator)
    complete.save_revision().publish(user=cast.moderator)
    waiting = Revision.objects.filter(approved_go_live_at__isnull=False)
    assert [revision.object_id for revision in waiting] == [str(complete.pk)]
    monkeypatch.setattr(timezone, "now", lambda: soon + datetime.timedelta(minutes=1))
    call_command("publish_scheduled")
    assert set(PracticePage.objects.live()) == {complete}


def test_the_form_of_a_new_practice_opens(cast: Cast, tree: Tree) -> None:
    url = reverse("wagtailadmin_pages:add", args=["practices", "practicepage", tree.index.pk])
    assert cast.client("editor").get(url).status_code == 200


def test_an_incomplete_draft_can_be_previewed(cast: Cast) -> None:
    draft = make_practice(live=False, summary="", problem="", approach=[], steward=None, review_date=None)
    client = cast.client("editor")
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[draft.pk])
    data = form_data(client, draft, summary="", target_groups_final=None, main_level=None, steward=None)
    assert client.post(url, data).json()["is_valid"]
    assert client.get(url).status_code == 200
    assert client.get(reverse("wagtailadmin_pages:view_draft", args=[draft.pk])).status_code == 200


def test_publishing_with_a_review_date_gone_by_warns(cast: Cast) -> None:
    practice = make_practice(live=False)
    groups = [str(concept.pk) for concept in practice.target_groups_final.all()]
    client = cast.client("moderator")
    late = {"review_date": "2020-01-01", "target_groups_final": groups, "action-publish": "1"}
    response = client.post(reverse("wagtailadmin_pages:edit", args=[practice.pk]), form_data(client, practice, **late))
    assert response.status_code == 302
    assert PracticePage.objects.get(pk=practice.pk).live
    assert any(message.level_tag == "warning" for message in get_messages(response.wsgi_request))
