"""Writing and sending mail.

`post` writes the mail in the caller's transaction and tries to send it after commit. A failing mail server never undoes
what the mail tells about: the row stays, and `manage.py send_mails` tries it again. Templates are
`<template>_subject.txt` and `<template>_message.txt`, which extends `core/email/base.txt`.
"""

import datetime
import logging
import re
import smtplib
from collections.abc import Sequence
from functools import partial
from typing import Any, NamedTuple

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F, Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import Site

from core.mail.html import with_html
from core.mail.models import OutgoingMail

logger = logging.getLogger(__name__)
SUBJECT_MAX = 200
CLAIM = datetime.timedelta(minutes=2)


class MailAttachment(NamedTuple):
    """A text file that goes along, such as an invitation for a calendar."""

    name: str
    text: str
    content_type: str


def absolute_url(name: str, *args: Any) -> str:
    """An address of the site for in a mail, by the name of its view."""
    return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{reverse(name, args=args)}"


def site_title() -> str:
    from core.models import SiteSettings

    site = Site.objects.filter(is_default_site=True).first()
    return SiteSettings.for_site(site).site_title if site is not None else str(settings.WAGTAIL_SITE_NAME)


def post(
    *, template: str, to: str, context: dict[str, Any], attachments: Sequence[MailAttachment] = ()
) -> OutgoingMail:
    """Render a mail now and send it once the change it tells about is committed."""
    from core.mail.tasks import deliver_mail

    with translation.override(settings.LANGUAGE_CODE):
        words = {"site_title": site_title(), "site_url": settings.WAGTAILADMIN_BASE_URL.rstrip("/"), **context}
        subject = " ".join(render_to_string(f"{template}_subject.txt", words).split())
        body = re.sub(r"\n{3,}", "\n\n", render_to_string(f"{template}_message.txt", words)).strip() + "\n"
    mail = OutgoingMail.objects.create(
        to=to, subject=subject[:SUBJECT_MAX], body=body, attachments=[list(attached) for attached in attachments]
    )
    transaction.on_commit(partial(deliver_mail.enqueue, mail.pk), robust=True)
    return mail


def deliver(mail_id: int) -> bool:
    """Try to send one mail and throw it away when a server took it. False when it has to wait or has gone already.

    No transaction is open while the mail server thinks; the claim keeps a second worker off the same mail.
    """
    now = timezone.now()
    free = Q(tried_at=None) | Q(tried_at__lt=now - CLAIM)
    if not OutgoingMail.objects.filter(free, pk=mail_id).update(tried_at=now, attempts=F("attempts") + 1):
        return False
    mail = OutgoingMail.objects.get(pk=mail_id)
    try:
        message = EmailMessage(mail.subject, mail.body, to=[mail.to])
        for name, text, content_type in mail.attachments:
            message.attach(name, text, content_type)
        with_html(message).send()
    except (OSError, smtplib.SMTPException) as error:
        mail.last_error = f"{type(error).__name__}: {error}"[:255]
        mail.save(update_fields=["last_error"])
        logger.warning("Mail %s could not be sent (attempt %s): %s", mail.pk, mail.attempts, mail.last_error)
        return False
    mail.delete()
    return True


def deliver_waiting() -> tuple[int, int]:
    """Try everything that waits; answers how many went and how many stay."""
    sent = sum(deliver(pk) for pk in OutgoingMail.objects.values_list("pk", flat=True))
    return sent, OutgoingMail.objects.count()
