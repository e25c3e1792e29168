"""The render process: it knows how to turn HTML into PDF, and can reach nothing else.

`process.Paper` starts it and speaks to it over its standard input and output: frames of a JSON head and raw bytes. It
gets an almost empty environment, so that no secret is in its memory, and a private folder that its parent removes.
Fontconfig is shown the bundled fonts alone; after WeasyPrint is warm an audit hook refuses sockets, processes and
every file outside the bundle. Each job has an alarm of its own, should the parent die meanwhile.
"""

from __future__ import annotations

import gc
import io
import json
import os
import resource
import signal
import struct
import sys
from pathlib import Path
from typing import Any, BinaryIO
from xml.sax.saxutils import escape

from questionnaire.core.brand.theme import DEFAULT_THEME
from questionnaire.settings import bundle_dir

HEAD = struct.Struct(">II")
MEMORY = 512 * 1024 * 1024
LARGEST_FILE = 16 * 1024 * 1024
HARD_STOP = 25
MOST_PIXELS = 4_000_000

_FONTCONFIG = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir></fontconfig>
"""
_FORBIDDEN = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.fork", "ftplib.", "urllib.")


def read_frame(source: BinaryIO) -> tuple[dict[str, Any], bytes] | None:
    """The next frame, or None at the end of the stream."""
    head = source.read(HEAD.size)
    if len(head) < HEAD.size:
        return None
    length, rest = HEAD.unpack(head)
    return json.loads(source.read(length)), source.read(rest)


def frame(head: dict[str, Any], body: bytes = b"") -> bytes:
    text = json.dumps(head).encode()
    return HEAD.pack(len(text), len(body)) + text + body


def _bundled_fonts_only(folder: Path) -> None:
    config = folder / "fonts.conf"
    fonts = escape(str(bundle_dir("static") / "fonts"))
    config.write_text(_FONTCONFIG.format(fonts=fonts, cache=escape(str(folder / "cache"))), encoding="utf-8")
    os.environ["FONTCONFIG_FILE"] = str(config)


def _limit() -> None:
    # RLIMIT_DATA counts what is really asked for; RLIMIT_AS would also count shared libraries and reserved arenas.
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_FILE, LARGEST_FILE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _close_doors(folder: Path) -> None:
    """From here on: no socket, no process, no file but Python's own, the bundle and the private folder."""
    package = Path(__file__).resolve().parents[1]
    places = (sys.prefix, sys.base_prefix, sys.exec_prefix, package, bundle_dir("static"), folder)
    open_to_read = tuple(str(Path(place).resolve()) + os.sep for place in places)

    def refuse(event: str, arguments: tuple[Any, ...]) -> None:
        if event.startswith(_FORBIDDEN):
            raise PermissionError(f"the render process may not {event}")
        if event == "open" and isinstance(arguments[0], str | bytes):
            path = os.path.realpath(os.fsdecode(arguments[0]))
            if path != os.devnull and not (path + os.sep).startswith(open_to_read):
                raise PermissionError("the render process may not open this file")

    sys.addaudithook(refuse)


def drawn_again(image: bytes) -> bytes:
    """A logo as plain PNG of at most 4 million pixels: whatever else was in the file is gone."""
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    with Image.open(io.BytesIO(image), formats=["PNG", "JPEG"]) as picture:
        if picture.width * picture.height > MOST_PIXELS:
            raise ValueError("the logo has too many pixels")
        clean = picture.convert("RGB") if picture.mode not in ("RGB", "RGBA", "L") else picture
        if clean.mode == "RGBA":
            # PDF/A-3 allows transparency, bad printers do not: a logo stands on white.
            ground = Image.new("RGB", clean.size, "white")
            ground.paste(clean, mask=clean.getchannel("A"))
            clean = ground
        out = io.BytesIO()
        clean.save(out, "PNG", optimize=True)
    return out.getvalue()


def _job(head: dict[str, Any], body: bytes, warnings: list[str]) -> bytes:
    from questionnaire.documents import html_to_pdf

    html, logo = body[: head["html"]].decode(), body[head["html"] :]
    assets = {"logo": drawn_again(logo)} if logo else {}
    warnings.clear()
    pdf = html_to_pdf.render(html, head["theme"], head["paper"], assets)
    return frame({"ok": True, "warnings": warnings[:20]}, pdf)


def _serve(jobs: BinaryIO, results: BinaryIO, warnings: list[str]) -> None:
    while (read := read_frame(jobs)) is not None:
        signal.alarm(HARD_STOP)
        try:
            answer = _job(*read, warnings)
        except Exception as error:  # noqa: BLE001 (the parent decides what to do with any failure)
            answer = frame({"ok": False, "error": f"{type(error).__name__}: {error}"[:500]})
        signal.alarm(0)
        try:
            results.write(answer)
            results.flush()
        except BrokenPipeError:
            # The worker is gone, and with it whoever wanted this; closing the pipe would only complain once more.
            os._exit(0)


def _listen(warnings: list[str]) -> None:
    import logging

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            warnings.append(record.getMessage()[:300])

    logger = logging.getLogger("weasyprint")
    logger.handlers[:] = [Listener(logging.WARNING)]
    logger.propagate = False


def main() -> None:
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        # Sent to everybody at once, as systemd does; the document in hand is still wanted. The parent ends this.
        signal.signal(number, signal.SIG_IGN)
    jobs = sys.stdin.buffer
    # Whatever a library prints must not land between two frames.
    results = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    warnings: list[str] = []
    folder = Path(os.environ["TMPDIR"])
    _bundled_fonts_only(folder)
    _limit()
    try:
        from questionnaire.documents import html_to_pdf
    except OSError as error:
        results.write(frame({"ready": False, "error": str(error).splitlines()[0][:500]}))
        results.flush()
        return
    _listen(warnings)
    html_to_pdf.render("<html lang=en><title>x</title><body><p>x</p>", DEFAULT_THEME.css)
    # What is loaded now stays: the collector need not look at it again (8 % of a document).
    gc.collect()
    gc.freeze()
    _close_doors(folder)
    results.write(frame({"ready": True}))
    results.flush()
    _serve(jobs, results, warnings)
