"""The addresses of static files in production."""

from pathlib import Path

import pytest
from django.contrib.staticfiles.storage import StaticFilesStorage
from django.core.management import call_command
from pytest_django import Settings

from core.static_files import StaticFiles

pytestmark = pytest.mark.any_database


def test_an_address_is_worked_out_once_and_names_the_content(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "from").mkdir()
    (tmp_path / "from" / "site.css").write_text("a { color: red }")
    settings.STATICFILES_DIRS = [tmp_path / "from"]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATIC_ROOT = tmp_path / "to"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": "core.static_files.StaticFiles"}}
    settings.DEBUG = False
    call_command("collectstatic", interactive=False, verbosity=0)
    storage, asked = StaticFiles(), []
    work_out = StaticFilesStorage.url
    monkeypatch.setattr(StaticFilesStorage, "url", lambda self, name: (asked.append(name), work_out(self, name))[1])

    first, second = storage.url("site.css"), storage.url("site.css")

    assert first == second
    assert (tmp_path / "to" / first.removeprefix(settings.STATIC_URL)).read_text() == "a { color: red }"
    assert first != f"{settings.STATIC_URL}site.css"
    assert len(asked) == 1
