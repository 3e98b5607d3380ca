"""An address that somebody typed is opened only where anybody on the internet could open it, and within bounds."""

import ssl
import time

import pytest

from experts.availability.reading import fetching
from experts.availability.reading.addresses import is_public, resolve, understood
from experts.availability.reading.fetching import Way, fetch
from experts.availability.reading.refusals import Unreadable
from tests.experts.availability.calendar_host import HOST, PUBLIC, calendar

URL = f"https://{HOST}/eva.ics?sleutel=abc"


def test_a_calendar_is_fetched_from_the_address_that_was_looked_up_once(host):
    host.pages["/eva.ics?sleutel=abc"] = (200, {}, calendar())
    assert fetch(URL, host.way()) == calendar()
    assert (host.looked_up, host.dialled) == ([HOST], [(PUBLIC, 443)])
    _path, headers = host.seen[0]
    assert headers["Host"] == HOST
    assert {"Cookie", "Authorization", "Referer"}.isdisjoint(headers)


def test_webcal_is_another_word_for_https(host):
    host.pages["/eva.ics?sleutel=abc"] = (200, {}, calendar())
    assert fetch(URL.replace("https", "webcal"), host.way()) == calendar()


@pytest.mark.parametrize(
    "url",
    [
        "",
        "eva.ics",
        "http://agenda.voorbeeld.be/eva.ics",
        "ftp://agenda.voorbeeld.be/eva.ics",
        "file:///etc/passwd",
        "https:///eva.ics",
        "https://eva:geheim@agenda.voorbeeld.be/eva.ics",
        "https://eva@agenda.voorbeeld.be/eva.ics",
        "https://agenda.voorbeeld.be:22/eva.ics",
        "https://agenda.voorbeeld.be:99999/",
        "https://agenda.voorbeeld.be/eva.ics\r\nX-Kop: ja",
        "https://agenda.voorbeeld.be/e va.ics",
        "https://agenda\x00.voorbeeld.be/",
        "https://[::1/",
        "https://" + "a" * 70 + ".be/",
        "webcal:eva.ics",
    ],
)
def test_other_addresses_are_refused_before_anything_is_asked(host, url):
    with pytest.raises(Unreadable):
        fetch(url, host.way())
    assert host.dialled == []


def test_a_name_in_another_script_is_looked_up_as_it_goes_over_the_line():
    assert understood("https://agenda.café.be/x").host == "agenda.xn--caf-dma.be"


INSIDE = [
    *("127.0.0.1", "127.9.9.9", "0.0.0.0", "10.0.0.8", "172.16.3.4", "192.168.1.1", "169.254.169.254", "100.64.0.1"),
    *("224.0.0.1", "255.255.255.255", "240.0.0.1", "192.0.2.1", "198.18.0.1"),
    *("::1", "::", "fe80::1", "fc00::1", "fd12:3456::1", "ff02::1", "fec0::1", "2001:db8::1"),
    *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:93.184.216.34", "64:ff9b::7f00:1", "2002:7f00:1::", "2001::1"),
    *("fe80::1%eth0", "geen-adres", ""),
]


@pytest.mark.parametrize("address", INSIDE)
def test_no_address_of_a_network_inside_is_public(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", [PUBLIC, "8.8.8.8", "2a00:1450:400e:80e::200e"])
def test_an_address_of_the_internet_is(address):
    assert is_public(address)


@pytest.mark.parametrize("addresses", [["127.0.0.1"], ["::ffff:10.0.0.1"], [PUBLIC, "169.254.169.254"], []])
def test_a_name_that_leads_inside_is_never_connected_to(host, addresses):
    host.names[HOST] = addresses
    with pytest.raises(Unreadable):
        fetch(URL, host.way())
    assert (host.dialled, host.seen) == ([], [])


@pytest.mark.parametrize("target", ["127.0.0.1", "2130706433", "0x7f.1", "localhost", "[::1]"])
def test_the_real_resolver_leads_nobody_to_this_machine(host, target):
    with pytest.raises(Unreadable):
        fetch(f"https://{target}/", Way(resolve=resolve, dial=host._dial, tls=host.trusting, seconds=5))
    assert host.dialled == []


def test_a_second_answer_of_the_resolver_changes_nothing(host):
    """Rebinding: the name is public while it is checked, and inside when it is connected to."""
    host.pages["/eva.ics?sleutel=abc"] = (200, {}, calendar())
    answers = iter([[PUBLIC], ["127.0.0.1"]])
    way = Way(resolve=lambda name, seconds: next(answers), dial=host._dial, tls=host.trusting)
    fetch(URL, way)
    assert host.dialled == [(PUBLIC, 443)]


def redirect(to, status=302):
    return (status, {"Location": to}, b"")


def test_a_redirect_is_followed_and_looked_up_again(host):
    host.pages["/eva.ics?sleutel=abc"] = redirect("/daar.ics", 308)
    host.pages["/daar.ics"] = redirect(f"//{HOST}/ginds.ics")
    host.pages["/ginds.ics"] = (200, {}, calendar())
    assert fetch(URL, host.way()) == calendar()
    assert host.looked_up == [HOST] * 3


@pytest.mark.parametrize(
    "to",
    [
        "https://binnen.voorbeeld.be/",
        "https://169.254.169.254/latest/meta-data/",
        "http://agenda.voorbeeld.be/daar.ics",
        "https://a:b@agenda.voorbeeld.be/",
        "file:///etc/passwd",
        "https://agenda.voorbeeld.be:8443/",
    ],
)
def test_a_redirect_to_the_inside_or_to_something_else_is_not(host, to):
    host.names |= {"binnen.voorbeeld.be": ["10.1.2.3"], "169.254.169.254": ["169.254.169.254"]}
    host.pages["/eva.ics?sleutel=abc"] = redirect(to)
    with pytest.raises(Unreadable):
        fetch(URL, host.way())
    assert len(host.dialled) == 1


def test_redirects_end(host):
    host.pages["/eva.ics?sleutel=abc"] = redirect(URL)
    with pytest.raises(Unreadable):
        fetch(URL, host.way())
    assert len(host.seen) == fetching.MAX_HOPS + 1


@pytest.mark.parametrize("status", [401, 404, 410, 500, 204, 304])
def test_an_error_is_told_with_its_number(host, status):
    host.pages["/eva.ics?sleutel=abc"] = (status, {}, b"")
    with pytest.raises(Unreadable) as refusal:
        fetch(URL, host.way())
    assert str(status) in str(refusal.value)
    assert "sleutel" not in str(refusal.value)


def test_what_is_too_large_is_left_off(host, monkeypatch):
    monkeypatch.setattr(fetching, "MAX_BYTES", 100_000)
    host.pages["/eva.ics?sleutel=abc"] = (200, {}, b"x" * 200_000)
    with pytest.raises(Unreadable):
        fetch(URL, host.way())


def test_half_a_calendar_is_no_calendar(host):
    host.pages["/eva.ics?sleutel=abc"] = (200, {"Content-Length": "5000"}, calendar())
    with pytest.raises(Unreadable):
        fetch(URL, host.way())


def test_what_is_packed_is_not_unpacked(host):
    host.pages["/eva.ics?sleutel=abc"] = (200, {"Content-Encoding": "gzip"}, b"x")
    with pytest.raises(Unreadable):
        fetch(URL, host.way())


def test_a_host_that_says_nothing_is_left_in_time(host):
    host.pages["/eva.ics?sleutel=abc"] = lambda handler: time.sleep(3)
    began = time.monotonic()
    with pytest.raises(Unreadable):
        fetch(URL, host.way(seconds=0.5))
    assert time.monotonic() - began < 2


def test_a_host_that_drips_is_left_in_time(host):
    def drip(handler):
        handler.send_response(200)
        handler.end_headers()
        for _ in range(60):
            handler.wfile.write(b"x")
            handler.wfile.flush()
            time.sleep(0.1)

    host.pages["/eva.ics?sleutel=abc"] = drip
    began = time.monotonic()
    with pytest.raises(Unreadable):
        fetch(URL, host.way(seconds=1))
    assert time.monotonic() - began < 3


def test_headers_that_drip_do_not_hold_us_for_ever(host):
    def drip(handler):
        handler.send_response(200)
        for number in range(60):
            handler.wfile.write(f"X-{number}: y\r\n".encode())
            handler.wfile.flush()
            time.sleep(0.1)

    host.pages["/eva.ics?sleutel=abc"] = drip
    began = time.monotonic()
    with pytest.raises(Unreadable):
        fetch(URL, host.way(seconds=1))
    assert time.monotonic() - began < 3


def test_a_certificate_of_nobody_is_refused(host):
    host.pages["/eva.ics?sleutel=abc"] = (200, {}, calendar())
    with pytest.raises(Unreadable):
        fetch(URL, host.way(tls=ssl.create_default_context()))
    assert host.seen == []


def test_a_resolver_that_hangs_is_left_in_time(monkeypatch):
    monkeypatch.setattr("socket.getaddrinfo", lambda *args: time.sleep(1))
    began = time.monotonic()
    assert resolve("traag.voorbeeld.be", 0.2) == []
    assert time.monotonic() - began < 0.9
