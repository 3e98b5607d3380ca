"""Fetching a calendar by its address: over TLS, from a public place, within limits of size, time and redirects.

The host is looked up once for every hop; the connection goes to that very address, so that a second answer of the
resolver changes nothing. Nothing of ours goes along: no cookies, no proxy, no credentials.
"""

import contextlib
import http.client
import socket
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urljoin

from django.utils.translation import gettext as _

from experts.availability.reading.addresses import PORT, Address, Resolver, public_address, resolve, understood
from experts.availability.reading.refusals import Unreadable

MAX_BYTES = 3 * 1024 * 1024
MAX_SECONDS = 15.0
MAX_HOPS = 5
CHUNK = 64 * 1024
REDIRECTS = {301, 302, 303, 307, 308}
Dial = Callable[[str, int, float], socket.socket]
HEADERS = {
    "Accept": "text/calendar, text/plain;q=0.5, */*;q=0.1",
    "Accept-Encoding": "identity",  # a few bytes that unpack to a lot are not to be unpacked
    "User-Agent": "Ankerplaats-calendar/1.0",
    "Connection": "close",
}


def _dial(address: str, port: int, seconds: float) -> socket.socket:
    return socket.create_connection((address, port), timeout=seconds)


@dataclass(frozen=True)
class Way:
    """How the outside is reached; tests put their own in its place."""

    resolve: Resolver = resolve
    dial: Dial = _dial
    tls: ssl.SSLContext = field(default_factory=ssl.create_default_context)
    seconds: float = MAX_SECONDS


class _Connection(http.client.HTTPSConnection):
    """To one address, while the name of the host is what the certificate must be of."""

    def __init__(self, host: str, address: str, way: Way, seconds: float) -> None:
        super().__init__(host, PORT, timeout=seconds, context=way.tls)
        self._address, self._way, self._seconds = address, way, seconds
        self._line: socket.socket | None = None  # `sock` is given to the response once that ends the connection

    def connect(self) -> None:
        raw = self._way.dial(self._address, PORT, self._seconds)
        raw.settimeout(self._seconds)
        try:
            self.sock = self._line = self._way.tls.wrap_socket(raw, server_hostname=self.host)
        except BaseException:
            raw.close()
            raise

    def hang_up(self) -> None:
        """From another thread: whoever waits for an answer gets an end of it."""
        if self._line is not None:
            with contextlib.suppress(OSError):
                self._line.shutdown(socket.SHUT_RDWR)


def fetch(url: str, way: Way | None = None) -> bytes:
    """What stands at the address. Raises Unreadable."""
    way = way or Way()
    deadline = time.monotonic() + way.seconds
    for _hop in range(MAX_HOPS + 1):
        address = understood(url)
        body, location = _one_hop(address, way, deadline)
        if location is None:
            return body
        url = urljoin(f"https://{address.host}{address.path}", location)
    raise Unreadable(_("This address leads on and on to another one."))


def _one_hop(address: Address, way: Way, deadline: float) -> tuple[bytes, str | None]:
    """The body, or where it is said to be."""
    target = public_address(address.host, _left(deadline), way.resolve)
    connection = _Connection(address.host, target, way, _left(deadline))
    clock = threading.Timer(_left(deadline), connection.hang_up)  # a host may send a byte now and then
    clock.daemon = True
    clock.start()
    try:
        connection.request("GET", address.path, headers=HEADERS)
        response = connection.getresponse()
        if response.status in REDIRECTS and (location := response.getheader("Location")):
            return b"", location
        _check(response)
        return _read(response, deadline), None
    except ssl.SSLError as error:
        raise Unreadable(_("The address has no valid certificate, so the calendar was not read.")) from error
    except TimeoutError as error:
        raise _too_slow() from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        _left(deadline)
        raise _no_answer() from error
    finally:
        clock.cancel()
        connection.close()


def _check(response: http.client.HTTPResponse) -> None:
    if response.status in {401, 403, 404, 410}:
        raise Unreadable(
            _("The address no longer gives the calendar (%(status)s). Share it again and fill in the new address.")
            % {"status": response.status}
        )
    if response.status != 200:
        raise Unreadable(_("The address answers with an error (%(status)s).") % {"status": response.status})
    if response.getheader("Content-Encoding", "identity").lower() != "identity":
        raise Unreadable(_("The calendar is packed in a way that is not read here."))


def _read(response: http.client.HTTPResponse, deadline: float) -> bytes:
    """All of it: half a calendar would be taken for the whole."""
    pieces, size = [], 0
    while piece := response.read1(CHUNK):
        pieces.append(piece)
        size += len(piece)
        if size > MAX_BYTES:
            raise too_large()
    _left(deadline)
    if response.length:
        raise _no_answer()
    return b"".join(pieces)


def _left(deadline: float) -> float:
    """Seconds until it has taken too long. Raises Unreadable."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise _too_slow()
    return left


def _too_slow() -> Unreadable:
    return Unreadable(_("The address answers too slowly."))


def _no_answer() -> Unreadable:
    return Unreadable(_("There is no answer at this address."))


def too_large() -> Unreadable:
    return Unreadable(
        _("The calendar is larger than %(size)s MB. Share one with fewer old appointments.")
        % {"size": MAX_BYTES // 1024 // 1024}
    )
