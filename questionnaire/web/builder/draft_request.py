"""The POST of an edit page, parsed once: what was typed, and the command of the button that was pressed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from flask import request

from questionnaire.actions.editing import drafts, history
from questionnaire.actions.editing.draft_check import check_document
from questionnaire.actions.editing.drafts import Draft, DraftResult
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.base.problems import Problem
from questionnaire.core.base.text_cleaning import clean_text
from questionnaire.core.editing.apply import apply_all
from questionnaire.core.editing.commands import Command, command_edits
from questionnaire.core.editing.edit import Change
from questionnaire.core.editing.form_edits import form_edits
from questionnaire.core.editing.outline import languages_of
from questionnaire.core.editing.paths import EditError, Path, path_of, read_path, write_path
from questionnaire.core.editing.repairs import repair
from questionnaire.core.editing.typed_values import FormValue
from questionnaire.web.builder.condition_edits import condition_edits, pressed_edits
from questionnaire.web.builder.form_fields import read_field
from questionnaire.web.http.query import parse_int

MOST_REVISIONS = 10**9
LONGEST_TYPED = 20_000
TYPED = {"retype": "type", "paste": "pasted", "move": "to", "use_choices": "choice_set"}
"""The fields of a form that hold the argument of a command."""


@dataclass(frozen=True, slots=True)
class DraftRequest:
    """`fields` are all fields, cleaned; `command` is None when somebody only saves. `refused`: some text cannot be
    stored (safety rule 4)."""

    revision: int
    key: str | None
    fields: tuple[tuple[str, str], ...]
    values: tuple[FormValue, ...]
    command: Command | None
    refused: bool = False


@dataclass(frozen=True, slots=True)
class EditOutcome:
    """`moved`: where what someone works on stands now, as (old path, new path)."""

    result: DraftResult
    added: Path = ()
    moved: tuple[tuple[Path, Path], ...] = ()
    request: DraftRequest | None = None

    @property
    def is_refused(self) -> bool:
        return self.result.conflict is not None or bool(self.result.problems)

    @property
    def status(self) -> int:
        """The status of the page that answers: 409 where two changed the same thing, 422 with problems."""
        return 409 if self.result.conflict is not None else 422 if self.is_refused else 200


def read_request() -> DraftRequest:
    form = request.form
    cleaned = [(name, clean_text(typed, LONGEST_TYPED, lines=True)) for name, typed in form.items(multi=True)]
    fields = tuple((name, typed) for name, typed in cleaned if typed is not None)
    values: dict[str, FormValue] = {}
    for name, typed in fields:
        value = read_field(name, typed)
        if value is not None:
            # A list to tick has one field for each of its entries.
            before = values[name].typed if value.input == "picks" and name in values else ""
            values[name] = replace(value, typed=f"{before}\n{typed}") if before else value
    verb, argument, path = [*form.get("do", "").split(" ", 2), "", "", ""][:3]
    given = dict(fields)
    field = f"new {path}" if verb in ("name", "differ") else TYPED.get(verb, "")
    typed = given.get(field, "") if field and argument == "-" else argument.removeprefix("-")
    command = Command(verb, read_path(path), typed, form.get("lang", "")) if verb and verb != "save" else None
    revision = parse_int(form.get("revision", ""), 0, MOST_REVISIONS, 0)
    refused = any(typed is None for _, typed in cleaned)
    return DraftRequest(revision, form.get("key") or None, fields, tuple(values.values()), command, refused)


def apply_request(toolbox: Toolbox, draft: Draft, posted: DraftRequest, actor: str, now: datetime) -> EditOutcome:
    """Writes what was typed and does the command, as one change on the revision that the page showed."""
    command = posted.command
    if posted.refused:
        problem = Problem("text_long", (), "a text is too long, or has signs that cannot be stored", "shorten it")
        return EditOutcome(DraftResult(draft, problems=(problem,)), request=posted)
    if command is not None and command.verb in ("undo", "redo"):
        act = history.undo if command.verb == "undo" else history.redo
        return EditOutcome(act(toolbox, draft.id, actor, now), request=posted)
    base = draft if posted.revision == draft.revision else history.draft_at(toolbox, draft.id, posted.revision)
    if base is None:
        problem = Problem("no_such_revision", (), "this page is outdated", "reload it")
        return EditOutcome(DraftResult(draft, problems=(problem,)), request=posted)
    try:
        change, added = _change(toolbox, base.document, posted)
    except EditError as error:
        return EditOutcome(DraftResult(draft, problems=(error.problem,)), request=posted)
    if not change:
        return EditOutcome(DraftResult(draft), request=posted)
    edits = [edit.as_json for edit in change]
    result = drafts.edit(toolbox, draft.id, posted.revision, edits, actor, now, posted.key)
    return EditOutcome(result, added, _moves(change), posted)


def _change(toolbox: Toolbox, document: Mapping[str, Any], posted: DraftRequest) -> tuple[Change, Path]:
    change = form_edits(document, posted.values, languages_of(document))
    change += condition_edits(apply_all(document, change).document, posted.fields)
    if posted.command is None:
        return change, ()
    typed = apply_all(document, change).document
    command = posted.command
    if command.verb == "repair":
        done = _repair(toolbox, typed, command)
    elif command.verb == "rule":
        done = pressed_edits(typed, command.path, command.argument)
    else:
        done = command_edits(typed, command)
    additions = [edit for edit in done if edit.kind == "add"]
    return change + done, _added(typed, done) if additions and command.verb != "paste" else ()


def _repair(toolbox: Toolbox, document: Mapping[str, Any], command: Command) -> Change:
    """`argument`: the code of the problem at this place. What is mended already needs no repair."""
    for problem in check_document(toolbox, document).problems:
        if problem.code == command.argument and path_of(document, problem.where) == command.path:
            return repair(document, problem)
    return ()


def _added(document: Mapping[str, Any], change: Change) -> Path:
    """Where the new item of a list stands: what taking the change back would remove."""
    inverse = apply_all(document, change).inverse
    return next((edit.path for edit in inverse if edit.kind == "remove"), ())


def _moves(change: Change) -> tuple[tuple[Path, Path], ...]:
    moves: list[tuple[Path, Path]] = []
    for edit in change:
        if edit.kind == "rename":
            moves.append((edit.path, (*edit.path[:-1], str(edit.value))))
        elif edit.kind == "move":
            moves.append((edit.path, (*edit.to, edit.path[-1])))
    return tuple(moves)


def place_after(at: str, outcome: EditOutcome) -> str:
    """Where someone goes on working: at the new question, or where their question stands now."""
    if outcome.added[-2:-1] == ("questions",) or (outcome.added[:1] == ("pages",) and len(outcome.added) == 2):
        return write_path(outcome.added)
    path = read_path(at)
    for old, new in outcome.moved:
        if path[: len(old)] == old:
            path = (*new, *path[len(old) :])
    return write_path(path)
