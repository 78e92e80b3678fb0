"""The real site, started by its own command, and a real browser.

The browser is the system's Chromium. Where there is none the tests are skipped, saying how to
install it; with `PLEDGELINE_REQUIRE_E2E=1` they fail instead.
"""

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.e2e.house import PASSWORD

CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE_SECONDS = 180
DATABASE = "pledgeline.sqlite3"


TOGETHER = {
    "test_planning.py": "planning",
    "test_recording.py": "desks",
    "test_register_editor.py": "desks",
}
"""Files whose tests share what is slow to make: one worker has them all, first, and makes it once."""


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in Path(item.fspath).parents:
            item.add_marker(pytest.mark.e2e)
            if group := TOGETHER.get(Path(item.fspath).name):
                item.add_marker(pytest.mark.xdist_group(group))
    items.sort(key=lambda item: item.get_closest_marker("xdist_group") is None)


@pytest.fixture(scope="session")
def chromium() -> str:
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found:
        return found
    missing = "no Chromium on this machine: `apt-get install chromium` (Debian) brings it"
    if os.environ.get("PLEDGELINE_REQUIRE_E2E") == "1":
        pytest.fail(missing)
    pytest.skip(missing)


@pytest.fixture(scope="session")
def environment(tmp_path_factory) -> dict[str, str]:
    """Say where a site of its own lives, as on a first start.

    It runs on the database that the tests run on: the embedded one, or the PostgreSQL of the plugin.
    """
    found = {**os.environ, "PLEDGELINE_HOME": str(tmp_path_factory.mktemp("home"))}
    if os.environ.get("PLEDGELINE_TEST_DATABASE") != "postgresql":
        found.pop("PLEDGELINE_DATABASE_URL", None)
    return found


@pytest.fixture(scope="session")
def homes(tmp_path_factory) -> Path:
    """Give the folder of copies of the home, for sites that begin as this one `began`, or where it was `fitted-out`."""
    return tmp_path_factory.mktemp("homes")


def copy_home(environment: dict[str, str], copy: Path) -> None:
    """Copy the keys and the embedded database of a site that is up."""
    home = Path(environment["PLEDGELINE_HOME"])
    copy.mkdir(mode=0o700)
    if "PLEDGELINE_DATABASE_URL" not in environment:
        shutil.copy2(home / "secret-key", copy)
        with (
            closing(sqlite3.connect(home / DATABASE)) as ours,
            closing(sqlite3.connect(copy / DATABASE)) as made,
        ):
            ours.backup(made)
        (copy / DATABASE).chmod(0o600)


@pytest.fixture(scope="session")
def address(environment, homes) -> str:
    """Start `pledgeline up` with an empty home, and end it afterwards."""
    with site(environment) as base:
        copy_home(environment, homes / "began")
        yield base


@contextmanager
def site(environment: dict[str, str]) -> Iterator[str]:
    """Start `pledgeline up` for an installation, give its address, and end it afterwards."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = Path(environment["PLEDGELINE_HOME"]) / "log"
    with log.open("wb") as out:
        server = subprocess.Popen(
            [sys.executable, "-m", "pledgeline", "up", "--port", str(port)],
            env=environment,
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    base = f"http://127.0.0.1:{port}"
    try:
        _wait(f"{base}/readyz", server, log)
        yield base
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(timeout=20)


def _wait(address: str, server: subprocess.Popen, log: Path) -> None:
    for _ in range(PATIENCE_SECONDS * 10):
        if server.poll() is not None:
            pytest.fail(f"the site ended before it answered:\n{log.read_text()}")
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"the site did not answer in {PATIENCE_SECONDS} s:\n{log.read_text()}")


@pytest.fixture(scope="session")
def browser(chromium):
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_ARGUMENTS)
        yield browser
        browser.close()


class Windows:
    """Windows that are used again and again: to open one costs the browser more than to show most pages.

    Each has a context of its own. When it is given back it forgets what it kept, and it is signed out.
    """

    FORGET = "() => { try { sessionStorage.clear() } catch { /* the page of an error has none */ } }"

    def __init__(self, browser, address: str) -> None:
        self._browser, self._address = browser, address
        self._free: dict[bool, list[Page]] = {True: [], False: []}

    def take(
        self, *, width: int = 1440, dark: bool = False, scripts: bool = True, key: dict | None = None
    ) -> Page:
        free = self._free[scripts]
        page = free.pop() if free else self._open(scripts)
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme="dark" if dark else "light")
        if key:
            page.context.add_cookies(key["cookies"])
        return page

    def _open(self, scripts: bool) -> Page:
        context = self._browser.new_context(
            java_script_enabled=scripts, locale="en-GB", accept_downloads=True
        )
        page = context.new_page()
        page.set_default_timeout(15_000)
        return page

    def give_back(self, page: Page, *, scripts: bool = True) -> None:
        context = page.context
        context.set_offline(False)
        page.evaluate(self.FORGET)
        page.goto("about:blank")
        tool = context.new_cdp_session(page)
        tool.send("Storage.clearDataForOrigin", {"origin": self._address, "storageTypes": "all"})
        tool.detach()
        context.clear_cookies()
        context.clear_permissions()
        self._free[scripts].append(page)


@pytest.fixture(scope="session")
def windows(browser, address) -> Windows:
    return Windows(browser, address)


@pytest.fixture
def open_page(windows, address, request):
    """Open a page; afterwards nothing may have been asked of another machine, and the console is silent.

    `refused` is the status that the site may answer with: the browser says it on the console.
    `signed_in` is the name of the person who opens the page; `loses_signal` says that the browser will miss the site.
    """
    opened, complaints = [], []

    def open_(
        path: str,
        *,
        width: int = 1440,
        dark: bool = False,
        scripts: bool = True,
        refused: int = 0,
        signed_in: str = "",
        loses_signal: bool = False,
    ):
        key = request.getfixturevalue("keys")(signed_in) if signed_in else None
        page = windows.take(width=width, dark=dark, scripts=scripts, key=key)
        hear = {
            "console": lambda message: (
                (refused and f"a status of {refused} " in message.text)
                or (loses_signal and "ERR_INTERNET_DISCONNECTED" in message.text)
                or complaints.append(f"console: {message.text}")
            ),
            "pageerror": lambda error: complaints.append(f"error: {error}"),
            "request": lambda request: (
                request.url.startswith((address, "data:", "about:"))
                or complaints.append(f"left the machine: {request.url}")
            ),
        }
        opened.append((page, scripts, hear))
        for event, heard in hear.items():
            page.on(event, heard)
        page.goto(f"{address}{path}")
        return page

    yield open_
    for page, scripts, hear in opened:
        windows.give_back(page, scripts=scripts)
        for event, heard in hear.items():
            page.remove_listener(event, heard)
    assert complaints == []


@pytest.fixture(scope="session")
def fitted_out(address, environment, homes) -> str:
    """Give the address of the site with its accounts and an invented programme whose books are empty."""
    subprocess.run(
        [sys.executable, "-m", "tests.e2e.house"],
        env=environment,
        cwd=Path(__file__).parents[2],
        stdin=subprocess.DEVNULL,
        check=True,
    )
    copy_home(environment, homes / "fitted-out")
    return address


@pytest.fixture(scope="session")
def keys(windows, fitted_out):
    """Give what a browser keeps of a person who has signed in: each signs in once, by the form."""
    kept: dict[str, dict] = {}

    def key_of(name: str) -> dict:
        if name not in kept:
            page = windows.take()
            page.goto(f"{fitted_out}/sign-in/")
            page.get_by_label("Name").fill(name)
            page.get_by_label("Password").fill(PASSWORD)
            page.get_by_role("main").get_by_role("button", name="Sign in").click()
            page.get_by_role("main").get_by_role("button", name="Sign out", exact=True).wait_for()
            kept[name] = page.context.storage_state()
            windows.give_back(page)
        return kept[name]

    return key_of
