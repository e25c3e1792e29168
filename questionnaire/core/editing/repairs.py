"""Repairs: the edits that mend a problem where there is one right answer, the one that the check itself suggests."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from questionnaire.core.base.problems import Problem, Where
from questionnaire.core.editing.apply import apply_all
from questionnaire.core.editing.edit import Change, remove, set_
from questionnaire.core.editing.paths import Document, EditError, Path, find, has, path_of

SUGGESTED = re.compile(r"did you mean `([^`]+)`\?")
_QUOTED = re.compile(r"`([^`]+)`")
_GO = {
    "idle_level": ("level",), "idle_maturity": ("maturity",), "idle_number": ("number",), "idle_weight": ("weight",),
    "idle_label": (), "idle_dimension": (), "always_shown": (), "unknown_key": (),
}  # fmt: skip
"""Codes of what counts nowhere, so that taking it away changes nothing else."""


def repair(document: Document, problem: Problem) -> Change:
    """The edits; none where a person has to decide."""
    change = _suggestion(document, problem) or _removal(document, problem) or _left_out(document, problem)
    try:
        apply_all(document, change)
    except EditError:
        return ()
    return change


def suggestion_of(problem: Problem) -> str:
    """The name that the check suggests instead; "" when there is none or more than one."""
    found = SUGGESTED.fullmatch(problem.hint)
    return found[1] if found else ""


def _suggestion(document: Document, problem: Problem) -> Change:
    new, path = suggestion_of(problem), path_of(document, problem.where)
    if not new:
        return ()
    if problem.code == "unknown_key" and len(path) == len(problem.where):
        *above, key = path
        return () if has(document, (*above, new)) else (
            set_((*above, new), find(document, path), str(key)), remove(path, anyway=True),
        )  # fmt: skip
    if problem.where[:1] == ("theme",):
        return _colour(document, problem.where, new)
    wrong = _QUOTED.findall(problem.message)
    value = find(document, path)
    for old in wrong:
        replaced = _replaced(value, old, new)
        if replaced != value and path:
            return (set_(path, replaced),)
    return ()


def _colour(document: Document, where: Where, colour: str) -> Change:
    """A colour that stands in the sender’s theme gets one of the survey’s own."""
    above, value = tuple(map(str, where)), colour
    while len(above) > 1 and not has(document, above[:-1]):
        above, value = above[:-1], {above[-1]: value}  # type: ignore[assignment]  # a mapping around the colour
    return (set_(above, value),)


def _replaced(value: Any, old: str, new: str) -> Any:
    """The value with another name; in a condition keys are names too, and in a text the name of a placeholder."""
    if isinstance(value, Mapping):
        return {new if key == old else key: _replaced(inner, old, new) for key, inner in value.items()}
    if isinstance(value, list):
        return [_replaced(inner, old, new) for inner in value]
    if isinstance(value, str) and "{{" in value:
        bare = old.strip("{} ")
        return re.sub(r"(\{\{\s*)" + re.escape(bare) + r"(?=\s*(?:\||\}\}))", lambda found: found[1] + new, value)
    return new if str(value) == old and not isinstance(value, bool) else value


def _removal(document: Document, problem: Problem) -> Change:
    path: Path = path_of(document, problem.where)
    named = _GO.get(problem.code)
    is_there = len(path) == len(problem.where) and bool(path)
    if named is None or not is_there or (named and path[-1:] != named):
        return ()
    if problem.code in ("unknown_key",) or named or path[-1] in ("label", "show_if", "dimension"):
        return (remove(path, anyway=True),)
    return ()


def _left_out(document: Document, problem: Problem) -> Change:
    """An answer "I don't know" without a worth is left out of the score."""
    path = path_of(document, problem.where)
    is_choice = problem.code == "no_maturity" and len(path) == len(problem.where) and path[-2:-1] == ("choices",)
    if not is_choice:
        return ()
    value = str(find(document, path).get("value", ""))
    return (set_((*path, "unknown"), True),) if value in ("unknown", "dont_know", "not_known", "i_don_t_know") else ()
