"""`questionnaire rebuild`, as an operator types it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from questionnaire import bootstrap
from questionnaire.actions.toolbox import Toolbox
from questionnaire.cli import main
from questionnaire.storage.leads import events, leads, projection
from questionnaire.storage.responses import visit_counts, visits
from questionnaire.storage.tables import VisitRow
from tests.databases import KINDS, Databases, databases
from tests.rows import FRIDAY, add_lead

__all__ = ["databases"]


@pytest.fixture(params=KINDS)
def installation(
    request: pytest.FixtureRequest, databases: Databases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Toolbox]:
    """An installation with three assessed leads."""
    monkeypatch.setenv("QUESTIONNAIRE_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("QUESTIONNAIRE_SECRET_KEY", "kJ8s-not-a-secret-0123456789-abcdefghijklmnop")
    monkeypatch.setenv("DATABASE_URL", databases.new_url(request.param))
    box = bootstrap.ready_toolbox(bootstrap.settings()[0])
    with box.database.writing() as session:
        for name in ("anna", "tom", "zoe"):
            add_lead(session, name)
            becomes: projection.Becomes = {"stage": "mql", "fit": 60, "call_by": FRIDAY}
            events.append(session, f"e-{name}", f"lead-{name}", "assessed", FRIDAY, becomes=becomes)
    yield box
    box.database.close()


def _change_rows_by_hand(box: Toolbox) -> None:
    with box.database.writing() as session:
        run = session.connection().execute
        run(text("UPDATE lead SET stage = 'lost', call_by = NULL WHERE id = 'lead-anna'"))
        run(text("UPDATE lead SET fit = 99 WHERE id = 'lead-zoe'"))


def test_leads_that_agree_with_their_events_are_counted(
    installation: Toolbox, capsys: pytest.CaptureFixture[str]
) -> None:
    for options in ([], ["--check"]):
        assert main(["rebuild", *options]) == 0
        assert capsys.readouterr().out == "3 leads compared: each agrees with its events.\n"


def test_check_shows_what_differs_and_changes_nothing(
    installation: Toolbox, capsys: pytest.CaptureFixture[str]
) -> None:
    _change_rows_by_hand(installation)
    for _ in range(2):
        assert main(["rebuild", "--check"]) == 1
        assert capsys.readouterr().out.splitlines() == [
            "lead-anna  stage: lost → mql, call_by: - → 2026-10-02T15:30:00+00:00",
            "lead-zoe  fit: 99 → 60",
            "count of - · lost · -: 0 → 1",
            "count of - · mql · -: 3 → 2",
            "2 of 3 leads differ from their events. To correct them: questionnaire rebuild",
        ]


def test_rebuild_corrects_what_differs_batch_by_batch(
    installation: Toolbox, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(projection, "BATCH", 1)
    _change_rows_by_hand(installation)
    assert main(["rebuild"]) == 0
    assert capsys.readouterr().out.endswith("2 of 3 leads differed from their events and were corrected.\n")
    assert main(["rebuild", "--check"]) == 0
    with installation.database.reading() as session:
        anna = leads.by_address(session, "anna@nordwind.example")
        assert anna is not None
        assert (anna.stage, anna.call_by) == ("mql", FRIDAY)


def test_wrong_counts_are_shown_and_corrected_and_a_rebuild_can_continue_after_a_lead(
    installation: Toolbox, capsys: pytest.CaptureFixture[str]
) -> None:
    with installation.database.writing() as session:
        session.connection().execute(text("UPDATE lead_count SET count = 5"))
    assert main(["rebuild", "--check"]) == 1
    assert "count of - · mql · -: 5 → 3" in capsys.readouterr().out
    assert main(["rebuild", "--after", "lead-tom"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "count of - · mql · -: 5 → 3",
        "The counts of lists were corrected.",
    ]
    assert main(["rebuild", "--check", "--after", "lead-tom"]) == 0
    assert capsys.readouterr().out == "1 lead compared: each agrees with its events.\n"


def test_wrong_counts_of_starts_and_completions_are_shown_and_corrected(
    installation: Toolbox, capsys: pytest.CaptureFixture[str]
) -> None:
    today = installation.now().date()
    with installation.database.writing() as session:
        for id, completed in (("1", True), ("2", False), ("e", False)):
            visit = VisitRow(id=id, survey_id="s", survey_version=1, language="en", day=today, answered=["a"])
            visit.completed = completed
            visits.note(session, visit)
    assert main(["rebuild", "--check"]) == 0
    with installation.database.writing() as session:
        session.connection().execute(text("UPDATE visit_count SET starts = 9 WHERE completions = 1"))
    capsys.readouterr()
    assert main(["rebuild", "--check"]) == 1
    assert f"starts and completions of s, {today}: 11, 1 → 3, 1" in capsys.readouterr().out
    assert main(["rebuild"]) == 0
    assert main(["rebuild", "--check"]) == 0
    with installation.database.reading() as session:
        assert visit_counts.since(session, today) == {"s": (3, 1)}
