"""An expert changes her own profile: texts wait for VVSG, private data holds at once, and it is nobody else's."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image
from wagtail.models import WorkflowState

from core.mail.models import OutgoingMail
from experts.directory import profile
from experts.models import ExpertAccount, ExpertPage, ExpertPrivate
from taxonomy.models import Scheme
from tests.experts.factories import acting_for, make_desk, make_expert
from tests.factories import make_concept, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.any_database, pytest.mark.slow]
NAMES = ("my_expert", "my_expert_profile", "my_expert_private", "my_expert_reference")


@pytest.fixture
def expert(cast):
    return make_expert(title="Anna Anker", biography="<p>Een.</p><p>Twee <b>vet</b>.</p>")


@pytest.fixture
def hers(expert):
    client = Client()
    client.force_login(acting_for(expert))
    return client


def sent(expert, **changes):
    """What the form of her profile sends back, as it is drawn."""
    offer = expert.offers.get()
    fields = {
        "summary": expert.summary,
        "about": "Een.\n\nTwee vet.",
        "level_secondary": "on",
        "offers-TOTAL_FORMS": "2",
        "offers-INITIAL_FORMS": "1",
        "offers-MIN_NUM_FORMS": "0",
        "offers-MAX_NUM_FORMS": "1000",
        "offers-0-id": str(offer.pk),
        "offers-0-kind": offer.kind,
        "offers-0-title": offer.title,
        "offers-0-day_parts": "1",
        "offers-0-languages": ["nl"],
        "offers-0-provinces": ["antwerpen"],
        "offers-0-online": "on",
        "offers-0-municipality_cost": "0",
        "offers-1-day_parts": "1",
        "offers-1-municipality_cost": "0",
    }
    return {**fields, **changes}


def live(expert):
    return ExpertPage.objects.get(pk=expert.pk)


@pytest.mark.parametrize("name", NAMES)
def test_only_who_acts_for_her_opens_it(cast, expert, hers, name):
    url = reverse(name, args=[expert.pk])
    other = Client()
    other.force_login(acting_for(make_expert()))
    desk = Client()
    desk.force_login(make_desk())

    assert cast.client("anonymous").get(url).status_code == 302
    for client in (cast.client("practitioner"), cast.client("editor"), other, desk):
        assert client.get(url).status_code == 404
        assert client.post(url, {}).status_code in {404, 405}
    assert hers.get(url).status_code == 200
    assert hers.delete(url).status_code == 405


def test_a_change_of_texts_waits_and_visitors_see_the_old_page(hers, expert, client):
    response = hers.post(
        reverse("my_expert_profile", args=[expert.pk]), sent(expert, summary="Nieuwe korte tekst.", about="Drie.")
    )

    assert response.status_code == 302
    assert live(expert).summary == expert.summary
    assert profile.waiting(live(expert))
    assert "Nieuwe korte tekst" not in client.get(expert.url).content.decode()
    assert profile.latest(live(expert)).biography == "<p>Drie.</p>"
    assert hers.get(reverse("my_page")).context["sections"][0]


def test_approval_by_both_steps_brings_it_to_visitors_and_mails_her(hers, expert, cast, client):
    theme = make_concept("polarisatie", Scheme.THEME)
    changes = {"summary": "Nieuwe korte tekst.", "themes": [theme.pk], "offers-0-title": "Anders geheten"}
    hers.post(reverse("my_expert_profile", args=[expert.pk]), sent(expert, **changes))
    OutgoingMail.objects.all().delete()
    for _step in range(2):
        state = live(expert).current_workflow_state
        state.current_task_state.task.specific.on_action(state.current_task_state, cast.moderator, "approve")
    page = live(expert)

    assert (page.summary, page.offers.get().title) == ("Nieuwe korte tekst.", "Anders geheten")
    assert list(page.themes.all()) == [theme]
    assert page.offers.get().pk == expert.offers.get().pk
    assert page.biography == expert.biography  # left alone: what an editor made of it stays
    mail = OutgoingMail.objects.get(to=acting_for(expert).email)
    assert reverse("my_expert", args=[expert.pk]) in mail.body
    assert "beheer" not in mail.body


def test_a_refusal_is_mailed_with_the_reason_and_a_link_to_her_own_page(hers, expert, cast, mailoutbox):
    hers.post(reverse("my_expert_profile", args=[expert.pk]), sent(expert, summary="Anders."))
    OutgoingMail.objects.all().delete()
    mailoutbox.clear()
    state = live(expert).current_workflow_state
    task_state = state.current_task_state
    task_state.task.specific.on_action(task_state, cast.moderator, "reject", comment="Te lang")

    mail = OutgoingMail.objects.get(to=acting_for(expert).email)
    assert "Te lang" in mail.body
    assert reverse("my_expert", args=[expert.pk]) in mail.body
    assert not profile.waiting(live(expert))
    assert "Te lang" in hers.get(reverse("my_expert", args=[expert.pk])).content.decode()
    assert not [one for one in mailoutbox if acting_for(expert).email in one.to]


def test_a_second_change_replaces_the_first(hers, expert):
    url = reverse("my_expert_profile", args=[expert.pk])
    for words in ("Een keer.", "Nog een keer."):
        hers.post(url, sent(expert, summary=words))

    running = WorkflowState.objects.filter(object_id=str(expert.pk), status=WorkflowState.STATUS_IN_PROGRESS)
    assert running.count() == 1
    assert profile.latest(live(expert)).summary == "Nog een keer."


@pytest.mark.parametrize(
    "changes",
    [
        {"summary": ""},
        {"summary": "x" * 301},
        {"level_secondary": ""},
        {"offers-0-languages": []},
        {"offers-0-languages": ["klingon"]},
        {"offers-0-day_parts": "0"},
        {"offers-0-group_min": "9", "offers-0-group_max": "3"},
        {"themes": ["999999"]},
    ],
)
def test_what_is_wrong_comes_back_and_changes_nothing(hers, expert, changes):
    response = hers.post(reverse("my_expert_profile", args=[expert.pk]), sent(expert, **changes))

    assert response.status_code == 422
    assert not profile.waiting(live(expert))


def test_she_cannot_set_what_is_vvsgs(hers, expert):
    extra = {"title": "Iemand anders", "pool_until": "2099-01-01", "offers-0-pool_cost": "9999", "steward": "1"}
    hers.post(reverse("my_expert_profile", args=[expert.pk]), sent(expert, **extra))
    written = profile.latest(live(expert))

    assert (written.title, written.pool_until, written.steward) == (expert.title, None, expert.steward)
    assert written.offers.get().pool_cost == expert.offers.get().pool_cost


def test_markup_in_her_text_is_text(hers, expert):
    hers.post(reverse("my_expert_profile", args=[expert.pk]), sent(expert, about="<script>alert(1)</script>"))

    assert "<script>" not in profile.latest(live(expert)).biography


def test_a_locked_page_says_so(hers, expert):
    ExpertPage.objects.filter(pk=expert.pk).update(locked=True)
    response = hers.post(reverse("my_expert_profile", args=[expert.pk]), sent(expert, summary="Anders."))

    assert response.status_code == 422
    assert not profile.waiting(live(expert))


def test_private_data_holds_at_once_and_notes_of_vvsg_stay(hers, expert):
    ExpertPrivate.objects.filter(expert=expert).update(notes="Van VVSG")
    url = reverse("my_expert_private", args=[expert.pk])
    response = hers.post(url, {"email": "", "mobile": "0499 11 22 33", "iban": "", "notes": "van haar"})
    private = ExpertPrivate.objects.get(expert=expert)

    assert response.status_code == 302
    assert (private.mobile, private.notes) == ("0499 11 22 33", "Van VVSG")
    assert "Van VVSG" not in hers.get(url).content.decode()


def test_who_acts_for_two_chooses(hers, expert):
    assert hers.get(reverse("my_experts")).status_code == 302
    other = make_expert(title="Bert Boei")
    ExpertAccount.objects.create(expert=other, user=acting_for(expert))
    page = hers.get(reverse("my_experts"))

    assert page.status_code == 200
    assert [found.title for found in page.context["experts"]] == ["Anna Anker", "Bert Boei"]


def test_an_organisation_with_two_accounts_serves_both(hers, expert):
    colleague = make_user()
    ExpertAccount.objects.create(expert=expert, user=colleague)
    second = Client()
    second.force_login(colleague)

    assert second.get(reverse("my_expert", args=[expert.pk])).status_code == 200
    ExpertAccount.objects.filter(user=colleague).delete()
    assert second.get(reverse("my_expert", args=[expert.pk])).status_code == 404
    assert hers.get(reverse("my_expert", args=[expert.pk])).status_code == 200


def test_whoever_acts_for_nobody_reads_that(cast):
    response = cast.client("practitioner").get(reverse("my_experts"))

    assert response.status_code == 200
    assert not response.context["experts"]


def picture(name="anna.png", content=None):
    file = io.BytesIO()
    Image.new("RGB", (40, 40), "navy").save(file, "PNG")
    return SimpleUploadedFile(name, content or file.getvalue(), content_type="image/png")


def test_a_new_photo_waits_like_the_texts(hers, expert):
    hers.post(reverse("my_expert_profile", args=[expert.pk]), sent(expert, new_photo=picture()))

    assert live(expert).photo is None
    photo = profile.latest(live(expert)).photo
    assert (photo.title, photo.width, photo.uploaded_by_user) == ("Anna Anker", 40, acting_for(expert))


def test_a_photo_can_be_taken_away(hers, expert):
    hers.post(reverse("my_expert_profile", args=[expert.pk]), sent(expert, new_photo=picture()))
    hers.post(reverse("my_expert_profile", args=[expert.pk]), sent(expert, no_photo="on"))
    assert profile.latest(live(expert)).photo is None


@pytest.mark.parametrize("file", [("page.html", b"<script>1</script>"), ("anna.png", b"\x89PNG\r\n\x1a\nkapot")])
def test_what_is_no_picture_is_refused_and_the_texts_stay(hers, expert, file):
    fields = sent(expert, summary="Mijn nieuwe tekst.", new_photo=picture(*file))
    response = hers.post(reverse("my_expert_profile", args=[expert.pk]), fields)
    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {"new_photo"}
    assert "Mijn nieuwe tekst." in response.content.decode()
    assert not profile.waiting(live(expert))
