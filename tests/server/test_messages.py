"""Where a message ends: what two readers could understand in two ways is refused, or read as the standard says.

A proxy and the site that differ there let somebody hide a request in the body of another (request smuggling).
"""

import re
import socket

from tests.server.test_up import pytestmark

__all__ = ["pytestmark"]

HIDDEN = "GET /hidden HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
AMBIGUOUS = {
    "two lengths": f"Content-Length: 0\r\nContent-Length: {len(HIDDEN)}\r\n\r\n{HIDDEN}",
    "two lengths on a line": f"Content-Length: 0, {len(HIDDEN)}\r\n\r\n{HIDDEN}",
    "a length that is none": f"Content-Length: +{len(HIDDEN)}\r\n\r\n{HIDDEN}",
    "an unknown coding": f"Transfer-Encoding: xchunked\r\nContent-Length: 0\r\n\r\n{HIDDEN}",
    "chunked, and not last": f"Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n{HIDDEN}",
    "a chunk of no size": f"Transfer-Encoding: chunked\r\n\r\nz\r\n\r\n{HIDDEN}",
    "a header with a blank before the colon": f"Transfer-Encoding : chunked\r\nContent-Length: 0\r\n\r\n{HIDDEN}",
    "a header on two lines": f"Transfer-Encoding:\r\n chunked\r\nContent-Length: 0\r\n\r\n{HIDDEN}",
}


def statuses(port: int, message: str) -> list[str]:
    """Send it, and give the status of every answer until the connection ends, or nothing more comes."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        line.sendall(message.encode())
        line.settimeout(1)
        said = b""
        try:
            while part := line.recv(65_536):
                said += part
        except OSError:
            pass
    return re.findall(rb"HTTP/1\.1 (\d+)", said)


def test_a_message_of_two_lengths_is_refused(running_site):
    answers = {
        name: statuses(running_site.port, f"POST /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n{rest}")
        for name, rest in AMBIGUOUS.items()
    }

    assert {} == {name: value for name, value in answers.items() if value not in ([], [b"400"])}


def test_with_a_coding_and_a_length_the_coding_counts(running_site):
    """RFC 9112, section 6.3: the length is passed over, and the connection ends with the answer."""
    both = f"Content-Length: {5 + len(HIDDEN)}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n{HIDDEN}"

    found = statuses(running_site.port, f"POST /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n{both}")
    assert found in (
        [],
        [b"400"],
        [b"403"],
    )
