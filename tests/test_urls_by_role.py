"""Every public address by role. An address that is missing from the table fails the test: decide who may open it."""

import re
from collections.abc import Iterator

import pytest
from django.db import transaction
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from wagtail.models import Collection

from people.audiences import Audience
from people.models import Membership
from people.services.closing import set_collection_audience, set_page_audience
from tests.closed_world import make_clients
from tests.events.factories import make_event
from tests.factories import StandardPageFactory, make_concept, make_document, make_practice
from tests.practices.conftest import index  # noqa: F401  # the fixture

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

# Everybody there is, and the column of the table that holds for her. The stranger has an account and belongs nowhere.
COLUMN = {"anonymous": 0, "stranger": 1, "professional": 1, "livc": 1, "editor": 2, "moderator": 2, "admin": 2}
ROLES = tuple(COLUMN)
PARTS = 4  # of the table, so that a run on several processors shares them
# Two trees are tested as a whole, below: whatever is in them, the admin is closed to whoever does not edit, and the
# pages of an account to whoever has none.
ADMIN, ACCOUNT = "beheer/", "account/"
OUTSIDE = (ADMIN, ACCOUNT)

# Name → what it takes → status for anonymous, whoever is signed in, whoever edits.
TABLE: dict[str, tuple[dict[str, str], tuple[int, int, int]]] = {
    "admin_login_gate": ({}, (302, 403, 302)),
    "frontend_login_gate": ({}, (302, 403, 302)),
    "document": ({"document_id": "{document}", "filename": "{filename}"}, (200, 200, 200)),
    "wagtaildocs_serve": ({"document_id": "{document}", "document_filename": "{filename}"}, (200, 200, 200)),
    "no_page_password": ({"path": "1/1/"}, (404, 404, 404)),
    "no_document_password": ({"path": "1/"}, (404, 404, 404)),
    "wagtaildocs_authenticate_with_password": ({"restriction_id": "1"}, (404, 404, 404)),
    "wagtailcore_authenticate_with_password": ({"page_view_restriction_id": "1", "page_id": "1"}, (404, 404, 404)),
    "wagtailcore_login": ({}, (302, 403, 302)),
    "wagtail_serve": ({"path": "praktijken/een-praktijk/"}, (200, 200, 200)),
    "practice_feed": ({}, (200, 200, 200)),
    "event_calendar": ({}, (200, 200, 200)),
    "event_calendar_file": ({}, (200, 200, 200)),
    "event_feed": ({}, (200, 200, 200)),
    "event_file": ({"slug": "een-vorming"}, (200, 200, 200)),
    "event_wish": ({"slug": "een-vorming"}, (200, 200, 200)),
    "event_wish_link": ({"token": "onbekend"}, (404, 404, 404)),
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
    "members_of": ({"organisation_id": "{organisation}"}, (302, 404, 404)),
    "members_invite": ({"organisation_id": "{organisation}"}, (302, 404, 404)),
    "member_roles": ({"pk": "{membership}"}, (302, 404, 404)),
    "member_end": ({"pk": "{membership}"}, (302, 404, 404)),
    "invitation_resend": ({"pk": "1"}, (405, 405, 405)),
    "invitation_revoke": ({"pk": "1"}, (405, 405, 405)),
    "invitation": ({"token": "onbekend"}, (404, 404, 404)),
    "hand_over": ({}, (302, 200, 200)),
    "end_session": ({"pk": "1"}, (405, 405, 405)),
    "my_data": ({}, (302, 200, 200)),
    "my_data_file": ({}, (302, 200, 200)),
    "delete_me": ({}, (302, 200, 200)),
    "delete_me_now": ({"token": "onbekend"}, (302, 404, 404)),
    "booking_evaluation": ({"uid": "00000000-0000-4000-8000-000000000000"}, (302, 404, 404)),
    "booking_evaluation_link": ({"token": "onbekend"}, (404, 404, 404)),
    "booking_report": ({"uid": "00000000-0000-4000-8000-000000000000"}, (302, 404, 404)),
    "booking_lesson": ({"uid": "00000000-0000-4000-8000-000000000000"}, (302, 404, 404)),
    "attendance": ({"pk": "1"}, (302, 404, 404)),
    "attendance_note": ({"pk": "1"}, (405, 405, 405)),
    "attendance_code": ({"pk": "1"}, (405, 405, 405)),
    "own_code": ({"pk": "1"}, (200, 200, 200)),
    "my_certificates": ({}, (302, 200, 200)),
    "my_group_certificate": ({"pk": "1"}, (302, 404, 404)),
    "certificate_by_link": ({"token": "onbekend"}, (404, 404, 404)),
    "event_evaluation": ({"token": "onbekend"}, (404, 404, 404)),
    "participants": ({"pk": "1"}, (302, 404, 404)),
    "certificate_check": ({}, (200, 200, 200)),
    "certificate": ({"code": "AAAA-AAAA-AAAA"}, (404, 404, 404)),
    "certificate_file": ({"code": "AAAA-AAAA-AAAA"}, (302, 404, 404)),
    "group_answer": ({"token": "onbekend"}, (404, 404, 404)),
    "retention_terms": ({}, (200, 200, 200)),
    "booking_answer": ({"token": "onbekend"}, (404, 404, 404)),
    "booking": ({"uid": "00000000-0000-4000-8000-000000000000"}, (302, 404, 404)),
    "my_availability": ({}, (302, 404, 404)),
    "availability": ({"expert_id": "1"}, (302, 404, 404)),
    "availability_feed_renew": ({"expert_id": "1"}, (302, 404, 404)),
    "availability_exception": ({"pk": "1"}, (302, 404, 404)),
    "availability_exception_remove": ({"pk": "1"}, (302, 404, 404)),
    "expert_feed": ({"secret": "onbekend"}, (404, 404, 404)),
    "my_experts": ({}, (302, 200, 200)),
    "my_expert": ({"pk": "1"}, (302, 404, 404)),
    "my_expert_profile": ({"pk": "1"}, (302, 404, 404)),
    "my_expert_private": ({"pk": "1"}, (302, 404, 404)),
    "my_expert_reference": ({"pk": "1"}, (302, 404, 404)),
    "expert_reference": ({"token": "onbekend"}, (404, 404, 404)),
    "booking_ask": ({}, (302, 403, 403)),
    "booking_edit": ({"uid": "00000000-0000-4000-8000-000000000000"}, (302, 404, 404)),
    "booking_appointment": ({"uid": "00000000-0000-4000-8000-000000000000"}, (302, 404, 404)),
    "booking_step": ({"uid": "00000000-0000-4000-8000-000000000000", "slug": "intrekken"}, (302, 404, 404)),
    "my_bookings": ({}, (302, 403, 403)),
    "expert_requests": ({}, (302, 404, 404)),
    "event_register": ({"pk": "1"}, (302, 404, 404)),
    "event_register_colleagues": ({"pk": "1"}, (302, 404, 404)),
    "event_register_guest": ({"token": "onbekend"}, (404, 404, 404)),
    "registration_link": ({"token": "onbekend"}, (404, 404, 404)),
    "seat_offer": ({"token": "onbekend"}, (404, 404, 404)),
    "registration": ({"uid": "00000000-0000-4000-8000-000000000000"}, (302, 404, 404)),
    "registration_calendar": ({"uid": "00000000-0000-4000-8000-000000000000"}, (302, 404, 404)),
    "registration_step": ({"uid": "00000000-0000-4000-8000-000000000000", "slug": "afmelden"}, (302, 404, 404)),
    "my_registrations": ({}, (302, 200, 200)),
    "my_calendar": ({}, (302, 200, 200)),
    "personal_feed": ({"secret": "onbekend"}, (404, 404, 404)),
    "my_intervision": ({}, (302, 200, 200)),
    "intervision_room": ({"uid": "00000000-0000-4000-8000-000000000000"}, (302, 404, 404)),
    "intervision_rules": ({"uid": "00000000-0000-4000-8000-000000000000"}, (302, 404, 404)),
    "intervision_ask": ({"uid": "00000000-0000-4000-8000-000000000000"}, (302, 404, 404)),
    "intervision_candidate": ({"uid": "00000000-0000-4000-8000-000000000000", "pk": "1"}, (302, 404, 404)),
    "intervision_arrange": ({"uid": "00000000-0000-4000-8000-000000000000"}, (302, 404, 404)),
    "intervision_invite": ({"uid": "00000000-0000-4000-8000-000000000000"}, (302, 404, 404)),
    "intervision_withdraw": ({"uid": "00000000-0000-4000-8000-000000000000", "pk": "1"}, (302, 404, 404)),
    "intervision_remove": ({"uid": "00000000-0000-4000-8000-000000000000", "pk": "1"}, (302, 404, 404)),
    "intervision_hand_over": ({"uid": "00000000-0000-4000-8000-000000000000"}, (302, 404, 404)),
    "intervision_take_on": ({"uid": "00000000-0000-4000-8000-000000000000"}, (302, 404, 404)),
    "intervision_leave": ({"uid": "00000000-0000-4000-8000-000000000000"}, (302, 404, 404)),
    "intervision_close": ({"uid": "00000000-0000-4000-8000-000000000000"}, (302, 404, 404)),
    "intervision_log": ({"uid": "00000000-0000-4000-8000-000000000000"}, (302, 404, 404)),
    "intervision_new_meeting": ({"uid": "00000000-0000-4000-8000-000000000000"}, (302, 404, 404)),
    "intervision_meeting": (
        {"uid": "00000000-0000-4000-8000-000000000000", "key": "00000000-0000-4000-8000-000000000000"},
        (302, 404, 404),
    ),
    "intervision_change_meeting": (
        {"uid": "00000000-0000-4000-8000-000000000000", "key": "00000000-0000-4000-8000-000000000000"},
        (302, 404, 404),
    ),
    "intervision_cancel_meeting": (
        {"uid": "00000000-0000-4000-8000-000000000000", "key": "00000000-0000-4000-8000-000000000000"},
        (302, 404, 404),
    ),
    "intervision_presence": (
        {"uid": "00000000-0000-4000-8000-000000000000", "key": "00000000-0000-4000-8000-000000000000"},
        (302, 404, 404),
    ),
    "intervision_appointment": (
        {"uid": "00000000-0000-4000-8000-000000000000", "key": "00000000-0000-4000-8000-000000000000"},
        (302, 404, 404),
    ),
    "intervision_bring": (
        {"uid": "00000000-0000-4000-8000-000000000000", "key": "00000000-0000-4000-8000-000000000000"},
        (302, 404, 404),
    ),
    "intervision_case": (
        {"uid": "00000000-0000-4000-8000-000000000000", "key": "00000000-0000-4000-8000-000000000000"},
        (302, 404, 404),
    ),
    "intervision_change_case": (
        {"uid": "00000000-0000-4000-8000-000000000000", "key": "00000000-0000-4000-8000-000000000000"},
        (302, 404, 404),
    ),
    "intervision_erase": (
        {"uid": "00000000-0000-4000-8000-000000000000", "key": "00000000-0000-4000-8000-000000000000"},
        (302, 404, 404),
    ),
    "intervision_new_file": ({"uid": "00000000-0000-4000-8000-000000000000"}, (302, 404, 404)),
    "intervision_file": (
        {"uid": "00000000-0000-4000-8000-000000000000", "key": "00000000-0000-4000-8000-000000000000"},
        (302, 404, 404),
    ),
    "intervision_remove_file": (
        {"uid": "00000000-0000-4000-8000-000000000000", "key": "00000000-0000-4000-8000-000000000000"},
        (302, 404, 404),
    ),
    "intervision_new_lesson": ({"uid": "00000000-0000-4000-8000-000000000000"}, (302, 404, 404)),
    "intervision_lesson": (
        {"uid": "00000000-0000-4000-8000-000000000000", "key": "00000000-0000-4000-8000-000000000000"},
        (302, 404, 404),
    ),
    "intervision_change_lesson": (
        {"uid": "00000000-0000-4000-8000-000000000000", "key": "00000000-0000-4000-8000-000000000000"},
        (302, 404, 404),
    ),
    "intervision_glass": ({"uid": "00000000-0000-4000-8000-000000000000"}, (302, 404, 404)),
    "sitemap": ({}, (200, 200, 200)),
    "robots_txt": ({}, (200, 200, 200)),
    "favicon": ({}, (302, 302, 302)),
}
# Who gets something else than the others of her column: the organisation is the professional's, who manages nobody.
MEMBERS = {"professional": 403, "admin": 200}
EXCEPTIONS = dict.fromkeys(("members_of", "members_invite", "member_roles", "member_end"), MEMBERS)
ASKERS = {"professional": 200, "livc": 200}
EXCEPTIONS |= dict.fromkeys(("booking_ask", "my_bookings"), ASKERS)
# Who sees what is closed, at the addresses of a practice, a page and a document; for the others they do not exist.
READERS = {
    Audience.PUBLIC: set(ROLES),
    Audience.PRACTITIONERS: {"professional", "livc", "admin"},
    Audience.LIVC_R: {"livc", "admin"},
}


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
def clients(cast):
    return make_clients(cast)


@pytest.fixture
def library(index, cast, clients):  # noqa: F811
    make_concept("Dialoog", slug="dialoog")
    make_practice(title="Een praktijk", slug="een-praktijk")
    make_event(title="Een vorming", slug="een-vorming")
    document = make_document()
    belonging = Membership.objects.filter(user=clients["professional"].session["_auth_user_id"]).get()
    mine = {"organisation": belonging.organisation_id, "membership": belonging.pk}
    return {"document": document.pk, "filename": document.filename, **mine}


@pytest.mark.parametrize("part", range(PARTS))
def test_every_role_gets_what_the_table_says(clients, library, part):
    wrong = {}
    for name in list(TABLE)[part::PARTS]:
        arguments, expected = TABLE[name]
        try:
            url = reverse(name, kwargs={key: value.format(**library) for key, value in arguments.items()})
        except NoReverseMatch:
            url = reverse(name, args=[value.format(**library) for value in arguments.values()])
        before = transaction.savepoint()
        found = {role: clients[role].get(url).status_code for role in ROLES}
        transaction.savepoint_rollback(before)  # no address is looked at after what another one did
        wanted = {role: expected[COLUMN[role]] for role in ROLES} | EXCEPTIONS.get(name, {})
        wrong |= {(url, role): found[role] for role in ROLES if found[role] != wanted[role]}
    assert wrong == {}


def test_a_draft_does_not_exist_for_anybody(clients, library):
    draft = make_practice(live=False)
    urls = (draft.get_url(), reverse("practice_pdf", args=[draft.slug]))

    assert {clients[role].get(url).status_code for role in ROLES for url in urls} == {404}


@pytest.mark.parametrize("audience", READERS)
def test_what_is_closed_by_role(clients, library, tree, audience):
    practice, page = make_practice(), StandardPageFactory(parent=tree.home, title="Besloten", slug="besloten")
    collection = Collection.get_first_root_node().add_child(name="Besloten")
    document = make_document(collection=collection)
    set_collection_audience(collection, audience)
    for closed in (practice, page):
        set_page_audience(closed, audience)

    for url in (practice.url, reverse("practice_pdf", args=[practice.slug]), page.url, document.url):
        found = {role: clients[role].get(url).status_code for role in ROLES}
        assert found == {role: 200 if role in READERS[audience] else 404 for role in ROLES}, url


def addresses_below(prefix):
    """Every address of a tree, with numbers and words that fit."""
    dummy = {"UUIDConverter": "00000000-0000-4000-8000-000000000000", "IntConverter": "1"}
    for entry in walk(get_resolver(), ()):
        route = "".join(str(part.pattern).lstrip("^").removesuffix("$").removesuffix("\\Z") for part in entry)
        if not route.startswith(prefix):
            continue
        for part in entry:
            for name, converter in part.pattern.converters.items():
                kind = type(converter).__name__
                route = re.sub(rf"<(\w+:)?{name}>", dummy.get(kind, "woord"), route)
        route = re.sub(r"\(\?P<\w+>[^()]*(\([^()]*\))*[^()]*\)|\([^()]*\)", "1", route)
        yield "/" + route.replace("\\", "")


def walk(resolver, above):
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from walk(entry, (*above, entry))
        else:
            yield (*above, entry)


# Of the admin, what anybody gets: the way in and out, and words for its scripts.
ADMIN_FOR_ALL = {"/beheer/login/", "/beheer/logout/", "/beheer/jsi18n/", "/beheer/sprite/"}


@pytest.mark.parametrize("role", ["anonymous", "stranger", "professional", "livc"])
def test_the_whole_admin_is_closed_to_whoever_does_not_edit(clients, role):
    """To the gate; a few addresses without a page of their own are refused in another way."""
    urls = set(addresses_below(ADMIN)) - ADMIN_FOR_ALL
    found = {url: clients[role].get(url) for url in urls}

    assert len(found) > 200
    assert {
        url: answer.status_code for url, answer in found.items() if answer.status_code not in {302, 403, 404, 405}
    } == {}
    led = {answer.headers["Location"].partition("?")[0] for answer in found.values() if answer.status_code == 302}
    assert led <= {"/beheer/login/", "/account/password/reset/"}


def test_nobodys_account_is_open_to_whoever_is_not_signed_in(clients):
    """What she gets is the login, or a page that says nothing of anybody."""
    for url in addresses_below(ACCOUNT):
        response = clients["anonymous"].get(url)
        assert response.status_code in {200, 301, 302, 400, 401, 403, 404, 405}, url
        assert b"@voorbeeld.be" not in response.content, url


@pytest.mark.parametrize(
    "name",
    ["practice_municipalities", "practice_pdf", "search", "search_suggestions", "concepts", "concept", "robots_txt"],
)
def test_what_is_only_read_refuses_to_be_written(cast, library, name):
    url = reverse(name, kwargs=TABLE[name][0])

    assert cast.client("anonymous").post(url).status_code == 405
