"""The render process: what it may not do, and what happens when it does not answer."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from questionnaire.core.brand.theme import DEFAULT_THEME
from questionnaire.documents import PdfFailed, PdfRenderer, RendererUnavailable, document_html, render_once, renderer
from questionnaire.documents.render_process import MEMORY_BYTES
from tests.documents import facts, samples

ROOT = Path(renderer.__file__).parents[2]


def page(body: str) -> str:
    return f"<html lang=en><head><title>A page</title></head><body>{body}</body></html>"


@pytest.fixture
def pages(monkeypatch: pytest.MonkeyPatch) -> dict[bool, str]:
    """What is printed, by `plain`."""
    written = {False: page("<p>designed</p>"), True: page("<p>plain</p>")}

    def html(*given: Any, plain: bool = False, **more: Any) -> str:
        return written[plain]

    monkeypatch.setattr(renderer, "document_html", html)
    return written


def in_a_process(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-P", "-c", code], capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )


def test_a_page_that_takes_too_long_is_rendered_plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    def html(*given: Any, plain: bool = False, **more: Any) -> str:
        # On a busy machine a plain page may take long, too.
        paper.wait = 120 if plain else 2
        return page("<p>plain</p>" if plain else "<table><tr><td>cell</table>" * 20000)

    monkeypatch.setattr(renderer, "document_html", html)
    with PdfRenderer() as paper:
        began, first = time.monotonic(), paper.pid
        sheet = paper.print("report", None, "en")
        assert sheet.plain
        assert facts.read(sheet.pdf).text.strip() == "plain"
        assert time.monotonic() - began < 120
        assert paper.pid != first


def test_a_page_that_cannot_be_rendered_plainly_raises(
    pages: dict[bool, str],
) -> None:
    with PdfRenderer(wait=1) as paper:
        good = pages.copy()
        pages[False] = pages[True] = page("<table><tr><td>cell</table>" * 20000)
        with pytest.raises(PdfFailed):
            paper.render("report", None, "en")
        pages.update(good)
        paper.wait = 120
        assert not paper.print("report", None, "en").plain


def test_a_dead_process_is_replaced(pages: dict[bool, str]) -> None:
    with PdfRenderer() as paper:
        assert paper.pid is not None
        os.kill(paper.pid, signal.SIGKILL)
        os.waitid(os.P_PID, paper.pid, os.WEXITED | os.WNOWAIT)
        assert facts.read(paper.render("report", None, "en")).text.strip() == "designed"


def test_a_process_that_dies_while_rendering_gives_a_plain_document(pages: dict[bool, str]) -> None:
    pages[False] = page("<table><tr><td>cell</table>" * 20000)
    with PdfRenderer() as paper:
        victim = paper.pid
        assert victim is not None
        threading.Timer(0.5, os.kill, (victim, signal.SIGKILL)).start()
        assert paper.print("report", None, "en").plain


def test_the_process_is_restarted_after_recycle_after_documents(pages: dict[bool, str]) -> None:
    with PdfRenderer(recycle_after=2) as paper:
        pids = []
        for _ in range(4):
            paper.render("report", None, "en")
            pids.append(paper.pid)
    assert len(set(pids)) == 2


def test_threads_render_one_at_a_time(pages: dict[bool, str]) -> None:
    printed: list[bytes] = []
    with PdfRenderer() as paper:
        threads = [
            threading.Thread(target=lambda: printed.append(paper.render("report", None, "en"))) for _ in range(6)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(printed) == 6
    assert len(set(printed)) == 1


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "http://127.0.0.1:1/x.png",
        "https://example.com/x.png",
        "data:image/png;base64,AAAA",
        "x.png",
        "bundled:../../secret",
        "bundled:logo",
    ],
)
def test_nothing_is_fetched(paper: PdfRenderer, pages: dict[bool, str], address: str) -> None:
    pages[False] = page(f'<p>designed</p><img src="{address}" alt="x"><style>@import url({address});</style>')
    sheet = paper.print("report", None, "en")
    assert not sheet.plain
    assert "not bundled" in " ".join(sheet.warnings)
    assert b"/Subtype /Image" not in sheet.pdf


def test_attachments_of_a_page_are_not_fetched_either(paper: PdfRenderer, pages: dict[bool, str]) -> None:
    pages[False] = page('<link rel=attachment href="file:///etc/passwd"><p>designed</p>')
    sheet = paper.print("report", None, "en")
    assert b"/EmbeddedFile" not in sheet.pdf


def test_no_secret_of_the_parent_is_in_the_process(monkeypatch: pytest.MonkeyPatch, pages: dict[bool, str]) -> None:
    monkeypatch.setenv("QUESTIONNAIRE_SECRET_KEY", "canary-0123456789")
    with PdfRenderer() as paper:
        environment = Path(f"/proc/{paper.pid}/environ").read_bytes()
    assert b"canary" not in environment


def test_memory_and_files_are_limited() -> None:
    with PdfRenderer() as paper:
        limits = Path(f"/proc/{paper.pid}/limits").read_text()
    data = next(line for line in limits.splitlines() if line.startswith("Max data size"))
    assert str(MEMORY_BYTES) in data
    assert "Max core file size        0" in limits


@pytest.mark.parametrize(
    ("deed", "refused"),
    [
        ("import socket; socket.socket()", True),
        ("import socket; socket.getaddrinfo('localhost', 80)", True),
        ("import subprocess; subprocess.run(['true'])", True),
        ("import os; os.system('true')", True),
        ("open('/etc/passwd')", True),
        ("open('/proc/self/environ')", True),
        ("import json, email.message", False),
    ],
)
def test_the_render_process_refuses_forbidden_operations(tmp_path: Path, deed: str, refused: bool) -> None:
    close = (
        "from questionnaire.documents import render_process as process; "
        f"process._restrict_access(process.Path({str(tmp_path)!r}))"
    )
    done = in_a_process(f"{close}\n{deed}")
    assert ("PermissionError: the render process" in done.stderr) is refused, done.stderr
    assert (done.returncode != 0) is refused


def test_without_pango_the_error_names_the_packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "weasyprint.py").write_text("raise OSError(\"cannot load library 'libpango-1.0-0'\")\n")
    monkeypatch.setattr(renderer, "SEARCH_PATH", f"{tmp_path}{os.pathsep}{ROOT}")
    paper = PdfRenderer()
    for attempt in (paper.start, lambda: paper.render("report", samples.report(), "en")):
        with pytest.raises(RendererUnavailable) as told:
            attempt()
        for package in ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"):
            assert package in str(told.value)
    monkeypatch.setattr(renderer, "SEARCH_PATH", str(ROOT))
    with paper:
        assert paper.render("report", samples.report(), "en").startswith(b"%PDF")


def test_abandoned_folders_are_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pages: dict[bool, str]) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with PdfRenderer() as paper:
        paper.render("report", None, "en")
        pid = paper.pid
    assert list(tmp_path.iterdir()) == []
    assert not Path(f"/proc/{pid}").exists()


def test_importing_documents_does_not_load_weasyprint() -> None:
    done = in_a_process(
        """
import sys
from questionnaire.documents import PdfRenderer, document_html
assert 'weasyprint' not in sys.modules
"""
    )
    assert done.returncode == 0, done.stderr


def test_render_once_renders_both_documents() -> None:
    printed = render_once({"report": samples.report(), "dossier": samples.dossier()}, "en", DEFAULT_THEME)
    assert {kind: pdf[:5] for kind, pdf in printed.items()} == {"report": b"%PDF-", "dossier": b"%PDF-"}


def test_the_plain_templates_have_the_same_content(monkeypatch: pytest.MonkeyPatch, paper: PdfRenderer) -> None:
    real = document_html

    def html(*given: Any, plain: bool = False, **more: Any) -> str:
        if not plain:
            raise renderer._RenderError("no design today")
        return real(*given, plain=plain)

    monkeypatch.setattr(renderer, "document_html", html)
    report = paper.print("report", samples.report(peers=samples.peers(), prior=samples.prior()), "en")
    dossier = paper.print("dossier", samples.dossier(earlier=samples.rejected()), "en")
    assert report.plain
    assert dossier.plain
    assert report.warnings == dossier.warnings == ()
    text = facts.words(facts.read(report.pdf).text)
    for said in (
        "Each team has its own",
        "Write one page and sign it together.",
        "Days 61–90",
        "Pick a slot for Nordwind.",
    ):
        assert said in text
    text = facts.words(facts.read(dossier.pdf).text)
    for said in (
        "Monday 5 October 2026, 09:30",
        "Leads wait for days.",
        "MEDDIC",
        "call us in winter",
        "Consent",
    ):
        assert said in text
