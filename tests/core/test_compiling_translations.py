"""Compiling the translations while a site reads them."""

import gettext
from io import BufferedWriter
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from scripts import translations


def test_the_old_catalog_can_be_read_until_the_new_one_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when two sites start from one checkout."""
    monkeypatch.setattr(translations, "CATALOG", tmp_path / "django.po")
    compiled = tmp_path / "django.mo"
    catalog = Catalog(locale="nl")
    catalog.add("page", "pagina")
    monkeypatch.setattr(translations, "stored", lambda: catalog)
    translations.compile_catalog()
    catalog.add("practice", "praktijk")
    read: list[str] = []
    write = translations.write_mo

    def written_half(handle: BufferedWriter, catalog: Catalog) -> None:
        handle.flush()
        with compiled.open("rb") as other:
            read.append(gettext.GNUTranslations(other).gettext("page"))
        write(handle, catalog)

    monkeypatch.setattr(translations, "write_mo", written_half)
    translations.compile_catalog()

    assert read == ["pagina"]
    with compiled.open("rb") as found:
        assert gettext.GNUTranslations(found).gettext("practice") == "praktijk"
    assert [path.name for path in tmp_path.iterdir()] == ["django.mo"]
