"""The addresses that the clients ask for: by kind of page, for each round others. And what one of them costs in SQL."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench.queries import queries
from practices.models import PracticeIndexPage, PracticePage

HOME = "home"
_FIRST_SEED = 5_000
_COUNTED = 20


def addresses(size: int, *, number: int, rounds: int) -> dict[str, list[list[str]]]:
    """Kind of page → for each round so many different addresses. The home page has one, told apart by a number."""
    listing = str(PracticeIndexPage.objects.get().url)
    pages = [str(page.url) for page in PracticePage.objects.live().order_by("pk")[: number * rounds]]
    searches = [query.url for query in queries(size, number * rounds, _FIRST_SEED) if query.text]
    filters = _filters(number * rounds)
    found = {
        "search": [f"{reverse('search')}?{query}" for query in searches],
        "listing": [f"{listing}?{query}" for query in filters],
        "practice": pages,
        HOME: [f"/?nr={place}" for place in range(number * rounds)],
    }
    return {kind: [paths[place::rounds] for place in range(rounds)] for kind, paths in found.items()}


def search_queries(size: int) -> int:
    """The most SQL queries that a search page took, over some of them, asked for the first time."""
    client = Client(headers={"host": "127.0.0.1"})
    asked = [query for query in queries(size, 3 * _COUNTED, _FIRST_SEED + 1) if query.text][:_COUNTED]
    numbers = []
    for query in asked:
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(f"{reverse('search')}?{query.url}", follow=True)
        if answer.status_code != 200:
            raise RuntimeError(f"a search page answered {answer.status_code}")
        numbers.append(len(captured))
    return max(numbers[1:])  # the first one in a process reads what is kept afterwards


def _filters(number: int) -> list[str]:
    """Different pages of the listing: levels, evidence and pages of results."""
    levels = ("", "niveau=primary", "niveau=secondary", "niveau=tertiary", "niveau=primary&niveau=secondary")
    evidence = ("", "onderbouwing=described", "onderbouwing=well_founded", "status=ongoing")
    chosen = [f"{level}&{rung}".strip("&") for level in levels for rung in evidence]
    return [f"{chosen[place % len(chosen)]}&page={place // len(chosen) + 1}".strip("&") for place in range(number)]
