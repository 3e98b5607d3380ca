"""The certificate of delivery: a page on paper, and a code with which everybody can check it.

It names the expert, the municipality, the kind and the days: nobody's personal data, so it outlives the retention term.
"""

import json
from dataclasses import dataclass
from pathlib import Path

import typst
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from experts.models import DeliveryReport, OptionDayPart
from practices.pdf.text import clean
from practices.pdf.typesetting import export, fonts

FOLDER = Path(__file__).parent / "typst"


@dataclass(frozen=True)
class Certificate:
    """What a certificate states, in words."""

    code: str
    expert: str
    organisation: str
    kind: str
    days: list[str]
    day_parts: str
    given_on: str


def certificate_of(report: DeliveryReport) -> Certificate:
    booking = report.booking
    rows = list(OptionDayPart.objects.filter(option__booking=booking, option__chosen=True))
    number = len(rows) or booking.day_parts
    return Certificate(
        code=report.certificate_code,
        expert=report.expert.title,
        organisation=str(booking.organisation),
        kind=capfirst(booking.get_offer_kind_display()),
        days=[date_format(day, "j F Y") for day in sorted({row.day for row in rows})],
        day_parts=ngettext("%(number)s day-part", "%(number)s day-parts", number) % {"number": number},
        given_on=date_format(timezone.localdate(report.at), "j F Y"),
    )


def certificate_pdf(certificate: Certificate, *, url: str, site_title: str) -> bytes:
    """`url` is where the code is checked."""
    rows = [
        (_("Expert"), certificate.expert),
        (_("For"), certificate.organisation),
        (_("What"), certificate.kind),
        (_("When"), ", ".join(certificate.days)),
        (_("Duration"), certificate.day_parts),
    ]
    data = {
        "title": _("Certificate of delivery"),
        "site": clean(site_title),
        "sentence": _("VVSG states that this was delivered through its expert pool."),
        "rows": [[label, clean(value)] for label, value in rows if value],
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
