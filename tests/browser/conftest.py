"""Browser tests drive the very site that `make run` starts, in Debian's Chromium. Run by .ci/run."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.mailbox import Mailbox

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PASSWORD = "ankerplaats-demo"
START_TIMEOUT = 300  # seconds: the demo content is loaded first
WIDE = {"width": 1280, "height": 900}
NARROW = {"width": 360, "height": 740}
LOGS: list[Path] = []  # of the sites that this process started
LOG_TAIL = 6_000  # characters that are shown of each
SESSIONS: dict[tuple[str, str], Any] = {}  # by address and person: signing in takes longer than most tests


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the site keeps its data. SITE_ADDRESS needs its VAR_DIR too, and MAIL_DIR as below."""
    return Path(os.environ["VAR_DIR"]) if "SITE_ADDRESS" in os.environ else tmp_path_factory.mktemp("site")


def environment_of(folder: Path, port: int, **more: str) -> dict[str, str]:
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    return {**environment, "VAR_DIR": str(folder), "MAIL_DIR": str(folder / "mails"), "PORT": str(port), **more}


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """With a failure comes what the site was doing: a page that waits says nothing of why."""
    report = yield
    if report.failed:
        report.sections += [(f"end of {log.name}", log.read_text()[-LOG_TAIL:]) for log in LOGS]
    return report


@contextmanager
def served(command: list[str], folder: Path, **more: str) -> Iterator[str]:
    """The address of a site that this command starts on a free port, until it is no longer needed."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    log = (folder / f"log-{port}").open("w+")
    LOGS.append(Path(log.name))
    process = subprocess.Popen(
        [word.format(port=port) for word in command],
        cwd=ROOT,
        env=environment_of(folder, port, **more),
        stdout=log,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        wait_until_it_answers(process, address, log.name)
        yield address
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=30)


@pytest.fixture(scope="session")
def address(folder: Path) -> Iterator[str]:
    """The address of a site freshly made by `make run`, with an empty folder for its data."""
    if running := os.environ.get("SITE_ADDRESS"):  # to work on a test against a site that runs already
        yield running
        return
    with served(["make", "run"], folder) as address:
        yield address


@pytest.fixture(scope="session")
def strict_address(address: str, folder: Path) -> Iterator[str]:
    """The same site, as production has it: whoever can enter the admin needs a second factor."""
    command = [sys.executable, "manage.py", "runserver", "--noreload", "--insecure", "127.0.0.1:{port}"]
    settings = {"SECOND_FACTOR_REQUIRED": "1", "DJANGO_SETTINGS_MODULE": "config.settings.dev"}
    with served(command, folder, **settings) as strict:
        yield strict


@pytest.fixture
def mailbox(folder: Path) -> Mailbox:
    return Mailbox(folder / "mails")


def wait_until_it_answers(process: "subprocess.Popen[bytes]", address: str, log: str) -> None:
    deadline = time.monotonic() + START_TIMEOUT
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
    pytest.fail(f"make run did not come up:\n{Path(log).read_text()[-4000:]}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    executable = shutil.which("chromium")
    if executable is None:
        pytest.fail("Chromium is missing: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator["Visits"]:
    visits = Visits(browser, address)
    yield visits
    visits.close()


class Visits:
    """Opens pages as a visitor, and holds every one to it: nothing from another host, no error in the console."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.browser = browser
        self.address = address
        self.contexts: list[BrowserContext] = []
        self.foreign: list[str] = []
        self.console: list[str] = []

    def open(self, path: str, *, wide: bool = True, dark: bool = False, script: bool = True, state: Any = None) -> Page:
        """As a stranger, or with the cookies of an earlier `state`."""
        context = self.browser.new_context(
            storage_state=state,
            reduced_motion="reduce",  # colours change at once, not halfway through a measurement
            viewport=WIDE if wide else NARROW,
            color_scheme="dark" if dark else "light",
            java_script_enabled=script,
            locale="nl-BE",
        )
        context.set_default_timeout(15_000)
        self.contexts.append(context)
        page = context.new_page()
        page.on("request", self._note_request)
        page.on("console", lambda message: self.console.append(message.text) if message.type == "error" else None)
        page.goto(self.address + path)
        return page

    def _note_request(self, request: object) -> None:
        url = request.url  # type: ignore[attr-defined]
        if not url.startswith((self.address, "data:", "blob:")):
            self.foreign.append(url)

    def log_in(self, who: str, path: str = "/beheer/", *, wide: bool = True, anew: bool = False) -> Page:
        """In the session of an earlier test, as long as it lasts; `anew`: in one of her own."""
        key = (self.address, who)
        if not anew and (state := SESSIONS.get(key)) is not None:
            page = self.open(path, wide=wide, state=state)
            if "/account/login/" not in page.url:
                return page
        page = self.open(f"/account/login/?next={path}", wide=wide)
        page.fill("input[name=login]", f"{who}@ankerplaats.example")
        page.fill("input[name=password]", PASSWORD)
        page.press("input[name=password]", "Enter")
        page.wait_for_url(f"{self.address}{path}")
        if not anew:
            SESSIONS[key] = page.context.storage_state()
        return page

    def close(self) -> None:
        for context in self.contexts:
            context.close()
        assert self.foreign == [], "requests left the site's own host"
