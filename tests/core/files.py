"""Small files of every kind, made by the programs' own libraries."""

import io
import zipfile
from collections.abc import Callable

import typst

PIXEL = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00\x90wS\xde\x00\x00\x00\x0cIDAT"
    b"x\x9cc\xf8\xff\xff?\x00\x05\xfe\x02\xfe\r\xefF\xb8\x00\x00\x00\x00IEND\xaeB`\x82"
)


def pdf(text: str = "Een draaiboek over weerbaarheid.") -> bytes:
    return typst.compile(text.encode(), format="pdf")


def scanned_pdf() -> bytes:
    """A page with a picture and no text, as a copier makes it."""
    from PIL import Image

    out = io.BytesIO()
    Image.effect_noise((60, 80), 60).convert("RGB").save(out, "PDF")
    return out.getvalue()


def encrypted_pdf(password: str = "geheim") -> bytes:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf("Geheime woorden."))))
    writer.encrypt(user_password=password, owner_password="eigenaar", algorithm="AES-256")
    return saved(writer.write)


def saved(save: Callable[[io.BytesIO], object]) -> bytes:
    out = io.BytesIO()
    save(out)
    return out.getvalue()


def docx(text: str) -> bytes:
    from docx import Document

    document = Document()
    document.add_heading("Kop van het stuk", level=1)
    document.add_paragraph(text)
    document.add_table(rows=1, cols=1).cell(0, 0).text = "tabelcel"
    document.sections[0].footer.paragraphs[0].text = "voetregel"
    return saved(document.save)


def pptx(text: str) -> bytes:
    from pptx import Presentation

    presentation = Presentation()
    for number in range(1, 12):
        slide = presentation.slides.add_slide(presentation.slide_layouts[1])
        slide.shapes.title.text = f"Dia {number}"
        slide.placeholders[1].text = text if number == 11 else "niets"
    slide.notes_slide.notes_text_frame.text = "spreeknotitie"
    return saved(presentation.save)


def xlsx(text: str) -> bytes:
    from openpyxl import Workbook

    workbook = Workbook()
    workbook.active.title = "Begroting"
    workbook.active.append([text, 2026, None, 12.5])
    workbook.create_sheet("Tweede").append(["tweede blad"])
    return saved(workbook.save)


OPEN_DOCUMENT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text>
<text:h>Kop</text:h><text:p>Een <text:span>half</text:span>woord<text:tab/>na tab.</text:p><text:p>{}</text:p>
</office:text></office:body></office:document-content>"""


def open_document(text: str = "", content: str = "", kind: str = "text", manifest: str = "<manifest/>") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        package.writestr("META-INF/manifest.xml", manifest)
        package.writestr("content.xml", content or OPEN_DOCUMENT.format(text))
    return out.getvalue()


_ENTITIES = "".join(f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in zip("abcdefghiy", "bcdefghiyz", strict=True))
BILLION_LAUGHS = f"""<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "lol">{_ENTITIES}]><text:p
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">&z;</text:p>"""
EXTERNAL_ENTITY = """<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><text:p
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">&e;</text:p>"""


def zip_bomb() -> bytes:
    """A few kilobytes that unpack into sixty megabytes of a paragraph."""
    return open_document(content=OPEN_DOCUMENT.format("a" * 60_000_000))


def many_small_bombs() -> bytes:
    """Each part stays under the ratio; all of them together unpack into too much."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for number in range(60):
            package.writestr(f"word/header{number}.xml", b"<p>" + b"a" * 4_000_000 + b"</p>")
        package.writestr("word/document.xml", "<p>tekst</p>")
    return out.getvalue()
