"""The log of searches: what is counted, what never, and that counting costs a reader nothing."""

import datetime
import threading

import pytest
from django.core.management import call_command
from django.db import DatabaseError
from django.http import HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.test import RequestFactory

from search.log import middleware, questions, store
from search.log.buffer import Buffer
from search.log.middleware import SearchLogMiddleware, note_total, register_findable
from search.log.models import AskedSearch
from search.log.questions import Question, question_of
from search.log.store import Tally, write

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
DAY = datetime.date(2026, 11, 3)
PAGE = object()


@pytest.fixture(autouse=True)
def log(settings, monkeypatch):
    """Switched on, written at once, with one filter and a buffer of its own."""
    settings.SEARCH_LOG, settings.SEARCH_LOG_BUFFER = True, 0
    monkeypatch.setattr(questions, "_filters", [lambda: ("thema", "niveau")])
    monkeypatch.setattr(middleware, "_findable", [lambda page: page is PAGE])
    monkeypatch.setattr(middleware, "buffer", Buffer())


def visit(address, *, total=None, referer="", agent=BROWSER, method="get", status=200, found=False, **headers):
    """One request through the middleware, to a view that found `total`."""

    def view(request):
        response = HttpResponse(status=status)
        if total is not None:
            note_total(response, total)
        if found:
            response.headers[middleware.FOUND] = "1"
        return response

    headers = {"user-agent": agent, **headers, **({"referer": referer} if referer else {})}
    return SearchLogMiddleware(view)(getattr(RequestFactory(), method)(address, headers=headers))


def rows():
    return list(AskedSearch.objects.values_list("text", "filters", "asked", "opened", "hits", "fewest"))


@pytest.mark.parametrize(
    ("address", "question"),
    [
        ("q=Beroeps%C2%ADgeheim ", Question("beroepsgeheim")),
        ("q=wat  is een LIVC-R?", Question("wat is een livc-r")),
        ("q=x&thema=b&thema=a&niveau=primary", Question("x", "niveau=primary&thema=a&thema=b")),
        ("thema=a&sort=newest&page=2&utm_source=mail&literal=1", Question("", "thema=a")),
        ("q=project 2019-2020", Question("project 2019-2020")),
        ("q=" + "a" * 500, Question("a" * 120)),
        ("", None),
        ("q=%20&page=2", None),
        ("thema=" + "&thema=".join(f"waarde-nummer-{number}" for number in range(40)), None),
    ],
)
def test_an_address_is_one_question_however_it_is_written(address, question):
    assert question_of(QueryDict(address)) == question


@pytest.mark.parametrize(
    "words",
    [
        "jan.peeters@voorbeeld.be",
        "jan peeters @ voorbeeld.be",
        "bel 0470 12 34 56",
        "09/225.11.22",
        "+32 9 225 11 22",
        "85.07.30-033.28",
        "BE68 5390 0754 7034",
        "nl91abna0417164300",
        "geboren 30/07/1985",
        "dossier 1234567",
        "1-ABC-123",
    ],
)
@pytest.mark.django_db
def test_what_looks_like_a_person_is_not_counted_at_all(words):
    params = QueryDict(mutable=True)
    params["q"] = words
    assert question_of(params) is None
    params = QueryDict(mutable=True)
    params.update({"q": "gewoon", "thema": words})
    assert question_of(params) is None
    visit("/zoeken/?" + params.urlencode(), total=1)
    assert rows() == []


@pytest.mark.django_db
def test_the_same_question_on_a_day_is_one_row():
    visit("/zoeken/?q=Intervisie", total=4)
    visit("/zoeken/?q=intervisie", total=0)
    visit("/zoeken/?q=intervisie", total=7)
    visit("/zoeken/?q=intervisie&thema=a", total=1)
    assert sorted(rows()) == [("intervisie", "", 3, 0, 7, 0), ("intervisie", "thema=a", 1, 0, 1, 1)]


@pytest.mark.django_db
def test_nothing_in_a_row_says_who_asked_or_when():
    assert {field.name for field in AskedSearch._meta.get_fields()} == {
        "id",
        "day",
        "text",
        "filters",
        "asked",
        "opened",
        "hits",
        "fewest",
    }
    assert AskedSearch._meta.get_field("day").get_internal_type() == "DateField"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "visited",
    [
        {"agent": ""},
        {"agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"},
        {"agent": "python-requests/2.32"},
        {"sec-purpose": "prefetch;prerender"},
        {"method": "head"},
        {"method": "post"},
        {"status": 404},
        {"total": None},
    ],
)
def test_what_no_reader_asked_is_not_counted(visited):
    visit("/zoeken/?q=dialoog", **{"total": 3, **visited})
    assert rows() == []


@pytest.mark.django_db
@pytest.mark.parametrize("then", ["page=2", "sort=newest", "literal=1", "page="])
def test_turning_a_page_or_sorting_asks_nothing_new(then):
    visit("/zoeken/?q=dialoog", total=30)
    visit(f"/zoeken/?q=dialoog&{then}", total=30, referer="http://testserver/zoeken/?q=dialoog")
    assert rows() == [("dialoog", "", 1, 0, 30, 30)]
    visit("/zoeken/?q=elders&page=3", total=3)
    assert AskedSearch.objects.count() == 1


@pytest.mark.django_db
def test_a_page_opened_from_a_search_is_counted_for_that_question():
    visit("/zoeken/?q=dialoog&thema=a", total=3)
    visit("/praktijken/x/", found=True, referer="http://testserver/zoeken/?thema=a&sort=newest&q=Dialoog&page=2")
    assert rows() == [("dialoog", "thema=a", 1, 1, 3, 3)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "visited",
    [
        {"referer": "https://elders.example/zoeken/?q=dialoog"},
        {"referer": "http://testserver/zoeken/"},
        {"referer": "http://testserver/zoeken/?q=nooit gevraagd"},
        {"referer": "http://[kapot/?q=dialoog"},
        {"referer": "", "found": True},
        {"found": False},
        {"status": 404},
        {"agent": "bingbot/2.0"},
    ],
)
def test_what_was_not_opened_from_a_search_is_not_counted(visited):
    visit("/zoeken/?q=dialoog", total=3)
    visit("/praktijken/x/", **{"found": True, "referer": "http://testserver/zoeken/?q=dialoog", **visited})
    assert rows() == [("dialoog", "", 1, 0, 3, 3)]


@pytest.mark.django_db
def test_a_page_that_the_browser_has_already_is_opened_all_the_same():
    def view(request):
        assert "HTTP_IF_NONE_MATCH" not in request.META
        return HttpResponse("tekst", headers={middleware.FOUND: "1", "ETag": '"abc"'})

    visit("/zoeken/?q=dialoog", total=3)
    headers = {"user-agent": BROWSER, "referer": "http://testserver/zoeken/?q=dialoog", "if-none-match": '"abc"'}
    response = SearchLogMiddleware(view)(RequestFactory().get("/praktijken/x/", headers=headers))
    assert (response.status_code, response.content) == (304, b"")
    assert rows() == [("dialoog", "", 1, 1, 3, 3)]


@pytest.mark.django_db
def test_a_search_that_the_browser_has_already_is_asked_all_the_same():
    def view(request):
        assert "HTTP_IF_NONE_MATCH" not in request.META
        response = HttpResponse("lijst", headers={"ETag": '"abc"'})
        note_total(response, 3)
        return response

    headers = {"user-agent": BROWSER, "if-none-match": '"abc"'}
    response = SearchLogMiddleware(view)(RequestFactory().get("/zoeken/?q=dialoog", headers=headers))
    assert (response.status_code, response.content) == (304, b"")
    assert rows() == [("dialoog", "", 1, 0, 3, 3)]


def test_a_page_that_nobody_searched_for_keeps_its_condition():
    """A file is not sent again for the sake of counting."""
    seen = []

    def view(request):
        seen.append(request.META.get("HTTP_IF_NONE_MATCH"))
        return HttpResponse(status=304)

    request = RequestFactory().get("/documenten/1/", headers={"user-agent": BROWSER, "if-none-match": '"abc"'})
    assert SearchLogMiddleware(view)(request).status_code == 304
    assert seen == ['"abc"']


@pytest.mark.django_db
def test_visitors_do_not_get_the_headers():
    response = visit("/zoeken/?q=dialoog", total=3, found=True)
    assert not [name for name in response.headers if name.startswith("X-Search")]


def test_a_page_is_marked_before_a_cache_can_keep_it():
    request = RequestFactory().get("/")
    marking = SearchLogMiddleware(lambda request: HttpResponse())
    marked = marking.process_template_response(request, TemplateResponse(request, "x.html", {"page": PAGE}))
    plain = marking.process_template_response(request, TemplateResponse(request, "x.html", {"page": object()}))
    assert middleware.FOUND in marked.headers
    assert middleware.FOUND not in plain.headers


def test_an_app_registers_what_is_found_once():
    before = len(middleware._findable)
    says = middleware._findable[0]
    register_findable(says)
    assert len(middleware._findable) == before


@pytest.mark.django_db
def test_switched_off_it_counts_nothing(settings):
    settings.SEARCH_LOG = False
    visit("/zoeken/?q=dialoog", total=3)
    assert rows() == []


@pytest.mark.parametrize("address", ["/zoeken/?q=dialoog", "/zoeken/?" + "&".join(f"a{n}=1" for n in range(2000))])
def test_a_search_is_answered_even_when_counting_fails(address, monkeypatch):
    def broken(tallies):
        raise DatabaseError("away")

    monkeypatch.setattr("search.log.buffer.write", broken)
    assert visit(address, total=3).status_code == 200


def test_counts_wait_until_there_are_enough(settings, monkeypatch):
    settings.SEARCH_LOG_BUFFER = 3
    written, done = [], threading.Event()

    def note(tallies):
        written.append(dict(tallies))
        done.set()
        return {}

    monkeypatch.setattr("search.log.buffer.write", note)
    waiting = Buffer()
    waiting.asked(Question("a"), 1)
    waiting.asked(Question("a"), 2)
    assert not written
    waiting.opened(Question("a"))
    assert done.wait(5)
    ((tally,),) = (list(found.values()) for found in written)
    assert (tally.asked, tally.opened, tally.hits, tally.fewest) == (2, 1, 2, 1)
    assert waiting.waiting() == {}


def test_no_count_is_lost_between_threads(settings, monkeypatch):
    settings.SEARCH_LOG_BUFFER = 7
    seen = {"asked": 0}
    monkeypatch.setattr(
        "search.log.buffer.write",
        lambda tallies: seen.update(asked=seen["asked"] + sum(t.asked for t in tallies.values())) or {},
    )
    waiting = Buffer()
    threads = [
        threading.Thread(target=lambda: [waiting.asked(Question(str(n % 9)), n) for n in range(200)]) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    waiting.flush()
    assert seen["asked"] == 1600


@pytest.mark.django_db
def test_an_opened_page_waits_for_a_question_that_another_process_still_holds(settings, monkeypatch):
    settings.SEARCH_LOG_BUFFER = 50
    waiting = Buffer()
    monkeypatch.setattr(waiting, "_schedule", lambda seconds: None)
    waiting.opened(Question("traag"))
    waiting.flush()
    ((key, tally),) = waiting.waiting().items()
    assert (tally.opened, tally.rounds) == (1, 1)
    write({key: Tally(asked=1, hits=2, fewest=2)})
    waiting.flush()
    assert rows() == [("traag", "", 1, 1, 2, 2)]
    waiting.opened(Question("nooit"))
    for _round in range(5):
        waiting.flush()
    assert waiting.waiting() == {}


@pytest.mark.django_db
def test_a_day_holds_so_many_different_questions(monkeypatch):
    monkeypatch.setattr(store, "MAXIMUM_A_DAY", 2)
    for words in ("een", "twee", "drie", "een"):
        write({(DAY, Question(words)): Tally(asked=1, hits=1, fewest=1)})
    assert dict(AskedSearch.objects.values_list("text", "asked")) == {"een": 2, "twee": 1}


@pytest.mark.django_db
def test_what_is_older_than_thirteen_months_goes(capsys):
    today = datetime.date.today()
    for age in (0, 390, 400, 800):
        write({(today - datetime.timedelta(days=age), Question("x")): Tally(asked=1, hits=1, fewest=1)})
    call_command("prune_search_log")
    assert AskedSearch.objects.count() == 2
    call_command("prune_search_log")
    assert AskedSearch.objects.count() == 2
