"""Kept answers: never stale, never somebody's own, never of a restricted page, and never too much."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.middleware.csrf import get_token
from django.test import Client, RequestFactory
from django.utils.html import strip_tags
from django.views.decorators.cache import never_cache
from wagtail.models import PageViewRestriction

from core import page_cache
from core.models import Menu, MenuItem, SiteSettings
from core.page_cache import PageCacheMiddleware, pages
from core.page_store import PageStore
from people.models import Organisation
from practices.models import PracticePage
from taxonomy.models import Concept
from tests.factories import make_concept, make_organisation, make_practice, make_tree, make_user
from tests.practices.conftest import index, reindex  # noqa: F401  # a fixture

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.any_database, pytest.mark.slow]

LATER = float("inf")


@pytest.fixture(autouse=True)
def empty() -> Iterator[None]:
    pages.clear()
    yield
    pages.clear()


@pytest.fixture
def practice(index: None) -> PracticePage:  # noqa: F811
    """A practice on the site, in a database that other tests have emptied."""
    chrome, _created = SiteSettings.objects.get_or_create(site_id=make_tree().site.pk)
    chrome.menu_items = [MenuItem(menu=Menu.MAIN, page=make_tree().index, label="Praktijken")]
    chrome.save()
    return make_practice(
        title="Buurtsport", themes=[make_concept("sport", slug="sport")], ran_in=[make_organisation("Gent")]
    )


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses for which an answer was made, not taken from what is kept."""
    found: list[str] = []
    original = page_cache.may_be_kept
    monkeypatch.setattr(
        page_cache, "may_be_kept", lambda request, answer: found.append(request.path) or original(request, answer)
    )
    return found


def get(url: str, client: Client | None = None, **headers: Any) -> HttpResponse:
    return (client or Client()).get(url, **headers)


def test_the_second_visitor_gets_the_kept_answer_to_the_last_byte(practice: PracticePage, made: list[str]) -> None:
    first, second = get(practice.url), get(practice.url)

    assert made == [practice.url]
    assert (first.status_code, first.content) == (second.status_code, second.content)
    assert dict(first.items()) == dict(second.items())
    assert "Content-Security-Policy" in second.headers
    assert "Permissions-Policy" in second.headers


def test_a_kept_answer_costs_one_query(practice: PracticePage, django_assert_num_queries: Any) -> None:
    get(practice.url)

    with django_assert_num_queries(1):
        get(practice.url)


def test_a_browser_that_has_it_gets_304(practice: PracticePage) -> None:
    first = get(practice.url)
    assert first.headers["Cache-Control"] == "no-cache"

    again = get(practice.url, headers={"if-none-match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")

    PracticePage.objects.update(summary="Iets anders.")
    assert get(practice.url, headers={"if-none-match": first.headers["ETag"]}).status_code == 200


@pytest.mark.parametrize(
    ("url", "most"), [("/praktijken/", 6), ("/praktijken/?q=sport", 6), ("/praktijken/buurt/", 7), ("/", 1)]
)
def test_a_new_answer_asks_only_for_what_is_its_own(
    practice: PracticePage, django_assert_max_num_queries: Any, url: str, most: int
) -> None:
    """Site, menus, privacy and vocabulary are known from the page before."""
    make_practice(title="Buurt", slug="buurt", ran_in=[make_organisation()])
    reindex()
    get(f"{url}?page=1")
    pages.clear()

    with django_assert_max_num_queries(most):
        assert get(url).status_code == 200


def test_a_page_that_moved_is_found_where_it_is_now(practice: PracticePage) -> None:
    listing = make_tree().index
    assert get("/praktijken/").status_code == 200

    listing.slug = "bibliotheek"
    listing.save_revision().publish()

    assert get("/praktijken/").headers["Location"] == "/bibliotheek/"
    assert get("/bibliotheek/").status_code == 200


def test_the_menu_of_a_visitor_names_where_she_is(practice: PracticePage) -> None:
    assert b"aria-current" not in get("/").content
    assert b'aria-current="page"' in get("/praktijken/").content
    assert b'aria-current="true"' in get(practice.url).content
    assert b"aria-current" not in get("/?q=1").content


def test_the_menu_shows_a_closed_page_to_those_who_may_see_it(practice: PracticePage) -> None:
    PageViewRestriction.objects.create(page=make_tree().index, restriction_type=PageViewRestriction.LOGIN)
    member = Client()
    member.force_login(make_user())
    link = b'<a href="/praktijken/">Praktijken</a>'

    for reader, seen in [(Client(), False), (member, True), (Client(), False)]:
        assert (link in get("/", reader).content) is seen


def publish(practice: PracticePage) -> None:
    practice.title = "Nieuwe naam"
    practice.save_revision().publish()


def update(practice: PracticePage) -> None:
    PracticePage.objects.filter(pk=practice.pk).update(title="Nieuwe naam")


def raw(practice: PracticePage) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE wagtailcore_page SET title = %s WHERE id = %s", ["Nieuwe naam", practice.pk])


def rename_concept(practice: PracticePage) -> None:
    concept = Concept.objects.get(slug="sport")
    concept.label = "Nieuwe naam"
    concept.save()


def rename_town(practice: PracticePage) -> None:
    Organisation.objects.filter(name="Gent").update(name="Nieuwe naam")


def rename_site(practice: PracticePage) -> None:
    SiteSettings.objects.update(site_title="Nieuwe naam")


def change_menu(practice: PracticePage) -> None:
    MenuItem.objects.update(label="Nieuwe naam")


CHANGES = [publish, update, raw, rename_concept, rename_town, rename_site, change_menu]


@pytest.mark.parametrize("change", CHANGES)
def test_the_request_right_after_a_change_shows_it(
    practice: PracticePage, change: Callable[[PracticePage], None]
) -> None:
    assert b"Nieuwe naam" not in get(practice.url).content

    change(practice)

    assert b"Nieuwe naam" in get(practice.url).content


def test_every_worker_shows_it(practice: PracticePage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two workers: what each keeps is its own, the database is one."""
    workers = [PageStore[Any](1_000_000), PageStore[Any](1_000_000)]

    def ask(worker: int) -> bytes:
        monkeypatch.setattr(page_cache, "pages", workers[worker])
        return get(practice.url).content

    assert [b"Nieuwe naam" in ask(worker) for worker in (0, 1, 0, 1)] == [False] * 4
    update(practice)

    assert [b"Nieuwe naam" in ask(worker) for worker in (0, 1, 0, 1)] == [True] * 4


def test_the_list_shows_what_was_published(practice: PracticePage) -> None:
    """The index follows after the commit; what was kept in between is not kept for long."""

    def found() -> str:
        return strip_tags(get("/praktijken/?q=naam").content.decode())

    assert "Nieuwe naam" not in found()
    publish(practice)
    assert "Nieuwe naam" in found()

    practice.title = "Heel anders"
    practice.save_revision().publish()
    assert "Nieuwe naam" not in found()


def test_what_is_unpublished_is_gone_at_once(practice: PracticePage) -> None:
    assert get(practice.url).status_code == 200

    practice.unpublish()

    assert get(practice.url).status_code != 200


def test_what_is_closed_is_closed_at_once(practice: PracticePage) -> None:
    assert get(practice.url).status_code == 200

    PageViewRestriction.objects.create(page=practice, restriction_type=PageViewRestriction.LOGIN)

    assert get(practice.url).status_code == 404


@pytest.mark.parametrize("member_first", [True, False])
def test_a_restricted_page_never_enters(practice: PracticePage, made: list[str], member_first: bool) -> None:
    PageViewRestriction.objects.create(page=practice, restriction_type=PageViewRestriction.LOGIN)
    member = Client()
    member.force_login(make_user())
    readers = [member, Client()] if member_first else [Client(), member]

    answers = {reader is member: get(practice.url, reader) for reader in [*readers, *readers]}

    assert answers[True].status_code == 200
    assert answers[False].status_code == 404
    assert pages.size == 0


def test_a_reader_who_signed_in_gets_her_own(practice: PracticePage, made: list[str]) -> None:
    get(practice.url)
    member = Client()
    member.force_login(make_user())

    answer = get(practice.url, member)

    assert b"csrfmiddlewaretoken" in answer.content
    assert b"csrfmiddlewaretoken" not in get(practice.url).content


def test_a_search_by_script_is_another_answer(practice: PracticePage) -> None:
    whole = get("/praktijken/")
    part = get("/praktijken/", headers={"hx-request": "true"})

    assert len(part.content) < len(whole.content)
    assert get("/praktijken/").content == whole.content


def test_another_host_is_another_answer(practice: PracticePage, made: list[str]) -> None:
    get(practice.url)
    get(practice.url, headers={"host": "localhost"})

    assert len(made) == 2
    assert get(practice.url, headers={"host": "evil.example"}).status_code == 400


@pytest.mark.parametrize("url", ["/account/login/", "/account/signup/"])
def test_a_form_of_the_account_is_never_kept(practice: PracticePage, url: str) -> None:
    assert get(url).status_code == 200

    assert pages.size == 0


def answers_of(view: Callable[[HttpRequest], Any], **meta: Any) -> tuple[list[HttpResponse], int]:
    """Two answers of the middleware around a view, and how often the view was asked."""
    asked = []

    def counted(request: HttpRequest) -> Any:
        asked.append(request)
        request.user = AnonymousUser()
        return view(request)

    middleware = PageCacheMiddleware(counted)
    return [middleware(RequestFactory().get("/", headers={"host": "testserver"}, **meta)) for _ in range(2)], len(asked)


def test_a_plain_view_is_asked_once(practice: PracticePage) -> None:
    assert answers_of(lambda request: HttpResponse("ja"))[1] == 1
    pages.clear()
    assert answers_of(lambda request: JsonResponse({}))[1] == 1


def with_cookie(request: HttpRequest) -> HttpResponse:
    response = HttpResponse()
    response.set_cookie("keuze", "1")
    return response


def with_token(request: HttpRequest) -> HttpResponse:
    return HttpResponse(get_token(request))


def leaves_itself_out(request: HttpRequest) -> HttpResponse:
    page_cache.leave_out()
    return HttpResponse()


def soon_over(request: HttpRequest) -> HttpResponse:
    page_cache.fresh_for(0)
    return HttpResponse()


@pytest.mark.parametrize(
    "view",
    [
        with_cookie,
        with_token,
        leaves_itself_out,
        soon_over,
        never_cache(lambda request: HttpResponse()),
        lambda request: HttpResponse(headers={"Cache-Control": "private, max-age=300"}),
        lambda request: HttpResponse(headers={"Vary": "User-Agent"}),
        lambda request: HttpResponse(status=404),
        lambda request: HttpResponse(status=500),
        lambda request: HttpResponse(status=302, headers={"Location": "/"}),
        lambda request: HttpResponse(content_type="application/pdf"),
        lambda request: StreamingHttpResponse(["a"]),
        lambda request: setattr(request, "user", make_user()) or HttpResponse(),
    ],
)
def test_an_answer_that_is_not_for_everybody_is_made_each_time(practice: PracticePage, view: Any) -> None:
    assert answers_of(view)[1] == 2


@pytest.mark.parametrize(
    "meta",
    [
        {"HTTP_COOKIE": "sessionid=abc"},
        {"HTTP_COOKIE": "messages=abc"},
        {"HTTP_COOKIE": "csrftoken=abc"},
        {"HTTP_AUTHORIZATION": "Basic abc"},
        {"QUERY_STRING": "q=" + "a" * 3000},
        {"REQUEST_METHOD": "POST"},
        {"REQUEST_METHOD": "HEAD"},
    ],
)
def test_a_request_that_says_who_asks_keeps_nothing(practice: PracticePage, meta: dict[str, str]) -> None:
    assert answers_of(lambda request: HttpResponse(), **meta)[1] == 2
    assert pages.size == 0


def test_nothing_is_kept_of_what_changed_while_it_was_made(practice: PracticePage) -> None:
    def changing(request: HttpRequest) -> HttpResponse:
        update(practice)
        return HttpResponse()

    assert answers_of(changing)[1] == 2


def test_addresses_without_end_do_not_cost_memory_without_end() -> None:
    store = PageStore[str](100_000)
    for key in range(1000):
        store.get(1, key)
        store.put(1, key, "x", size=1000, until=LATER)

    assert store.size <= 100_000


def test_what_is_read_often_stays_through_a_flood_of_what_is_not() -> None:
    store = PageStore[str](100_000)
    store.get(1, "home")
    store.put(1, "home", "x", size=1000, until=LATER)
    store.get(1, "home")
    for key in range(1000):
        store.get(1, key)
        store.put(1, key, "x", size=1000, until=LATER)

    assert store.get(1, "home") == "x"
    assert store.get(1, 3) is None


def test_what_is_read_often_has_an_end_too() -> None:
    store = PageStore[str](100_000)
    for key in range(1000):
        for _ in range(2):
            if store.get(1, key) is None:
                store.put(1, key, "x", size=1000, until=LATER)

    assert store.size <= 100_000
    assert store.get(1, 999) == "x"


def test_one_answer_may_not_fill_it() -> None:
    store = PageStore[str](100_000)
    store.get(1, "large")
    store.put(1, "large", "x", size=50_000, until=LATER)

    assert store.size == 0


def test_another_generation_empties_it() -> None:
    store = PageStore[str](100_000)
    store.get(1, "home")
    store.put(1, "home", "old", size=1000, until=LATER)

    assert store.get(2, "home") is None
    assert store.size == 0
    store.put(1, "home", "old", size=1000, until=LATER)  # by a request that began before
    assert store.get(2, "home") is None


def test_a_search_without_its_engine_is_not_kept(practice: PracticePage, settings: Any, tmp_path: Any) -> None:
    settings.SEARCH_INDEX_DIR = tmp_path / "nowhere"

    assert get("/praktijken/?q=sport").status_code == 200

    assert pages.size == 0
