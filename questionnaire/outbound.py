"""Outgoing HTTP requests: the only module that makes them.

Where a request may go is decided in core/delivery/outbound_rules.py, and again at every request: the host is resolved
once, all of its addresses must be allowed, and the connection goes to one of them, so that a name which changes its
address in between leads nowhere else. Certificate and Host header are those of the name. Redirects are not followed,
proxies of the environment not used. All of it takes 15 seconds at most, however slowly the other side writes.
"""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import httpcore

from questionnaire.core.delivery.outbound_rules import AllowedHost, OutboundTarget, UrlRefusal, is_public, read_target

SECONDS = 15.0
MOST_BYTES = 65536
"""More of an answer is not read."""


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """`headers` by lower-case name; `text` is the beginning of the body."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    text: str = ""


class RequestRefused(Exception):
    """Nothing was sent: our own rules forbid this URL. `code` is that of UrlRefusal."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


class RequestFailed(Exception):
    """The host did not answer; says why."""


def post(
    url: str,
    body: bytes,
    headers: Mapping[str, str],
    allowed: Sequence[AllowedHost] = (),
    *,
    seconds: float = SECONDS,
) -> HttpAnswer:
    """Sends one POST request, and returns the answer, whatever its status. `allowed`: hosts that the operator named.

    Raises RequestRefused or RequestFailed.
    """
    target = read_target(url, allowed)
    if isinstance(target, UrlRefusal):
        raise RequestRefused(target.code)
    deadline = time.monotonic() + seconds
    backend = _PinnedBackend(_addresses(target), deadline)
    context = _tls_context() if target.scheme == "https" else None
    sent = {"Content-Type": "application/json", **headers, "User-Agent": "questionnaire", "Connection": "close"}
    try:
        with (
            httpcore.ConnectionPool(ssl_context=context, network_backend=backend, http2=False, retries=0) as pool,
            pool.stream("POST", target.url, headers=list(sent.items()), content=body) as response,
        ):
            received = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}
            return HttpAnswer(response.status, received, _text(response.iter_stream()))
    except httpcore.TimeoutException as error:
        raise RequestFailed(f"no answer within {seconds:.0f} seconds") from error
    except (httpcore.NetworkError, httpcore.ProtocolError, ssl.SSLError, OSError) as error:
        raise RequestFailed(_reason(error)) from error


def _addresses(target: OutboundTarget) -> tuple[str, ...]:
    """The addresses of the host, all of them allowed."""
    try:
        found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise RequestFailed("the host name has no address") from error
    addresses = tuple(dict.fromkeys(str(entry[4][0]) for entry in found))
    if not target.is_named and not all(map(is_public, addresses)):
        raise RequestRefused("address")
    return addresses


def _text(parts: Iterable[bytes]) -> str:
    body = b""
    for part in parts:
        body += part
        if len(body) >= MOST_BYTES:
            break
    return body[:MOST_BYTES].decode("utf-8", "replace")


def _reason(error: BaseException) -> str:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return f"the certificate is not valid: {cause.verify_message}"
        cause = cause.__cause__ or cause.__context__
    if isinstance(error, httpcore.ConnectError):
        return "the host does not take the connection"
    return "the connection was cut off"


@lru_cache(maxsize=1)
def _tls_context() -> ssl.SSLContext:
    """Believes the certificates of the system and of `SSL_CERT_FILE`, and those that come with the library."""
    context: ssl.SSLContext = httpcore.default_ssl_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


class _PinnedBackend(httpcore.NetworkBackend):
    """Connects to addresses that were looked at before, whatever the name says by now."""

    def __init__(self, addresses: Sequence[str], deadline: float) -> None:
        self.addresses, self.deadline = addresses, deadline
        self.network = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        last: Exception = httpcore.ConnectError("no address")
        for address in self.addresses:
            try:
                stream = self.network.connect_tcp(address, port, timeout=_left(self.deadline))
            except httpcore.ConnectError as error:
                last = error
            else:
                return _TimedStream(stream, self.deadline)
        raise last

    def connect_unix_socket(self, path: str, timeout: float | None = None, socket_options: Any = None) -> Any:
        raise httpcore.ConnectError("only TCP")

    def sleep(self, seconds: float) -> None:
        self.network.sleep(seconds)


class _TimedStream(httpcore.NetworkStream):
    """A connection that must be over by a moment: a limit for each read alone can be stretched byte by byte."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: float) -> None:
        self.stream, self.deadline = stream, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self.stream.read(max_bytes, _left(self.deadline))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.stream.write(buffer, _left(self.deadline))

    def close(self) -> None:
        self.stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        stream = self.stream.start_tls(ssl_context, server_hostname, _left(self.deadline))
        return _TimedStream(stream, self.deadline)

    def get_extra_info(self, info: str) -> Any:
        return self.stream.get_extra_info(info)


def _left(deadline: float) -> float:
    """Seconds until the deadline. Raises ReadTimeout after it."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout
    return left
