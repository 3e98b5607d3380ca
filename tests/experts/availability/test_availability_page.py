"""The page on which an expert says when she is free: who may open it, and what each of its forms does."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from experts.availability.reading import fetching
from experts.availability.reading.refusals import Unreadable
from experts.models import AvailabilityException, AvailabilityRules, BusyTime, CalendarSource, ExpertAccount
from tests.experts.availability.calendar_host import calendar, lines
from tests.experts.factories import acting_for, make_decider, make_expert
from tests.factories import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.any_database, pytest.mark.slow]


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def expert():
    return make_expert(always_free=False)


@pytest.fixture
def eva(expert):
    return signed_in(acting_for(expert))


def page_of(expert):
    return reverse("availability", args=[expert.pk])


def soon(days=10):
    return timezone.localdate() + datetime.timedelta(days=days)


def appointment():
    return calendar(lines(UID="a", DTSTART=f"{soon():%Y%m%d}T090000", DTEND=f"{soon():%Y%m%d}T100000"))


def addresses(expert):
    exception = expert.exceptions.create(first=soon(), last=soon())
    return [
        page_of(expert),
        reverse("availability_feed_renew", args=[expert.pk]),
        reverse("availability_exception", args=[exception.pk]),
        reverse("availability_exception_remove", args=[exception.pk]),
    ]


def test_who_acts_for_nobody_or_for_somebody_else_finds_nothing(expert, eva):
    strangers = [signed_in(user) for user in (make_user("x@y.be"), acting_for(make_expert()), make_decider())]
    for url in addresses(expert):
        assert Client().get(url).status_code == 302
        assert Client().post(url).status_code == 302
        assert eva.get(url).status_code == 200
        for stranger in strangers:
            assert (stranger.get(url).status_code, stranger.post(url, {"step": "week"}).status_code) == (404, 404)
    assert AvailabilityException.objects.count() == 1


def test_who_no_longer_acts_for_her_finds_nothing(expert, eva):
    ExpertAccount.objects.all().delete()
    assert eva.get(page_of(expert)).status_code == 404


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(expert, eva, method):
    assert getattr(eva, method)(page_of(expert)).status_code == 405
    assert getattr(eva, method)(reverse("my_availability")).status_code == 405


def test_the_short_address_leads_to_her_own(expert, eva):
    assert eva.get(reverse("my_availability")).url == page_of(expert)
    assert signed_in(make_user("x@y.be")).get(reverse("my_availability")).status_code == 404


def test_several_people_may_act_for_one_expert_and_one_for_several(expert, eva):
    other, colleague = make_expert(title="Bureau Anders"), make_user("collega@voorbeeld.be")
    for each in (expert, other):
        ExpertAccount.objects.create(expert=each, user=colleague)
    client = signed_in(colleague)
    assert client.get(page_of(expert)).status_code == 200
    assert page_of(other) in client.get(page_of(expert)).content.decode()
    assert page_of(other) not in eva.get(page_of(expert)).content.decode()


def test_a_step_that_does_not_exist_changes_nothing(expert, eva):
    assert eva.post(page_of(expert), {"step": "alles"}).status_code == 404
    assert eva.post(page_of(expert), {}).status_code == 404


def test_the_week_is_what_she_ticked(expert, eva):
    expert.weekly.create(weekday=4, day_part="evening")
    expert.weekly.create(weekday=0, day_part="morning")
    done = eva.post(page_of(expert), {"step": "week", "week": ["0-morning", "2-afternoon"]})
    assert done.status_code == 302
    assert {(row.weekday, row.day_part) for row in expert.weekly.all()} == {(0, "morning"), (2, "afternoon")}
    assert eva.post(page_of(expert), {"step": "week"}).status_code == 302
    assert not expert.weekly.exists()


@pytest.mark.parametrize("value", ["7-morning", "0-night", "-1-morning", "x"])
def test_a_day_part_that_does_not_exist_is_refused(expert, eva, value):
    assert eva.post(page_of(expert), {"step": "week", "week": [value]}).status_code == 422
    assert not expert.weekly.exists()


RULES = {
    "step": "rules",
    "lead_days": "14",
    "max_per_week": "3",
    "home_province": "limburg",
    "buffer_near": "0",
    "buffer_far": "2",
}


def test_limits_are_saved(expert, eva):
    eva.post(page_of(expert), {**RULES, "works_on_holidays": "on"})
    rules = AvailabilityRules.objects.get(expert=expert)
    assert (rules.lead_days, rules.max_per_week, rules.home_province, rules.buffer_far) == (14, 3, "limburg", 2)
    assert rules.works_on_holidays


@pytest.mark.parametrize(
    "wrong",
    [{"lead_days": "-1"}, {"lead_days": "9" * 20}, {"max_per_week": "22"}, {"buffer_far": "4"}, {"buffer_near": "x"}],
)
def test_limits_out_of_bounds_keep_what_was_typed(expert, eva, wrong):
    refused = eva.post(page_of(expert), {**RULES, **wrong})
    assert refused.status_code == 422
    ((name, value),) = wrong.items()
    form = refused.context["forms"]["rules"]
    assert name in form.errors
    assert form[name].value() == value
    assert AvailabilityRules.objects.get(expert=expert).max_per_week == 21


def exception(**overrides):
    return {
        "step": "exception",
        "free": "False",
        "first": soon().isoformat(),
        "last": soon(12).isoformat(),
        **overrides,
    }


def test_an_exception_is_added_changed_and_removed_after_asking(expert, eva):
    assert eva.post(page_of(expert), exception(note="verlof", day_part="morning")).status_code == 302
    made = expert.exceptions.get()
    assert (made.first, made.last, made.free, made.day_part, made.note) == (
        soon(),
        soon(12),
        False,
        "morning",
        "verlof",
    )
    assert "verlof" in eva.get(page_of(expert)).content.decode()
    change, remove = (reverse(f"availability_exception{step}", args=[made.pk]) for step in ("", "_remove"))
    assert eva.post(change, exception(free="True", day_part="")).status_code == 302
    made.refresh_from_db()
    assert (made.free, made.day_part) == (True, "")
    assert eva.get(change).context["form"]["free"].value() == "True"
    assert eva.get(remove).status_code == 200
    assert expert.exceptions.exists()
    assert eva.post(remove).status_code == 302
    assert not expert.exceptions.exists()
    assert eva.post(remove).status_code == 404


def test_without_a_last_day_an_exception_is_one_day(expert, eva):
    eva.post(page_of(expert), exception(last=""))
    assert expert.exceptions.get().last == soon()


@pytest.mark.parametrize(
    "wrong",
    [
        {"first": ""},
        {"first": "2026-02-30"},
        {"last": soon(9).isoformat()},
        {"last": "9999-12-31"},
        {"first": "0001-01-01"},
        {"day_part": "night"},
        {"free": "misschien"},
        {"note": "x" * 121},
    ],
)
def test_an_exception_that_cannot_be_keeps_what_was_typed(expert, eva, wrong):
    refused = eva.post(page_of(expert), exception(**{"note": "verlof", **wrong}))
    assert refused.status_code == 422
    form = refused.context["forms"]["exception"]
    assert form.errors
    for name, value in wrong.items():
        assert form[name].value() == value
    assert not expert.exceptions.exists()


def test_an_address_is_read_at_once(expert, eva, monkeypatch, django_capture_on_commit_callbacks):
    asked = []
    monkeypatch.setattr(fetching, "fetch", lambda url, way=None: asked.append(url) or appointment())
    with django_capture_on_commit_callbacks(execute=True):
        done = eva.post(page_of(expert), {"step": "address", "url": " webcal://agenda.voorbeeld.be/eva.ics?s=1 "})
    assert done.status_code == 302
    assert asked == ["https://agenda.voorbeeld.be/eva.ics?s=1"]
    assert BusyTime.objects.filter(expert=expert).count() == 1
    with django_capture_on_commit_callbacks(execute=True):
        assert eva.post(page_of(expert), {"step": "fetch"}).status_code == 302
    assert len(asked) == 2


@pytest.mark.parametrize(
    "url", ["http://agenda.voorbeeld.be/e.ics", "https://a:b@c.be/", "hallo", "", "https://c.be:8080/"]
)
def test_an_address_that_is_refused_says_why_and_stays_in_the_form(expert, eva, url):
    refused = eva.post(page_of(expert), {"step": "address", "url": url})
    assert refused.status_code == 422
    assert refused.context["forms"]["address"].errors
    assert refused.context["forms"]["address"]["url"].value() == url
    assert not CalendarSource.objects.exists()


def test_what_went_wrong_stands_on_the_page_without_the_address(
    expert, eva, monkeypatch, django_capture_on_commit_callbacks
):
    def refuse(url, way=None):
        raise Unreadable("Niemand thuis.")

    monkeypatch.setattr(fetching, "fetch", refuse)
    with django_capture_on_commit_callbacks(execute=True):
        eva.post(page_of(expert), {"step": "address", "url": "https://agenda.voorbeeld.be/geheim.ics"})
    content = eva.get(page_of(expert)).content.decode()
    assert "Niemand thuis." in content
    assert "geheim.ics" not in content


def test_a_file_is_read_and_then_forgotten(expert, eva):
    file = SimpleUploadedFile("agenda.ics", appointment())
    assert eva.post(page_of(expert), {"step": "upload", "file": file}).status_code == 302
    assert BusyTime.objects.filter(expert=expert).count() == 1
    assert "agenda.ics" in eva.get(page_of(expert)).content.decode()
    assert eva.post(page_of(expert), {"step": "fetch"}).status_code == 404
    assert eva.post(page_of(expert), {"step": "forget"}).status_code == 302
    assert not BusyTime.objects.exists()


@pytest.mark.parametrize("content", [b"geen agenda", b"\x00", b"x" * (fetching.MAX_BYTES + 1)])
def test_a_file_that_is_no_calendar_is_refused(expert, eva, content):
    refused = eva.post(page_of(expert), {"step": "upload", "file": SimpleUploadedFile("x.ics", content)})
    assert refused.status_code == 422
    assert refused.context["forms"]["upload"].errors
    assert eva.post(page_of(expert), {"step": "upload"}).status_code == 422


def test_the_page_shows_eight_weeks_as_tables(expert, eva):
    """On a Sunday evening nothing of this week is left: that one has a line instead."""
    for part in ("morning", "evening"):
        for day in range(7):
            expert.weekly.create(weekday=day, day_part=part)
    shown = eva.get(page_of(expert))
    assert len(shown.context["weeks"]) == 8
    html = shown.content.decode()
    assert html.count('class="free-week"') + html.count('class="free-week__none"') == 8
    assert html.count('class="free-week"') >= 7


def test_an_expert_without_rules_gets_the_ordinary_ones(expert, eva):
    AvailabilityRules.objects.all().delete()
    assert eva.get(page_of(expert)).status_code == 200
    assert AvailabilityRules.objects.get(expert=expert).lead_days == 7


def test_a_calendar_that_fails_for_a_day_is_asked_about(expert, eva):
    source = CalendarSource.objects.create(expert=expert, url="https://a.be/x", error="Weg.", fetched_at=timezone.now())
    here = f"{page_of(expert)}#address"
    assert here not in eva.get(reverse("my_page")).content.decode()
    CalendarSource.objects.update(fetched_at=timezone.now() - datetime.timedelta(days=2))
    assert here in eva.get(reverse("my_page")).content.decode()
    assert here not in signed_in(make_user("x@y.be")).get(reverse("my_page")).content.decode()
    source.error = ""
    source.save()
    assert here not in eva.get(reverse("my_page")).content.decode()
