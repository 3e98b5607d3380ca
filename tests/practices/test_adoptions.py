"""What other municipalities experienced with a practice: shown once they agree, found by its words, kept by editors."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import TaskState

from home.setup.permissions import EDITORS
from people.models import Organisation
from practices.choices import Outcome
from practices.models import Adoption, PracticePage
from practices.search import build, document_id
from practices.services import draft_practice_from, note_adoption
from search.models import OutboxEntry
from tests.factories import make_organisation, make_practice, make_user

pytestmark = pytest.mark.django_db
TEXT = "De buurtvaders kwamen niet opdagen."


@pytest.fixture
def practice(tree):
    return make_practice()


def noted(practice, **overrides):
    fields = {"year": 2025, "outcome": Outcome.FAILED, "text": TEXT, **overrides}
    fields.setdefault(
        "organisation", Organisation.objects.filter(name="Zeveren").first() or make_organisation("Zeveren")
    )
    return note_adoption(practice=practice, **fields)


def section(client, practice):
    page = client.get(practice.url).content.decode()
    return page.partition('id="ervaringen"')[2].partition("</section>")[0]


def test_a_practice_nobody_told_about_says_so(client, practice):
    assert "experiences" not in section(client, practice)
    assert section(client, practice).count("<p") == 1


def test_an_experience_stands_on_the_page_also_when_it_failed(client, practice):
    noted(practice, adapted="Met jongeren in plaats van vaders.", source="Gesprek")

    shown = section(client, practice)
    assert all(word in shown for word in ("Zeveren", "2025", TEXT, "Met jongeren", "Gesprek", "experience--failed"))
    assert str(Outcome.FAILED.label).capitalize() in shown


def test_the_newest_comes_first(client, practice):
    town = make_organisation()
    for year in (2021, 2024, 2022):
        noted(practice, year=year, organisation=town)

    shown = section(client, practice)
    assert sorted((2021, 2022, 2024), key=lambda year: shown.index(str(year))) == [2024, 2022, 2021]


def test_what_the_municipality_did_not_agree_to_is_neither_shown_nor_found(client, practice):
    adoption = noted(practice)
    Adoption.objects.filter(pk=adoption.pk).update(consented_on=None)

    assert TEXT not in section(client, practice)
    assert TEXT not in next(iter(build([document_id(practice.pk)]))).body


def test_markup_in_an_experience_is_text(client, practice):
    noted(practice, text="<script>alert(1)</script>")

    assert "<script>" not in section(client, practice)


def test_it_is_found_as_text_of_the_practice_and_followed(practice):
    OutboxEntry.objects.all().delete()
    adoption = noted(practice)

    assert OutboxEntry.objects.filter(document_id=document_id(practice.pk)).exists()
    assert TEXT in next(iter(build([document_id(practice.pk)]))).body
    OutboxEntry.objects.all().delete()
    adoption.delete()
    assert OutboxEntry.objects.filter(document_id=document_id(practice.pk)).exists()


def test_the_paper_version_stays_as_it_was(client, practice):
    from practices.pdf.data import pdf_data

    noted(practice)

    assert TEXT not in str(pdf_data(practice, url="https://voorbeeld.be/x", site_title="A").as_dict())


def test_publishing_an_older_version_keeps_what_came_in_since(practice):
    revision = practice.save_revision()
    noted(practice)

    revision.publish()

    assert practice.adoptions.count() == 1


def form_of(practice, **overrides):
    return {
        "practice": practice.pk,
        "organisation": make_organisation().pk,
        "year": 2024,
        "outcome": "worked",
        "text": "Het werkte.",
        "adapted": "",
        "source": "",
        "consented_on": "2026-01-05",
        **overrides,
    }


def test_editors_write_it_in_the_admin_and_others_do_not(cast, practice):
    url = reverse("adoptions:add")
    for role in ("anonymous", "practitioner"):
        assert cast.client(role).post(url, form_of(practice)).status_code in (302, 403)
    assert not Adoption.objects.exists()

    cast.client("editor").post(url, form_of(practice))

    assert Adoption.objects.get().outcome == Outcome.WORKED
    assert cast.client("editor").get(reverse("adoptions:list")).status_code == 200


@pytest.mark.parametrize("wrong", [{"year": 1200}, {"outcome": "great"}, {"text": ""}])
def test_an_impossible_experience_is_refused(cast, practice, wrong):
    assert cast.client("editor").post(reverse("adoptions:add"), form_of(practice, **wrong)).status_code == 200
    assert not Adoption.objects.exists()


def test_only_final_editors_delete(cast, practice):
    url = reverse("adoptions:delete", args=[noted(practice).pk])

    cast.client("editor").post(url)
    assert Adoption.objects.count() == 1
    cast.client("moderator").post(url)
    assert Adoption.objects.count() == 0


def test_the_beginning_of_a_practice_waits_for_editors_and_nobody_else_sees_it(cast, client):
    owner, town = make_user(), make_organisation()
    draft = draft_practice_from(title="Les", text="Eerste <b>regel</b>\n\nTweede", organisation=town, owner=owner)

    assert (draft.live, draft.owner, draft.contact_organisation) == (False, owner, town)
    assert draft.lessons_learned == "<p>Eerste &lt;b&gt;regel&lt;/b&gt;</p><p>Tweede</p>"
    assert not PracticePage.objects.live().exists()
    waiting = TaskState.objects.get(status=TaskState.STATUS_IN_PROGRESS)
    assert Group.objects.get(name=EDITORS) in waiting.task.specific.groups.all()
    assert cast.client("editor").get(reverse("wagtailadmin_pages:edit", args=[draft.pk])).status_code == 200
