"""A member passes what she answers for to a colleague: her own things only, to people of her own organisation only."""

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from people import holdings
from people.audiences import Audience
from people.models import AuditEntry
from people.services import handing_over
from people.services.closing import set_page_audience
from people.services.errors import MembershipError, SuccessorNeededError
from practices.models import PracticePage
from tests.factories import let_into_livc, make_member, make_practice, make_user
from tests.people.conftest import Town

pytestmark = pytest.mark.django_db
URL = "/mijn/overdragen/"


def steward_of(page: PracticePage) -> str:
    return PracticePage.objects.get(pk=page.pk).steward.email


def test_everything_passes_to_a_colleague_with_history_and_a_mail(town: Town, django_capture_on_commit_callbacks):
    user, colleague = town.member.user, town.manager.user
    page, draft = make_practice(steward=user, title="Praatcafé"), make_practice(steward=user, live=False)
    client = town.client("member")
    assert "Praatcafé" in client.get(reverse("my_page")).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(URL, {"everything_to": colleague.pk}).status_code == 302
    assert {steward_of(page), steward_of(draft)} == {colleague.email}
    event = town.member.events.get(kind="stewardship")
    assert (event.by, event.old, event.new) == (user, str(user), str(colleague))
    assert AuditEntry.objects.filter(action="membership.stewardship", actor=user).exists()
    (message,) = mail.outbox
    assert message.to == [colleague.email]
    assert "Praatcafé" in message.body
    assert holdings.held_by(user) == []
    assert "Praatcafé" not in client.get(reverse("my_page")).content.decode()


def test_one_thing_passes_and_the_rest_stays(town: Town):
    user, colleague = town.member.user, make_member(None, town.organisation).user
    kept, passed = make_practice(steward=user), make_practice(steward=user)
    assert town.client("member").post(URL, {f"page-{passed.pk}": colleague.pk}).status_code == 302
    assert (steward_of(kept), steward_of(passed)) == (user.email, colleague.email)


def test_naming_nobody_changes_nothing_and_says_so(town: Town):
    page = make_practice(steward=town.member.user)
    response = town.client("member").post(URL, {"everything_to": "", f"page-{page.pk}": ""})
    assert response.status_code == 422
    assert response.context["form"].non_field_errors()
    assert steward_of(page) == town.member.user.email


@pytest.mark.parametrize("who", ["herself", "stranger", "switched off", "nobody's"])
def test_only_a_colleague_can_be_named(town: Town, who: str):
    user = town.member.user
    page = make_practice(steward=user)
    new = {
        "herself": user,
        "stranger": town.stranger.user,
        "switched off": make_member(make_user(is_active=False), town.organisation).user,
        "nobody's": make_user(),
    }[who]
    assert town.client("member").post(URL, {"everything_to": new.pk}).status_code == 422
    with pytest.raises(SuccessorNeededError):
        handing_over.hand_over(user=user, everything_to=new)
    assert steward_of(page) == user.email


def test_nobody_passes_on_what_another_answers_for(town: Town):
    page, mine = make_practice(steward=town.member.user), make_practice(steward=town.manager.user)
    colleague = make_member(None, town.organisation).user
    data = {f"page-{page.pk}": colleague.pk, f"page-{mine.pk}": colleague.pk}
    assert town.client("manager").post(URL, data).status_code == 302
    assert (steward_of(page), steward_of(mine)) == (town.member.user.email, colleague.email)
    for role, status in {"anonymous": 302, "stranger": 422, "keeper": 422}.items():
        assert town.client(role).post(URL, data).status_code == status
        assert steward_of(page) == town.member.user.email


def test_who_holds_nothing_or_has_no_colleague_is_told_so(town: Town):
    assert "<form" not in main(town.client("stranger"))
    make_practice(steward=town.stranger.user)
    assert "<form" not in main(town.client("stranger"))
    with pytest.raises(MembershipError):
        handing_over.hand_over(user=town.stranger.user)


def main(client: Client) -> str:
    html = client.get(URL).content.decode()
    return html[html.index("<main") : html.index("</main>")]


def test_the_title_of_what_is_closed_is_told_to_nobody_who_may_not_read_it(
    town: Town, django_capture_on_commit_callbacks
):
    user = town.member.user
    page = make_practice(steward=user, title="Vertrouwelijke aanpak")
    set_page_audience(page, Audience.LIVC_R)
    url = reverse("member_end", args=[town.member.pk])
    assert "Vertrouwelijke" not in town.client("manager").get(url).content.decode()
    assert "everything_to" in town.client("manager").get(url).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        assert town.client("member").post(URL, {"everything_to": town.manager.user.pk}).status_code == 302
    assert "Vertrouwelijke" not in mail.outbox[-1].body
    for name in ("my_page", "hand_over", "my_data", "delete_me"):
        assert "Vertrouwelijke" not in town.client("manager").get(reverse(name)).content.decode(), name
    let_into_livc(town.manager.user)
    other = make_member(None, town.organisation)
    make_practice(steward=other.user, title="Open aanpak")
    set_page_audience(make_practice(steward=other.user, title="Besloten aanpak"), Audience.LIVC_R)
    html = town.client("manager").get(reverse("member_end", args=[other.pk])).content.decode()
    assert "Open aanpak" in html
    assert "Besloten aanpak" in html


def test_who_wants_to_delete_her_account_is_led_here(town: Town):
    client = town.client("member")
    assert URL not in client.get(reverse("delete_me")).content.decode()
    make_practice(steward=town.member.user)
    assert URL in client.get(reverse("delete_me")).content.decode()


def test_the_wrong_method_is_refused(town: Town):
    assert town.client("member").put(URL).status_code == 405
