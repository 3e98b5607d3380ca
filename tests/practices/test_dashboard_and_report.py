import datetime
import io
from typing import Any

import openpyxl
import pytest
from django.urls import reverse

from practices.completeness import completeness, missing_to_publish, overviews
from tests.conftest import Cast
from tests.factories import make_practice

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
PAST = datetime.date(2020, 1, 1)


def test_the_dashboard_shows_what_needs_attention(cast: Cast) -> None:
    late = make_practice(title="Verlopen praktijk", review_date=PAST)
    make_practice(title="Actuele praktijk")
    draft = make_practice(title="Half concept", live=False, summary="")
    waiting = make_practice(title="Wachtend concept", live=False)
    waiting.get_workflow().start(waiting, cast.editor)
    page = cast.client("editor").get(reverse("wagtailadmin_home"))
    html = page.content.decode()
    for title in ("Verlopen praktijk", "Half concept", "Wachtend concept"):
        assert title in html
    assert "Actuele praktijk" not in html
    assert reverse("keeping_admin:confirm", args=[late.pk]) not in html
    assert reverse("wagtailadmin_pages:edit", args=[draft.pk]) in html
    assert reverse("keeping_admin:confirm", args=[late.pk]) in cast.client("moderator").get("/beheer/").content.decode()


def test_an_empty_dashboard_says_so(cast: Cast) -> None:
    assert cast.client("editor").get(reverse("wagtailadmin_home")).status_code == 200


def test_the_dashboard_asks_the_same_number_of_questions_however_much_there_is(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    for _number in range(8):
        make_practice(review_date=PAST)
        make_practice(live=False, summary="")
    client = cast.client("moderator")
    client.get(reverse("wagtailadmin_home"))
    with django_assert_max_num_queries(60):
        client.get(reverse("wagtailadmin_home"))


def test_completeness_of_many_equals_that_of_each(cast: Cast) -> None:
    pages = [make_practice(), make_practice(live=False, summary="", lessons_learned="<p> </p>")]
    found = overviews(pages)
    for page in pages:
        assert found[page.pk].percent == completeness(page)
        assert len(found[page.pk].missing) == len(missing_to_publish(page))


def test_the_report_sorts_filters_and_exports(cast: Cast) -> None:
    make_practice(title="=Volledig", review_date=PAST)
    make_practice(title="Half", live=False, summary="", steward=cast.editor)
    client = cast.client("editor")
    url = reverse("practice_report")
    assert [page.title for page in client.get(url).context["object_list"]] == ["Half", "=Volledig"]
    for query, titles in (
        ("ordering=-percent", ["=Volledig", "Half"]),
        ("ordering=title", ["=Volledig", "Half"]),
        ("complete=true", ["=Volledig"]),
        ("complete=false", ["Half"]),
        ("live=true", ["=Volledig"]),
        ("live=false&complete=true", []),
        ("review_before=2021-01-01", ["=Volledig"]),
        (f"steward={cast.editor.pk}", ["Half"]),
        ("ordering=onzin&complete=x&review_before=nooit&steward=q&p=99", None),
    ):
        response = client.get(f"{url}?{query}")
        assert response.status_code == 200
        if titles is not None:
            assert [page.title for page in response.context["object_list"]] == titles, query
    assert client.get(reverse("practice_report_results")).status_code == 200
    content = b"".join(client.get(f"{url}?export=xlsx").streaming_content)
    rows = list(openpyxl.load_workbook(io.BytesIO(content)).active.values)
    assert rows[2][0] == "'=Volledig"
    assert b"Half" in b"".join(client.get(f"{url}?export=csv").streaming_content)


def test_the_report_asks_few_questions(cast: Cast, django_assert_max_num_queries: Any) -> None:
    for _number in range(15):
        make_practice()
    client = cast.client("editor")
    client.get(reverse("practice_report_results"))
    with django_assert_max_num_queries(20):
        client.get(reverse("practice_report_results"))


@pytest.mark.parametrize("role", ["anonymous", "practitioner"])
def test_the_report_is_for_editors(cast: Cast, role: str) -> None:
    assert cast.client(role).get(reverse("practice_report")).status_code == 302
