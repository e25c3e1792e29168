"""RSGI-to-WSGI gateway: receives a request completely before it occupies one of the few threads.

While a body arrives it takes a little memory and no thread, so thirty clients that send one byte now and then block no
one (slow-client attack). A body has a deadline and a maximum size; all bodies being received have a maximum total size.
Complete requests are handled by the WSGI app in one of `threads` threads, in the order of arrival.
"""

from __future__ import annotations

import asyncio
import io
import sys
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import structlog

from questionnaire.web.http.security_headers import BODY_BYTES, LARGE_BODIES, REFUSAL

if TYPE_CHECKING:
    from granian._granian import RSGIHTTPProtocol as HTTPProtocol
    from granian.rsgi import Scope

MOST_BYTES = 32 * 1024 * 1024
"""Maximum total size of all bodies being received, large ones aside."""
MOST_LARGE = 2
"""Large bodies that are received at a time: files take nothing away from the forms of visitors."""

Environ = dict[str, Any]


class BodyRejected(Exception):
    """The body is refused with the HTTP status `status`."""

    def __init__(self, status: int) -> None:
        self.status = status
        super().__init__(status)


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: list[tuple[str, str]]
    body: bytes


class Gateway:
    """An RSGI application that wraps a WSGI app. `body_seconds`: the time limit for receiving a body."""

    def __init__(self, app: Callable[..., Iterable[bytes]], threads: int, body_seconds: float) -> None:
        self._app = app
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="web")
        self._body_seconds = body_seconds
        self._bytes = 0
        self._large = 0

    async def __rsgi__(self, scope: Scope, protocol: HTTPProtocol) -> None:
        environ = environ_of(scope)
        body = bytearray()
        try:
            try:
                if environ["PATH_INFO"] in LARGE_BODIES:
                    await self._receive_large(environ, protocol, body)
                else:
                    await self._receive(environ, protocol, body, BODY_BYTES)
            except BodyRejected as refused:
                environ[REFUSAL] = refused.status
                self._release(environ, body)
                body = bytearray()
            environ["wsgi.input"] = io.BytesIO(body)
            environ.setdefault("CONTENT_LENGTH", str(len(body)))
            loop = asyncio.get_running_loop()
            response_sent = loop.create_future()
            self._threads.submit(
                self._serve, environ, protocol, lambda: loop.call_soon_threadsafe(_finish, response_sent)
            )
            await response_sent
        finally:
            self._release(environ, body)

    def _release(self, environ: Environ, body: bytearray) -> None:
        if environ["PATH_INFO"] not in LARGE_BODIES:
            self._bytes -= len(body)

    async def _receive_large(self, environ: Environ, protocol: HTTPProtocol, body: bytearray) -> None:
        """Does the same where a file is taken. Its bytes are not counted with those of the forms."""
        if self._large >= MOST_LARGE:
            raise BodyRejected(HTTPStatus.SERVICE_UNAVAILABLE)
        self._large += 1
        try:
            await self._receive(environ, protocol, body, LARGE_BODIES[environ["PATH_INFO"]])
        finally:
            self._large -= 1

    async def _receive(self, environ: Environ, protocol: HTTPProtocol, body: bytearray, most: int) -> None:
        """Appends the body to `body`. Raises BodyRejected when it is late, truncated or has more than `most` bytes."""
        is_large = environ["PATH_INFO"] in LARGE_BODIES
        chunked = "HTTP_TRANSFER_ENCODING" in environ
        declared = environ.get("CONTENT_LENGTH", "0")
        if not chunked and declared == "0":
            return
        if not chunked and not (declared.isascii() and declared.isdigit() and int(declared) <= most):
            raise BodyRejected(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        try:
            async with asyncio.timeout(self._body_seconds):
                async for chunk in protocol:
                    self._bytes += 0 if is_large else len(chunk)
                    body += chunk
                    if len(body) > most:
                        raise BodyRejected(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
                    if self._bytes > MOST_BYTES:
                        raise BodyRejected(HTTPStatus.SERVICE_UNAVAILABLE)
        except TimeoutError as late:
            raise BodyRejected(HTTPStatus.REQUEST_TIMEOUT) from late
        if not chunked and len(body) != int(declared):
            raise BodyRejected(HTTPStatus.BAD_REQUEST)

    def _serve(self, environ: Environ, protocol: HTTPProtocol, finish: Callable[[], object]) -> None:
        """Runs in a thread and sends the response from it: sending from the event loop would cost two more switches."""
        try:
            answer = self._answer(environ)
            protocol.response_bytes(answer.status, answer.headers, answer.body)
        except Exception as error:  # noqa: BLE001 (the app handles its own errors; this logs what it did not)
            structlog.get_logger("web").error("unanswered", error=type(error).__name__)
        finally:
            finish()

    def _answer(self, environ: Environ) -> Answer:
        started: list[tuple[int, list[tuple[str, str]]]] = []

        def start(status: str, headers: list[tuple[str, str]], _exc_info: object = None) -> None:
            started[:] = [(int(status.split(" ", 1)[0]), headers)]

        parts = self._app(environ, start)
        try:
            body = b"".join(parts)
        finally:
            if hasattr(parts, "close"):
                parts.close()
        return Answer(*started[0], body)


def _finish(response_sent: asyncio.Future[None]) -> None:
    if not response_sent.done():
        response_sent.set_result(None)


def environ_of(scope: Scope) -> Environ:
    """The WSGI environ of a request (PEP 3333), without the body. Its text is bytes decoded as Latin-1."""
    server, _, port = scope.server.rpartition(":")
    environ: Environ = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": scope.path.encode().decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "SERVER_NAME": server.strip("[]"),
        "SERVER_PORT": port,
        "REMOTE_ADDR": scope.client.rpartition(":")[0].strip("[]"),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        "wsgi.input_terminated": True,
    }
    for name, value in scope.headers.items():
        # `x_forwarded_for` would get the key of `x-forwarded-for`, a header that only a proxy may set.
        if "_" in name:
            continue
        key = name.upper().replace("-", "_")
        key = key if key in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{key}"
        between = "; " if key == "HTTP_COOKIE" else ","
        environ[key] = f"{environ[key]}{between}{value}" if key in environ else value
    return environ
