"""A selected value stands in a query of the engine: whatever it holds, it is a value and nothing else."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.engines.embedded import EmbeddedEngine
from search.language import normalise
from search.query import Facet, SearchRequest
from tests.search.conftest import PUBLIC, document

FACETS = (Facet("label"), Facet("level"))
PIECES = st.sampled_from(
    ['"', "\\", "'", '\\"', "*", "AND", " OR ", "facet:", "(", ")", "[", "]", "^2", "~", "-", "+", "{", "/"]
)
VALUES = st.lists(st.one_of(PIECES, st.text(max_size=3)), min_size=1, max_size=6).map("".join)


def counts(engine: EmbeddedEngine, *values: str) -> dict[str, int]:
    request = SearchRequest(audiences=PUBLIC, facets=FACETS, filters={"label": values})
    return dict(engine.search(request).facets["level"])


@given(VALUES)
@settings(max_examples=60)
def test_any_value_narrows_the_other_counts_to_the_documents_that_have_it(value: str) -> None:
    wanted = normalise(value)
    with tempfile.TemporaryDirectory() as directory:
        engine = EmbeddedEngine(Path(directory))
        engine.rebuild(
            [
                document("1", "Een", facets={"label": (value,), "level": ("primary",)} if wanted else {}),
                document("2", "Twee", facets={"label": ("ander",), "level": ("secondary",)}),
            ]
        )
        expected = {"primary": 1} if wanted else {}
        assert counts(engine, value) == expected
        assert counts(engine, value, "ander") == expected | {"secondary": 1}


@pytest.mark.parametrize("value", ['"', "\\", '\\"', 'x" OR facet:"level\x1fsecondary', "*", "a\\", "'", "onbekend"])
def test_a_value_that_nothing_has_leaves_nothing(index_dir: Path, value: str) -> None:
    engine = EmbeddedEngine(index_dir)
    engine.rebuild([document("1", "Een", facets={"label": ("een",), "level": ("secondary",)})])
    assert counts(engine, value) == {}
