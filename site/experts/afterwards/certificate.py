"""The certificate of delivery.

It names the expert, the municipality, the kind and the days: nobody's personal data, so it outlives the retention term.
"""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from experts.booking.permissions import booking_for
from experts.certificates.papers import Certificate
from experts.models import DeliveryReport, OptionDayPart


def certificate_of(report: DeliveryReport) -> Certificate:
    booking = report.booking
    found = list(OptionDayPart.objects.filter(option__booking=booking, option__chosen=True))
    number = len(found) or booking.day_parts
    days = [date_format(day, "j F Y") for day in sorted({row.day for row in found})]
    rows = [
        (_("Expert"), report.expert.title),
        (_("For"), str(booking.organisation)),
        (_("What"), capfirst(booking.get_offer_kind_display())),
        (_("When"), ", ".join(days)),
        (_("Duration"), ngettext("%(number)s day-part", "%(number)s day-parts", number) % {"number": number}),
    ]
    return Certificate(
        code=report.certificate_code,
        title=_("Certificate of delivery"),
        sentence=_("VVSG states that this was delivered through its expert pool."),
        rows=rows,
        shown=rows,
        given_on=date_format(timezone.localdate(report.at), "j F Y"),
        check_taker=lambda user: booking_for(user, booking.uid),
    )


def find(code: str) -> Certificate | None:
    reports = DeliveryReport.objects.select_related("booking__organisation", "expert")
    report = reports.filter(certificate_code=code).first()
    return certificate_of(report) if report else None
