import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.urls import reverse

from core.references import usage_counts, users_of
from practices.models import PracticePage
from taxonomy import services
from taxonomy.models import Concept
from tests.conftest import Cast
from tests.factories import Tree, make_concept, make_organisation, make_practice

pytestmark = pytest.mark.django_db


def test_merging_moves_every_page_and_keeps_the_old_word_findable(tree: Tree) -> None:
    old = make_concept("Dialoog", other_labels=["gesprek"])
    new = make_concept("Dialoogtafels", other_labels=["Gesprek"])
    only_old, both = make_practice(themes=[old]), make_practice(themes=[old, new])

    moved = services.merge(concept=old, into=new)

    assert moved == 2
    for practice in (only_old, both):
        assert list(PracticePage.objects.get(pk=practice.pk).themes.all()) == [new]
    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.merged_into, old.retired) == (new, True)
    assert new.other_labels == ["Gesprek", "Dialoog"]
    assert services.resolve(old.slug) == new


def test_a_draft_does_not_bring_a_merged_term_back(tree: Tree) -> None:
    old, new = make_concept("Oud"), make_concept("Nieuw")
    practice = make_practice(themes=[old])
    practice.title = "Een concept met wijzigingen"
    practice.save_revision()

    services.merge(concept=old, into=new)

    PracticePage.objects.get(pk=practice.pk).get_latest_revision().publish()
    practice = PracticePage.objects.get(pk=practice.pk)
    assert practice.title == "Een concept met wijzigingen"
    assert list(practice.themes.all()) == [new]


def test_merging_hands_over_narrower_related_and_formerly_merged_terms(tree: Tree) -> None:
    old, new, other = make_concept("Oud"), make_concept("Nieuw"), make_concept("Ander")
    narrower, earlier = make_concept("Smal", broader=old), make_concept("Eerder")
    old.related.add(other, new)
    services.merge(concept=earlier, into=old)
    services.merge(concept=old, into=new)
    narrower.refresh_from_db()
    assert narrower.broader == new
    assert list(new.related.all()) == [other]
    assert services.resolve(earlier.slug) == new


def test_merging_into_a_narrower_term_makes_no_circle(tree: Tree) -> None:
    old = make_concept("Breed")
    new = make_concept("Smal", broader=old)
    services.merge(concept=old, into=new)
    new.refresh_from_db()
    assert new.broader is None


@pytest.mark.parametrize("wrong", ["itself", "other_scheme", "retired", "twice"])
def test_a_merge_that_makes_no_sense_is_refused(tree: Tree, wrong: str) -> None:
    old, into = make_concept("Oud"), make_concept("Nieuw")
    if wrong == "itself":
        into = old
    elif wrong == "other_scheme":
        into = make_concept("Onderwijs", "sector")
    elif wrong == "retired":
        services.retire(concept=into)
    else:
        services.merge(concept=old, into=make_concept("Eerst"))
    with pytest.raises(services.VocabularyError):
        services.merge(concept=old, into=into)


def test_a_retired_term_stays_on_its_page_and_is_not_offered(tree: Tree) -> None:
    theme = make_concept("Oud")
    practice = make_practice(themes=[theme])
    services.retire(concept=theme)
    assert list(PracticePage.objects.get(pk=practice.pk).themes.all()) == [theme]
    assert theme not in Concept.objects.current()
    services.reinstate(concept=theme)
    assert theme in Concept.objects.current()


def test_a_term_or_organisation_in_use_cannot_be_deleted_by_any_way(tree: Tree) -> None:
    theme, town = make_concept("Dialoog"), make_organisation("Mechelen")
    practice = make_practice(themes=[theme], ran_in=[town], title="Praatcafé")
    for thing in (theme, town):
        assert users_of(thing) == [practice]
        assert usage_counts(type(thing))[thing.pk] == 1
        for ways in (thing, type(thing).objects.filter(pk=thing.pk)):
            with pytest.raises(ProtectedError), transaction.atomic():
                ways.delete()
    make_concept("Ongebruikt").delete()


def test_the_admin_pages_of_the_vocabulary_answer_and_ask(cast: Cast) -> None:
    theme, other = make_concept("Dialoog"), make_concept("Gesprek")
    make_practice(themes=[theme], title="Praatcafé")
    client = cast.client("moderator")
    for url in ("list", "add"):
        assert client.get(reverse(f"concepts:{url}")).status_code == 200
        assert client.get(reverse(f"organisations:{url}")).status_code == 200
    assert client.get(reverse("concepts:edit", args=[theme.pk])).status_code == 200
    deletion = client.get(reverse("concepts:delete", args=[theme.pk]))
    assert "Praatcafé" in deletion.content.decode()
    assert client.post(reverse("concepts:delete", args=[theme.pk])).status_code in {302, 403}
    assert Concept.objects.filter(pk=theme.pk).exists()
    merge_url = reverse("taxonomy_admin:merge", args=[theme.pk])
    assert "Praatcafé" in client.get(merge_url).content.decode()
    assert client.post(merge_url, {"into": ""}).status_code == 200
    assert client.post(merge_url, {"into": other.pk}).status_code == 302
    theme.refresh_from_db()
    assert theme.merged_into == other


def test_bulk_deletion_of_terms_in_use_gives_a_word_and_no_error(cast: Cast) -> None:
    theme = make_concept("Dialoog")
    make_practice(themes=[theme])
    url = f"/beheer/bulk/taxonomy/concept/delete/?id={theme.pk}&next=/beheer/snippets/"
    response = cast.client("admin").post(url)
    assert response.status_code == 302
    assert Concept.objects.filter(pk=theme.pk).exists()


@pytest.mark.parametrize(("role", "status"), [("anonymous", 302), ("practitioner", 302), ("editor", 200)])
@pytest.mark.parametrize("name", ["merge", "retire"])
def test_only_editors_change_the_vocabulary(cast: Cast, role: str, status: int, name: str) -> None:
    theme = make_concept("Dialoog")
    assert cast.client(role).get(reverse(f"taxonomy_admin:{name}", args=[theme.pk])).status_code == status


def test_other_labels_are_lines_and_the_slug_makes_itself(cast: Cast) -> None:
    data = {"scheme": "theme", "label": "Jeugd & Gezin", "other_labels": "kinderen\n\n Kinderen \nouders", "slug": ""}
    response = cast.client("editor").post(reverse("concepts:add"), data)
    assert response.status_code == 302, response.content.decode()[:2000]
    concept = Concept.objects.get(label="Jeugd & Gezin")
    assert concept.other_labels == ["Kinderen", "ouders"]
    assert concept.slug == "jeugd-gezin"


def test_a_term_is_not_broader_than_itself(tree: Tree) -> None:
    wide = make_concept("Breed")
    narrow = make_concept("Smal", broader=wide)
    wide.broader = narrow
    with pytest.raises(ValidationError):
        wide.full_clean()
