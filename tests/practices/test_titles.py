"""What a tab, a bookmark and the browser's history call a page."""

import re

import pytest
from django.test import Client

from tests.factories import Tree, make_practice
from tests.practices.conftest import reindex

pytestmark = [pytest.mark.django_db, pytest.mark.any_database, pytest.mark.slow]


def title_of(client: Client, url: str, **headers: str) -> str:
    found = re.search(r"<title>\s*(.*?)\s*</title>", client.get(url, headers=headers).content.decode(), re.DOTALL)
    assert found
    return " ".join(found[1].split())


@pytest.mark.parametrize("headers", [{}, {"hx-request": "true"}])
def test_the_list_names_the_words_and_the_page(
    client: Client, tree: Tree, index: None, headers: dict[str, str]
) -> None:
    for number in range(25):
        make_practice(title=f"Dialoog {number}")
    reindex()
    url, title = tree.index.url or "", tree.index.title
    assert title_of(client, url, **headers) == f"{title} – Ankerplaats"
    assert title_of(client, f"{url}?page=2", **headers).startswith(f"{title}, pagina 2 –")
    assert title_of(client, f"{url}?q=dialoog+<b>", **headers).startswith("“dialoog &lt;b&gt;”")
