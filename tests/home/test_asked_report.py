"""What readers search for, as editors see it, and what they can do about it in one step."""

import datetime
import io

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from home.asked.models import HandledSearch
from keeping.models import WritingWish
from search.log.models import AskedSearch
from taxonomy.models import Concept, Scheme
from tests.conftest import Cast
from tests.factories import make_concept, make_practice
from tests.practices.conftest import index, reindex  # noqa: F401  # the fixture

pytestmark = pytest.mark.django_db
REPORT = "/beheer/reports/gezocht/"


def ask(text="", times=1, *, hits=3, opened=0, ago=1, filters=""):
    day = timezone.localdate() - datetime.timedelta(days=ago)
    return AskedSearch.objects.create(
        day=day, text=text, filters=filters, asked=times, opened=opened, hits=hits, fewest=hits
    )


def lines(client, query=""):
    response = client.get(f"{REPORT}?{query}")
    assert response.status_code == 200
    return list(response.context["table"].data)


def words(client, query=""):
    return [line.text for line in lines(client, query)]


@pytest.fixture
def asked(cast: Cast) -> None:
    ask("vaak", 9, opened=4)
    ask("vaak", 5, ago=200, hits=0)
    ask("niets", 4, hits=0)
    ask("gevonden sinds kort", 2, hits=0, ago=9)
    ask("gevonden sinds kort", 1, hits=2, ago=2)
    ask("lang geleden", 30, ago=100)


def test_days_add_up_to_questions(cast: Cast, asked: None) -> None:
    client = cast.client("editor")
    assert [(line.text, line.times, line.openings, line.found) for line in lines(client)] == [
        ("vaak", 9, 4, 3),
        ("niets", 4, 0, 0),
        ("gevonden sinds kort", 3, 0, 2),
    ]
    assert [(line.text, line.times) for line in lines(client, "period=365")] == [
        ("lang geleden", 30),
        ("vaak", 14),
        ("niets", 4),
        ("gevonden sinds kort", 3),
    ]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("which=nothing", ["niets"]),
        ("which=unopened", ["gevonden sinds kort"]),
        ("which=unopened&period=365", ["lang geleden", "gevonden sinds kort"]),
        ("ordering=text", ["gevonden sinds kort", "niets", "vaak"]),
        ("ordering=found", ["niets", "gevonden sinds kort", "vaak"]),
        ("ordering=-last", ["vaak", "niets", "gevonden sinds kort"]),
        ("ordering=openings&q=va", ["vaak"]),
        ("q=IETS", ["niets"]),
        ("which=onzin&period=x&since=nooit&handled=y&ordering=z&p=99", ["vaak", "niets", "gevonden sinds kort"]),
    ],
)
def test_the_lists_filter_sort_and_search(cast: Cast, asked: None, query: str, expected: list[str]) -> None:
    assert words(cast.client("editor"), query) == expected


def test_every_line_offers_what_an_editor_may_do(cast: Cast, asked: None) -> None:
    ask("", 1, filters="niveau=primary")
    html = cast.client("editor").get(REPORT).content.decode()
    assert html.count(f'action="{reverse("asked:wish")}"') == 4
    assert html.count(f'href="{reverse("asked:synonym")}?') == 3
    assert html.count(f'href="{reverse("asked:forget")}?') == 4
    assert "woorden=gevonden+sinds+kort&amp;filters=&amp;next=%2Fbeheer%2Freports%2Fgezocht%2F" in html
    group = cast.editor.groups.get()
    group.permissions.remove(*group.permissions.exclude(codename__in=["access_admin", "view_askedsearch"]))
    html = cast.client("editor").get(REPORT).content.decode()
    assert "vaak" in html
    assert "asked:" not in html
    assert reverse("asked:wish") not in html
    assert reverse("asked:synonym") not in html


def test_a_period_can_be_chosen(cast: Cast, asked: None) -> None:
    today = timezone.localdate()
    since, until = today - datetime.timedelta(days=150), today - datetime.timedelta(days=90)
    assert words(cast.client("editor"), f"since={since}&until={until}") == ["lang geleden"]


def test_filters_stand_there_in_words(cast: Cast) -> None:
    make_concept("dialoog", Scheme.THEME, slug="dialoog")
    ask("", 2, filters="niveau=primary&thema=dialoog")
    (line,) = lines(cast.client("editor"))
    assert "Dialoog" in line.filters
    assert line.filters.count(":") == 2
    assert line.results_url == reverse("search") + "?niveau=primary&thema=dialoog"


def test_the_report_is_exported_without_formulas(cast: Cast) -> None:
    ask("=1+1", 7)
    client = cast.client("editor")
    content = b"".join(client.get(f"{REPORT}?export=xlsx").streaming_content)
    rows = list(openpyxl.load_workbook(io.BytesIO(content)).active.values)
    assert rows[1][0] == "'=1+1"
    assert rows[1][2] == 7
    assert b"1+1" in b"".join(client.get(f"{REPORT}?export=csv").streaming_content)


def test_the_report_asks_as_many_questions_for_one_line_as_for_many(cast: Cast, django_assert_max_num_queries) -> None:
    for number in range(60):
        ask(f"woord {number}", filters=f"gemeente={number}")
    client = cast.client("editor")
    client.get(REPORT + "results/")
    with django_assert_max_num_queries(20):
        assert client.get(REPORT + "results/").status_code == 200


# --- a synonym


def synonym_url(text="moskeebezoek", filters=""):
    return f"{reverse('asked:synonym')}?woorden={text}&filters={filters}"


def test_words_become_a_synonym_and_the_search_knows_it_at_once(index: None, cast: Cast) -> None:  # noqa: F811
    term = make_concept("geloofsgemeenschappen", Scheme.SECTOR)
    make_practice(title="Overleg met geloofsgemeenschappen", sectors=[term])
    reindex()
    ask("moskeebezoek", hits=0)
    ask("moskeebezoek", hits=0, filters="niveau=primary")
    client = cast.client("editor")
    results = lines(client)[0].results_url
    assert b"Overleg met" not in client.get(results, follow=True).content
    assert client.get(synonym_url()).status_code == 200
    response = client.post(synonym_url(), {"label": "  Moskeebezoek ", "concept": term.pk, "next": REPORT})
    assert (response.status_code, response["Location"]) == (302, REPORT)
    term.refresh_from_db()
    assert term.other_labels == ["Moskeebezoek"]
    assert b"Overleg met" in client.get(results, follow=True).content
    assert ModelLogEntry.objects.filter(action="taxonomy.add_label", user=cast.editor).exists()
    assert words(client) == []
    shown = lines(client, "handled=true")
    assert len(shown) == 2
    assert all("geloofsgemeenschappen" in line.done for line in shown)


def test_a_synonym_can_be_taken_back(cast: Cast) -> None:
    term = make_concept("netwerk")
    ask("moskeebezoek")
    client = cast.client("editor")
    client.post(synonym_url(), {"label": "moskeebezoek", "concept": term.pk})
    handled = HandledSearch.objects.get()
    assert client.get(reverse("asked:undo", args=[handled.pk])).status_code == 405
    client.post(reverse("asked:undo", args=[handled.pk]))
    term.refresh_from_db()
    assert term.other_labels == []
    assert words(client) == ["moskeebezoek"]


@pytest.mark.parametrize(
    "label", ["Netwerken", "buurtwerk", "OCAD", "de van het", "een twee drie vier vijf zes zeven acht negen", ""]
)
def test_a_synonym_that_makes_no_sense_is_refused(cast: Cast, label: str) -> None:
    term = make_concept("buurtwerk")
    make_concept("netwerken", other_labels=["samenwerken"], abbreviation="OCAD")
    ask("moskeebezoek")
    response = cast.client("editor").post(synonym_url(), {"label": label, "concept": term.pk})
    assert response.status_code == 200
    assert response.context["form"].errors["label"]
    assert not HandledSearch.objects.exists()
    term.refresh_from_db()
    assert term.other_labels == []


def test_the_refusal_names_the_term_that_has_the_word(cast: Cast) -> None:
    term = make_concept("buurtwerk")
    make_concept("netwerken", other_labels=["samenwerken"])
    ask("moskeebezoek")
    response = cast.client("editor").post(synonym_url(), {"label": "Samenwerken", "concept": term.pk})
    assert "netwerken" in response.context["form"].errors["label"][0]


def test_retired_terms_are_not_offered(cast: Cast) -> None:
    term = make_concept("oud", retired=True)
    ask("moskeebezoek")
    response = cast.client("editor").post(synonym_url(), {"label": "moskeebezoek", "concept": term.pk})
    assert response.context["form"].errors["concept"]
    assert Concept.objects.get().other_labels == []


def test_a_question_is_dealt_with_once(cast: Cast) -> None:
    term = make_concept("netwerk")
    ask("moskeebezoek")
    client = cast.client("editor")
    client.post(reverse("asked:wish"), {"woorden": "moskeebezoek", "filters": ""})
    client.post(reverse("asked:wish"), {"woorden": "moskeebezoek", "filters": ""})
    assert WritingWish.objects.count() == 1
    response = client.post(synonym_url(), {"label": "moskeebezoek", "concept": term.pk})
    assert response.context["form"].errors["label"]


# --- a note


def test_words_become_a_note_with_the_numbers(cast: Cast) -> None:
    ask("incels", 4, hits=0)
    ask("incels", 2, hits=0, ago=9)
    client = cast.client("editor")
    response = client.post(reverse("asked:wish"), {"woorden": "incels", "filters": "", "next": REPORT})
    assert (response.status_code, response["Location"]) == (302, REPORT)
    wish = WritingWish.objects.get()
    assert wish.subject == "incels"
    assert "6" in wish.reason
    assert wish.state == WritingWish.State.OPEN
    assert words(client) == []
    assert lines(client, "handled=true")[0].handled.wish == wish
    wish.delete()
    assert words(client) == ["incels"]


def test_filters_without_words_become_a_note_of_their_own(cast: Cast) -> None:
    make_concept("dialoog", Scheme.THEME, slug="dialoog")
    ask("", filters="thema=dialoog", hits=0)
    ask("", filters="niveau=primary")
    client = cast.client("moderator")
    client.post(reverse("asked:wish"), {"woorden": "", "filters": "thema=dialoog"})
    assert "Dialoog" in WritingWish.objects.get().subject
    assert [line.question.filters for line in lines(client)] == ["niveau=primary"]


def test_words_that_name_a_person_can_be_forgotten(cast: Cast) -> None:
    ask("jan janssens")
    ask("jan janssens", filters="niveau=primary", ago=50)
    ask("iets anders")
    client = cast.client("editor")
    url = reverse("asked:forget") + "?woorden=jan janssens&filters="
    assert client.get(url).status_code == 200
    assert AskedSearch.objects.count() == 3
    client.post(url)
    assert [row.text for row in AskedSearch.objects.all()] == ["iets anders"]


# --- who may do this

PAGES = ("asked_report", "asked_report_results", "asked:synonym", "asked:forget")
QUERY = "?woorden=moskeebezoek&filters="


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(
    ("role", "status"), [("anonymous", 302), ("practitioner", 302), ("editor", 200), ("moderator", 200)]
)
def test_the_pages_are_for_editors(cast: Cast, name: str, role: str, status: int) -> None:
    ask("moskeebezoek")
    assert cast.client(role).get(reverse(name) + QUERY).status_code == status


@pytest.mark.parametrize("role", ["anonymous", "practitioner"])
def test_a_reader_changes_nothing(cast: Cast, role: str) -> None:
    term = make_concept("netwerk")
    ask("moskeebezoek")
    client = cast.client(role)
    client.post(synonym_url(), {"label": "moskeebezoek", "concept": term.pk})
    client.post(reverse("asked:wish"), {"woorden": "moskeebezoek", "filters": ""})
    client.post(reverse("asked:forget") + QUERY)
    assert not HandledSearch.objects.exists()
    assert AskedSearch.objects.count() == 1


def test_somebody_in_the_admin_without_these_permissions_changes_nothing(cast: Cast) -> None:
    term = make_concept("netwerk")
    ask("moskeebezoek")
    cast.editor.groups.get().permissions.remove(
        *cast.editor.groups.get().permissions.filter(content_type__app_label__in=["search", "keeping", "taxonomy"])
    )
    client = cast.client("editor")
    assert client.get(REPORT).status_code == 302
    for url, data in (
        (synonym_url(), {"label": "moskeebezoek", "concept": term.pk}),
        (reverse("asked:wish"), {"woorden": "moskeebezoek", "filters": ""}),
        (reverse("asked:forget") + QUERY, {}),
    ):
        assert client.post(url, data).status_code in {302, 403}
    assert not HandledSearch.objects.exists()
    assert AskedSearch.objects.count() == 1


def test_what_changes_something_wants_a_form_of_our_own(cast: Cast) -> None:
    from django.test import Client

    ask("moskeebezoek")
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast.editor)
    assert strict.get(reverse("asked:wish")).status_code == 405
    assert strict.post(reverse("asked:wish"), {"woorden": "moskeebezoek", "filters": ""}).status_code == 403
    assert strict.post(synonym_url(), {"label": "x", "concept": 1}).status_code == 403
    assert strict.post(reverse("asked:forget") + QUERY).status_code == 403
    assert not WritingWish.objects.exists()


def test_a_question_that_nobody_asked_does_not_exist(cast: Cast) -> None:
    client = cast.client("editor")
    assert client.get(synonym_url("nooit")).status_code == 404
    assert client.post(reverse("asked:wish"), {"woorden": "nooit", "filters": ""}).status_code == 404


def test_nobody_is_sent_to_another_host(cast: Cast) -> None:
    ask("moskeebezoek")
    data = {"woorden": "moskeebezoek", "filters": "", "next": "https://elders.example/"}
    assert cast.client("editor").post(reverse("asked:wish"), data)["Location"] == reverse("asked_report")
