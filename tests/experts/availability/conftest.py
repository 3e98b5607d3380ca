import pytest

from tests.experts.availability.calendar_host import CalendarHost


@pytest.fixture
def host(tmp_path):
    host = CalendarHost(tmp_path)
    yield host
    host.stop()
