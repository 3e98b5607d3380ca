"""A library of every kind, in an index of its own."""

import pytest

from tests.factories import StandardPageFactory, Tree, make_concept, make_organisation, make_practice
from tests.practices.conftest import index, reindex  # noqa: F401  # the fixture


@pytest.fixture
def library(index: None, tree: Tree) -> str:  # noqa: F811
    """Two practices, a term and a page that say "polarisatie"; the address of the search page."""
    theme = make_concept(
        "polarisatie",
        slug="polarisatie",
        other_labels=["wij-zij-denken"],
        definition="Groepen in een samenleving komen tegenover elkaar te staan.",
    )
    ghent = make_organisation("Gent", province="oost-vlaanderen", nis_code="44021")
    make_practice(title="Polarisatie op school bespreken", themes=[theme], ran_in=[ghent], tags=["school"])
    make_practice(title="Dialoogtafels", summary="Wat polarisatie met een wijk doet.", themes=[theme])
    StandardPageFactory(
        parent=tree.home,
        title="Waarom dit platform",
        slug="waarom",
        intro="Over radicalisering en polarisatie.",
        body=[("text", "<p>Kennis over <b>deradicalisering</b> verdwijnt met projecten.</p>")],
    )
    reindex()
    return "/zoeken/"
