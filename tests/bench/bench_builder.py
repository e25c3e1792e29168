"""What one edit costs on three pages of the builder, and the search behind it, for surveys of 60 and 200 questions.

    python -m tests.bench.bench_builder

Each edit is a POST as the page's script sends it, checks included; its search is the worker's job for that state. All
in CPU time; a loop printed beside it shows how a busy machine stretches even that.
Budgets with 60 questions: 100 ms an edit, 1 s until the word of the search, waiting for its start included.
"""

from __future__ import annotations

import re
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

from questionnaire.actions.editing import drafts
from questionnaire.actions.editing.proofs import prove_draft, proved_revision
from questionnaire.actions.toolbox import Toolbox
from questionnaire.storage.db.engine import open_database
from questionnaire.storage.schema.versions import migrate
from questionnaire.web import create_app
from tests.web.client import Clock, csrf, fill, make_toolbox, sign_in

SIZES = (60, 200)
EDITS = 15
SEARCHES = 3
LEVELS = ("micro", "small", "core", "stretch", "large", "core")
CRITERIA = ("size", "sector", "budget", "digital_maturity")


def large_survey(count: int) -> dict[str, Any]:
    """Pages of five questions with six answers each, in two languages."""
    questions = [_question(number) for number in range(count)]
    return {
        "schema": "survey/1", "id": f"large-{count}", "version": 1, "policy": "default", "languages": ["en", "fr"],
        "title": {"en": "Large", "fr": "Grand"},
        "dimensions": [{"name": f"d{number}", "title": {"en": f"Part {number}", "fr": f"Partie {number}"}}
                       for number in range(4)],
        "pages": [{"name": f"p{at}", "questions": questions[at : at + 5]} for at in range(0, count, 5)],
        "contact": {"fields": [{"name": "email", "type": "email", "required": True}]},
    }  # fmt: skip


def _question(number: int) -> dict[str, Any]:
    choices = [{"value": f"a{at}", "text": {"en": f"Answer {at}", "fr": f"Réponse {at}"}, "maturity": at,
                **({"level": LEVELS[at]} if number == 0 else {})} for at in range(6)]  # fmt: skip
    own = {"criterion": "size"} if number == 0 else {}
    title = {"en": f"Question {number}?", "fr": f"Question {number} ?"}
    # Each third question is asked after one of the answers before it.
    shown = {"show_if": {f"q{number - 1}": ["a1", "a2", "a3"]}} if number % 3 == 2 else {}
    return {"name": f"q{number}", "type": "single_choice", "title": title, "dimension": f"d{number % 4}",
            "choices": choices, **own, **shown}  # fmt: skip


def _loop() -> float:
    """What half a million additions take on this machine at this moment, in seconds."""
    began = time.process_time()
    total = 0
    for number in range(500_000):
        total += number
    return time.process_time() - began


def measure(toolbox: Toolbox, client: Any, count: int) -> None:
    draft = drafts.open_content(toolbox, large_survey(count), None, "mo@nordlicht.example", toolbox.now()).draft
    assert draft is not None
    for page, name, values in (
        ("", "text!@en pages/p5/questions/q5/title", [f"Question no {at}?" for at in range(EDITS)]),
        ("scoring", "number pages/p5/questions/q5/choices/a3/maturity", [str(at) for at in range(1, EDITS + 1)]),
        ("languages", "text@fr pages/p5/questions/q5/choices/a3/text", [f"Réponse n° {at}" for at in range(EDITS)]),
    ):
        address = f"/desk/surveys/large-{count}/draft/{page}".rstrip("/")
        began = time.process_time()
        shown = client.get(address)
        opened = time.process_time() - began
        if shown.status_code != 200:
            continue
        token, revision, took, size = csrf(shown), _revision(shown.text), [], 0
        for number, value in enumerate(values):
            body = {"csrf_token": token, "revision": revision, "key": f"{page}-{count}-{number}", "do": "save",
                    "lang": "fr" if page else "en", name: value}  # fmt: skip
            began = time.process_time()
            reply = client.post(address, data=body, headers={"X-Builder": "1"})
            took.append(time.process_time() - began)
            assert reply.status_code == 200, reply.text[:500]
            revision, size = _revision(reply.text), len(reply.data)
        name_of = page or "editor"
        print(f"{count:4} questions, {name_of:10} page {1000 * opened:4.0f} ms, {len(shown.data) // 1000:4} kB;"
              f" an edit {1000 * median(took):4.0f} ms, {size // 1000:4} kB")  # fmt: skip
    _measure_search(toolbox, draft.id, count)


def _measure_search(toolbox: Toolbox, draft_id: str, count: int) -> None:
    """The worker's job of the newest revision; what it found before is forgotten with each edit."""
    took = []
    for number in range(SEARCHES):
        draft = drafts.find_draft(toolbox, draft_id)
        assert draft is not None
        title = {"edit": "set", "path": "title", "value": {"en": f"Large {number}", "fr": "Grand"}}
        done = drafts.edit(toolbox, draft_id, draft.revision, [title], "mo@nordlicht.example", toolbox.now()).draft
        assert done is not None
        began = time.process_time()
        prove_draft(toolbox, draft_id, done.revision)
        took.append(time.process_time() - began)
        assert proved_revision(toolbox, done) == done.revision
    print(f"{count:4} questions, the search {1000 * median(took):5.0f} ms; the loop {1000 * _loop():3.0f} ms")


def _revision(text: str) -> str:
    found = re.search(r'name="revision" value="(\d+)"', text)
    assert found
    return found[1]


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        database = open_database(f"sqlite:///{Path(folder) / 'bench.sqlite3'}")
        migrate(database)
        clock = Clock()
        toolbox = make_toolbox(database, clock)
        fill(toolbox, clock)
        app = create_app(toolbox)
        for count in SIZES:
            measure(toolbox, sign_in(app, "marketing"), count)
        database.close()


if __name__ == "__main__":
    main()
