"""What every answer says about what a page may load and do."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.conftest import Cast
from tests.factories import Tree, make_document, make_practice

pytestmark = pytest.mark.django_db


def test_the_site_allows_no_inline_script_and_no_other_host(client: Client, tree: Tree) -> None:
    policy = client.get("/").headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "frame-ancestors 'none'" in policy


def test_the_admin_has_a_looser_policy_of_its_own(cast: Cast) -> None:
    policy = cast.client("editor").get("/beheer/").headers["Content-Security-Policy"]
    assert "'unsafe-inline'" in policy
    assert "http" not in policy


def test_the_login_page_has_the_strict_policy(client: Client, tree: Tree) -> None:
    assert "unsafe" not in client.get("/account/login/").headers["Content-Security-Policy"]


def test_features_that_are_never_used_are_off(client: Client, tree: Tree) -> None:
    headers = client.get("/").headers
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_no_page_names_another_host_to_load_from(client: Client, tree: Tree) -> None:
    body = client.get("/").content.decode()
    for attribute in ('src="http', 'src="//', '<link rel="stylesheet" href="http'):
        assert attribute not in body


def test_the_editor_sees_a_preview_beside_the_form(cast: Cast) -> None:
    """The preview is drawn as the site draws it, but in a frame of the admin."""
    draft = make_practice(live=False, summary="")
    client = cast.client("editor")
    url = reverse("wagtailadmin_pages:view_draft", args=[draft.pk])
    response = client.get(url)
    assert response.status_code == 200
    policy = response.headers["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in policy
    assert "unsafe" not in policy


def test_a_document_says_only_what_is_true_of_it(client: Client, tree: Tree) -> None:
    document = make_document(file_hash="")
    response = client.get(document.url)
    assert response.status_code == 200
    assert "Content-Encoding" not in response.headers
    assert response.headers.get("ETag") != '""'
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert client.post(document.url).status_code == 405
