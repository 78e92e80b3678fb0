"""The real site, started by its own command, and a real browser.

The browser is the system's Chromium. Where there is none the tests are skipped, saying how to
install it; with `PLEDGELINE_REQUIRE_E2E=1` they fail instead.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE_SECONDS = 60


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in Path(item.fspath).parents:
            item.add_marker(pytest.mark.e2e)


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
def address(environment) -> str:
    """Start `pledgeline up` with an empty home, and end it afterwards."""
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


@pytest.fixture
def open_page(browser, address):
    """Open a page; afterwards nothing may have been asked of another machine, and the console is silent.

    `refused` is the status that the site may answer with: the browser says it on the console.
    """
    contexts, complaints = [], []

    def open_(path: str, *, width: int = 1440, dark: bool = False, scripts: bool = True, refused: int = 0):
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            java_script_enabled=scripts,
            locale="en-GB",
            accept_downloads=True,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on(
            "console",
            lambda message: (
                (refused and f"a status of {refused} " in message.text)
                or complaints.append(f"console: {message.text}")
            ),
        )
        page.on("pageerror", lambda error: complaints.append(f"error: {error}"))
        page.on(
            "request",
            lambda request: (
                request.url.startswith((address, "data:"))
                or complaints.append(f"left the machine: {request.url}")
            ),
        )
        page.goto(f"{address}{path}")
        return page

    yield open_
    for context in contexts:
        context.close()
    assert complaints == []
