"""What has passed its term goes or becomes anonymous; what has not stays; running it again does nothing."""

import datetime

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry, Revision

from core import retention
from core.mail.models import OutgoingMail
from people.models import AuditEntry, Invitation, Membership, User
from practices.models import ImportUpload
from search.log.models import AskedSearch
from tests.factories import make_member, make_organisation, make_practice, make_user

pytestmark = pytest.mark.django_db


def ago(days):
    return timezone.now() - datetime.timedelta(days=days)


def run(name):
    """One rule; how many it found. What it counts before is what it does."""
    due = retention.run(rehearse=True, only=[name])[0].count
    (outcome,) = retention.run(only=[name])
    assert outcome.error == ""
    assert outcome.count == due
    assert retention.run(rehearse=True, only=[name])[0].count == 0, "a second run finds nothing"
    return outcome.count


def user_of(days, **fields):
    user = make_user(**fields)
    User.objects.filter(pk=user.pk).update(date_joined=ago(days))
    user.refresh_from_db()
    return user


def confirm(user):
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)


# Accounts


def test_an_account_that_was_never_confirmed_goes_after_a_month():
    old, young = user_of(31), user_of(29)

    assert run("not_activated") == 1
    assert set(User.objects.filter(pk__in=[old.pk, young.pk])) == {young}


@pytest.mark.parametrize("reason", ["confirmed", "signed_in", "group", "superuser", "member"])
def test_an_account_that_somebody_made_or_uses_stays(db, reason):
    user = user_of(400)
    if reason == "confirmed":
        confirm(user)
    elif reason == "group":
        user.groups.add(Group.objects.create(name="Proef"))
    elif reason == "member":
        make_member(user, make_organisation())
    else:
        User.objects.filter(pk=user.pk).update(
            **{"signed_in": {"last_login": ago(300)}, "superuser": {"is_superuser": True}}[reason]
        )

    assert run("not_activated") == 0
    assert User.objects.filter(pk=user.pk).exists()


@pytest.fixture
def unused(db):
    user = user_of(1200)
    confirm(user)
    User.objects.filter(pk=user.pk).update(last_login=ago(1100))
    user.refresh_from_db()
    return user


def test_an_unused_account_is_warned_once(unused):
    assert run("inactive") == 1
    assert run("inactive") == 0

    unused.refresh_from_db()
    assert unused.warned_on == timezone.localdate()
    assert OutgoingMail.objects.filter(to=unused.email).count() == 1
    assert unused.deleted_at is None


def test_it_is_deleted_a_month_after_the_warning_and_not_before(unused):
    for days, expected in ((29, 0), (30, 1)):
        User.objects.filter(pk=unused.pk).update(warned_on=timezone.localdate() - datetime.timedelta(days=days))
        assert run("inactive_warning") == expected

    unused.refresh_from_db()
    assert unused.deleted_at is not None


def test_signing_in_keeps_the_account(unused):
    User.objects.filter(pk=unused.pk).update(
        warned_on=timezone.localdate() - datetime.timedelta(days=40), last_login=ago(10)
    )

    assert run("inactive_warning") == 0


def test_a_warning_of_years_ago_counts_for_nothing(unused):
    User.objects.filter(pk=unused.pk).update(warned_on=timezone.localdate() - datetime.timedelta(days=1150))

    assert run("inactive_warning") == 0
    assert run("inactive") == 1


def test_administrators_are_not_deleted_by_a_clock(unused):
    User.objects.filter(pk=unused.pk).update(is_superuser=True)

    assert run("inactive") == 0


def test_a_steward_who_never_comes_stays_for_people_to_solve(unused, cast):
    make_practice(steward=unused)
    User.objects.filter(pk=unused.pk).update(warned_on=timezone.localdate() - datetime.timedelta(days=40))
    (outcome,) = retention.run(only=["inactive_warning"])

    assert (outcome.count, outcome.error) == (0, "")
    unused.refresh_from_db()
    assert unused.deleted_at is None


# Invitations and requests


def test_old_invitations_go(town):
    for number, days in enumerate((91, 89)):
        Invitation.objects.create(
            organisation=town.organisation, email=f"{days}@x.example", token_hash=str(number), expires_at=ago(days)
        )

    assert run("invitations") == 1
    assert [found.email for found in Invitation.objects.all()] == ["89@x.example"]


def test_refused_and_withdrawn_requests_go_and_real_memberships_stay(town):
    def make(state, days, **fields):
        user = make_user()
        return Membership.objects.create(
            user=user,
            organisation=town.organisation,
            origin="approval",
            state=state,
            requested_at=ago(days),
            **fields,
        )

    today = timezone.localdate()
    gone = [make("refused", 366), make("ended", 366, ended_on=today)]
    stay = [make("refused", 364), make("requested", 400), make("ended", 400, since=today, ended_on=today)]

    assert run("refused_requests") == 2
    kept = set(Membership.objects.values_list("pk", flat=True))
    assert not kept & {row.pk for row in gone}
    assert kept >= {row.pk for row in stay}


# Traces


def test_sessions_that_ended_go_with_their_address(cast):
    Session.objects.create(session_key="oud", session_data="", expire_date=ago(1))
    Session.objects.create(session_key="nieuw", session_data="", expire_date=ago(-1))
    for key in ("oud", "nieuw", "weg"):
        UserSession.objects.create(user=cast.editor, ip="192.0.2.1", user_agent="", session_key=key)

    assert run("sessions") == 3
    assert [row.session_key for row in UserSession.objects.all()] == ["nieuw"]


def old_version(page, **fields):
    """A draft of years ago that later ones replaced."""
    revision = page.save_revision()
    page.save_revision()
    Revision.objects.filter(pk=revision.pk).update(created_at=ago(800), **fields)
    return revision


def test_replaced_drafts_go_and_nothing_else_of_a_page(tree, cast):
    page = make_practice()
    draft = old_version(page)
    published = page.save_revision(user=cast.editor)
    published.publish(user=cast.admin)
    later = page.save_revision()
    later.publish(user=cast.admin)
    page.refresh_from_db()
    latest = page.save_revision()
    Revision.objects.filter(pk__in=[published.pk, later.pk, latest.pk]).update(created_at=ago(800))
    young = page.save_revision()
    newest = page.save_revision()
    Revision.objects.filter(pk=young.pk).update(created_at=ago(700))

    run("revisions")
    left = set(Revision.objects.values_list("pk", flat=True))
    assert draft.pk not in left
    assert {published.pk, later.pk, young.pk, newest.pk} <= left


def test_what_waits_for_its_hour_stays(tree):
    planned = old_version(make_practice(), approved_go_live_at=ago(-10))

    run("revisions")

    assert Revision.objects.filter(pk=planned.pk).exists()


def test_the_last_version_stays_however_old(tree):
    page = make_practice()
    revision = page.save_revision()
    Revision.objects.filter(pk=revision.pk).update(created_at=ago(4000))

    run("revisions")

    assert Revision.objects.filter(pk=revision.pk).exists()


def test_a_version_that_is_being_checked_stays(tree, cast):
    page = make_practice()
    revision = page.save_revision(user=cast.editor)
    page.get_workflow().start(page, cast.editor)
    page.save_revision()
    Revision.objects.filter(pk=revision.pk).update(created_at=ago(900))

    run("revisions")

    assert Revision.objects.filter(pk=revision.pk).exists()


def test_old_lines_of_the_admin_lose_their_name(tree, cast):
    page = make_practice()
    for days in (1826, 1824):
        PageLogEntry.objects.create(
            page=page, action="wagtail.edit", timestamp=ago(days), user=cast.editor, label="x", content_type_id=1
        )

    assert run("admin_log") == 1
    assert PageLogEntry.objects.filter(action="wagtail.edit", user=cast.editor).count() == 1
    assert PageLogEntry.objects.filter(action="wagtail.edit").count() == 2


def test_old_lines_of_the_audit_log_go(db):
    for days in (731, 729):
        AuditEntry.objects.create(action="export", at=ago(days))

    assert run("audit_log") == 1
    assert AuditEntry.objects.filter(action="export").count() == 1


def test_mails_that_no_server_took_go(db):
    for days in (31, 29):
        OutgoingMail.objects.create(to="x@y.example", subject=str(days), body="", created_at=ago(days))

    assert run("mails") == 1
    assert OutgoingMail.objects.get().subject == "29"


def test_spreadsheets_that_nobody_imported_go(cast):
    for days in (8, 6):
        row = ImportUpload.objects.create(user=cast.editor, name=str(days), content=b"")
        ImportUpload.objects.filter(pk=row.pk).update(created_at=ago(days))

    assert run("practice_uploads") == 1
    assert ImportUpload.objects.get().name == "6"


def test_counts_of_searches_go(db):
    for days in (400, 390):
        AskedSearch.objects.create(day=timezone.localdate() - datetime.timedelta(days=days), text=str(days))

    assert run("search_log") == 1


# The command and the page


def test_a_rehearsal_changes_nothing_and_says_what_is_due(db, capsys):
    user_of(31)
    call_command("retention", "--dry-run")

    assert User.objects.count() == 1
    line = next(line for line in capsys.readouterr().out.splitlines() if line.startswith("not_activated"))
    assert line.split() == ["not_activated", "30", "1"]


def test_the_command_writes_what_it_did_in_the_audit_log(db):
    user_of(31)
    call_command("retention", verbosity=0)

    assert AuditEntry.objects.get(action="retention").details == {"not_activated": 1}


def test_a_rule_that_fails_keeps_no_other_from_its_work(db, monkeypatch, capsys):
    def fail():
        raise ValueError("kapot")

    broken = retention.Rule("broken", "x", "y", "mails", lambda: 0, fail, order=1)
    monkeypatch.setitem(retention._rules, "broken", broken)
    user_of(31)
    with pytest.raises(SystemExit):
        call_command("retention")

    assert User.objects.count() == 0
    assert "kapot" in capsys.readouterr().out


def test_every_term_is_a_setting_and_every_setting_a_term():
    assert {rule.term for rule in retention.rules()} == set(settings.RETENTION_DAYS)


def test_the_audit_log_is_kept_longer_than_the_database_demands():
    assert settings.RETENTION_DAYS["audit_log"] > 366


def test_the_term_of_searches_is_the_one_that_search_itself_uses():
    assert abs(settings.RETENTION_DAYS["search_log"] - settings.SEARCH_LOG_MONTHS * retention.MONTH) < 1


@pytest.mark.parametrize("role", ["anonymous", "practitioner", "editor", "admin"])
def test_everybody_reads_the_terms(cast, role):
    response = cast.client(role).get(reverse("retention_terms"))

    assert response.status_code == 200
    page = response.content.decode()
    for rule in retention.rules():
        assert str(rule.term_text) in page


def test_the_terms_are_read_and_nothing_else(cast):
    assert cast.client("anonymous").post(reverse("retention_terms")).status_code == 405
