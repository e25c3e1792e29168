"""Drafts in the database: opened once, edited by two people, undone, redone and looked at."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.exc import DBAPIError
from sqlmodel import func, select

from questionnaire.actions import retention
from questionnaire.actions.editing.drafts import Draft, DraftResult, edit, find_draft, open_from_file, open_from_version
from questionnaire.actions.editing.history import draft_at, history, redo, undo
from questionnaire.actions.publishing.publish_version import publish
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.editing.same import same
from questionnaire.storage.db.engine import Database
from questionnaire.storage.tables import DraftEditRow
from tests.core.editing.small_draft import CASES, SURVEY, survey
from tests.rows import FRIDAY
from tests.toolboxes import Clock, still_toolbox

ANA, BEN = "ana@nordlicht.example", "ben@nordlicht.example"
TITLE = "pages/start/questions/scoring/title"


@pytest.fixture
def toolbox(database: Database) -> Toolbox:
    return still_toolbox(database, Clock())


@pytest.fixture
def draft(toolbox: Toolbox) -> Draft:
    return good(open_from_file(toolbox, SURVEY.encode(), "survey.yaml", ANA, FRIDAY))


def good(result: DraftResult) -> Draft:
    assert (result.conflict, result.problems) == (None, ())
    assert result.draft is not None
    return result.draft


def codes(result: DraftResult) -> list[str]:
    return [problem.code for problem in result.problems]


def title(text: str) -> dict[str, Any]:
    return {"edit": "set", "path": TITLE, "value": text}


def title_of(draft: Draft | None) -> str:
    assert draft is not None
    return str(draft.document["pages"][0]["questions"][1]["title"])


def test_a_draft_is_opened_once_from_a_published_version(toolbox: Toolbox) -> None:
    assert codes(open_from_version(toolbox, "survey", "small", ANA, FRIDAY)) == ["not_published"]
    assert publish(toolbox, "survey", survey(), FRIDAY) is None
    first = good(open_from_version(toolbox, "survey", "small", ANA, FRIDAY))
    assert (first.based_on, first.revision, first.changed_by) == (1, 0, ANA)
    assert same(first.document, survey())
    changed = good(edit(toolbox, first.id, 0, [title("New")], ANA, FRIDAY))
    again = good(open_from_version(toolbox, "survey", "small", BEN, FRIDAY))
    assert again == changed


def test_a_draft_is_opened_from_a_file_with_the_problems_of_its_notation(toolbox: Toolbox) -> None:
    wrong = {
        b"a: [": "yaml_syntax", b"title: x": "not_authored", b"[]": "not_authored", b"schema: survey/1": "missing_key",
        b"schema: cases/1": "missing_key",
    }  # fmt: skip
    found = {text: codes(open_from_file(toolbox, text, "file", ANA, FRIDAY))[0] for text in wrong}
    assert found == wrong
    cases = CASES.replace("cases/1\n", "cases/1\nsurvey: small\n")
    assert good(open_from_file(toolbox, cases.encode(), "cases.yaml", ANA, FRIDAY)).kind == "cases"


def test_changes_of_two_people_to_different_things_are_both_kept(toolbox: Toolbox, draft: Draft) -> None:
    good(
        edit(
            toolbox,
            draft.id,
            0,
            [{"edit": "rename", "path": "pages/start/questions/scoring", "value": "g"}],
            BEN,
            FRIDAY,
        )
    )
    both = good(edit(toolbox, draft.id, 0, [title("By Ana")], ANA, FRIDAY + timedelta(minutes=1)))
    assert (both.revision, both.changed_by, title_of(both)) == (2, ANA, "By Ana")
    assert both.document["endings"][0]["when"] == {"g": "none"}


def test_changes_of_two_people_to_one_thing_are_a_conflict_and_change_nothing(toolbox: Toolbox, draft: Draft) -> None:
    good(edit(toolbox, draft.id, 0, [title("By Ben")], BEN, FRIDAY))
    result = edit(toolbox, draft.id, 0, [title("By Ana")], ANA, FRIDAY)
    assert result.conflict is not None
    assert (result.conflict.base, result.conflict.theirs, result.conflict.ours) == ("Scoring", "By Ben", "By Ana")
    assert title_of(find_draft(toolbox, draft.id)) == "By Ben"
    good(edit(toolbox, draft.id, 1, [title("By both")], ANA, FRIDAY))
    assert title_of(find_draft(toolbox, draft.id)) == "By both"


def test_a_repeated_request_is_applied_once(toolbox: Toolbox, draft: Draft) -> None:
    row = {"edit": "add", "path": "dimensions", "value": {"name": "new", "title": "New"}}
    for _ in range(2):
        assert good(edit(toolbox, draft.id, 0, [row], ANA, FRIDAY, key="request-1")).revision == 1


def test_wrong_changes_are_refused_and_leave_the_draft_as_it_is(toolbox: Toolbox, draft: Draft) -> None:
    large = {"edit": "set", "path": "title", "value": "x" * 1_000_001}
    assert codes(edit(toolbox, draft.id, 0, [large], ANA, FRIDAY)) == ["draft_large"]
    assert codes(edit(toolbox, draft.id, 0, [{"edit": "drop"}], ANA, FRIDAY)) == ["edit_shape"]
    assert codes(edit(toolbox, draft.id, 0, [], ANA, FRIDAY)) == ["edit_shape"]
    assert codes(edit(toolbox, draft.id, 7, [title("x")], ANA, FRIDAY)) == ["no_such_revision"]
    assert codes(edit(toolbox, draft.id, 0, [title("x"), {"edit": "remove", "path": "gone"}], ANA, FRIDAY)) == [
        "no_such_place"
    ]
    assert codes(edit(toolbox, "gone", 0, [title("x")], ANA, FRIDAY)) == ["no_draft"]
    assert codes(undo(toolbox, "gone", ANA, FRIDAY)) == ["no_draft"]
    assert find_draft(toolbox, draft.id) == draft


def test_undo_and_redo_step_through_a_persons_own_changes(toolbox: Toolbox, draft: Draft) -> None:
    for revision, text in enumerate(("One", "Two")):
        good(edit(toolbox, draft.id, revision, [title(text)], ANA, FRIDAY))
    good(edit(toolbox, draft.id, 2, [{"edit": "set", "path": "title", "value": "By Ben"}], BEN, FRIDAY))
    words = []
    for step in (undo, undo, redo, redo, undo, redo, undo, undo):
        words.append(title_of(good(step(toolbox, draft.id, ANA, FRIDAY))))
    assert words == ["One", "Scoring", "One", "Two", "One", "Two", "One", "Scoring"]
    assert codes(undo(toolbox, draft.id, ANA, FRIDAY)) == ["nothing_to_undo"]
    last = good(edit(toolbox, draft.id, 11, [title("Three")], ANA, FRIDAY))
    assert codes(redo(toolbox, draft.id, ANA, FRIDAY)) == ["nothing_to_undo"], "a new change ends the redo"
    assert last.document["title"] == "By Ben", "what others changed stays"


def test_undo_of_what_others_changed_since_is_a_conflict(toolbox: Toolbox, draft: Draft) -> None:
    good(edit(toolbox, draft.id, 0, [title("By Ana")], ANA, FRIDAY))
    good(edit(toolbox, draft.id, 1, [title("By Ben")], BEN, FRIDAY))
    result = undo(toolbox, draft.id, ANA, FRIDAY)
    assert result.conflict is not None
    assert (result.conflict.theirs, result.conflict.ours) == ("By Ben", "Scoring")


def test_every_revision_can_be_looked_at_and_looking_writes_nothing(toolbox: Toolbox, draft: Draft) -> None:
    for revision, text in enumerate(("One", "Two", "Three")):
        good(edit(toolbox, draft.id, revision, [title(text)], ANA, FRIDAY))
    assert [title_of(draft_at(toolbox, draft.id, number)) for number in range(4)] == ["Scoring", "One", "Two", "Three"]
    assert draft_at(toolbox, draft.id, 4) is None
    assert draft_at(toolbox, "gone", 0) is None
    assert find_draft(toolbox, "gone") is None
    entries = history(toolbox, draft.id, limit=2)
    newest = [(entry.revision, entry.author, entry.change[0].value) for entry in entries]
    assert newest == [(3, ANA, "Three"), (2, ANA, "Two")]
    assert [entry.revision for entry in history(toolbox, draft.id, before=2)] == [1]
    with toolbox.database.reading() as session:
        assert session.exec(select(func.count()).select_from(DraftEditRow)).one() == 3


def test_the_edits_of_a_draft_are_never_changed(toolbox: Toolbox, draft: Draft) -> None:
    good(edit(toolbox, draft.id, 0, [title("One")], ANA, FRIDAY))
    with pytest.raises(DBAPIError, match="never changed"), toolbox.database.writing() as session:
        session.exec(update(DraftEditRow).values(author=BEN))


def test_a_long_history_keeps_its_newest_changes_and_older_pages_are_told_to_reload(
    toolbox: Toolbox, draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "KEPT_EDITS", 3)
    for number in range(6):
        good(edit(toolbox, draft.id, number, [title(f"Title {number}")], ANA, FRIDAY))
    retention.clean_up(toolbox)
    assert [one.revision for one in history(toolbox, draft.id)] == [6, 5, 4]
    assert title_of(draft_at(toolbox, draft.id, 3)) == "Title 2"
    assert draft_at(toolbox, draft.id, 2) is None
    assert codes(edit(toolbox, draft.id, 2, [title("Old page")], BEN, FRIDAY)) == ["no_such_revision"]
    assert title_of(good(undo(toolbox, draft.id, ANA, FRIDAY))) == "Title 4"
