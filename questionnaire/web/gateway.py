"""Between the web server and the app: a request is received in full before it costs one of the few threads.

The server speaks RSGI, so that a body on its way holds a little memory and no thread: thirty clients that send one
byte now and then keep nobody waiting. A body has a deadline and a greatest size, all bodies on their way together
too. What is received is answered by the app (WSGI) in one of `threads` threads, in the order it came in.
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

from questionnaire.web.http.security_headers import BODY_BYTES, REFUSAL

if TYPE_CHECKING:
    from granian._granian import RSGIHTTPProtocol as HTTPProtocol
    from granian.rsgi import Scope

MOST_BYTES = 32 * 1024 * 1024
"""All bodies on their way, together."""

Environ = dict[str, Any]


class BodyRejected(Exception):
    """The body cannot be taken; `status` says why."""

    def __init__(self, status: int) -> None:
        self.status = status
        super().__init__(status)


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: list[tuple[str, str]]
    body: bytes


class Gateway:
    """An RSGI application around a WSGI one. `body_seconds`: how long a body may take to arrive."""

    def __init__(self, app: Callable[..., Iterable[bytes]], threads: int, body_seconds: float) -> None:
        self._app = app
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="web")
        self._body_seconds = body_seconds
        self._bytes = 0

    async def __rsgi__(self, scope: Scope, protocol: HTTPProtocol) -> None:
        environ = environ_of(scope)
        body = bytearray()
        try:
            try:
                await self._receive(environ, protocol, body)
            except BodyRejected as refused:
                environ[REFUSAL] = refused.status
                self._bytes -= len(body)
                body = bytearray()
            environ["wsgi.input"] = io.BytesIO(body)
            environ.setdefault("CONTENT_LENGTH", str(len(body)))
            loop = asyncio.get_running_loop()
            done = loop.create_future()
            self._threads.submit(self._serve, environ, protocol, lambda: loop.call_soon_threadsafe(_finish, done))
            await done
        finally:
            self._bytes -= len(body)

    async def _receive(self, environ: Environ, protocol: HTTPProtocol, body: bytearray) -> None:
        """Appends the body to `body`. Refused when it is late, cut off, or too much."""
        chunked = "HTTP_TRANSFER_ENCODING" in environ
        declared = environ.get("CONTENT_LENGTH", "0")
        if not chunked and declared == "0":
            return
        if not chunked and not (declared.isascii() and declared.isdigit() and int(declared) <= BODY_BYTES):
            raise BodyRejected(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        try:
            async with asyncio.timeout(self._body_seconds):
                async for chunk in protocol:
                    self._bytes += len(chunk)
                    body += chunk
                    if len(body) > BODY_BYTES:
                        raise BodyRejected(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
                    if self._bytes > MOST_BYTES:
                        raise BodyRejected(HTTPStatus.SERVICE_UNAVAILABLE)
        except TimeoutError as late:
            raise BodyRejected(HTTPStatus.REQUEST_TIMEOUT) from late
        if not chunked and len(body) != int(declared):
            raise BodyRejected(HTTPStatus.BAD_REQUEST)

    def _serve(self, environ: Environ, protocol: HTTPProtocol, finish: Callable[[], object]) -> None:
        """In a thread of the app. The answer leaves from here: by way of the loop each would cost two more switches."""
        try:
            answer = self._answer(environ)
            protocol.response_bytes(answer.status, answer.headers, answer.body)
        except Exception as error:  # noqa: BLE001 (the app answers its own bugs: this is the last to hear of one)
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


def _finish(done: asyncio.Future[None]) -> None:
    if not done.done():
        done.set_result(None)


def environ_of(scope: Scope) -> Environ:
    """The request as PEP 3333 wants it, without its body. Text is bytes as Latin-1 there."""
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
        # `x_forwarded_for` would stand where `x-forwarded-for` does, which only a proxy may write.
        if "_" in name:
            continue
        key = name.upper().replace("-", "_")
        key = key if key in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{key}"
        between = "; " if key == "HTTP_COOKIE" else ","
        environ[key] = f"{environ[key]}{between}{value}" if key in environ else value
    return environ
