"""The same mail in our design: the plain text says it, this only lays it out. Nothing is loaded from anywhere."""

from dataclasses import dataclass

from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation

CODE_INDENT, BULLET = "    ", "- "


@dataclass(frozen=True)
class Block:
    """A paragraph of the text: `kind` is text, code, list or link."""

    kind: str
    lines: tuple[str, ...]


def blocks_of(body: str) -> list[Block]:
    return [_block(part) for part in body.strip("\n").split("\n\n") if part.strip()]


def _block(part: str) -> Block:
    lines = [line for line in part.split("\n") if line.strip()]
    if all(line.startswith(CODE_INDENT) for line in lines):
        return Block("code", tuple(line.strip() for line in lines))
    if all(line.startswith(BULLET) for line in lines):
        return Block("list", tuple(line.removeprefix(BULLET) for line in lines))
    if len(lines) == 1 and lines[0].startswith(("http://", "https://")):
        return Block("link", (lines[0].strip(),))
    return Block("text", tuple(lines))


def as_html(subject: str, body: str) -> str:
    *blocks, closing = blocks_of(body)
    context = {"subject": subject, "blocks": blocks, "closing": closing, "language": translation.get_language()}
    return render_to_string("core/email/base.html", context)


def with_html(message: EmailMessage) -> EmailMultiAlternatives:
    """The message with our design beside its text; attachments and headers go along."""
    mail = EmailMultiAlternatives(
        message.subject,
        message.body,
        message.from_email,
        message.to,
        headers=message.extra_headers,
        attachments=message.attachments,
    )
    mail.attach_alternative(as_html(str(message.subject), str(message.body)), "text/html")
    return mail
