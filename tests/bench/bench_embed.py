"""The diagnostic in another site's page: what it weighs, and how soon a visitor can answer on a slow phone.

.venv/bin/python -m tests.bench.bench_embed [--runs 5]

Slow 4G as browsers' tools define it, processor slowed four times, nothing cached. Three hosts in the same run: one
with a frame that holds nothing but an input, one with the two lines, one with the same frame begun at once (not lazy).
Compare the ratios; times drift with the machine.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.request import Request, urlopen

from playwright.sync_api import Browser, sync_playwright

from tests.bench.bench_journey import SURVEY, free_port, running

SLOW = {"offline": False, "latency": 562.5, "downloadThroughput": 180_000, "uploadThroughput": 84_375}
# One process for both sites, so that what slows one slows the other; in the wild they have one each.
FLAGS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-features=IsolateOrigins,site-per-process"]
PROBE = """(() => {
  const seen = () => {
    const field = document.querySelector("html.ready .question.is-current input, input.least");
    if (!field) { requestAnimationFrame(seen); return; }
    setTimeout(() => { window.answerable = performance.timeOrigin + performance.now(); });
  };
  requestAnimationFrame(seen);
})()"""
HOST = '<!doctype html><html lang=en><meta name=viewport content="width=device-width"><title>Host</title><h1>Host</h1>'
LEAST = '<iframe src="http://localhost:{own}/empty.html" title=Least width=100% height=772></iframe>'
LINES = (
    '<iframe src="{form}/s/{slug}?embed" data-lq-survey="{slug}" title="Diagnostic" width="100%" height="772"'
    ' frameborder="0"{lazy}></iframe><a href="{form}/s/{slug}" data-lq-link>Open</a>'
    '<script async src="{form}/embed.js"></script>'
)


@contextmanager
def host(folder: Path) -> Iterator[int]:
    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Requests are no news here."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_port
    finally:
        server.shutdown()


def write_hosts(folder: Path, own: int, form: str) -> None:
    (folder / "empty.html").write_text('<!doctype html><title>Least</title><input class="least">')
    (folder / "least.html").write_text(HOST + LEAST.format(own=own))
    for name, lazy in (("lines", ' loading="lazy"'), ("at-once", "")):
        (folder / f"{name}.html").write_text(HOST + LINES.format(form=form, slug=SURVEY, lazy=lazy))


def answerable(browser: Browser, address: str) -> float:
    """Milliseconds from the host's first byte asked for until the first question can be answered."""
    context = browser.new_context(viewport={"width": 412, "height": 823})
    page = context.new_page()
    page.add_init_script(PROBE)
    tools = context.new_cdp_session(page)
    tools.send("Network.enable")
    tools.send("Network.emulateNetworkConditions", SLOW)
    tools.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.goto(address)
    for _ in range(400):
        at = page.frames[1].evaluate("window.answerable") if len(page.frames) > 1 else None
        if at:
            began = page.evaluate("performance.timeOrigin")
            context.close()
            return float(at - began)
        page.wait_for_timeout(25)
    raise SystemExit(f"{address} never became answerable")


def weight(address: str) -> int:
    with urlopen(Request(address, headers={"Accept-Encoding": "gzip"})) as answer:
        return len(answer.read())


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    chromium = shutil.which("chromium")
    with tempfile.TemporaryDirectory() as data, tempfile.TemporaryDirectory() as pages, host(Path(pages)) as own:
        port = free_port()
        form = f"http://127.0.0.1:{port}"
        write_hosts(Path(pages), own, form)
        env = {"QUESTIONNAIRE_SECRET_KEY": "bench-0123456789-abcdefghijklmnopqrstuvwxyz"}
        env["QUESTIONNAIRE_EMBED_ORIGINS"] = f"http://localhost:{own}"
        command = [sys.executable, "-m", "questionnaire", "run", "--port", str(port), "--data", data]
        with running(command, port, "/health/ready", env), sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
            print(
                f"embed script {weight(f'{form}/embed.js')} bytes, page in a frame {weight(f'{form}/s/{SURVEY}?embed')}"
            )
            rounds = [
                {
                    name: answerable(browser, f"http://localhost:{own}/{name}.html")
                    for name in ("least", "lines", "at-once")
                }
                for _ in range(runs)
            ]
            for name in rounds[0]:
                times = [one[name] for one in rounds]
                print(f"{name:8} median {statistics.median(times):6.0f} ms, least {min(times):6.0f} ms")
            browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
