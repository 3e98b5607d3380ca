"""Files that editors uploaded have no address besides the view that asks who may see them; images alone do."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from wagtail.models import Collection

from people.audiences import Audience
from people.services.closing import set_collection_audience
from tests.conftest import Cast
from tests.factories import Tree, make_document

NGINX = re.search(r"```\n(\s*location .*?)```", (settings.BASE_DIR / "docs/deploy.md").read_text("utf-8"), re.DOTALL)


def answered_by(path: str) -> str:
    """What the example of docs/deploy.md does with an address: as nginx, the longest location that begins it."""
    assert NGINX is not None
    blocks = dict(re.findall(r"location (\S+) \{(.*?)\}", NGINX[1], re.DOTALL))
    return str(blocks[max((prefix for prefix in blocks if path.startswith(prefix)), key=len)])


@pytest.mark.parametrize("path", ["/media/documents/geheim.pdf", "/media/original_images/foto.jpg", "/media/x"])
def test_the_example_web_server_closes_every_file_but_images(path: str) -> None:
    assert answered_by(path).strip() == "return 404;"


def test_the_example_web_server_gives_images_itself_and_passes_on_the_rest() -> None:
    assert answered_by("/media/images/foto.width-400.jpg").strip().startswith("alias ")
    assert "proxy_pass" in answered_by("/documenten/1/verslag.pdf")
    assert "proxy_pass" in answered_by("/praktijken/")


@pytest.mark.parametrize("folder", ["documents", "original_images"])
def test_the_site_itself_gives_none_of_them(tree: Tree, folder: str) -> None:
    document = make_document()
    name = Path(document.file.name).name
    assert Client().get(f"/media/{folder}/{name}").status_code == 404
    assert Client().get(f"/media/images/../{folder}/{name}").status_code == 404


@pytest.mark.parametrize("method", ["get", "head"])
def test_a_closed_document_is_as_missing_as_one_that_never_was(cast: Cast, method: str) -> None:
    collection = Collection.get_first_root_node().add_child(name="Besloten")
    set_collection_audience(collection, Audience.PRACTITIONERS)
    document = make_document(collection=collection)
    missing = document.url.replace(f"/{document.pk}/", f"/{document.pk + 1}/")
    for role in ("anonymous", "practitioner", "editor"):
        closed, never = (getattr(cast.client(role), method)(url) for url in (document.url, missing))
        assert (closed.status_code, sorted(closed.headers)) == (404, sorted(never.headers)), role
    assert getattr(cast.client("admin"), method)(document.url).status_code == 200
