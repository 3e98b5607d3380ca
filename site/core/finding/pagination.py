"""The row of page numbers under a list."""

from collections.abc import Iterator
from dataclasses import dataclass

from search.query import SearchRequest

PAGES_AROUND = 2


@dataclass(frozen=True)
class PageLink:
    """A page number; None is the gap between two runs of numbers."""

    number: int | None
    url: str = ""
    current: bool = False


@dataclass(frozen=True)
class Pagination:
    number: int
    count: int
    previous_url: str
    next_url: str
    links: list[PageLink]


def paginate(request: SearchRequest, number: int, count: int) -> Pagination:
    """The pages around this one, the first and the last."""
    return Pagination(
        number,
        count,
        request.with_page(number - 1).url if number > 1 else "",
        request.with_page(number + 1).url if number < count else "",
        list(_links(request, number, count)),
    )


def _links(request: SearchRequest, number: int, count: int) -> Iterator[PageLink]:
    previous = 0
    for page in range(1, count + 1):
        if page in {1, count} or abs(page - number) <= PAGES_AROUND:
            if page > previous + 1:
                yield PageLink(None)
            yield PageLink(page, request.with_page(page).url, current=page == number)
            previous = page
