"""A code typed over from paper leads to what the certificate states; guessing leads nowhere."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from experts.afterwards import services
from experts.certificates.papers import in_form
from tests.experts.afterwards.conftest import delivered  # noqa: F401  # the fixture

pytestmark = pytest.mark.django_db
UNKNOWN = "AAAA-AAAA-AAAA"


@pytest.fixture
def report(delivered):  # noqa: F811
    told = {"done": "x", "reached": None, "learnt": "", "may_share": False}
    parties = delivered.parties
    return services.report(booking=delivered.booking, expert=parties.expert, by=parties.acting, told=told)


def said(answer):
    """What the page says; its frame names its address."""
    return answer.content.decode().partition("<main")[2].partition("</main>")[0]


@pytest.mark.parametrize("typed", ["acde-3467-klmn", "ACDE3467KLMN", " acde 3467 klmn ", "ACDE–3467–KLMN"])
def test_a_code_may_be_typed_in_any_way(typed):
    assert in_form(typed) == "ACDE-3467-KLMN"


def test_the_form_leads_to_the_address_on_the_paper(client, report):
    typed = report.certificate_code.lower().replace("-", " ")

    answer = client.get(reverse("certificate_check"), {"code": typed}, follow=True)

    assert answer.redirect_chain == [(reverse("certificate", args=[report.certificate_code]), 302)]
    assert report.expert.title in answer.content.decode()
    assert client.get(reverse("certificate_check"), {"code": "!"}).status_code == 422
    assert client.post(reverse("certificate_check")).status_code == 405


@pytest.mark.parametrize("code", [UNKNOWN, "x", "<b>", "A" * 300])
def test_every_wrong_code_gets_the_same_answer(client, tree, code):
    answer = client.get(reverse("certificate", args=[code]))

    assert answer.status_code == 404
    assert said(answer) == said(client.get(reverse("certificate", args=["anders"])))


def test_whoever_guesses_too_often_is_shut_out_and_others_are_not(client, report, settings):
    cache.clear()
    settings.WRONG_CODE_LIMITS = {"certificate": (3, 600)}
    right, wrong = (reverse("certificate", args=[code]) for code in (report.certificate_code, UNKNOWN))

    assert [client.get(right).status_code for _time in range(5)] == [200] * 5
    assert [client.get(wrong).status_code for _time in range(4)] == [404, 404, 404, 429]
    assert client.get(right).status_code == 429
    assert client.get(right, REMOTE_ADDR="10.1.2.3").status_code == 200
