"""The audit log: what writes a line, and who reads it."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from people.models import AuditAction, AuditEntry, User
from people.services import leaving
from tests.factories import PASSWORD, make_practice, make_user

pytestmark = pytest.mark.django_db
STATUS = {"anonymous": 302, "practitioner": 302, "editor": 302, "moderator": 302, "admin": 200}


def of(action, **filters):
    return list(AuditEntry.objects.filter(action=action, **filters).order_by("pk"))


@pytest.fixture
def confirmed(cast):
    EmailAddress.objects.create(user=cast.practitioner, email=cast.practitioner.email, verified=True, primary=True)
    return cast.practitioner


def sign_in(email, password=PASSWORD):
    client = Client()
    client.post(reverse("account_login"), {"login": email, "password": password})
    return client


# Who reads it


@pytest.mark.parametrize("name", ["audit_log", "audit_log_results"])
@pytest.mark.parametrize("role", STATUS)
def test_only_administrators_read_it(cast, role, name):
    assert cast.client(role).get(reverse(name)).status_code == STATUS[role]


def test_somebody_with_the_permission_reads_it(cast):
    group = Group.objects.create(name="Privacy")
    group.permissions.add(Permission.objects.get(content_type__app_label="people", codename="view_auditentry"))
    cast.moderator.groups.add(group)

    assert cast.client("moderator").get(reverse("audit_log")).status_code == 200


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_it_is_read_and_nothing_else(cast, method):
    assert getattr(cast.client("admin"), method)(reverse("audit_log")).status_code == 405


def test_the_menu_shows_it_to_administrators_only(cast):
    url = reverse("audit_log")

    assert url in cast.client("admin").get("/beheer/").content.decode()
    assert url not in cast.client("editor").get("/beheer/").content.decode()


def test_it_is_searched_by_text_action_person_and_period(cast):
    cast.editor.groups.add(Group.objects.create(name="Zeldzame groep"))
    client, url = cast.client("admin"), reverse("audit_log")

    def found(**asked):
        return [entry.details for entry in client.get(url, asked).context["object_list"]]

    line = {"added": ["Zeldzame groep"]}
    assert line in found(q="zeldzame")
    assert line in found(q="Redacteur")
    assert found(q="komt niet voor") == []
    assert line in found(action="rights.groups")
    assert line not in found(action="export")
    assert line in found(person=cast.editor.pk)
    assert line not in found(person=cast.practitioner.pk)
    assert found(at_to="2020-01-01") == []


@pytest.mark.parametrize("extension", ["csv", "xlsx"])
def test_an_export_is_a_line_itself(cast, extension):
    response = cast.client("admin").get(reverse("audit_log"), {"export": extension, "q": "geheim"})

    assert response.status_code == 200
    (line,) = of("export")
    assert (line.actor, line.details) == (
        cast.admin,
        {"address": reverse("audit_log"), "asked": ["export", "q"]},
    )


def test_a_formula_in_a_title_stays_text_in_the_export(cast):
    make_practice(title="=1+1", live=False).save_revision().publish()

    content = b"".join(cast.client("admin").get(reverse("audit_log"), {"export": "csv"}).streaming_content).decode()

    assert "'=1+1" in content


def test_the_list_costs_the_same_for_one_line_as_for_many(cast, django_assert_max_num_queries):
    client, url = cast.client("admin"), reverse("audit_log_results")
    client.get(url)
    for _number in range(30):
        make_user()

    with django_assert_max_num_queries(20):
        client.get(url)


# What writes a line


def test_signing_in_and_out(confirmed):
    sign_in(confirmed.email).post(reverse("account_logout"))

    assert [line.subject for line in of("login.success") + of("login.logout")] == [confirmed, confirmed]


def test_a_wrong_password_names_the_account_only(confirmed):
    sign_in(confirmed.email, "een-ander-wachtwoord")

    (line,) = of("login.failed")
    assert (line.subject, line.actor, line.details) == (confirmed, None, {"by": "password"})


def test_an_address_that_we_do_not_know_is_not_written(cast):
    sign_in("stiekem@elders.example")

    (line,) = of("login.failed")
    assert line.subject is None
    assert "stiekem" not in str([*AuditEntry.objects.values_list()])


def test_a_second_factor_that_comes_and_goes(cast, rf):
    factor = Authenticator(user=cast.editor, type="totp", data={"secret": "GEHEIM"})
    for signal in (authenticator_added, authenticator_removed):
        signal.send(Authenticator, request=_with_session(rf, cast.editor), user=cast.editor, authenticator=factor)

    lines = of("factor.added") + of("factor.removed")
    assert [(line.subject, line.details) for line in lines] == [(cast.editor, {"kind": "totp"})] * 2


def _with_session(rf, user):
    request = rf.get("/")
    request.session, request.user = {}, user
    return request


def test_a_new_password(confirmed):
    client = sign_in(confirmed.email)
    new = "een-heel-ander-lang-wachtwoord"
    client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new})

    assert [line.subject for line in of("password.changed")] == [confirmed]


def test_groups_are_given_and_taken(cast):
    group = Group.objects.create(name="Proef")
    cast.practitioner.groups.add(group)
    cast.practitioner.groups.remove(group)
    group.user_set.add(cast.practitioner)
    cast.practitioner.groups.clear()

    lines = of("rights.groups", subject=cast.practitioner)
    assert [line.details for line in lines] == [{"added": ["Proef"]}, {"removed": ["Proef"]}] * 2


def test_an_administrator_changes_rights_in_the_admin(cast):
    url = reverse("wagtailusers_users:edit", args=[cast.practitioner.pk])
    fields = {name: getattr(cast.practitioner, name) for name in ("email", "first_name", "last_name")}
    response = cast.client("admin").post(url, {**fields, "is_active": "on", "is_superuser": "on"})

    assert response.status_code == 302
    (line,) = of("rights.administrator", subject=cast.practitioner)
    assert (line.actor, line.details) == (cast.admin, {"is_superuser": True})


def test_permissions_of_a_person_and_of_a_group(cast):
    permission = Permission.objects.get(codename="view_auditentry")
    group = Group.objects.create(name="Proef")
    cast.editor.user_permissions.add(permission)
    group.permissions.add(permission)
    group.permissions.clear()

    lines = of("rights.permissions")[-3:]
    assert [line.details for line in lines] == [
        {"added": ["view_auditentry"]},
        {"added": ["view_auditentry"]},
        {"removed": ["view_auditentry"]},
    ]
    assert [line.object_label for line in lines] == ["", "Proef", "Proef"]


def test_an_account_that_is_switched_off(cast):
    cast.practitioner.is_active = False
    cast.practitioner.save()

    assert [line.details for line in of("account.switched")] == [{"is_active": False}]


def test_a_sign_in_writes_no_line_about_rights(cast):
    before = AuditEntry.objects.count()
    cast.admin.save(update_fields=["last_login"])

    assert AuditEntry.objects.count() == before


def test_roles_of_a_member_once_and_by_whom(town):
    AuditEntry.objects.filter()._raw_delete("default")
    leaving.change_roles(membership=town.member, roles=["employee", "officer"], by=town.manager.user)

    (line,) = AuditEntry.objects.all()
    assert (line.action, line.actor, line.subject) == ("membership.roles", town.manager.user, town.member.user)
    assert line.object_label == "Mechelen"
    assert line.details == {"old": "employee", "new": "employee, officer"}


def test_the_end_of_a_membership(town):
    leaving.end(membership=town.member, by=town.manager.user)

    (line,) = of("membership.state", subject=town.member.user, details__new="ended")
    assert line.actor == town.manager.user


def test_who_may_see_a_page(cast):
    page = make_practice()
    restriction = PageViewRestriction.objects.create(page=page, restriction_type="groups")
    restriction.groups.add(Group.objects.create(name="Kring"))
    restriction.delete()

    lines = of("audience.changed", object_id=str(page.pk))
    assert [line.details for line in lines] == [
        {"audience": "groups"},
        {"audience": "groups", "groups": ["Kring"]},
        {"audience": "public"},
    ]


def test_who_may_see_the_documents_of_a_collection(cast):
    collection = Collection.get_first_root_node().add_child(name="Besloten")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")

    assert [line.object_label for line in of("audience.changed")] == ["Besloten"]


def test_a_page_that_is_published_unpublished_moved_and_deleted(cast, tree):
    page = make_practice(title="Een praktijk", live=False)
    page.save_revision(user=cast.editor).publish()
    page.refresh_from_db()
    page.unpublish()
    page.move(tree.home, pos="last-child")
    type(page).objects.get(pk=page.pk).delete()

    lines = AuditEntry.objects.filter(object_id=str(page.pk), action__startswith="page.").order_by("pk")
    assert [line.action for line in lines] == ["page.published", "page.unpublished", "page.moved", "page.deleted"]
    assert {line.object_label for line in lines} == {"Een praktijk"}
    assert lines[0].actor == cast.editor


def test_publishing_in_the_admin_names_who_did_it(cast):
    page = make_practice(live=False)
    page.save_revision(user=cast.editor)
    cast.client("admin").post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]))
    page.refresh_from_db()
    page.live = True
    page.save()
    cast.client("admin").post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]))

    assert of("page.unpublished")[-1].actor == cast.admin


def test_an_export_of_the_listing_by_somebody_signed_in(cast):
    url = reverse("practice_export", args=["csv"])
    cast.client("anonymous").get(url)
    assert of("export") == []

    cast.client("practitioner").get(url)
    assert [(line.actor, line.details["address"]) for line in of("export")] == [(cast.practitioner, url)]


def test_nobody_is_named_in_the_log(cast, town):
    """People stand in it by their account only, so that nothing has to change when one is made anonymous."""
    leaving.end(membership=town.member, by=town.manager.user, reason="Mia Lid vertrekt")

    text = str([*AuditEntry.objects.values_list("object_label", "details")])
    names = [word for user in User.objects.all() for word in (user.email, user.get_full_name())]
    assert not [name for name in names if name in text]


def test_every_action_has_a_name(cast):
    assert all(action.label for action in AuditAction)
