"""The demo content: complete, sourced, and safe to load again."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django import Settings
from wagtail.documents import get_document_model

from core.mail.models import OutgoingMail
from events.choices import EventKind, RegistrationState
from events.models import CaseBrought, EventPage, GroupMember, IntervisionGroup, Registration
from experts.choices import BookingState
from experts.models import Booking
from home.demo import loader, practices
from home.demo.loader import load_demo
from home.demo.people import DEMO_PEOPLE
from home.demo.practices import SOURCES, read_entries
from people.models import Organisation, OrganisationKind, User
from practices.completeness import missing_to_publish
from practices.models import PracticeIndexPage, PracticePage
from search.api import get_engine
from search.documents import kind_of
from search.verify import compare
from taxonomy.models import Concept

pytestmark = pytest.mark.django_db


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Six practices instead of all: enough for what happens the second time."""
    monkeypatch.setattr(practices, "read_entries", lambda: read_entries()[:6])
    monkeypatch.setattr(loader, "_load_materials", dict)


@pytest.fixture
def demo(tmp_path: Path, settings: Settings) -> str:
    """What `make run` does with an empty database; the words that the second command printed."""
    settings.SEARCH_INDEX_DIR = tmp_path / "search"
    settings.MEDIA_ROOT = tmp_path / "media"
    call_command("setup_site", verbosity=0)
    out = StringIO()
    call_command("load_demo", stdout=out)
    return out.getvalue()


@pytest.mark.slow
def test_it_fills_the_library(demo: str) -> None:
    assert PracticePage.objects.live().count() >= 60
    assert Concept.objects.count() >= 100
    assert Organisation.objects.municipalities().exclude(nis_code="").count() == 285
    assert Organisation.objects.filter(kind=OrganisationKind.VVSG).count() == 1
    assert get_document_model().objects.count() >= 4
    assert User.objects.filter(email__in=[person.email for person in DEMO_PEOPLE]).count() == len(DEMO_PEOPLE)
    practices = [found for found, _fingerprint in get_engine().ids() if kind_of(found) == "practice"]
    assert len(practices) == PracticePage.objects.live().count()
    assert not compare(get_engine())
    for page in PracticePage.objects.all():
        assert missing_to_publish(page) == {}, page.title
        assert page.sources.exists(), page.title
    bookings_are_in_every_state_and_of_nobody_real()
    events_show_what_can_happen_and_are_of_nobody_real()


def bookings_are_in_every_state_and_of_nobody_real() -> None:
    assert set(Booking.objects.values_list("state", flat=True)) == set(BookingState.values)
    assert not OutgoingMail.objects.exists()
    assert not Booking.objects.filter(organisation__nis_code__gt="").exists()


def events_show_what_can_happen_and_are_of_nobody_real() -> None:
    assert EventPage.objects.live().count() == 12
    assert set(EventPage.objects.values_list("kind", flat=True)) == set(EventKind.values)
    assert all("(demo)" in title for title in EventPage.objects.values_list("title", flat=True))
    seen = set(Registration.objects.values_list("state", flat=True))
    assert seen >= set(RegistrationState.values)
    assert not Registration.objects.filter(organisation__nis_code__gt="").exists(), (
        "nothing is said of a real municipality"
    )
    assert GroupMember.objects.filter(accepted_rules_at__isnull=False).count() >= 5
    assert CaseBrought.objects.filter(erased_at=None).exists()


@pytest.mark.slow
def test_loading_or_setting_up_again_doubles_nothing_and_leaves_what_editors_did(few: None, demo: str) -> None:
    index = PracticeIndexPage.objects.get()
    index.intro = "Onze eigen woorden."
    index.save_revision().publish()
    edited, untouched, removed = PracticePage.objects.order_by("pk")[:3]
    edited.title = "Door de redactie herschreven"
    edited.save_revision(user=User.objects.get(email=DEMO_PEOPLE[0].email)).publish()
    removed.delete()
    before = counts()

    call_command("load_demo", "--if-empty", verbosity=0)
    assert counts() == before, "a library with practices is left alone when asked"
    load_demo(progress=lambda text: None)
    call_command("setup_site", verbosity=0)

    assert counts() == (before[0] + 1, *before[1:]), "the practice that was gone is back"
    edited.refresh_from_db()
    assert edited.title == "Door de redactie herschreven"
    untouched.refresh_from_db()
    assert untouched.live
    index.refresh_from_db()
    assert index.intro == "Onze eigen woorden."


def counts() -> tuple[int, ...]:
    kinds = (PracticePage, Concept, get_document_model(), Booking, EventPage, Registration, IntervisionGroup)
    return tuple(kind.objects.count() for kind in kinds)


def test_every_fact_names_a_known_source_and_no_effect_is_claimed() -> None:
    for entry in read_entries():
        assert entry["sources"], entry["slug"]
        assert {source["document"] for source in entry["sources"]} <= set(SOURCES), entry["slug"]
        assert entry["observed_effect"] == "unknown", entry["slug"]
        assert entry["evidence_level"] in {"described", "well_described"}, entry["slug"]
        assert not any(entry.get(name) for name in ("contact_name", "contact_email", "contact_phone")), entry["slug"]
