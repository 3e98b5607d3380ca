"""The PDF: at most two pages whatever is in it, texts never read as markup, for those who may see the practice."""

import io

import pytest
from django.core.cache import cache
from django.urls import reverse
from pypdf import PdfReader
from wagtail.models import PageViewRestriction

from practices.models import PracticeMaterial, PracticeSource
from practices.pdf import typesetting
from practices.pdf.data import pdf_data
from practices.pdf.text import clean, rich_text
from practices.pdf.typesetting import set_in_type
from tests.factories import make_concept, make_document, make_organisation, make_practice

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
URL = "https://ankerplaats.example/praktijken/een-praktijk/"
HOSTILE = "#sys.inputs #panic() *vet* _x_ $a^2$ @bron <label> `raw` \\ // /* ]) } #{ \u202eomgekeerd 😀 שלום مرحبا"


@pytest.fixture(autouse=True)
def _empty_cache():
    cache.clear()


def pages_of(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


def pdf_of(practice) -> bytes:
    return set_in_type(pdf_data(practice, url=URL, site_title="Ankerplaats"))


def test_an_ordinary_practice_is_complete_and_says_where_it_comes_from(tree):
    gent = make_organisation("Gent")
    practice = make_practice(title="Praten op het plein", ran_in=[gent], contact_role="preventiemedewerker")
    practice.sources.add(PracticeSource(title="Vlaams actieplan", passage="maatregel 5.4", url="https://bron.example/"))
    practice.materials.add(PracticeMaterial(document=make_document(title="Draaiboek"), kind="guide"))
    practice.save()

    pages = pages_of(pdf_of(practice))

    assert len(pages) <= 2
    text = " ".join(pages).replace("\u200b", "")
    for expected in ("Praten op het plein", "Gent", "Verkennen", "Begin klein", "Draaiboek", "maatregel 5.4"):
        assert expected in text
    assert "ankerplaats.example/praktijken/een-praktijk" in text
    assert "Preventiemedewerker" in text
    assert "Lees verder op" not in text and "Read on at" not in text


def test_it_is_an_accessible_pdf_in_dutch(tree):
    reader = PdfReader(io.BytesIO(pdf_of(make_practice(title="Praten op het plein"))))

    assert reader.metadata.title == "Praten op het plein"
    assert reader.trailer["/Root"]["/Lang"] == "nl-BE"
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert b"pdfuaid" in reader.trailer["/Root"]["/Metadata"].get_data()


def test_hostile_text_is_shown_as_text(tree):
    practice = make_practice(
        title=HOSTILE[:120],
        summary=HOSTILE,
        problem=f"<p>{HOSTILE.replace('<', '&lt;')}</p>",
        approach=[("step", {"title": HOSTILE[:100], "text": "<p>#import &quot;x&quot;</p>"})],
        contact_email="a@b.example",
    )

    text = " ".join(pages_of(pdf_of(practice)))

    assert "#sys.inputs" in text and "*vet*" in text and "@bron" in text and "$a^2$" in text


@pytest.mark.slow
@pytest.mark.parametrize("filling", ["woord ", "x", "<ul>" + "<li>punt</li>" * 400 + "</ul>", "שלום "])
def test_ten_thousand_characters_everywhere_still_fit_on_two_pages(tree, filling):
    long = f"<p>{filling * (10_000 // len(filling))}</p>"
    practice = make_practice(
        title="Een lange titel " * 15,
        summary="s" * 600,
        **dict.fromkeys(("problem", "objectives", "preconditions", "intended_effects", "lessons_learned"), long),
        **dict.fromkeys(("core_elements", "risks", "partners", "transferability", "local_authority_role"), long),
        effort_explanation="uitleg " * 1500,
        approach=[("step", {"title": "t" * 120, "text": long})] * 40,
    )

    pages = pages_of(pdf_of(practice))

    assert len(pages) <= 2
    assert "ankerplaats.example" in " ".join(pages).replace("\u200b", "")


@pytest.mark.slow
def test_many_rows_still_fit_on_two_pages(tree):
    practice = make_practice(
        target_groups_final=[make_concept("g" * 110 + str(n), "target_group") for n in range(30)],
        ran_in=[make_organisation("Gemeente met een lange naam " + str(n)) for n in range(60)],
    )
    practice.sources = [PracticeSource(title="b" * 250, url="https://bron.example/" + "p" * 170) for _ in range(60)]
    practice.save()

    assert len(pages_of(pdf_of(practice))) <= 2


def test_what_is_cut_says_where_to_read_on(tree):
    practice = make_practice(
        problem="<p>" + "Een lang verhaal. " * 900 + "</p>", risks="<p>" + "Nog meer. " * 900 + "</p>"
    )

    text = " ".join(pages_of(pdf_of(practice)))

    assert "…" in text
    assert "Lees verder op" in text or "Read on at" in text


def test_a_long_text_takes_little_time(tree, monkeypatch):
    tries = []
    count = typesetting._page_count
    monkeypatch.setattr(typesetting, "_page_count", lambda compiler: tries.append(1) or count(compiler))
    practice = make_practice(problem="<p>" + "Een lang verhaal. " * 9000 + "</p>")

    pdf_of(practice)

    assert len(tries) <= len(typesetting.DETAILS)


def test_links_keep_to_the_web_and_become_absolute():
    [item] = rich_text('<p><a href="javascript:x()">a</a> <a href="/b/">b</a></p>', URL)

    assert [run["url"] for run in item["runs"] if run["text"].strip()] == ["", "https://ankerplaats.example/b/"]


def test_control_characters_and_lone_surrogates_go():
    assert clean("a\x00b\ud800c\nd") == "abc d"


# The view


def pdf_url(practice) -> str:
    return reverse("practice_pdf", args=[practice.slug])


def test_a_visitor_gets_the_pdf_inline(client, tree):
    practice = make_practice(title="Praten")

    response = client.get(pdf_url(practice))

    assert response.status_code == 200
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == f'inline; filename="{practice.slug}.pdf"'
    assert response.content.startswith(b"%PDF")


@pytest.mark.parametrize("role", ["anonymous", "practitioner", "editor"])
def test_a_draft_has_no_pdf(cast, role):
    assert cast.client(role).get(pdf_url(make_practice(live=False))).status_code == 404


def test_a_restricted_practice_only_for_who_may_see_it(cast):
    practice = make_practice()
    PageViewRestriction.objects.create(page=practice, restriction_type=PageViewRestriction.LOGIN)

    assert cast.client("anonymous").get(pdf_url(practice)).status_code == 404
    assert cast.client("practitioner").get(pdf_url(practice)).status_code == 200


def test_it_is_read_only_and_unknown_addresses_answer_404(client, tree):
    practice = make_practice()

    assert client.post(pdf_url(practice)).status_code == 405
    assert client.get("/praktijken/bestaat-niet/pdf/").status_code == 404


def test_the_old_address_of_a_pdf_leads_to_the_new_one(client, tree, django_capture_on_commit_callbacks):
    page = make_practice(slug="oud")
    with django_capture_on_commit_callbacks(execute=True):
        page.slug = "nieuw"
        page.save_revision().publish()
    response = client.get(reverse("practice_pdf", args=["oud"]))
    assert (response.status_code, response.url) == (301, reverse("practice_pdf", args=["nieuw"]))
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert client.get(reverse("practice_pdf", args=["oud"])).status_code == 404


def test_it_is_kept_until_the_practice_is_published_again(client, tree, monkeypatch):
    practice = make_practice(title="Eerst")
    made = []
    original = typesetting.set_in_type
    monkeypatch.setattr(typesetting, "set_in_type", lambda data: made.append(data.title) or original(data))

    client.get(pdf_url(practice))
    client.get(pdf_url(practice))
    practice.title = "Daarna"
    practice.save_revision().publish()
    client.get(pdf_url(practice))

    assert made == ["Eerst", "Daarna"]


def test_every_kind_of_block_is_printed(tree):
    document = make_document(title="Bijlage")
    table = {
        "columns": [{"type": "text", "heading": "Wie"}, {"type": "text", "heading": "Wat"}],
        "rows": [{"values": ["politie", "luistert"]}],
        "caption": "Rollen",
    }
    approach = [
        {"type": "text", "value": "<p>Inleidende tekst</p>"},
        {"type": "step", "value": {"title": "Stap een", "text": "<ol><li>eerst</li></ol>"}},
        {"type": "checklist", "value": {"title": "Lijstje", "items": ["sleutel mee"]}},
        {"type": "quote", "value": {"text": "Het werkte", "source": "een ouder"}},
        {"type": "table", "value": {"caption": "Rollen", "table": table}},
        {"type": "video", "value": {"title": "Filmpje", "url": "https://film.example/"}},
        {"type": "download", "value": {"document": document.pk, "title": ""}},
        {"type": "callout", "value": {"kind": "tip", "title": "Let op", "text": "<p>Niet vergeten</p>"}},
    ]
    practice = make_practice()
    practice.approach = practice._meta.get_field("approach").stream_block.to_python(approach)

    text = " ".join(pages_of(pdf_of(practice)))

    printed = ["Inleidende", "Stap een", "eerst", "sleutel mee", "Het werkte", "luistert", "Filmpje", "Bijlage", "Niet"]
    assert [expected for expected in printed if expected not in text] == []
