"""Settings of the tests: fast hashing, mail in memory, SQLite unless TEST_DATABASE_URL names a PostgreSQL."""

import atexit
import shutil
import tempfile
from pathlib import Path

from .base import *  # noqa: F403
from .environment import env, prepared

DEBUG = False
SECRET_KEY = "tests-only-key-that-protects-nothing-and-is-long-enough-to-pass"  # noqa: S105
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
DEMO = False

_tmp = Path(tempfile.mkdtemp(prefix="ankerplaats-test-"))
atexit.register(shutil.rmtree, _tmp, ignore_errors=True)
DATABASES = {"default": prepared(env.dj_db_url("TEST_DATABASE_URL", "sqlite://:memory:"))}
MEDIA_ROOT = _tmp / "media"
CLOSED_FILES_DIR = _tmp / "closed"
SEARCH_INDEX_DIR = _tmp / "search"
SEARCH_RECOVERY = False  # a thread would find the database of another connection; its own tests switch it on
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
ACCOUNT_RATE_LIMITS = False
INVITATION_LIMITS = {}
WRONG_CODE_LIMITS = {}
PAGE_CACHE_DIR = None  # its own tests switch it on
SEARCH_LOG = False  # the tests that are about it switch it on
SECOND_FACTOR_REQUIRED = False  # tests/people/test_second_factor.py switches it on
