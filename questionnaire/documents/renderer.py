"""One warm render process and its parent's side: start, ask, wait at most 20 seconds, kill, ask for less.

`Paper` may be used from several threads; documents are printed one after the other. A document that cannot be printed
in time is printed again from a plain template with the same content. Only when that fails too is it `PaperFailed`.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from questionnaire.core.brand.theme import DEFAULT_THEME, Theme
from questionnaire.documents.html import document_html
from questionnaire.documents.private_folder import PrivateFolder, remove_abandoned
from questionnaire.documents.render_process import HEAD, frame

Kind = Literal["report", "dossier"]
PaperSize = Literal["A4", "letter"]
PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
WAIT = 20.0
WARM_UP = 60.0
RECYCLE_AFTER = 1000
LARGEST_PDF = 16 * 1024 * 1024
SEARCH_PATH = str(Path(__file__).resolve().parents[2])


class PaperUnavailable(Exception):
    """Documents cannot be printed on this machine yet. Jobs wait; the message says what to install."""

    def __init__(self, detail: str = "") -> None:
        said = f" ({detail})" if detail else ""
        super().__init__(f"PDF files need three system packages: apt-get install {PACKAGES}{said}")


class PaperClosed(PaperUnavailable):
    """The worker is leaving: whoever comes next prints the document."""

    def __init__(self) -> None:
        Exception.__init__(self, "the render process was ended with its worker")


class PaperFailed(Exception):
    """A document could not be printed, not even plainly."""


@dataclass(frozen=True, slots=True)
class RenderedPdf:
    """A printed document. `plain` says that the designed page did not come out; `warnings` are WeasyPrint's."""

    pdf: bytes
    plain: bool
    warnings: tuple[str, ...]


class _Broken(Exception):
    """The render process died, hung or refused."""


class PdfRenderer:
    """The printing room: `start()` or the first `render` warms it up (1.2 s), `close()` ends it.

    `wait` is how long a document may take, in seconds.
    """

    def __init__(self, wait: float = WAIT, recycle_after: int = RECYCLE_AFTER) -> None:
        self.wait = wait
        self.recycle_after = recycle_after
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._folder: PrivateFolder | None = None
        self._printed = 0
        self._closed = False
        # The render process ends with the thread that starts it; those that ask for documents come and go.
        self._starter = ThreadPoolExecutor(1, "paper")

    def start(self) -> PdfRenderer:
        """Warms the process up. PaperUnavailable when the machine lacks pango."""
        with self._lock:
            self._running()
        return self

    def close(self) -> None:
        """Waits for the document that is being printed; another one may be asked for later."""
        with self._lock:
            self._kill()

    def kill(self) -> None:
        """Ends the render process at once, even under somebody who waits for it. From then on PaperClosed."""
        self._closed = True
        if self._lock.acquire(blocking=False):
            try:
                self._kill()
            finally:
                self._lock.release()
        elif (process := self._process) is not None:
            # Whoever waits for it has its pipes, and puts away what is left.
            process.kill()

    def __enter__(self) -> PdfRenderer:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def pid(self) -> int | None:
        """The render process, for those who watch its memory."""
        return self._process.pid if self._process else None

    def render(
        self, kind: Kind, view: Any, language: str, theme: Theme = DEFAULT_THEME, paper: PaperSize = "A4"
    ) -> bytes:
        """The PDF of a report or dossier. `view` is the view value of core or its JSON."""
        return self.print(kind, view, language, theme, paper).pdf

    def print(
        self, kind: Kind, view: Any, language: str, theme: Theme = DEFAULT_THEME, paper: PaperSize = "A4"
    ) -> RenderedPdf:
        """The same with what happened on the way."""
        with self._lock:
            try:
                return self._ask(document_html(kind, view, language, theme), theme, paper, plain=False)
            except _Broken as first:
                try:
                    return self._ask(document_html(kind, view, language, theme, plain=True), theme, paper, plain=True)
                except _Broken as second:
                    raise PaperFailed(f"the {kind} could not be printed: {first}; plainly: {second}") from second

    # --- the other side of the pipe ----------------------------------------------------------------------------

    def _ask(self, html: str, theme: Theme, paper: PaperSize, *, plain: bool) -> RenderedPdf:
        process = self._running()
        page = html.encode()
        logo = b"" if plain else theme.logo
        try:
            head, pdf = self._exchange(
                process, frame({"html": len(page), "theme": theme.css, "paper": paper}, page + logo), self.wait
            )
        except _Broken:
            self._kill()
            raise
        self._printed += 1
        if not head["ok"]:
            raise _Broken(str(head["error"]))
        return RenderedPdf(pdf, plain, tuple(head["warnings"]))

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._printed >= self.recycle_after:
            self._kill()
        if self._process is not None and self._process.poll() is None:
            return self._process
        try:
            return self._warm()
        except _Broken:
            # Killed while it warmed up, which says nothing about the machine.
            with contextlib.suppress(_Broken):
                return self._warm()
            raise PaperUnavailable("the render process died twice while starting") from None

    def _warm(self) -> subprocess.Popen[bytes]:
        self._kill()
        if self._closed:
            raise PaperClosed
        remove_abandoned()
        self._folder = PrivateFolder()
        process = self._process = self._starter.submit(_spawn, self._folder.path).result()
        self._printed = 0
        try:
            head, _ = self._exchange(process, b"", WARM_UP)
        except _Broken:
            self._kill()
            raise
        if not head["ready"]:
            self._kill()
            raise PaperUnavailable(str(head["error"]))
        return process

    def _kill(self) -> None:
        process, self._process = self._process, None
        folder, self._folder = self._folder, None
        if process is None or folder is None:
            return
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
        process.kill()
        process.wait()
        folder.remove()

    @staticmethod
    def _exchange(process: subprocess.Popen[bytes], request: bytes, wait: float) -> tuple[dict[str, Any], bytes]:
        assert process.stdin is not None
        assert process.stdout is not None
        pipes = _Pipes(process.stdin.fileno(), process.stdout.fileno(), time.monotonic() + wait)
        pipes.send(request)
        return pipes.receive()


@dataclass(frozen=True, slots=True)
class _Pipes:
    """Both ends with one deadline (monotonic seconds). A child that stops reading must not hang its parent either."""

    write_to: int
    read_from: int
    deadline: float

    def send(self, data: bytes) -> None:
        view = memoryview(data)
        os.set_blocking(self.write_to, False)
        while view:
            self._until(write=True)
            try:
                view = view[os.write(self.write_to, view) :]
            except BlockingIOError:
                continue
            except OSError as error:
                raise _Broken("the render process is gone") from error

    def receive(self) -> tuple[dict[str, Any], bytes]:
        text, body = HEAD.unpack(self._read(HEAD.size))
        if text + body > LARGEST_PDF:
            raise _Broken("the document is larger than 16 MB")
        head = json.loads(self._read(text))
        return head, self._read(body)

    def _read(self, size: int) -> bytes:
        parts: list[bytes] = []
        while size:
            self._until(write=False)
            part = os.read(self.read_from, min(size, 1 << 20))
            if not part:
                raise _Broken("the render process died")
            parts.append(part)
            size -= len(part)
        return b"".join(parts)

    def _until(self, *, write: bool) -> None:
        left = self.deadline - time.monotonic()
        reading, writing = ([], [self.write_to]) if write else ([self.read_from], [])
        if left <= 0 or not any(select.select(reading, writing, [], left)):
            raise _Broken("the render process took too long")


def _spawn(folder: str) -> subprocess.Popen[bytes]:
    # Nothing of the parent's environment but what the loader and Python need: no secret key, no database address.
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
    begin = f"from questionnaire.processes import end_with_parent; end_with_parent({os.getpid()})"
    return subprocess.Popen(  # noqa: S603 (our own program)
        [sys.executable, "-P", "-c", f"{begin}; from questionnaire.documents.render_process import main; main()"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        bufsize=0,
        env={**kept, "PYTHONPATH": SEARCH_PATH, "TMPDIR": folder, "HOME": folder, "LC_ALL": "C.UTF-8"},
        start_new_session=True,
    )


def render_once(views: Mapping[Kind, Any], language: str, theme: Theme = DEFAULT_THEME) -> dict[Kind, bytes]:
    """Prints a few documents and leaves: what `questionnaire assess --out` needs."""
    with PdfRenderer() as paper:
        return {kind: paper.render(kind, view, language, theme) for kind, view in views.items()}
