"""Publishing a draft, the list of surveys and the step that undo takes back, on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest

from questionnaire.actions.editing import new_survey, survey_list
from questionnaire.actions.editing.draft_check import check_document
from questionnaire.actions.editing.drafts import edit, find_draft_of, open_from_version
from questionnaire.actions.editing.history import last_good, next_steps
from questionnaire.actions.editing.publish_draft import plan, publish_draft
from questionnaire.actions.people import staff
from questionnaire.actions.publishing.publish_version import publish
from questionnaire.actions.respond import resume
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.editing.paths import find, read_path
from questionnaire.storage.db.engine import Database
from questionnaire.storage.publishing import publications
from questionnaire.storage.responses import partial_responses, visits
from questionnaire.storage.tables import PartialResponseRow, VisitRow
from tests.authored import authored_file
from tests.rows import FRIDAY
from tests.searches import search_drafts
from tests.toolboxes import Clock, still_toolbox

SLUG = "sales-marketing-alignment"
MO = "mo@nordlicht.example"
TITLE = "pages/practice/questions/scoring/title"


@pytest.fixture
def toolbox(database: Database) -> Toolbox:
    box = still_toolbox(database, Clock())
    assert publish(box, "policy", authored_file("policies/default.yaml"), FRIDAY) is None
    assert publish(box, "survey", authored_file(f"{SLUG}/survey.yaml"), FRIDAY) is None
    assert open_from_version(box, "survey", SLUG, MO, FRIDAY).problems == ()
    return box


def change(toolbox: Toolbox, path: str, value: object) -> None:
    draft = find_draft_of(toolbox, "survey", SLUG)
    assert draft is not None
    edits = [{"edit": "set", "path": path, "value": value}]
    assert edit(toolbox, draft.id, draft.revision, edits, MO, FRIDAY + timedelta(hours=1)).problems == ()


def visit(number: int, answered: list[str], *, completed: bool) -> VisitRow:
    return VisitRow(
        id=f"v{number}", survey_id=SLUG, survey_version=4, language="en", day=FRIDAY.date(), answered=answered,
        completed=completed,
    )  # fmt: skip


def test_a_draft_becomes_the_next_version_with_its_note_and_goes_on_from_it(toolbox: Toolbox) -> None:
    change(toolbox, TITLE, "How do you rate leads?")
    with toolbox.database.writing() as session:
        for number, minutes in enumerate((10, 50, 90)):
            saved = FRIDAY - timedelta(minutes=minutes)
            partial_responses.keep(session, PartialResponseRow(
                id=f"p{number}", survey_id=SLUG, survey_version=4, language="en", created_at=saved, updated_at=saved,
                expires_at=saved + resume.LASTS,
            ))  # fmt: skip
    assert publish_draft(toolbox, SLUG, 1, "", MO, FRIDAY).is_unproved
    search_drafts(toolbox)
    ready = plan(toolbox, SLUG, FRIDAY)
    assert ready is not None
    assert (ready.next_version, ready.in_force, len(ready.differences), ready.answering) == (5, 4, 1, 2)
    assert ready.check.problems == ()
    result = publish_draft(toolbox, SLUG, 1, " Shorter ", MO, FRIDAY)
    assert result.version == 5
    with toolbox.database.reading() as session:
        row = publications.find(session, "survey", SLUG)
        assert row is not None
        assert (row.version, row.note, row.published_by, row.content["version"]) == (5, "Shorter", MO, 5)
    assert publish_draft(toolbox, SLUG, 1, "", MO, FRIDAY).is_outdated
    assert publish_draft(toolbox, SLUG, 2, "", MO, FRIDAY).version is None
    draft = find_draft_of(toolbox, "survey", SLUG)
    assert draft is not None
    # The step of publishing is nobody's: undo takes back what Mo wrote.
    step = next_steps(toolbox, draft.id, MO).undo
    assert step is not None
    assert step.change[0].path == read_path(TITLE)
    assert plan(toolbox, "gone", FRIDAY) is None
    assert publish_draft(toolbox, "gone", 0, "", MO, FRIDAY).problems[0].code == "no_draft"


def test_a_draft_with_errors_is_not_published(toolbox: Toolbox) -> None:
    change(toolbox, "pages/practice/questions/scoring/choices/manual/level", "none_such")
    result = publish_draft(toolbox, SLUG, 1, "", MO, FRIDAY)
    assert [problem.code for problem in result.problems] == ["unknown_level"]
    change(toolbox, "pages", [])
    assert publish_draft(toolbox, SLUG, 2, "", MO, FRIDAY).version is None


def test_pictures_and_policies_that_are_not_stored_are_problems(toolbox: Toolbox) -> None:
    draft = find_draft_of(toolbox, "survey", SLUG)
    assert draft is not None
    pictured = {"name": "art", "type": "statement", "title": "Look", "image": "a.png", "alt": "A"}
    pages = [{"name": "start", "questions": [pictured]}]
    found = check_document(toolbox, {**draft.document, "pages": pages, "policy": "defualt"}).problems
    codes = {problem.code for problem in found}
    assert {"picture_missing", "unknown_policy"} <= codes
    assert check_document(toolbox, {"schema": "survey/1"}).survey is None


def test_the_last_good_state_is_found_among_earlier_ones(toolbox: Toolbox) -> None:
    change(toolbox, TITLE, "One")
    change(toolbox, TITLE, "Two")
    draft = find_draft_of(toolbox, "survey", SLUG)
    assert draft is not None
    one = last_good(toolbox, draft.id, lambda document: find(document, read_path(TITLE)) == "One")
    assert one is not None
    assert one.revision == 1
    assert last_good(toolbox, draft.id, lambda document: "gone" in document) is None
    assert last_good(toolbox, "none", lambda document: True) is None


def test_the_list_counts_who_began_and_who_completed_in_thirty_days(toolbox: Toolbox) -> None:
    with toolbox.database.writing() as session:
        for number, (answered, completed) in enumerate(((["a"], True), (["a", "b"], False), ([], False))):
            visits.note(session, visit(number, answered, completed=completed))
        old = visit(9, ["a"], completed=True)
        old.day = FRIDAY.date() - timedelta(days=31)
        visits.note(session, old)
    assert staff.add(toolbox, MO, "Mo", "marketing", "four words nobody strings", None, "en", FRIDAY) == ()
    change(toolbox, TITLE, "One")
    (row,) = survey_list.list_all(toolbox, FRIDAY)
    assert (row.version, row.changes, row.starts, row.completions, row.changed_by) == (4, 1, 2, 1, "Mo")
    assert row.has_draft
    assert new_survey.from_blank(toolbox, "Data check", "default", "en", MO, FRIDAY).problems == ()
    names = {one.name: (one.version, one.changes, one.has_draft) for one in survey_list.list_all(toolbox, FRIDAY)}
    assert names["data-check"] == (None, 0, True)
    assert [one.name for one in survey_list.list_all(toolbox, FRIDAY, "DATA")] == ["data-check"]


def test_surveys_of_one_title_have_links_of_their_own(toolbox: Toolbox) -> None:
    names = []
    for _ in range(4):
        made = new_survey.from_blank(toolbox, "Data check", "default", "en", MO, FRIDAY)
        assert made.draft is not None, made.problems
        names.append(made.draft.name)
    assert names == ["data-check", "data-check-2", "data-check-3", "data-check-4"]
