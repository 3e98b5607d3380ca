"""VVSG's pages: only for whoever manages members, whatever else somebody may do in the admin."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import gettext

from people.models import LivcMembership, Membership, Organisation, OrganisationDomain, Role
from people.services import joining, leaving
from practices.models import PracticePage
from tests.factories import let_into_livc, make_organisation, make_practice, make_user
from tests.people.conftest import Town

pytestmark = [pytest.mark.django_db, pytest.mark.any_database, pytest.mark.slow]
PAGES = (
    "queue",
    "request",
    "livc",
    "livc_grant",
    "livc_confirm",
    "livc_end",
    "merge",
    "members",
    "ownerless",
    "history",
)


@pytest.fixture
def asked(town: Town) -> Membership:
    return joining.request_membership(user=make_user(), organisation=town.organisation, motivation="Ik werk er.")


@pytest.fixture
def row(town: Town) -> LivcMembership:
    return let_into_livc(town.member.user, days=20)


def url_of(name: str, town: Town, asked: Membership, row: LivcMembership) -> str:
    arguments = {"request": asked.pk, "livc_confirm": row.pk, "livc_end": row.pk, "merge": town.organisation.pk}
    arguments["history"] = town.member.pk
    return reverse(f"members_admin:{name}", args=[arguments[name]] if name in arguments else [])


@pytest.mark.parametrize("name", PAGES)
def test_who_opens_the_pages_of_vvsg(town, cast, asked, row, name):
    url = url_of(name, town, asked, row)
    assert town.client("keeper").get(url).status_code == 200
    assert town.client("anonymous").get(url).status_code == 302
    for client in (town.client("manager"), cast.client("editor"), cast.client("moderator")):
        response = client.get(url, follow=True)
        assert "members_admin" not in str(response.resolver_match.namespaces) or response.status_code == 403


@pytest.mark.parametrize("name", ["request", "livc_grant", "livc_confirm", "livc_end", "merge"])
def test_who_may_not_changes_nothing(town, cast, asked, row, name):
    data = {
        "decision": "approve",
        "on_word_of": "x",
        "reason": "x",
        "into": town.other.pk,
        "membership": town.manager.pk,
    }
    for client in (town.client("manager"), cast.client("moderator"), town.client("anonymous")):
        client.post(url_of(name, town, asked, row), data)
    asked.refresh_from_db()
    row.refresh_from_db()
    assert asked.state == "requested"
    assert row.ended_on is None
    assert LivcMembership.objects.count() == 1
    assert Organisation.objects.get(pk=town.organisation.pk).merged_into is None


def test_lists_are_only_read(town):
    for name in ("queue", "livc"):
        assert town.client("keeper").post(reverse(f"members_admin:{name}")).status_code == 405


def test_approving_and_refusing_from_the_queue(town, asked):
    client, url = town.client("keeper"), reverse("members_admin:request", args=[asked.pk])
    assert asked.user.email in client.get(reverse("members_admin:queue")).content.decode()
    assert client.post(url, {"decision": "refuse", "reason": " "}).status_code == 422
    assert client.post(url, {"decision": ""}).status_code == 422
    assert client.post(url, {"decision": "approve", "roles": ["employee", "manager"]}).status_code == 302
    asked.refresh_from_db()
    assert asked.is_active
    assert client.post(url, {"decision": "refuse", "reason": "Toch niet"}).status_code == 422
    assert asked.user.email not in client.get(reverse("members_admin:queue")).content.decode()


def test_granting_confirming_and_ending_a_place_in_the_circle(town):
    client = town.client("keeper")
    grant = reverse("members_admin:livc_grant")
    assert client.post(grant, {"membership": town.member.pk, "on_word_of": ""}).status_code == 422
    late = {"membership": town.member.pk, "on_word_of": "Coos", "until": "2099-01-01"}
    assert client.post(grant, late).status_code == 422
    assert client.post(grant, {"membership": town.member.pk, "on_word_of": "Coos"}).status_code == 302
    row = LivcMembership.objects.get()
    assert row.granted_by == town.keeper
    assert client.post(reverse("members_admin:livc_confirm", args=[row.pk]), {"on_word_of": "Coos"}).status_code == 302
    assert client.post(reverse("members_admin:livc_end", args=[row.pk]), {"reason": "weg"}).status_code == 302
    row.refresh_from_db()
    assert row.ended_by == town.keeper


def test_the_list_says_what_ends_soon(town, row):
    let_into_livc(town.manager.user, days=200)
    context = town.client("keeper").get(reverse("members_admin:livc")).context
    assert [found.pk for found in context["soon"]] == [row.pk]
    assert len(context["later"]) == 1


def test_merging_shows_what_moves_and_offers_the_same_kind(town, asked):
    make_organisation("Politiezone", "police_zone")
    client, url = town.client("keeper"), reverse("members_admin:merge", args=[town.organisation.pk])
    response = client.get(url)
    assert list(response.context["moves"].values())[:2] == [2, 1]
    assert {found.name for found in response.context["form"].fields["into"].queryset} == {"Aalst"}
    assert client.post(url, {"into": ""}).status_code == 422
    assert client.post(url, {"into": town.other.pk}).status_code == 302
    assert Organisation.objects.get(pk=town.organisation.pk).merged_into == town.other
    assert client.get(url).status_code in {302, 403}


def test_the_report_names_pages_without_a_steward_and_organisations_without_a_manager(town):
    gone = make_user(is_active=False)
    make_practice(title="Weg", steward=gone)
    make_practice(title="Goed", steward=town.manager.user)
    make_practice(title="Vertrokken", steward=make_user())
    town.stranger.role_rows.filter(role="manager").delete()
    response = town.client("keeper").get(reverse("members_admin:ownerless"))
    assert {found.title for found in response.context["object_list"]} == {"Weg", "Vertrokken", "Aalst"}
    practices = str(PracticePage._meta.verbose_name_plural)
    watched = response.context["watched"]
    assert (watched[gettext("organisations with members")], watched[practices]) == (2, 3)
    assert f"{practices} (3)" in response.content.decode()
    export = town.client("keeper").get(reverse("members_admin:ownerless") + "?export=csv")
    assert b"Vertrokken" in b"".join(export.streaming_content)


def test_the_list_of_members_is_filtered_and_exported_without_formulas(town):
    town.member.user.first_name = "=1+1"
    town.member.user.save()
    url, client = reverse("members_admin:members"), town.client("keeper")
    rows = client.get(url, {"role": "manager", "organisation": town.other.pk}).context["object_list"]
    assert [found.pk for found in rows] == [town.stranger.pk]
    text = b"".join(client.get(url + "?export=csv").streaming_content).decode()
    assert "'=1+1" in text


def test_the_dashboard_counts_for_keepers_only(town, cast, asked, row):
    queue, home = reverse("members_admin:queue"), reverse("wagtailadmin_home")
    assert queue in town.client("keeper").get(home).content.decode()
    assert queue not in cast.client("moderator").get(home).content.decode()


def test_an_organisation_gets_domains_in_the_admin_and_bad_ones_are_refused(town):
    client, url = town.client("keeper"), reverse("organisations:edit", args=[town.organisation.pk])
    data = {
        "name": "Mechelen",
        "kind": "municipality",
        "nis_code": town.organisation.nis_code,
        "kbo_number": "0207.499.430",
        "ovo_code": "ovo 002 949",
        "province": "antwerpen",
        "domains-TOTAL_FORMS": "1",
        "domains-INITIAL_FORMS": "0",
        "domains-MIN_NUM_FORMS": "0",
        "domains-MAX_NUM_FORMS": "1000",
        "domains-0-domain": "gmail.com",
    }
    assert client.post(url, data).status_code == 200
    assert not OrganisationDomain.objects.exists()
    assert client.post(url, data | {"domains-0-domain": "@Mechelen.example"}).status_code == 302
    assert OrganisationDomain.objects.get().domain == "mechelen.example"
    saved = Organisation.objects.get(pk=town.organisation.pk)
    assert (saved.kbo_number, saved.ovo_code) == ("0207499430", "OVO002949")


@pytest.mark.parametrize("code", ["OVO12", "002949", "OVO002949"])
def test_an_ovo_code_that_is_none_or_another_ones_is_refused(town, code):
    make_organisation("Gent", ovo_code="OVO002949")
    town.organisation.ovo_code = code
    with pytest.raises(ValidationError):
        town.organisation.full_clean()


def test_only_people_who_can_keep_a_page_are_offered_as_steward(town, cast):
    page = make_practice(steward=town.manager.user)
    outsider = make_user()
    response = cast.client("moderator").get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    offered = set(response.context["form"].fields["steward"].queryset)
    assert outsider not in offered
    assert {town.manager.user, cast.moderator} <= offered


def test_the_history_says_who_changed_what_in_words(town):
    leaving.change_roles(membership=town.member, roles=["employee", "decider"], by=town.manager.user)
    url = reverse("members_admin:history", args=[town.member.pk])
    (line,) = town.client("keeper").get(url).context["lines"]
    assert line.event.by == town.manager.user
    assert (line.old, line.new) == (Role.EMPLOYEE.label, f"{Role.EMPLOYEE.label}, {Role.DECIDER.label}")


@pytest.mark.parametrize("name", ["queue", "livc", "members"])
def test_lists_cost_the_same_for_one_and_for_many(town, asked, row, name):
    url, client = reverse(f"members_admin:{name}"), town.client("keeper")

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        return len(captured)

    queries()
    few = queries()
    for _number in range(5):
        joining.request_membership(user=make_user(), organisation=town.organisation, motivation="x")
        let_into_livc(make_user())
    assert queries() <= few
