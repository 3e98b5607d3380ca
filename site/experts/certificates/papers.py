"""What a certificate states, who takes the paper, and how a code is found, whoever gave it out.

    papers.register("deliveries", find)

`find` answers the certificate with a code, or None. The paper is its holder's; what is shown to whoever has the code
names nobody who is not public already.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import typst
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from core.models import SiteSettings
from experts.models.afterwards import CODE_SIGNS
from people.models import User
from practices.pdf.text import clean
from practices.pdf.typesetting import export, fonts

FOLDER = Path(__file__).parent / "typst"
Rows = list[tuple[str, str]]


@dataclass(frozen=True)
class Certificate:
    """`rows` stand on paper, `shown` is what everybody reads who has the code; `given_on` is a day in words.

    `check_taker` raises Http404 or PermissionDenied for whoever may not take the paper.
    """

    code: str
    title: str
    sentence: str
    rows: Rows
    shown: Rows
    given_on: str
    check_taker: Callable[[User], object]


Find = Callable[[str], Certificate | None]
_finders: dict[str, Find] = {}


def register(name: str, find: Find) -> None:
    _finders[name] = find


def in_form(typed: str) -> str:
    """A code as it is kept, however it was typed over: any case, with or without hyphens and spaces."""
    signs = [sign for sign in typed.upper()[:60] if sign in CODE_SIGNS]
    return "-".join("".join(signs[at : at + 4]) for at in range(0, len(signs), 4))


def certificate_with(code: str) -> Certificate | None:
    """The certificate that was given out with this code, for whatever it was."""
    kept = in_form(code)
    if len(kept) != len("AAAA-AAAA-AAAA"):
        return None
    return next((found for find in _finders.values() if (found := find(kept)) is not None), None)


def pdf_of(certificate: Certificate, *, url: str, site_title: str) -> bytes:
    """`url` is where the code is checked. Every text goes along as data, never as markup."""
    data = {
        "title": certificate.title,
        "site": clean(site_title),
        "sentence": certificate.sentence,
        "rows": [[label, clean(value)] for label, value in certificate.rows if value],
        "code_label": _("Code"),
        "code": certificate.code,
        "check": _("Check this certificate at"),
        "url": url,
        "shown_url": clean(url.split("://", 1)[-1]),
        "given": _("Given on %(day)s") % {"day": certificate.given_on},
    }
    compiler = typst.Compiler(
        str(FOLDER / "certificate.typ"),
        root=str(FOLDER),
        font_paths=fonts(),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )
    return export(compiler)


def as_file(request: HttpRequest, certificate: Certificate) -> HttpResponse:
    """The paper, to keep and to print. The caller has checked who takes it."""
    url = request.build_absolute_uri(reverse("certificate", args=[certificate.code]))
    pdf = pdf_of(certificate, url=url, site_title=SiteSettings.for_request(request).site_title)
    response = HttpResponse(pdf, content_type="application/pdf")
    name = f"attest-{certificate.code}.pdf"
    response.headers["Content-Disposition"] = content_disposition_header(False, name) or "inline"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
