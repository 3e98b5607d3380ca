"""More like this: what stands below a page because it shares the page's telling words."""

from collections.abc import Collection
from dataclasses import dataclass

from core.finding.kinds import Result, ResultKind, all_kinds, get_kind
from core.finding.listing import presented
from core.finding.readers import Reader, gate
from search.api import more_like
from search.documents import kind_of
from search.query import SearchRequest

SHOWN = 3
ASKED = 12  # of the engine: some may stand on the page already, or be closed since


@dataclass(frozen=True)
class Alike:
    kind: ResultKind
    result: Result


def alike(document_id: str, reader: Reader, *, without: Collection[str] = ()) -> list[Alike]:
    """Of every kind, most alike first; nothing that this reader may not see, and none of these ids."""
    kinds = tuple(kind.name for kind in all_kinds())
    asked = SearchRequest(audiences=gate().audiences_of(reader), kinds=kinds, page_size=ASKED)
    ids = [found for found in more_like(document_id, asked) if found not in without]
    shown = presented(ids, reader)
    found = [Alike(kind, shown[i]) for i in ids if i in shown and (kind := get_kind(kind_of(i))) is not None]
    return found[:SHOWN]
