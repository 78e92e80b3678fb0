"""The site behind a real nginx, as `deploy/nginx` sets it up: what visitors get, and what they cannot pretend."""

import http.client
import os
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.server.conftest import ended, said_until, start

CONFIGURATION = Path(__file__).parents[2] / "deploy" / "nginx" / "pledgeline.conf"
NAME = "pledge.example.org"

NGINX = shutil.which("nginx") or ("/usr/sbin/nginx" if Path("/usr/sbin/nginx").exists() else "")

pytestmark = [
    pytest.mark.any_database,
    pytest.mark.skipif(not NGINX, reason="nginx is not installed: apt-get install nginx-light"),
    pytest.mark.skipif(sys.platform == "win32", reason="signals are sent as on Linux and macOS"),
]


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port: int = trial.getsockname()[1]
        return port


def make_certificate(folder: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    (folder / "fullchain.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "privkey.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )


class Front:
    """An nginx in front of a site, and how it is asked."""

    def __init__(self, folder: Path, site: int) -> None:
        self.folder = folder
        self.http, self.https = free_port(), free_port()
        make_certificate(folder)
        text = CONFIGURATION.read_text(encoding="utf-8")
        for ours, instead in {
            "    listen [::]:80;\n": "",
            "    listen [::]:443 ssl http2;\n": "",
            "listen 80;": f"listen 127.0.0.1:{self.http};",
            "listen 443 ssl": f"listen 127.0.0.1:{self.https} ssl",
            "/etc/nginx/pledgeline/": f"{folder}/",
            "server 127.0.0.1:8000;": f"server 127.0.0.1:{site};",
        }.items():
            assert ours in text, f"the configuration no longer says {ours}"
            text = text.replace(ours, instead)
        paths = "\n".join(
            f"    {kind}_temp_path {folder}/{kind};"
            for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        (folder / "nginx.conf").write_text(
            f"daemon off;\nmaster_process off;\npid {folder}/pid;\nerror_log {folder}/error.log;\n"
            f"events {{}}\nhttp {{\n    access_log off;\n{paths}\n{text}\n}}\n",
            encoding="utf-8",
        )
        self.process = subprocess.Popen([NGINX, "-p", folder, "-e", folder / "error.log", "-c", "nginx.conf"])
        self._wait()

    def _wait(self) -> None:
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", self.https), timeout=1).close()
                return
            except OSError:
                time.sleep(0.05)
        raise AssertionError((self.folder / "error.log").read_text())

    def ask(
        self,
        path: str,
        *,
        method: str = "GET",
        body: bytes | None = None,
        plain: bool = False,
        **headers: str,
    ) -> tuple[http.client.HTTPResponse, bytes]:
        trust = ssl.create_default_context(cafile=str(self.folder / "fullchain.pem"))
        connection = (
            http.client.HTTPConnection("127.0.0.1", self.http, timeout=60)
            if plain
            else _Named("127.0.0.1", self.https, timeout=60, context=trust)
        )
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body=body, headers={"Host": NAME, **named})
        answer = connection.getresponse()
        return answer, answer.read()

    def end(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=20)


class _Named(http.client.HTTPSConnection):
    """Asks an address for the name on its certificate."""

    def connect(self) -> None:
        plain = socket.create_connection((self.host, self.port), self.timeout)
        self.sock = self._context.wrap_socket(plain, server_hostname=NAME)  # type: ignore[attr-defined]


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory, installed: dict[str, str]) -> Iterator[Front]:
    folder, port = tmp_path_factory.mktemp("front"), free_port()
    shutil.copytree(installed["PLEDGELINE_HOME"], folder / "home", copy_function=shutil.copy2)
    environment = {
        **os.environ,
        "PLEDGELINE_HOME": str(folder / "home"),
        "PLEDGELINE_DATABASE_URL": "",
        "PLEDGELINE_HOSTS": f"{NAME},localhost",
        "PLEDGELINE_HTTPS": "1",
        "PLEDGELINE_TRUSTED_PROXIES": "127.0.0.1",
    }
    site = start(environment, "--port", str(port))
    said_until(site, "Pledgeline is at")
    made = Front(folder, port)
    yield made
    made.end()
    os.killpg(site.pid, signal.SIGINT)
    ended(site)


def test_the_site_is_there_over_https(front: Front):
    answer, page = front.ask("/p/purl/")

    assert 200 == answer.status
    assert b"PURL" in page


def test_over_http_a_visitor_is_sent_to_https(front: Front):
    answer, _ = front.ask("/p/purl/?as_of=2025-12-31", plain=True)

    assert (301, f"https://{NAME}/p/purl/?as_of=2025-12-31") == (answer.status, answer.getheader("Location"))


def test_what_is_sent_in_the_clear_is_refused_and_not_sent_again(front: Front):
    """Who posts without TLS learns of it, instead of being led on to where nobody notices."""
    answer, _ = front.ask("/sign-in/", method="POST", body=b"password=lantern", plain=True)

    assert 403 == answer.status


@pytest.mark.parametrize(
    ("version", "ciphers", "spoken"),
    [
        (ssl.TLSVersion.TLSv1_3, "", True),
        (ssl.TLSVersion.TLSv1_2, "", True),
        (ssl.TLSVersion.TLSv1_2, "ECDHE-ECDSA-AES128-GCM-SHA256", True),
        (ssl.TLSVersion.TLSv1_2, "ECDHE-ECDSA-AES128-SHA256", False),
        (ssl.TLSVersion.TLSv1_2, "ECDHE-ECDSA-AES256-SHA", False),
        (ssl.TLSVersion.TLSv1_2, "AES128-GCM-SHA256", False),
        (ssl.TLSVersion.TLSv1_1, "DEFAULT:@SECLEVEL=0", False),
        (ssl.TLSVersion.TLSv1, "DEFAULT:@SECLEVEL=0", False),
    ],
)
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_new_versions_of_tls_and_strong_ciphers_are_spoken_and_no_others(
    front: Front, version: ssl.TLSVersion, ciphers: str, spoken: bool
):
    trust = ssl.create_default_context(cafile=str(front.folder / "fullchain.pem"))
    trust.minimum_version = trust.maximum_version = version
    if ciphers:
        trust.set_ciphers(ciphers)
    with socket.create_connection(("127.0.0.1", front.https), timeout=20) as plain:
        try:
            with trust.wrap_socket(plain, server_hostname=NAME):
                assert spoken
        except ssl.SSLError:
            assert not spoken


def test_a_form_can_be_sent_and_its_cookies_travel_over_https_alone(front: Front):
    answer, page = front.ask("/sign-in/")
    cookies = answer.headers.get_all("Set-Cookie") or []

    assert 200 == answer.status
    assert cookies
    assert all("Secure" in cookie for cookie in cookies)
    token = page.partition(b'name="csrfmiddlewaretoken" value="')[2].partition(b'"')[0].decode()
    body = f"csrfmiddlewaretoken={token}&username=nobody&password=wrong&login=nobody".encode()
    sent, _ = front.ask(
        "/sign-in/",
        method="POST",
        body=body,
        Cookie=cookies[0].partition(";")[0],
        Referer=f"https://{NAME}/sign-in/",
        Content_Type="application/x-www-form-urlencoded",
    )
    assert sent.status in (200, 401, 422, 429)


def test_another_name_is_answered_by_nobody(front: Front):
    assert 400 == front.ask("/p/purl/", Host="elsewhere.example.org")[0].status


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X_Forwarded_Proto": "http"},
        {"X_Forwarded_Host": "localhost"},
        {"X_Forwarded_For": "127.0.0.1"},
        {"Forwarded": "for=127.0.0.1;host=localhost"},
    ],
)
def test_a_stranger_stays_a_stranger_whatever_they_claim(front: Front, headers: dict[str, str]):
    """Plans are for people who are signed in: C1, S4."""
    assert front.ask("/p/purl/plan/", **headers)[0].status in (302, 403)
    sent = front.ask("/p/purl/plan/sample/", method="POST", body=b"", **headers)[0]
    assert 403 == sent.status


def test_a_body_that_no_form_sends_is_refused_before_it_reaches_the_site(front: Front):
    try:
        answer, _ = front.ask("/sign-in/", method="POST", body=b"x" * 22_100_000)
        status = answer.status
    except (BrokenPipeError, ConnectionResetError, ssl.SSLError):  # it hung up in the middle of the body
        status = 413

    assert 413 == status


def test_slow_bodies_take_no_place_in_the_site(front: Front):
    """Eight of them stopped a site that was reached directly (S8)."""
    trust = ssl.create_default_context(cafile=str(front.folder / "fullchain.pem"))
    slow = []
    for _ in range(20):
        plain = socket.create_connection(("127.0.0.1", front.https), timeout=20)
        line = trust.wrap_socket(plain, server_hostname=NAME)
        line.sendall(f"POST /sign-in/ HTTP/1.1\r\nHost: {NAME}\r\nContent-Length: 900000\r\n\r\nx".encode())
        slow.append(line)
    try:
        assert 200 == front.ask("/p/purl/")[0].status
    finally:
        for line in slow:
            line.close()


def test_nothing_is_wrong_with_how_it_is_set_up(front: Front):
    said = (front.folder / "error.log").read_text()

    assert "[emerg]" not in said
    assert "[crit]" not in said
