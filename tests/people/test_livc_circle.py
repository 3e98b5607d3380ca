"""A place in the LIVC-R: on the coordinator's word, never longer than a year, and over on time without any task."""

import datetime

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.core.management import call_command
from django.utils import timezone
from django.utils.formats import date_format
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from people import changes, personal_data
from people.audiences import audiences_of
from people.models import AuditEntry, LivcMembership, Role, User
from people.services import livc
from people.services.errors import MembershipError
from tests.factories import let_into_livc, make_document, make_practice

pytestmark = pytest.mark.django_db
WORD = "Coördinator Coos Voorbeeld, per mail van 3 december"


def token() -> str:
    return f"group:{Group.objects.get_or_create(name='LIVC-R')[0].pk}"


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def test_granting_gives_the_right_with_history(town):
    row = livc.grant(membership=town.member, on_word_of=WORD, by=town.keeper)
    assert token() in audiences_of(fresh(town.member.user))
    assert row.valid_until == livc.a_year_after(timezone.localdate())
    assert town.member.events.get(kind="livc").why == WORD
    with pytest.raises(MembershipError):
        livc.grant(membership=town.member, on_word_of=WORD, by=town.keeper)


@pytest.mark.parametrize("days", [-1, 367])
def test_it_is_never_for_longer_than_a_year(town, days):
    until = timezone.localdate() + datetime.timedelta(days=days)
    with pytest.raises(MembershipError):
        livc.grant(membership=town.member, on_word_of=WORD, by=town.keeper, until=until)


def test_it_needs_somebodys_word_and_an_active_member(town):
    with pytest.raises(MembershipError):
        livc.grant(membership=town.member, on_word_of=" ", by=town.keeper)
    town.member.state, town.member.ended_on = "ended", timezone.localdate()
    town.member.save()
    with pytest.raises(MembershipError):
        livc.grant(membership=town.member, on_word_of=WORD, by=town.keeper)


def test_the_last_day_counts_and_the_day_after_does_not(town):
    let_into_livc(town.member.user, days=0)
    assert token() in audiences_of(fresh(town.member.user))
    User.objects.filter(pk=town.member.user.pk).update(livc_until=timezone.localdate() - datetime.timedelta(days=1))
    assert Group.objects.get(name="LIVC-R") in fresh(town.member.user).groups.all()  # no task has run
    assert token() not in audiences_of(fresh(town.member.user))


def test_wagtail_too_refuses_after_the_last_day_without_any_task(town):
    row = let_into_livc(town.member.user)
    page = make_practice()
    PageViewRestriction.objects.create(page=page, restriction_type="groups").groups.add(
        Group.objects.get(name="LIVC-R")
    )
    collection = Collection.get_first_root_node().add_child(name="Besloten")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="groups").groups.add(
        Group.objects.get(name="LIVC-R")
    )
    document = make_document(collection=collection)
    client = town.client("member")
    assert client.get(page.url).status_code == 200
    assert client.get(document.url).status_code == 200

    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    LivcMembership.objects.filter(pk=row.pk).update(valid_from=yesterday, valid_until=yesterday)
    User.objects.filter(pk=town.member.user.pk).update(livc_until=yesterday)

    assert client.get(document.url).status_code != 200
    assert client.get(page.url).status_code != 200


def test_nobody_else_puts_people_in_the_circle(town):
    town.member.user.groups.add(Group.objects.get_or_create(name="LIVC-R")[0])
    assert set(town.member.user.groups.values_list("name", flat=True)) == {"Professionals"}
    Group.objects.get(name="LIVC-R").user_set.add(town.member.user)
    assert set(town.member.user.groups.values_list("name", flat=True)) == {"Professionals"}


def test_confirming_is_for_another_year_and_asks_again_later(town):
    row = let_into_livc(town.member.user, days=5, reminded_on=timezone.localdate())
    livc.confirm(row=row, on_word_of=WORD, by=town.keeper)
    row.refresh_from_db()
    assert row.valid_until == livc.a_year_after(timezone.localdate())
    assert row.reminded_on is None
    assert fresh(town.member.user).livc_until == row.valid_until


def test_the_daily_command_ends_and_reminds_once(town, django_capture_on_commit_callbacks):
    over = let_into_livc(town.member.user, days=-1)
    soon = let_into_livc(town.manager.user, days=20)
    let_into_livc(town.stranger.user, days=200)
    for _again in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            call_command("expire_memberships", verbosity=0)
    over.refresh_from_db()
    soon.refresh_from_db()
    assert over.ended_on == timezone.localdate()
    assert soon.ended_on is None
    told = sorted(message.to[0] for message in mail.outbox)
    assert told == sorted([town.member.user.email, town.manager.user.email, town.keeper.email])


def test_somebody_who_is_switched_off_has_no_rights(town):
    user = town.member.user
    let_into_livc(user)
    user.is_active = False
    user.save()
    assert not user.groups.exists()


def test_asking_for_the_tokens_costs_one_query(town, django_assert_num_queries):
    user = fresh(town.member.user)
    with django_assert_num_queries(1):
        audiences_of(user)


def test_she_and_whoever_reads_the_log_read_it_in_words(town):
    row = livc.grant(membership=town.member, on_word_of=WORD, by=town.keeper)
    livc.end(row=row, by=town.keeper, reason="Andere dienst")

    hers = personal_data.as_data(town.member.user)
    log = [entry.what for entry in AuditEntry.objects.filter(subject=town.member.user)]
    for told in (str(hers), str(log)):
        assert "granted until" not in told
        assert date_format(row.valid_until, "j F Y") in told
    assert (
        changes.guessed(f"{Role.EMPLOYEE.value}, {Role.COORDINATOR.value}")
        == f"{Role.EMPLOYEE.label}, {Role.COORDINATOR.label}"
    )
    assert changes.guessed("Petra, employee") is None
