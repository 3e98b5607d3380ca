"""Which addresses the server may open because somebody typed them: those that anybody on the internet could open."""

import ipaddress
import socket
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooSlow
from typing import NamedTuple
from urllib.parse import SplitResult, urlsplit

from django.utils.translation import gettext as _

from experts.availability.reading.refusals import Unreadable

PORT = 443
Resolver = Callable[[str, float], Iterable[str]]
# Written as IPv6, but leading to an IPv4 address that nobody looked at: NAT64, 6to4 and Teredo.
_TUNNELS = [ipaddress.ip_network(net) for net in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")]


class Address(NamedTuple):
    """What is asked of whom; `host` as it goes over the line."""

    host: str
    path: str


def understood(url: str) -> Address:
    """The parts of an address. Raises Unreadable, with why it is refused."""
    parts, host, port = _split(url.strip())
    has_name = parts.username is not None or parts.password is not None
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    refusals = (
        (parts.scheme == "http", _("This address is not secure. Use the address that starts with https.")),
        (
            parts.scheme != "https" or not host or not _is_plain(host),
            _("This is not an address of a calendar. It starts with https."),
        ),
        (has_name, _("There is a name or password in this address. Use an address without one.")),
        (port not in {None, PORT}, _("This address has a port number. Use an address without one.")),
        (not _is_plain(path), _("There are characters in this address that do not belong there.")),
    )
    for is_refused, why in refusals:
        if is_refused:
            raise Unreadable(why)
    return Address(host, path)


def _split(url: str) -> tuple[SplitResult, str, int | None]:
    """With the host as it goes over the line, and the port. Raises Unreadable."""
    if url.lower().startswith("webcal://"):  # how calendars name an address that one subscribes to
        url = "https" + url[len("webcal") :]
    try:
        parts = urlsplit(url)
        return parts, (parts.hostname or "").encode("idna").decode("ascii"), parts.port
    except ValueError as error:  # UnicodeError is one
        raise Unreadable(_("This is not an address of a calendar.")) from error


def _is_plain(text: str) -> bool:
    """Nothing that could end a line of the request or a word in it."""
    return all(32 < ord(letter) < 127 for letter in text)


def public_address(host: str, seconds: float, resolve: Resolver) -> str:
    """One address of the host, looked up once. Raises Unreadable where any of its addresses is not public."""
    found = list(resolve(host, seconds))
    if not found:
        raise Unreadable(_("There is nothing at this address."))
    if not all(is_public(address) for address in found):
        raise Unreadable(_("This address leads to a network that is not public."))
    return found[0]


def is_public(text: str) -> bool:
    """Whether it is a place on the open internet, and not one of this server or of its network."""
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address) and (
        address.ipv4_mapped or address.is_site_local or any(address in net for net in _TUNNELS)
    ):
        return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def resolve(host: str, seconds: float) -> list[str]:
    """What the system's resolver says. It knows no time limit, so it is left behind when it takes too long."""
    pool = ThreadPoolExecutor(max_workers=1)
    try:
        rows = pool.submit(socket.getaddrinfo, host, PORT, 0, socket.SOCK_STREAM).result(timeout=seconds)
    except (OSError, UnicodeError, TooSlow):
        return []
    finally:
        pool.shutdown(wait=False)
    return [str(row[4][0]) for row in rows]
