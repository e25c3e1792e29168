"""Going live at a date, on both databases: once, or not at all and with the reason; and a survey's one home."""

from __future__ import annotations

import shutil
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from questionnaire.actions.editing import cases, drafts, plans, versions
from questionnaire.actions.editing.drafts import find_draft_of
from questionnaire.actions.publishing import homes
from questionnaire.actions.publishing.publish_version import publish, publish_folder
from questionnaire.actions.toolbox import Toolbox
from questionnaire.jobs.registry import JOB_TYPES
from questionnaire.storage.db.engine import Database
from questionnaire.storage.publishing import publications
from tests.authored import authored_file
from tests.one_survey import one_survey
from tests.rows import FRIDAY
from tests.searches import search_drafts
from tests.toolboxes import Clock, still_toolbox

SLUG, MO = "sales-marketing-alignment", "mo@nordlicht.example"
MONDAY = FRIDAY + timedelta(days=3)


@pytest.fixture
def toolbox(database: Database) -> Toolbox:
    box = still_toolbox(database, Clock(MONDAY))
    assert publish(box, "policy", authored_file("policies/default.yaml"), FRIDAY) is None
    assert publish(box, "survey", authored_file(f"{SLUG}/survey.yaml"), FRIDAY) is None
    draft = drafts.open_from_version(box, "survey", SLUG, MO, FRIDAY).draft
    assert draft is not None
    change = [{"edit": "set", "path": "title", "value": "Alignment check"}]
    assert drafts.edit(box, draft.id, 0, change, MO, FRIDAY).problems == ()
    search_drafts(box)
    return box


def planned(toolbox: Toolbox) -> str:
    result = plans.plan_publication(toolbox, SLUG, 1, "In time", MONDAY, "Europe/Berlin", MO, FRIDAY)
    assert result.version == 5
    plan = plans.newest_plan(toolbox, SLUG)
    assert plan is not None
    return plan.id


def state(toolbox: Toolbox) -> tuple[str, list[str]]:
    plan = plans.newest_plan(toolbox, SLUG)
    assert plan is not None
    return plan.state, [problem.code for problem in plan.problems]


def test_two_workers_publish_a_planned_version_once(toolbox: Toolbox) -> None:
    plan = planned(toolbox)
    again = plans.plan_publication(toolbox, SLUG, 1, "", MONDAY, "UTC", MO, FRIDAY)
    assert again.is_outdated
    workers = [
        threading.Thread(target=JOB_TYPES[plans.JOB].do, args=(toolbox, {"plan": plan}, "key#0")) for _ in range(2)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert state(toolbox) == ("published", [])
    found = versions.list_versions(toolbox, SLUG, MONDAY)
    assert found is not None
    assert (found.numbers, found.versions[0].note, found.versions[0].published_at) == ((5, 4), "In time", MONDAY)
    draft = find_draft_of(toolbox, "survey", SLUG)
    assert draft is not None
    assert (draft.based_on, draft.document["version"]) == (5, 5)


def test_a_planned_version_gives_way_to_what_happened_meanwhile(toolbox: Toolbox) -> None:
    plan = planned(toolbox)
    assert [one.code for one in homes.move(toolbox, SLUG, "folder", MO, FRIDAY)] == ["plan_waits"]
    with toolbox.database.writing() as session:
        content = authored_file(f"{SLUG}/survey.yaml") | {"version": 5}
        publications.publish(session, "survey", SLUG, 5, content, FRIDAY)
    plans.carry_out(toolbox, plan)
    assert state(toolbox) == ("refused", ["version_meanwhile"])
    with toolbox.database.reading() as session:
        assert publications.newest_version(session, "survey", SLUG) == 5


def test_a_planned_version_whose_case_fails_by_then_is_not_published(toolbox: Toolbox) -> None:
    plan = planned(toolbox)
    case = {"name": "A small company", "answers": {"employees": "1_9"}, "expect": {"stage": "sql_ready"}}
    assert cases.add_case(toolbox, SLUG, case, MO, FRIDAY).problems == ()
    plans.carry_out(toolbox, plan)
    assert state(toolbox) == ("refused", ["case_failed"])


def test_the_moment_of_a_plan_is_that_of_its_zone() -> None:
    wrong = []
    for day, at, expected in (
        ("2026-10-05", "09:00", datetime(2026, 10, 5, 7, tzinfo=UTC)),
        ("2026-12-01", "09:00", datetime(2026, 12, 1, 8, tzinfo=UTC)),
        ("2027-03-28", "02:30", "when_skipped"),
        ("2026-10-02", "09:00", "when_past"),
        ("2028-01-01", "09:00", "when_far"),
        ("tomorrow", "09:00", "when_missing"),
        ("2026-10-05", "", "when_missing"),
    ):
        moment, code = plans.moment_of(day, at, "Europe/Berlin", FRIDAY)
        if (moment or code) != expected:
            wrong.append((day, at, moment, code))
    assert not wrong


def test_a_changed_file_of_a_survey_in_the_builder_is_not_published_and_said(toolbox: Toolbox, tmp_path: Path) -> None:
    folder = tmp_path / "surveys"
    shutil.copytree(one_survey(), folder)
    assert publish_folder(toolbox, folder, FRIDAY) == ()
    file = folder / SLUG / "survey.yaml"
    file.write_text(file.read_text("utf-8").replace("version: 4", "version: 5", 1), "utf-8")
    (problem,) = publish_folder(toolbox, folder, FRIDAY)
    assert (problem.code, problem.is_error) == ("kept_in_builder", False)
    assert homes.move(toolbox, SLUG, "folder", MO, FRIDAY) == ()
    assert publish_folder(toolbox, folder, FRIDAY) == ()
    with toolbox.database.reading() as session:
        assert publications.newest_version(session, "survey", SLUG) == 5
    assert versions.restore(toolbox, SLUG, 4, 1, MO, FRIDAY).problems == (homes.KEPT_IN_FOLDER,)
    assert [one.code for one in homes.move(toolbox, "none", "folder", MO, FRIDAY)] == ["unknown_survey"]
