"""Render process: turns HTML into PDF without access to network, other processes or other files.

`renderer.PdfRenderer` starts it and talks to it over standard input and output, in frames of a JSON head and raw bytes.
Its environment is almost empty, so that no secret is in its memory, and its private folder is removed by the parent.
Fontconfig sees only the bundled fonts and the known system fonts, which the parent linked into that folder. Once
WeasyPrint is loaded, an audit hook refuses sockets, processes and every file outside these. Each job has its own alarm,
in case the parent dies meanwhile.
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
from questionnaire.documents.system_fonts import FONT_FOLDER, NO_FONTS, SystemFonts, linked_fonts
from questionnaire.settings import bundle_dir

HEAD = struct.Struct(">II")
MEMORY_BYTES = 512 * 1024 * 1024
MAX_FILE_BYTES = 16 * 1024 * 1024
MAX_PIXELS = 4_000_000

_FONTCONFIG = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><dir>{bundled}</dir><dir>{linked}</dir><cachedir>{cache}</cachedir></fontconfig>
"""
_FORBIDDEN = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.fork", "ftplib.", "urllib.")


def read_frame(source: BinaryIO) -> tuple[dict[str, Any], bytes] | None:
    """Returns the next frame, or None at the end of the stream."""
    head = source.read(HEAD.size)
    if len(head) < HEAD.size:
        return None
    length, rest = HEAD.unpack(head)
    return json.loads(source.read(length)), source.read(rest)


def frame(head: dict[str, Any], body: bytes = b"") -> bytes:
    text = json.dumps(head).encode()
    return HEAD.pack(len(text), len(body)) + text + body


def _known_fonts_only(folder: Path) -> None:
    config = folder / "fonts.conf"
    places = {"bundled": bundle_dir("static") / "fonts", "linked": folder / FONT_FOLDER, "cache": folder / "cache"}
    text = _FONTCONFIG.format_map({name: escape(str(place)) for name, place in places.items()})
    config.write_text(text, encoding="utf-8")
    os.environ["FONTCONFIG_FILE"] = str(config)


def _set_limits() -> None:
    # RLIMIT_DATA counts requested memory; RLIMIT_AS would also count shared libraries and reserved arenas.
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MAX_FILE_BYTES, MAX_FILE_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _restrict_access(folder: Path, fonts: SystemFonts = NO_FONTS) -> None:
    """Refuses, from here on, sockets, processes, and files outside Python, the bundle, the private folder and fonts."""
    package = Path(__file__).resolve().parents[1]
    folders = (sys.prefix, sys.base_prefix, sys.exec_prefix, package, bundle_dir("static"), folder)
    allowed_folders = tuple(str(Path(place).resolve()) + os.sep for place in folders)
    allowed_files = {os.devnull, *(str(path.resolve()) for paths in fonts.values() for path in paths)}

    def refuse(event: str, arguments: tuple[Any, ...]) -> None:
        if event.startswith(_FORBIDDEN):
            raise PermissionError(f"the render process may not {event}")
        if event == "open" and isinstance(arguments[0], str | bytes):
            path = os.path.realpath(os.fsdecode(arguments[0]))
            if path not in allowed_files and not (path + os.sep).startswith(allowed_folders):
                raise PermissionError("the render process may not open this file")

    sys.addaudithook(refuse)


def reencode_image(image: bytes) -> bytes:
    """Re-encodes a picture as plain PNG of at most 4 million pixels; everything else in the file is dropped."""
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    with Image.open(io.BytesIO(image), formats=["PNG", "JPEG", "WEBP"]) as picture:
        if picture.width * picture.height > MAX_PIXELS:
            raise ValueError("the picture has too many pixels")
        clean = picture.convert("RGB") if picture.mode not in ("RGB", "RGBA", "L") else picture
        if clean.mode == "RGBA":
            # PDF/A-3 allows transparency, but bad printers do not: it gets a white background.
            background = Image.new("RGB", clean.size, "white")
            background.paste(clean, mask=clean.getchannel("A"))
            clean = background
        out = io.BytesIO()
        clean.save(out, "PNG", optimize=True)
    return out.getvalue()


def _render_job(head: dict[str, Any], body: bytes, fonts: SystemFonts, warnings: list[str]) -> bytes:
    from questionnaire.documents import html_to_pdf

    assets, start = dict[str, bytes](), head["html"]
    html = body[:start].decode()
    for name, size in head["images"]:
        assets[name] = reencode_image(body[start : start + size])
        start += size
    warnings.clear()
    pdf = html_to_pdf.render(html, head["theme"], head["paper"], assets, fonts)
    return frame({"ok": True, "warnings": warnings[:20]}, pdf)


def _serve(jobs: BinaryIO, results: BinaryIO, fonts: SystemFonts, warnings: list[str]) -> None:
    while (request := read_frame(jobs)) is not None:
        signal.alarm(request[0]["seconds"])
        try:
            answer = _render_job(*request, fonts, warnings)
        except Exception as error:  # noqa: BLE001 (the parent decides what to do with any failure)
            answer = frame({"ok": False, "error": f"{type(error).__name__}: {error}"[:500]})
        signal.alarm(0)
        try:
            results.write(answer)
            results.flush()
        except BrokenPipeError:
            # The worker has ended, and no one waits for the result. Closing the pipe would only raise again.
            os._exit(0)


def _collect_warnings(warnings: list[str]) -> None:
    import logging

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            warnings.append(record.getMessage()[:300])

    logger = logging.getLogger("weasyprint")
    logger.handlers[:] = [Listener(logging.WARNING)]
    logger.propagate = False


def main() -> None:
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        # A signal may reach the whole process group, as with systemd. The current document is still needed; the parent
        # ends this process.
        signal.signal(number, signal.SIG_IGN)
    jobs = sys.stdin.buffer
    # Output that a library prints must not end up between two frames.
    results = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    warnings: list[str] = []
    folder = Path(os.environ["TMPDIR"])
    _known_fonts_only(folder)
    _set_limits()
    try:
        from questionnaire.documents import html_to_pdf
    except OSError as error:
        results.write(frame({"ready": False, "error": str(error).splitlines()[0][:500]}))
        results.flush()
        return
    _collect_warnings(warnings)
    html_to_pdf.render("<html lang=en><title>x</title><body><p>x</p>", DEFAULT_THEME.css)
    # The loaded modules stay: the collector need not scan them again (8 % of the time of a document).
    gc.collect()
    gc.freeze()
    fonts = linked_fonts(folder)
    _restrict_access(folder, fonts)
    results.write(frame({"ready": True}))
    results.flush()
    _serve(jobs, results, fonts, warnings)
