"""Every public address by role. An address that is missing from the table fails the test: decide who may open it."""

from collections.abc import Iterator

import pytest
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from wagtail.models import PageViewRestriction

from tests.factories import make_concept, make_document, make_practice
from tests.practices.conftest import index  # noqa: F401  # the fixture

pytestmark = pytest.mark.django_db

ROLES = ("anonymous", "practitioner", "editor")
# These trees have tables of their own: Wagtail's admin is closed at its gate, allauth's pages are allauth's.
OUTSIDE = ("beheer/", "account/")

# Name → what it takes → status for anonymous, practitioner, editor.
TABLE: dict[str, tuple[dict[str, str], tuple[int, int, int]]] = {
    "admin_login_gate": ({}, (302, 403, 302)),
    "frontend_login_gate": ({}, (302, 403, 302)),
    "document": ({"document_id": "{document}", "filename": "{filename}"}, (200, 200, 200)),
    "wagtaildocs_serve": ({"document_id": "{document}", "document_filename": "{filename}"}, (200, 200, 200)),
    "wagtaildocs_authenticate_with_password": ({"restriction_id": "1"}, (404, 404, 404)),
    "wagtailcore_authenticate_with_password": ({"page_view_restriction_id": "1", "page_id": "1"}, (404, 404, 404)),
    "wagtailcore_login": ({}, (302, 403, 302)),
    "wagtail_serve": ({"path": "praktijken/een-praktijk/"}, (200, 200, 200)),
    "practice_feed": ({}, (200, 200, 200)),
    "practice_export": ({"extension": "csv"}, (200, 200, 200)),
    "practice_municipalities": ({}, (200, 200, 200)),
    "practice_pdf": ({"slug": "een-praktijk"}, (200, 200, 200)),
    "search": ({}, (200, 200, 200)),
    "search_suggestions": ({}, (200, 200, 200)),
    "concepts": ({}, (200, 200, 200)),
    "concept": ({"slug": "dialoog"}, (200, 200, 200)),
    "my_page": ({}, (302, 200, 200)),
    "my_organisation": ({}, (302, 200, 200)),
    "withdraw_request": ({"pk": "1"}, (405, 405, 405)),
    "members": ({}, (302, 404, 404)),
    "members_of": ({"organisation_id": "1"}, (302, 404, 404)),
    "members_invite": ({"organisation_id": "1"}, (302, 404, 404)),
    "member_roles": ({"pk": "1"}, (302, 404, 404)),
    "member_end": ({"pk": "1"}, (302, 404, 404)),
    "invitation_resend": ({"pk": "1"}, (405, 405, 405)),
    "invitation_revoke": ({"pk": "1"}, (405, 405, 405)),
    "invitation": ({"token": "onbekend"}, (404, 404, 404)),
    "my_data": ({}, (302, 200, 200)),
    "my_data_file": ({}, (302, 200, 200)),
    "delete_me": ({}, (302, 200, 200)),
    "delete_me_now": ({"token": "onbekend"}, (302, 404, 404)),
    "retention_terms": ({}, (200, 200, 200)),
    "sitemap": ({}, (200, 200, 200)),
    "robots_txt": ({}, (200, 200, 200)),
    "favicon": ({}, (302, 302, 302)),
}
# What a draft and a closed practice answer, for the addresses that show one practice.
DRAFT = (404, 404, 404)
CLOSED_PAGE = (302, 200, 200)
CLOSED_PDF = (404, 200, 200)


def patterns(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, str]]:
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern)
        if route.startswith(OUTSIDE) and route != "beheer/login/":
            continue
        if isinstance(entry, URLResolver):
            yield from patterns(entry, route)
        elif isinstance(entry, URLPattern):
            yield route, entry.name or ""


def test_the_table_knows_every_public_address():
    unknown = {route: name for route, name in patterns(get_resolver()) if name not in TABLE}

    assert unknown == {}, "Add these to TABLE, with the status for every role."


def test_the_table_knows_no_address_that_went():
    assert set(TABLE) <= {name for _route, name in patterns(get_resolver())}


@pytest.fixture
def library(index, cast):  # noqa: F811
    make_concept("Dialoog", slug="dialoog")
    make_practice(title="Een praktijk", slug="een-praktijk")
    document = make_document()
    return {"document": str(document.pk), "filename": document.filename}


@pytest.mark.parametrize("name", TABLE)
def test_every_role_gets_what_the_table_says(cast, library, name):
    arguments, expected = TABLE[name]
    try:
        url = reverse(name, kwargs={key: value.format(**library) for key, value in arguments.items()})
    except NoReverseMatch:
        url = reverse(name, args=[value.format(**library) for value in arguments.values()])

    assert tuple(cast.client(role).get(url).status_code for role in ROLES) == expected, url


@pytest.mark.parametrize("role", ROLES)
def test_a_draft_and_a_closed_practice_by_role(cast, library, role):
    draft, closed = make_practice(live=False), make_practice()
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    client, at = cast.client(role), ROLES.index(role)

    assert client.get(draft.get_url()).status_code == DRAFT[at]
    assert client.get(reverse("practice_pdf", args=[draft.slug])).status_code == DRAFT[at]
    assert client.get(closed.get_url()).status_code == CLOSED_PAGE[at]
    assert client.get(reverse("practice_pdf", args=[closed.slug])).status_code == CLOSED_PDF[at]


@pytest.mark.parametrize(
    "name",
    ["practice_municipalities", "practice_pdf", "search", "search_suggestions", "concepts", "concept", "robots_txt"],
)
def test_what_is_only_read_refuses_to_be_written(cast, library, name):
    url = reverse(name, kwargs=TABLE[name][0])

    assert cast.client("anonymous").post(url).status_code == 405
