"""What robots and browsers ask for by name: sitemap, robots.txt, favicon, JSON-LD."""

import json
import re
from xml.etree import ElementTree

import pytest
from wagtail.models import PageViewRestriction

from home.models import StandardPage
from practices.models import PracticePage
from tests.factories import make_concept, make_practice

pytestmark = pytest.mark.django_db
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def sitemap(client):
    response = client.get("/sitemap.xml")
    assert response.status_code == 200
    return {
        row.findtext(f"{MAP}loc"): row.findtext(f"{MAP}lastmod")
        for row in ElementTree.fromstring(response.content).findall(f"{MAP}url")
    }


def test_the_sitemap_lists_public_pages_with_their_last_change(client, tree):
    practice = make_practice()
    make_practice(title="Concept", live=False)
    closed = make_practice(title="Besloten")
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)

    found = sitemap(client)

    assert f"http://testserver{practice.url}" in found
    assert found[f"http://testserver{practice.url}"]
    assert not any("concept-" in url or "besloten" in url for url in found)


def test_the_sitemap_has_current_terms_only(client, tree):
    current, retired = make_concept("Dialoog"), make_concept("Oud", retired=True)
    merged = make_concept("Gesprek", merged_into=current)

    found = sitemap(client)

    assert f"http://testserver{current.get_absolute_url()}" in found
    assert not {f"http://testserver{c.get_absolute_url()}" for c in (retired, merged)} & found.keys()


def test_robots_txt_closes_the_admin_and_names_the_sitemap(client, db):
    text = client.get("/robots.txt").content.decode()

    assert "Disallow: /beheer/" in text
    assert "Sitemap: http://testserver/sitemap.xml" in text


def test_the_favicon_is_a_static_file(client, db):
    response = client.get("/favicon.ico")

    assert response.status_code == 302
    assert response["Location"].startswith("/static/img/")


# JSON-LD


def json_ld(client, url):
    html = client.get(url).content.decode()
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)[1])


def kinds(data):
    return [node["@type"] for node in data["@graph"]]


def test_home_describes_the_site_its_search_and_the_organisation(client, tree):
    data = json_ld(client, "/")

    assert kinds(data) == ["WebSite", "Organization"]
    target = data["@graph"][0]["potentialAction"]["target"]["urlTemplate"]
    assert target == "http://testserver/zoeken/?q={search_term_string}"


def test_a_practice_is_an_article_below_the_listing(client, tree):
    practice = make_practice(title="Praten op het plein")

    data = json_ld(client, practice.url)

    article, trail = data["@graph"]
    assert (article["@type"], article["headline"]) == ("Article", "Praten op het plein")
    assert article["dateModified"]
    assert [step["item"] for step in trail["itemListElement"]] == [
        "http://testserver/",
        f"http://testserver{tree.index.url}",
        f"http://testserver{practice.url}",
    ]


def test_listing_standard_page_and_term_describe_themselves(client, tree):
    page = tree.home.add_child(instance=StandardPage(title="Over ons", slug="over"))
    term = make_concept("Dialoog", definition="Een gesprek.")

    assert kinds(json_ld(client, tree.index.url)) == ["CollectionPage", "BreadcrumbList"]
    assert kinds(json_ld(client, page.url)) == ["WebPage", "BreadcrumbList"]
    assert json_ld(client, term.get_absolute_url())["description"] == "Een gesprek."


def test_text_cannot_close_the_data_block(client, tree):
    practice = make_practice(title="</script><script>alert(1)</script>", summary="a <!-- & --> b")

    html = client.get(practice.url).content.decode()

    assert "<script>alert(1)" not in html
    assert json_ld(client, practice.url)["@graph"][0]["headline"] == "</script><script>alert(1)</script>"


def test_the_preview_of_a_page_that_was_never_saved_has_data_too(cast, rf):
    request = rf.get("/")
    request.user = cast.editor
    page = PracticePage(title="Nieuw", slug="nieuw", summary="Nog niet bewaard.")

    assert page.structured_data(request)["@graph"][0]["headline"] == "Nieuw"
