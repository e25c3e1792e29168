"""What the buttons of an editor do, as edits: add, remove, move, duplicate, change type, paste, copy a shared set."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from questionnaire.core.editing.choice_set_edits import own_choices, share_choices, use_choices
from questionnaire.core.editing.edit import Change, add, move, remove, retype, set_
from questionnaire.core.editing.keys import keys_at
from questionnaire.core.editing.new_items import (
    copied_question,
    is_blank,
    new_choice,
    new_page,
    new_question,
    new_row,
    pasted_choices,
    unique,
)
from questionnaire.core.editing.new_policy_items import is_policy, named_item, new_difference, policy_row
from questionnaire.core.editing.outline import entries, languages_of
from questionnaire.core.editing.paths import (
    Document,
    EditError,
    Path,
    Step,
    find,
    has,
    identities,
    no_place,
    part_at,
    read_path,
)
from questionnaire.core.editing.report_edits import PLAN, is_band_list, new_band, section_edits, switch_edits, term_end
from questionnaire.core.survey.questions import REGISTRY


@dataclass(frozen=True, slots=True)
class Command:
    """`argument` is the type of a question, a pasted text, or the place to move to."""

    verb: str
    path: Path
    argument: str = ""
    language: str = ""


def command_edits(document: Document, command: Command) -> Change:
    """Raises EditError for a command that cannot be done here."""
    done = _VERBS.get(command.verb)
    if done is None or not command.path:
        raise EditError("edit_shape", command.path, "there is no such command", "reload the page")
    return done(document, command)


def _add(document: Document, command: Command) -> Change:
    path, languages = command.path, languages_of(document)
    if is_policy(document):
        return policy_row(document, path)
    if path[-2:-1] == ("questions",):
        return _add_after(document, command)
    items = find(document, path) if has(document, path) else []
    if path == ("pages",):
        return (add(path, new_page(document, languages)),)
    if path[-1] == "questions":
        type_ = command.argument if command.argument in REGISTRY else "single_choice"
        return (add(path, new_question(document, type_, languages)),)
    if path[-1] == "choices":
        values = {str(one.get("value")) for one in items if isinstance(one, Mapping)}
        return (add(path, new_choice(values, languages)),)
    if is_band_list(path) and isinstance(items, list) and items:
        return (new_band(path, items, languages),)
    keys = keys_at(document, path)
    if keys and not isinstance(items, list):
        # One value may stand where a list of them may.
        return (set_(path, [items, new_row(keys, languages, ())]),)
    taken = {str(one.get(key)) for one in items if isinstance(one, Mapping) for key in ("name", "id", "value")}
    row: Any = new_row(keys, languages, taken)
    if path == PLAN:
        row["days"] = term_end(items)
    if has(document, path[:-1]):
        return (add(path, row),)
    row = [row]
    while len(path) > 1 and not has(document, path[:-1]):
        path, row = path[:-1], {path[-1]: row}
    return (set_(path, row),)


def _add_after(document: Document, command: Command) -> Change:
    """A question after the one at the path."""
    steps, index = _among(document, command.path)
    type_ = command.argument if command.argument in REGISTRY else "single_choice"
    question = new_question(document, type_, languages_of(document))
    return (add(command.path[:-1], question, steps[index + 1] if index + 1 < len(steps) else None),)


def _remove(document: Document, command: Command) -> Change:
    """A page is never left without questions: its last one takes it along."""
    path = command.path
    if path[-2:-1] == ("questions",) and isinstance(find(document, path[:-1]), list):
        is_last = len(find(document, path[:-1])) == 1
        pages = find(document, ("pages",))
        if is_last and len(pages) > 1:
            path = path[:-2]
    return (remove(path, anyway=command.argument == "anyway"),)


def _up(document: Document, command: Command) -> Change:
    steps, index = _among(document, command.path)
    if index > 0:
        return (move(command.path, command.path[:-1], steps[index - 1]),)
    page = _neighbour_page(document, command.path, -1)
    return () if page is None else (move(command.path, (*page, "questions")),)


def _down(document: Document, command: Command) -> Change:
    steps, index = _among(document, command.path)
    if index < len(steps) - 1:
        rest = steps[index + 2 :]
        before = rest[0] if rest else None
        return (move(command.path, command.path[:-1], before - 1 if isinstance(before, int) else before),)
    page = _neighbour_page(document, command.path, 1)
    if page is None:
        return ()
    first = next((path[-1] for path, _ in entries(document, (*page, "questions"))), None)
    return (move(command.path, (*page, "questions"), first),)


def _neighbour_page(document: Document, path: Path, by: int) -> Path | None:
    """The page before or after the one of a question. A page keeps its last question."""
    if path[-2:-1] != ("questions",) or len(find(document, path[:-1])) < 2:
        return None
    pages = [place for place, _ in entries(document, ("pages",))]
    index = pages.index(path[:-2]) + by
    return pages[index] if 0 <= index < len(pages) else None


def _move(document: Document, command: Command) -> Change:
    """`argument`: the number of the place among the others, after a slash behind the list when it is another one."""
    above, _, number = command.argument.rpartition(" ")
    target = read_path(above) if above else command.path[:-1]
    steps = identities(find(document, target), part_at(document, target))
    others = [step for step in steps if (*target, step) != command.path]
    index = int(number) if number.isdecimal() else len(others)
    before: Step | None = others[index] if index < len(others) else None
    if isinstance(before, int):
        before = index
    last_of_page = target != command.path[:-1] and len(find(document, command.path[:-1])) < 2
    return () if last_of_page and command.path[-2:-1] == ("questions",) else (move(command.path, target, before),)


def _among(document: Document, path: Path) -> tuple[list[Step], int]:
    steps = identities(find(document, path[:-1]), part_at(document, path[:-1]))
    if path[-1] not in steps:
        raise no_place(path)
    return steps, steps.index(path[-1])


def _duplicate(document: Document, command: Command) -> Change:
    path = command.path
    item = find(document, path)
    steps, index = _among(document, path)
    before = steps[index + 1] if index + 1 < len(steps) else None
    if path[-2:-1] == ("questions",) and isinstance(item, Mapping):
        return (add(path[:-1], copied_question(document, item), before),)
    copied = copy.deepcopy(item)
    for key in ("name", "id", "value"):
        if isinstance(copied, dict) and key in copied:
            copied[key] = unique(str(copied[key]), {str(step) for step in steps})
    return (add(path[:-1], copied, before),)


def _retype(_document: Document, command: Command) -> Change:
    return (retype(command.path, command.argument),)


def _paste(document: Document, command: Command) -> Change:
    languages = languages_of(document)
    items: list[Any] = find(document, command.path) if has(document, command.path) else []
    # Answers without words were waiting for some.
    blank = [step for step, one in zip(identities(items, part_at(document, command.path)), items, strict=True)
             if is_blank(one)]  # fmt: skip
    new = pasted_choices(command.argument, items, languages, command.language or languages[0])
    kept = tuple(remove((*command.path, step), anyway=True) for step in reversed(blank)) if new else ()
    return (*(add(command.path, choice) for choice in new), *kept)


_VERBS: Mapping[str, Callable[[Document, Command], Change]] = {
    "add": _add, "remove": _remove, "up": _up, "down": _down, "move": _move, "duplicate": _duplicate,
    "retype": _retype, "paste": _paste, "own_choices": lambda document, command: own_choices(document, command.path),
    "share_choices": lambda document, command: share_choices(document, command.path),
    "use_choices": lambda document, command: use_choices(document, command.path, command.argument),
    "name": lambda document, command: named_item(document, command.path, command.argument),
    "differ": lambda document, command: new_difference(document, command.path, command.argument),
    "section": lambda document, command: section_edits(document, command.argument),
    "switch": lambda document, command: switch_edits(document, command.path, command.argument),
}  # fmt: skip
