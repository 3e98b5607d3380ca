"""Our system checks, and the names of our packages."""

import importlib.metadata
import os
import subprocess
import sys
from pathlib import Path

import pytest
from pytest_django import Settings

from core import checks

ROOT = Path(__file__).resolve().parents[2]
OURS = {"config", "core", "people", "taxonomy", "keeping", "practices", "experts", "events", "home", "search"}


def test_an_address_without_tls_is_an_error_in_production(settings: Settings) -> None:
    settings.WAGTAILADMIN_BASE_URL = "http://ankerplaats.example"
    assert [message.id for message in checks.site_url_is_https(None)] == ["core.E001"]
    settings.WAGTAILADMIN_BASE_URL = "https://ankerplaats.example"
    assert checks.site_url_is_https(None) == []


def test_the_demo_is_an_error_in_production(settings: Settings) -> None:
    settings.DEMO = True
    assert [message.id for message in checks.demo_is_off(None)] == ["core.E002"]


def test_tasks_in_memory_are_an_error_in_production(settings: Settings) -> None:
    assert [message.id for message in checks.task_queue_survives(None)] == ["core.E003"]
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    assert checks.task_queue_survives(None) == []


def test_no_installed_package_has_the_name_of_one_of_ours() -> None:
    taken = OURS & set(importlib.metadata.packages_distributions())
    assert taken == set()


@pytest.mark.parametrize(
    "missing", ["SECRET_KEY", "ALLOWED_HOSTS", "SITE_URL", "DATABASE_URL", "EMAIL_HOST", "MFA_ENCRYPTION_KEYS"]
)
def test_production_does_not_start_without(missing: str, tmp_path: Path) -> None:
    complete = {
        "SECRET_KEY": "x" * 60,
        "ALLOWED_HOSTS": "ankerplaats.example",
        "SITE_URL": "https://ankerplaats.example",
        "DATABASE_URL": "postgres://a:b@127.0.0.1/c",
        "EMAIL_HOST": "localhost",
        "MFA_ENCRYPTION_KEYS": "YS1rZXktZm9yLXRoaXMtY2hlY2stb25seS0wMTIzNDU=",
    }
    environment = {name: value for name, value in complete.items() if name != missing}
    kept = {name: value for name, value in os.environ.items() if name not in complete}
    done = subprocess.run(
        [sys.executable, "-c", "import config.settings.production"],
        cwd=tmp_path,
        env={**kept, **environment, "PYTHONPATH": str(ROOT / "site"), "VAR_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert missing in done.stderr
