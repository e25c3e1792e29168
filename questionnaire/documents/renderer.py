"""Parent side of the render process: starts it, sends jobs, waits at most 20 seconds, kills it, retries plainly.

Several threads may use one PdfRenderer; documents are rendered one at a time. A document that cannot be rendered in
time is rendered again from a plain template with the same content. If that fails too, it is PdfFailed.
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
from dataclasses import dataclass, replace
from math import ceil
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from questionnaire.core.base.translation import NO_PHRASES, Phrases
from questionnaire.core.brand.theme import DEFAULT_THEME, Theme
from questionnaire.documents.html import document_html
from questionnaire.documents.private_folder import PrivateFolder, remove_abandoned
from questionnaire.documents.render_process import HEAD, frame
from questionnaire.documents.system_fonts import SystemFonts, installed_fonts, link_fonts

Kind = Literal["report", "dossier", "agreement"]
PaperSize = Literal["A4", "letter"]
PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
NO_IMAGES: Mapping[str, bytes] = MappingProxyType({})
RENDER_SECONDS = 20.0
ALARM_AFTER_SECONDS = 5
START_SECONDS = 60.0
RECYCLE_AFTER = 1000
MAX_PDF_BYTES = 16 * 1024 * 1024
SEARCH_PATH = str(Path(__file__).resolve().parents[2])


class RendererUnavailable(Exception):
    """This machine cannot render PDF files yet. Jobs wait; the message says what to install."""

    def __init__(self, detail: str = "") -> None:
        suffix = f" ({detail})" if detail else ""
        super().__init__(f"PDF files need three system packages: apt-get install {PACKAGES}{suffix}")


class RendererClosed(RendererUnavailable):
    """The worker is stopping; the next worker renders the document."""

    def __init__(self) -> None:
        Exception.__init__(self, "the render process was ended with its worker")


class PdfFailed(Exception):
    """A document could not be rendered, not even with the plain template."""


@dataclass(frozen=True, slots=True)
class RenderedPdf:
    """A rendered document. `plain`: the designed version failed. `warnings` are WeasyPrint's."""

    pdf: bytes
    plain: bool
    warnings: tuple[str, ...]


class _RenderError(Exception):
    """The render process died, hung or reported an error."""


class PdfRenderer:
    """Renders PDF files in one warm process.

    `start()` or the first `render` starts it (1.2 s), `close()` ends it. `wait` is the time limit of a document in
    seconds. `fonts` are the system fonts that documents may use; without it, those that are installed now.
    """

    def __init__(
        self, wait: float = RENDER_SECONDS, recycle_after: int = RECYCLE_AFTER, fonts: SystemFonts | None = None
    ) -> None:
        self.wait = wait
        self.recycle_after = recycle_after
        self.fonts = installed_fonts() if fonts is None else fonts
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._folder: PrivateFolder | None = None
        self._render_count = 0
        self._closed = False
        # The render process ends with the thread that starts it, and the threads that call `render` come and go.
        self._starter = ThreadPoolExecutor(1, "paper")

    def start(self) -> PdfRenderer:
        """Starts the process. Raises RendererUnavailable when the machine lacks Pango."""
        with self._lock:
            self._running_process()
        return self

    def close(self) -> None:
        """Waits for the current document and ends the process. A later call starts a new one."""
        with self._lock:
            self._kill()

    def kill(self) -> None:
        """Ends the process at once, also while another thread waits for it. Later calls raise RendererClosed."""
        self._closed = True
        if self._lock.acquire(blocking=False):
            try:
                self._kill()
            finally:
                self._lock.release()
        elif (process := self._process) is not None:
            # The thread that waits for the process holds its pipes, and cleans up.
            process.kill()

    def __enter__(self) -> PdfRenderer:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def pid(self) -> int | None:
        """The pid of the render process, to measure its memory."""
        return self._process.pid if self._process else None

    def render(
        self, kind: Kind, view: Any, language: str, theme: Theme = DEFAULT_THEME, paper: PaperSize = "A4"
    ) -> bytes:
        """Returns the PDF of a report or dossier. `view` is the view value of core or its JSON."""
        return self.print(kind, view, language, theme, paper=paper).pdf

    def print(
        self,
        kind: Kind,
        view: Any,
        language: str,
        theme: Theme = DEFAULT_THEME,
        images: Mapping[str, bytes] = NO_IMAGES,
        paper: PaperSize = "A4",
        *,
        phrases: Phrases = NO_PHRASES,
    ) -> RenderedPdf:
        """Does the same, and also returns `plain` and the warnings. `images` are the pictures that the view names."""
        designed = {"logo": theme.logo, **images} if theme.logo else images
        with self._lock:
            try:
                html = document_html(kind, view, language, theme, phrases=phrases)
                return self._render_html(html, theme, paper, designed)
            except _RenderError as designed_error:
                try:
                    bare = document_html(kind, view, language, theme, plain=True, phrases=phrases)
                    return replace(self._render_html(bare, theme, paper, NO_IMAGES), plain=True)
                except _RenderError as plain_error:
                    failure = f"the {kind} could not be printed: {designed_error}; plainly: {plain_error}"
                    raise PdfFailed(failure) from plain_error

    # --- the other side of the pipe ----------------------------------------------------------------------------

    def _render_html(self, html: str, theme: Theme, paper: PaperSize, images: Mapping[str, bytes]) -> RenderedPdf:
        process = self._running_process()
        page = html.encode()
        # The alarm of the process itself, in case this one dies meanwhile.
        seconds = ceil(self.wait) + ALARM_AFTER_SECONDS
        sizes = [(name, len(content)) for name, content in images.items()]
        job = {"html": len(page), "images": sizes, "theme": theme.css, "paper": paper, "seconds": seconds}
        try:
            head, pdf = self._exchange(process, frame(job, page + b"".join(images.values())), self.wait)
        except _RenderError:
            self._kill()
            raise
        self._render_count += 1
        if not head["ok"]:
            raise _RenderError(str(head["error"]))
        return RenderedPdf(pdf, False, tuple(head["warnings"]))

    def _running_process(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._render_count >= self.recycle_after:
            self._kill()
        if self._process is not None and self._process.poll() is None:
            return self._process
        try:
            return self._start_process()
        except _RenderError:
            # The process was killed during its start, which says nothing about the machine.
            with contextlib.suppress(_RenderError):
                return self._start_process()
            raise RendererUnavailable("the render process died twice while starting") from None

    def _start_process(self) -> subprocess.Popen[bytes]:
        self._kill()
        if self._closed:
            raise RendererClosed
        remove_abandoned()
        self._folder = PrivateFolder()
        link_fonts(self.fonts, self._folder.path)
        process = self._process = self._starter.submit(_spawn, self._folder.path).result()
        self._render_count = 0
        try:
            head, _ = self._exchange(process, b"", START_SECONDS)
        except _RenderError:
            self._kill()
            raise
        if not head["ready"]:
            self._kill()
            raise RendererUnavailable(str(head["error"]))
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
    """The parent's two pipe ends, with one deadline (monotonic seconds).

    A child that stops reading must not block its parent either.
    """

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
                raise _RenderError("the render process is gone") from error

    def receive(self) -> tuple[dict[str, Any], bytes]:
        text, body = HEAD.unpack(self._read(HEAD.size))
        if text + body > MAX_PDF_BYTES:
            raise _RenderError("the document is larger than 16 MB")
        head = json.loads(self._read(text))
        return head, self._read(body)

    def _read(self, size: int) -> bytes:
        parts: list[bytes] = []
        while size:
            self._until(write=False)
            part = os.read(self.read_from, min(size, 1 << 20))
            if not part:
                raise _RenderError("the render process died")
            parts.append(part)
            size -= len(part)
        return b"".join(parts)

    def _until(self, *, write: bool) -> None:
        remaining = self.deadline - time.monotonic()
        reading, writing = ([], [self.write_to]) if write else ([self.read_from], [])
        if remaining <= 0 or not any(select.select(reading, writing, [], remaining)):
            raise _RenderError("the render process took too long")


def _spawn(folder: str) -> subprocess.Popen[bytes]:
    # Only the variables that the loader and Python need: no secret key, no database URL.
    environment = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
    prologue = f"from questionnaire.processes import end_with_parent; end_with_parent({os.getpid()})"
    return subprocess.Popen(  # noqa: S603 (our own program)
        [sys.executable, "-P", "-c", f"{prologue}; from questionnaire.documents.render_process import main; main()"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        bufsize=0,
        env={**environment, "PYTHONPATH": SEARCH_PATH, "TMPDIR": folder, "HOME": folder, "LC_ALL": "C.UTF-8"},
        start_new_session=True,
    )


def render_once(views: Mapping[Kind, Any], language: str, theme: Theme = DEFAULT_THEME) -> dict[Kind, bytes]:
    """Renders a few documents and ends the process, for `questionnaire assess --out`."""
    with PdfRenderer() as renderer:
        return {kind: renderer.render(kind, view, language, theme) for kind, view in views.items()}
