import contextlib
import io
import zipfile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from practices.spreadsheet import reader
from practices.spreadsheet.reader import UnreadableFileError, read


def workbook(**parts: bytes) -> bytes:
    out = io.BytesIO()
    openpyxl.Workbook().save(out)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(f"xl/{name}.xml", content)
    return out.getvalue()


@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_csv_is_read_with_or_without_mark_and_with_any_delimiter(bom: bytes, delimiter: str) -> None:
    text = f'Titel{delimiter}Samenvatting\r\nCafé{delimiter}"een; twee, drie"\r\n'
    table = read("a.csv", bom + text.encode())
    assert table.header == ["Titel", "Samenvatting"]
    assert table.rows[0].number == 2
    assert table.rows[0].cells == ["Café", "een; twee, drie"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("leeg.csv", b""),
        ("alleen-kop.csv", b"Titel;Samenvatting\n"),
        ("latin1.csv", "Titel\nCafé\n".encode("latin-1")),
        ("nul.csv", b"Titel\n\x00\n"),
        ("groot.csv", b"Titel\n" + b"x" * (reader.MAX_BYTES + 1)),
        ("veel.csv", b"Titel\n" + b"x\n" * (reader.MAX_ROWS + 1)),
        ("werkmap.csv", workbook()),
        ("tekst.xlsx", b"Titel;Samenvatting\nA;B\n"),
        ("gebroken.xlsx", workbook()[:900]),
        ("leeg.xlsx", workbook()),
        ("bom.xlsx", workbook(bom=b"0" * (reader.MAX_UNPACKED_BYTES + 1))),
        ("doctype.xlsx", workbook(evil=b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>')),
        ("zip.xlsx", b"PK\x03\x04rommel"),
        ("oud.xls", b"\xd0\xcf\x11\xe0"),
        ("foto.jpg", b"\xff\xd8\xff"),
        ("geen-extensie", b"Titel\nA"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused_with_a_word(name: str, content: bytes) -> None:
    with pytest.raises(UnreadableFileError) as refusal:
        read(name, content)
    assert len(str(refusal.value)) > 15


@settings(max_examples=150)
@given(st.binary(max_size=400), st.sampled_from([".csv", ".xlsx"]), st.sampled_from([b"", b"PK\x03\x04"]))
def test_no_bytes_break_the_reader(content: bytes, suffix: str, start: bytes) -> None:
    with contextlib.suppress(UnreadableFileError):
        read(f"a{suffix}", start + content)


@settings(max_examples=60)
@given(st.integers(min_value=0, max_value=4000), st.binary(min_size=1, max_size=8))
def test_no_damage_to_a_workbook_breaks_the_reader(at: int, damage: bytes) -> None:
    content = bytearray(workbook())
    content[at : at + len(damage)] = damage
    with contextlib.suppress(UnreadableFileError):
        read("a.xlsx", bytes(content))
