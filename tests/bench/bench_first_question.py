"""The first question on a slow phone: the diagnostic alone, embedded, and the same ten questions in SurveyJS.

    python -m tests.bench.bench_first_question [--runs 5] [--peer FOLDER]

SurveyJS comes from the npm registry (survey-core and survey-js-ui, unpacked into a temporary folder; `--peer` names one
that holds the three files already). All pages are served from this machine, compressed. Quote the ratios.
"""

from __future__ import annotations

import argparse
import functools
import gzip
import json
import subprocess
import tarfile
import tempfile
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import sync_playwright

from questionnaire.core.survey.questions import ChoiceQuestion
from questionnaire.core.survey.survey import Survey
from questionnaire.library.load import load_survey
from tests.bench.bench_journey import SURVEY, serving
from tests.bench.browsing import Seen, line, look, median
from tests.conventions.checkout import ROOT

PACKAGES = ("survey-core@2.5.38", "survey-js-ui@2.5.38")
FILES = ("survey.core.min.js", "survey-js-ui.min.js", "survey-core.min.css")
OURS, THEIRS = ".question.is-current input[type=radio]", "input[type=radio]"
BUDGETS = {"full": (1000, 14 * 1024), "embedded": (1600, None), "again": (900, None)}
PEER_PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Peer</title>
<meta name="viewport" content="width=device-width,initial-scale=1"><link rel="stylesheet" href="survey-core.min.css">
</head><body><div id="place"></div><script src="survey.core.min.js"></script><script src="survey-js-ui.min.js"></script>
<script>new Survey.Model(%s).render(document.getElementById("place"))</script></body></html>"""
HOST_PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A site</title>
<meta name="viewport" content="width=device-width,initial-scale=1"><style>body{font:16px system-ui;margin:16px}
iframe{width:100%%;border:0;min-height:600px}</style></head><body><h1>A marketing page</h1>
<iframe src="%(form)s/s/%(survey)s?embed" data-lq-survey="%(survey)s" title="Diagnostic"></iframe>
<script async src="%(form)s/embed.js"></script></body></html>"""


def fetch_peer(folder: Path) -> None:
    """The npm builds, unpacked; nothing of them is kept."""
    subprocess.run(["npm", "pack", "--silent", *PACKAGES], cwd=folder, check=True, capture_output=True)
    for archive in folder.glob("*.tgz"):
        with tarfile.open(archive) as packed:
            for name in FILES:
                member = next((one for one in packed.getmembers() if one.name == f"package/{name}"), None)
                source = packed.extractfile(member) if member else None
                if source is not None:
                    (folder / name).write_bytes(source.read())


def same_questions(survey: Survey) -> str:
    """The sample in SurveyJS's own words, one question a page."""
    pages = []
    for question in survey.questions:
        assert isinstance(question, ChoiceQuestion)
        choices = [{"value": choice.value, "text": choice.text.say("en")} for choice in question.choices]
        kind = "dropdown" if question.control == "dropdown" else "radiogroup"
        one = {"type": kind, "name": question.name, "title": question.title.say("en"), "choices": choices,
               "isRequired": question.required}  # fmt: skip
        pages.append({"elements": [one]})
    return json.dumps({"title": survey.title.say("en"), "pages": pages})


class _Static(BaseHTTPRequestHandler):
    """Files from memory, compressed as well as gzip can."""

    protocol_version = "HTTP/1.1"

    def __init__(self, files: dict[str, bytes], *rest: object) -> None:
        self.files = files
        super().__init__(*rest)  # type: ignore[arg-type]  # what the server hands over

    def do_GET(self) -> None:
        name = self.path.partition("?")[0].lstrip("/") or "index.html"
        content = self.files.get(name, b"")
        self.send_response(200 if content else 404)
        kinds = {"js": "text/javascript", "css": "text/css", "html": "text/html"}
        self.send_header("Content-Type", kinds.get(name.rpartition(".")[2], "text/plain"))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Cache-Control", "max-age=300")
        packed = gzip.compress(content, 9)
        self.send_header("Content-Length", str(len(packed)))
        self.end_headers()
        self.wfile.write(packed)

    def log_message(self, *_: object) -> None:
        """Requests are no news."""


@contextmanager
def site(files: dict[str, bytes]) -> Iterator[str]:
    # Another name of this machine than the form's, so that a frame is one of another site.
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Static, files))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://localhost:{server.server_port}"
    finally:
        server.shutdown()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--peer", type=Path)
    chosen = parser.parse_args()
    sheet, problems = load_survey(ROOT / "surveys" / SURVEY / "survey.yaml")
    assert sheet is not None, problems
    with ExitStack() as open_:
        folder = chosen.peer or Path(open_.enter_context(tempfile.TemporaryDirectory()))
        if not chosen.peer:
            fetch_peer(folder)
        # The demo's marketing site is one of those that may frame it.
        origin: dict[str, bytes] = {}
        host = open_.enter_context(site(origin))
        port, _, _ = open_.enter_context(serving(QUESTIONNAIRE_EMBED_ORIGINS=host))
        form = f"http://127.0.0.1:{port}"
        origin["index.html"] = (HOST_PAGE % {"form": form, "survey": SURVEY}).encode()
        peer = {name: (folder / name).read_bytes() for name in FILES}
        peer["index.html"] = (PEER_PAGE % same_questions(sheet.value)).encode()
        other = open_.enter_context(site(peer))
        play = open_.enter_context(sync_playwright())
        looks: dict[str, list[Seen]] = {"full": [], "again": [], "embedded": [], "SurveyJS": [], "SurveyJS again": []}
        for _ in range(chosen.runs):
            looks["full"].append(look(play, f"{form}/s/{SURVEY}", OURS))
            looks["SurveyJS"].append(look(play, other, THEIRS))
            looks["embedded"].append(look(play, host, OURS))
            looks["again"].append(look(play, f"{form}/s/{SURVEY}", OURS, twice=True))
            looks["SurveyJS again"].append(look(play, other, THEIRS, twice=True))
    report(looks)


def report(looks: dict[str, list[Seen]]) -> None:
    print(
        f"{'':<34}{'visible':>8}{'interactive':>12}{'click':>7}{'script':>8}{'bytes':>10}{'requests':>9}{'heap MB':>8}"
    )
    for name, seen in looks.items():
        print(line(name, seen))
    for name, (soon, small) in BUDGETS.items():
        at, size = median(looks[name], "interactive"), median(looks[name], "bytes")
        peer = median(looks["SurveyJS again" if name == "again" else "SurveyJS"], "interactive")
        said = f", {size:.0f} bytes of {small}" if small else ""
        print(f"{name}: {at:.0f} ms of {soon}{said}; {at / peer:.2f} of SurveyJS in the same run")


if __name__ == "__main__":
    main()
