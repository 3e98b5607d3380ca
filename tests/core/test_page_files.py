"""Kept answers in files: shared by workers, never stale, never believed when damaged, never without bounds."""

import json
import os
import time
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings
from wagtail.models import PageViewRestriction

from core import page_cache, release
from core.models import SiteSettings
from core.page_cache import pages
from core.page_files import Kept, PageFiles
from practices.models import PracticePage
from tests.factories import make_practice, make_tree, make_user
from tests.practices.conftest import index  # noqa: F401  # a fixture

KEY = ("http", "testserver", "/", "2026-01-01", "")
PAGE = Kept(b"<p>ja</p>", {"Content-Type": "text/html", "ETag": '"1"'})


@pytest.fixture
def shared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> PageFiles:
    """Tidying up is called by its own tests: a thread would be at it at any moment."""
    monkeypatch.setattr("core.page_files.threading.Thread.start", lambda thread: None)
    return PageFiles(tmp_path / "pages", 1_000_000)


def files_in(root: Path) -> list[Path]:
    return [path for path in root.rglob("*") if path.is_file()]


def test_another_worker_finds_what_was_put(shared: PageFiles) -> None:
    shared.put(7, KEY, PAGE, seconds=60)

    found = PageFiles(shared.root, shared.limit).get(7, KEY)

    assert found is not None
    assert found[0] == PAGE
    assert 0 < found[1] <= 60
    assert PageFiles(shared.root, shared.limit).get(7, (*KEY[:-1], "true")) is None


def test_another_generation_and_another_release_find_nothing(
    shared: PageFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared.put(7, KEY, PAGE, seconds=60)

    assert shared.get(8, KEY) is None
    monkeypatch.setattr("core.page_files.stamp", lambda: "another")
    assert shared.get(7, KEY) is None


@pytest.mark.parametrize(("later", "found"), [(59, True), (61, False), (-3600, False)])
def test_it_passes_with_time_and_a_clock_that_was_set_back_does_not_prolong_it(
    shared: PageFiles, monkeypatch: pytest.MonkeyPatch, later: int, found: bool
) -> None:
    shared.put(7, KEY, PAGE, seconds=60)
    now = time.time()
    monkeypatch.setattr("core.page_files.time.time", lambda: now + later)

    assert (shared.get(7, KEY) is not None) is found


def with_header(change: Callable[[dict[str, Any]], Any]) -> Callable[[bytes], bytes]:
    """The same file, rightly summed, with another header."""

    def changed(raw: bytes) -> bytes:
        length = int.from_bytes(raw[9:13])
        header = json.loads(raw[13 : 13 + length])
        text = json.dumps(change(header) or header).encode()
        body = len(text).to_bytes(4) + text + raw[13 + length :]
        return b"page1" + zlib.crc32(body).to_bytes(4) + body

    return changed


@pytest.mark.parametrize(
    "damage",
    [
        lambda raw: b"",
        lambda raw: raw[:3],
        lambda raw: raw[:9],
        lambda raw: raw[: len(raw) // 2],
        lambda raw: raw[:-1],
        lambda raw: raw + b"x",
        lambda raw: raw[:-3] + b"nee",
        lambda raw: b"page0" + raw[5:],
        lambda raw: bytes(len(raw)),
        with_header(lambda header: header.update(key=["other"])),
        with_header(lambda header: header.pop("until") and None),
        with_header(lambda header: header.update(until="soon")),
        with_header(lambda header: header.update(headers=["x"])),
        with_header(lambda header: [1]),
    ],
)
def test_a_damaged_file_is_no_answer_and_is_replaced(shared: PageFiles, damage: Callable[[bytes], bytes]) -> None:
    shared.put(7, KEY, PAGE, seconds=60)
    (place,) = files_in(shared.root)
    place.write_bytes(damage(place.read_bytes()))

    assert shared.get(7, KEY) is None

    shared.put(7, KEY, PAGE, seconds=60)
    assert shared.get(7, KEY) is not None


def test_only_its_own_user_may_read_it(shared: PageFiles) -> None:
    shared.put(7, KEY, PAGE, seconds=60)
    (place,) = files_in(shared.root)

    assert place.stat().st_mode & 0o077 == 0
    assert place.parent.stat().st_mode & 0o077 == 0


def test_a_full_or_closed_disk_breaks_nothing(shared: PageFiles, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_args: object) -> None:
        raise OSError("no space left on device")

    shared.put(7, KEY, PAGE, seconds=60)
    monkeypatch.setattr("core.page_files.Path.replace", full)

    shared.put(7, ("other",), PAGE, seconds=60)

    assert shared.get(7, ("other",)) is None
    assert len(files_in(shared.root)) == 1  # and no draft is left


def test_a_large_answer_is_left_out(shared: PageFiles) -> None:
    shared.put(7, KEY, Kept(bytes(200_000), {}), seconds=60)

    assert files_in(shared.root) == []


def test_addresses_without_end_do_not_fill_the_disk(shared: PageFiles) -> None:
    for number in range(300):
        shared.put(7, (str(number),), Kept(bytes(10_000), {}), seconds=60)
        for place in files_in(shared.root)[-1:]:
            os.utime(place, (number, number))
        if number % 20 == 0:
            shared.tidy(7)
    shared.tidy(7)

    assert sum(path.stat().st_size for path in files_in(shared.root)) <= shared.limit
    assert shared.get(7, ("299",)) is not None


def test_older_generations_and_what_other_releases_left_are_removed(
    shared: PageFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared.put(6, KEY, PAGE, seconds=60)
    shared.put(8, KEY, PAGE, seconds=60)  # of a worker that is ahead
    (shared.root / "what is this").mkdir()
    with monkeypatch.context() as other:
        other.setattr("core.page_files.stamp", lambda: "another")
        shared.put(9, KEY, PAGE, seconds=60)
    os.utime(shared.root / "9-another", (1, 1))

    shared.tidy(7)

    assert [path.name for path in shared.root.iterdir()] == [f"8-{release.stamp()}"]


def test_a_deployment_changes_the_stamp(monkeypatch: pytest.MonkeyPatch) -> None:
    release.stamp.cache_clear()
    before = release.stamp()
    release.stamp.cache_clear()
    assert release.stamp() == before

    monkeypatch.setenv("SITE_URL", "https://another.example")
    release.stamp.cache_clear()
    assert release.stamp() != before
    monkeypatch.undo()

    changed = Path(release.__file__)
    later = changed.stat()
    original = Path.stat

    def stat(path: Path, **options: Any) -> Any:
        return os.stat_result((*later[:8], 1, 1)) if path == changed else original(path, **options)

    monkeypatch.setattr(Path, "stat", stat)
    release.stamp.cache_clear()
    assert release.stamp() != before
    release.stamp.cache_clear()


class TestTheSite:
    """The same through the site, by workers that have nothing in common but the directory."""

    pytestmark = pytest.mark.django_db(transaction=True)

    @pytest.fixture(autouse=True)
    def directory(self, index: None, settings: Settings, tmp_path: Path) -> Iterator[Path]:  # noqa: F811
        settings.PAGE_CACHE_DIR = tmp_path / "pages"
        SiteSettings.objects.get_or_create(site_id=make_tree().site.pk)  # or the first request makes them
        pages.clear()
        yield settings.PAGE_CACHE_DIR
        pages.clear()

    @pytest.fixture
    def made(self, monkeypatch: pytest.MonkeyPatch) -> list[str]:
        found: list[str] = []
        original = page_cache.may_be_kept
        monkeypatch.setattr(
            page_cache, "may_be_kept", lambda request, answer: found.append(request.path) or original(request, answer)
        )
        return found

    @staticmethod
    def by_another_worker(url: str, client: Client | None = None) -> Any:
        pages.clear()
        return (client or Client()).get(url)

    def test_what_one_worker_made_the_other_answers_with(self, made: list[str]) -> None:
        practice = make_practice(title="Buurtsport")

        answers = [self.by_another_worker(practice.url) for _worker in range(3)]

        assert made == [practice.url]
        assert len({answer.content for answer in answers}) == 1
        assert dict(answers[0].items()) == dict(answers[2].items())

    def test_the_request_right_after_a_change_shows_it(self) -> None:
        practice = make_practice(title="Buurtsport")
        assert b"Nieuwe naam" not in self.by_another_worker(practice.url).content

        PracticePage.objects.filter(pk=practice.pk).update(title="Nieuwe naam")

        assert b"Nieuwe naam" in self.by_another_worker(practice.url).content

    def test_what_is_closed_never_enters_and_what_was_open_is_gone(self, directory: Path) -> None:
        closed = make_practice(title="Gesloten", slug="gesloten")
        PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
        member = Client()
        member.force_login(make_user())
        assert self.by_another_worker(closed.url, member).status_code == 200
        assert self.by_another_worker(closed.url).status_code == 404
        assert files_in(directory) == []

        opened = make_practice(title="Open", slug="open")
        assert self.by_another_worker(opened.url).status_code == 200
        assert len(files_in(directory)) == 1
        PageViewRestriction.objects.create(page=opened, restriction_type=PageViewRestriction.LOGIN)
        assert self.by_another_worker(opened.url).status_code == 404
