"""The mails of the site under test: it writes them as files."""

import email
import email.policy
import re
import time
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

PATIENCE = 10  # seconds
BETWEEN_MAILS = re.compile(rb"^-{79}\n", re.MULTILINE)


class Mailbox:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def to(self, address: str) -> Iterator[EmailMessage]:
        for file in self.folder.glob("*.log"):
            for raw in BETWEEN_MAILS.split(file.read_bytes()):
                message = email.message_from_bytes(raw, policy=email.policy.default)
                if message["To"] == address:
                    yield message

    def find(self, address: str, pattern: str) -> str:
        """The first group of the pattern in the text of a mail to this address; waits until there is one."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            for message in self.to(address):
                part = message.get_body(("plain",))
                if part is not None and (found := re.search(pattern, part.get_content(), re.MULTILINE)):
                    return found.group(1)
            time.sleep(0.2)
        raise AssertionError(f"no mail to {address} with {pattern}")

    def code_for(self, address: str) -> str:
        """The code that stands on a line of its own."""
        return self.find(address, r"^ {4}([A-Z0-9-]+)\s*$")

    def invitation_for(self, address: str) -> str:
        """The path of the link."""
        return self.find(address, r"http://[^/\s]+(/uitnodiging/\S+)")
