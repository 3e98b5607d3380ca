import pytest

from tests.experts.booking.making import Parties, make_parties


@pytest.fixture
def parties(db) -> Parties:
    return make_parties()
