"""A request that Django refuses gets a page of ours that says what to do."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_a_form_without_its_token_gets_an_explanation(tree):
    response = Client(enforce_csrf_checks=True).post("/account/login/", {"login": "a@b.example"})

    assert response.status_code == 403
    assert "site-header" in response.content.decode()
    assert "403_csrf.html" in [template.name for template in response.templates]


@pytest.mark.parametrize("path", ["/bestaat-niet/", "/praktijken/bestaat-niet/", "/a/b/c/d/"])
def test_an_unknown_address_offers_a_way_on(client, tree, path):
    response = client.get(path)

    assert response.status_code == 404
    html = response.content.decode()
    assert 'name="q"' in html
    assert 'href="/"' in html


def test_a_strange_host_is_refused(client, tree):
    assert client.get("/", headers={"host": "elders.example"}).status_code == 400
