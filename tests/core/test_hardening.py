"""The list of the hardened site: one test for each promise that no other test holds."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings as project
from django.test import Client
from django.urls import reverse
from pytest_django import Settings
from wagtail.documents import get_document_model

from tests.conftest import Cast
from tests.factories import PASSWORD, Tree, make_document, make_practice

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parents[2]
# What Chromium and Firefox know by name; another name is an error in their console.
KNOWN_FEATURES = {
    *("camera", "display-capture", "geolocation", "microphone", "midi", "payment", "usb"),
    *("publickey-credentials-create", "publickey-credentials-get"),
}
PAGES = ("/", "/praktijken/", "/account/login/", "/account/signup/", "/account/password/reset/", "/bestaat-niet/")
INLINE = re.compile(
    r"<script(?![^>]*(\bsrc=|application/(ld\+)?json))|<style|\sstyle=|\son[a-z]+=|javascript:", re.IGNORECASE
)
HIDDEN = {"X-Powered-By", "Server"}


@pytest.fixture(scope="module")
def production(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The settings of production, as an installation that follows the manual would have them."""
    folder = tmp_path_factory.mktemp("production")
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT / "site"),
        "SECRET_KEY": "x" * 60,
        "ALLOWED_HOSTS": "ankerplaats.example",
        "SITE_URL": "https://ankerplaats.example",
        "DATABASE_URL": "postgres://a:b@127.0.0.1/c",
        "EMAIL_HOST": "localhost",
        "MFA_ENCRYPTION_KEYS": "YS1rZXktZm9yLXRoaXMtY2hlY2stb25seS0wMTIzNDU=",
        "BEHIND_TLS_PROXY": "true",
        "TRUSTED_PROXY_COUNT": "1",
        "VAR_DIR": str(folder),
    }
    code = (
        "import json; from config.settings import production as p;"
        "print(json.dumps({n: getattr(p, n) for n in dir(p) if n.isupper()}, default=lambda x: None))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, cwd=folder, capture_output=True, text=True, check=True
    )
    return dict(json.loads(done.stdout))


def test_production_speaks_tls_only_and_says_so(production: dict[str, Any]) -> None:
    assert production["SECURE_SSL_REDIRECT"] is True
    assert production["SECURE_HSTS_SECONDS"] >= 365 * 24 * 3600
    assert production["SECURE_HSTS_INCLUDE_SUBDOMAINS"] is production["SECURE_HSTS_PRELOAD"] is True
    assert production["DEBUG"] is production["DEMO"] is False


def test_production_cookies_are_closed_to_scripts_and_plain_http(production: dict[str, Any]) -> None:
    assert production["SESSION_COOKIE_SECURE"] is production["CSRF_COOKIE_SECURE"] is True
    assert production["SESSION_COOKIE_HTTPONLY"] is True
    assert production["SESSION_COOKIE_SAMESITE"] == "Lax"


def test_production_asks_editors_for_a_second_factor_and_counts_failures(production: dict[str, Any]) -> None:
    assert production["SECOND_FACTOR_REQUIRED"] is True
    assert production["ACCOUNT_RATE_LIMITS"]["login_failed"]
    assert production["ALLAUTH_TRUSTED_PROXY_COUNT"] == 1
    cache = production["CACHES"]["default"]
    assert cache["BACKEND"].endswith("DatabaseCache")
    assert cache["OPTIONS"]["MAX_ENTRIES"] >= 10_000


def test_hsts_goes_out_over_tls(client: Client, tree: Tree, settings: Settings, production: dict[str, Any]) -> None:
    settings.SECURE_HSTS_SECONDS = production["SECURE_HSTS_SECONDS"]
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = True
    settings.SECURE_SSL_REDIRECT = True
    plain = Client()
    assert plain.get("/").status_code == 301
    assert plain.get("/").url.startswith("https://")
    assert "max-age=31536000; includeSubDomains; preload" in client.get("/", secure=True).headers.values()


def test_cookies_of_a_session_carry_their_flags(cast: Cast, settings: Settings) -> None:
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    user = cast.practitioner
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    client = Client()
    client.get("/account/login/", secure=True)
    client.post("/account/login/", {"login": user.email, "password": PASSWORD}, secure=True)
    assert client.cookies["csrftoken"]["secure"]
    assert client.cookies["csrftoken"]["samesite"] == "Lax"
    session = client.cookies["sessionid"]
    assert session["secure"]
    assert session["httponly"]


@pytest.mark.parametrize("path", PAGES)
def test_no_page_has_inline_script_or_style(client: Client, tree: Tree, path: str) -> None:
    response = client.get(path)
    assert INLINE.search(response.content.decode()) is None, INLINE.search(response.content.decode())
    assert "unsafe" not in response.headers["Content-Security-Policy"]
    assert HIDDEN & set(response.headers) == set()


@pytest.mark.parametrize(
    "name",
    [
        *("mfa_index", "mfa_list_webauthn", "usersessions_list", "account_email", "account_change_password"),
        *("account_logout", "account_reauthenticate", "second_factor", "socialaccount_connections"),
    ],
)
def test_no_page_of_an_account_has_inline_script_or_style(cast: Cast, name: str) -> None:
    response = cast.client("practitioner").get(reverse(name))
    assert response.status_code == 200
    assert INLINE.search(response.content.decode()) is None, INLINE.search(response.content.decode())
    assert "site-header" in response.content.decode()


def test_the_policy_names_no_other_host_and_no_plugin(client: Client, tree: Tree) -> None:
    parts = dict(
        part.strip().split(" ", 1) for part in client.get("/").headers["Content-Security-Policy"].split(";") if part
    )
    assert parts["default-src"] == parts["script-src"] == parts["style-src"] == parts["form-action"] == "'self'"
    assert parts["object-src"] == parts["base-uri"] == parts["frame-ancestors"] == "'none'"
    assert parts["img-src"] == "'self' data:"


def test_the_looser_policy_is_the_admins_alone(cast: Cast) -> None:
    client = cast.client("editor")
    loose = client.get("/beheer/").headers["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in loose
    assert "object-src 'none'" in loose
    for path in ("/", "/beheerders/", "/documenten/1/beheer/"):
        assert "unsafe" not in client.get(path).headers["Content-Security-Policy"], path


def test_only_features_that_browsers_know_are_named(client: Client, tree: Tree) -> None:
    policy = client.get("/").headers["Permissions-Policy"]
    named = {part.split("=")[0].strip() for part in policy.split(",")}
    assert named == KNOWN_FEATURES
    assert "publickey-credentials-get=(self)" in policy


@pytest.mark.parametrize("name", ["plaatje.svg", "pagina.html", "pagina.xhtml", "stijl.xml", "script.js", "z.pdf.html"])
def test_what_a_browser_might_run_is_only_ever_saved(client: Client, tree: Tree, name: str) -> None:
    """Such a file is refused at upload; one that came in another way is still harmless."""
    document = make_document(b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", name)
    response = client.get(document.url)
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"] == "default-src 'none'"


def test_a_file_called_pdf_is_served_as_pdf_whatever_it_holds(client: Client, tree: Tree) -> None:
    response = client.get(make_document(b"<html><script>alert(1)</script>", "vals.pdf").url)
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_nothing_that_a_browser_might_run_can_be_uploaded() -> None:
    allowed = {*project.WAGTAILDOCS_EXTENSIONS, *project.WAGTAILIMAGES_EXTENSIONS}
    assert allowed & {"svg", "html", "htm", "xhtml", "xml", "js", "mjs", "swf", "exe", "docm", "xlsm"} == set()
    assert project.WAGTAILDOCS_INLINE_CONTENT_TYPES == ["application/pdf"]


def test_a_closed_document_is_not_lying_open_beside_its_view(client: Client, tree: Tree) -> None:
    document = make_document()
    assert client.get(f"/media/{document.file.name}").status_code == 404
    assert get_document_model().objects.get().url.startswith("/documenten/")


def test_the_admin_calls_nobody(cast: Cast) -> None:
    html = cast.client("admin").get("/beheer/").content.decode()
    assert "gravatar" not in html
    assert "releases.wagtail" not in html
    assert project.WAGTAIL_GRAVATAR_PROVIDER_URL is None
    assert project.WAGTAIL_ENABLE_UPDATE_CHECK is False
    assert project.WAGTAILEMBEDS_FINDERS == []


@pytest.mark.parametrize(
    ("role", "status"), [("anonymous", 302), ("practitioner", 302), ("editor", 200), ("moderator", 200), ("admin", 200)]
)
def test_the_admin_needs_the_right_group(cast: Cast, role: str, status: int) -> None:
    assert cast.client(role).get("/beheer/").status_code == status


@pytest.mark.parametrize("role", ["editor", "moderator"])
@pytest.mark.parametrize("path", ["/beheer/users/", "/beheer/groups/", "/beheer/sites/"])
def test_editors_do_not_make_users_or_groups(cast: Cast, role: str, path: str) -> None:
    response = cast.client(role).get(path)
    assert response.status_code in {302, 403}, path


@pytest.mark.parametrize("target", ["https://kwaad.example/", "//kwaad.example/", "/\\kwaad.example/"])
def test_the_admin_sends_nobody_to_another_host(cast: Cast, target: str) -> None:
    page = make_practice()
    url = reverse("wagtailadmin_pages:unpublish", args=[page.pk])
    response = cast.client("moderator").post(f"{url}?next={target}", {"next": target})
    assert response.status_code == 302
    assert "kwaad.example" not in response.url
