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

    def all(self) -> Iterator[EmailMessage]:
        for file in self.folder.glob("*.log"):
            for raw in BETWEEN_MAILS.split(file.read_bytes()):
                yield email.message_from_bytes(raw, policy=email.policy.default)

    def to(self, address: str) -> Iterator[EmailMessage]:
        return (message for message in self.all() if message["To"] == address)

    def about(self, address: str, words: str) -> list[EmailMessage]:
        """The mails to this address with these words in the subject; waits until there is one."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if found := [message for message in self.to(address) if words in message["Subject"]]:
                return found
            time.sleep(0.2)
        raise AssertionError(f"no mail to {address} about {words}")

    def links_about(self, address: str, words: str, start: str) -> list[str]:
        """The paths of the links that begin like this, in the mails about it."""
        parts = [message.get_body(("plain",)) for message in self.about(address, words)]
        return [
            link for part in parts if part for link in re.findall(rf"http://[^/\s]+({start}\S+)", part.get_content())
        ]

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
