"""Choice sets: choices that are written once and used by several questions.

`choices: agree5` takes a set as it is; `choices: {set: agree5, with: {never: {flags: [risk]}}}` with other keys for
single choices. The references are resolved before a survey is read, so that a question knows nothing of sets.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from questionnaire.core.base.problems import Problem, Where, did_you_mean
from questionnaire.core.base.texts import LocalizedText
from questionnaire.core.survey.questions.choice import Choice
from questionnaire.core.survey.questions.picture import ImageFile

SHAPE = "write `choices: agree5`, or `choices: {set: agree5, with: {…}}`"


class SharedChoice(Choice):
    """A choice of a set; `image` and `alt` are for questions with pictures."""

    image: ImageFile | None = None
    alt: LocalizedText | None = None


def resolve_sets(raw: Any) -> Any:
    """The survey with the choices of its sets at every question that names one; what names none stays as it is."""
    if not isinstance(raw, Mapping) or not any(_is_reference(holder) for _, holder in _holders(raw)):
        return raw
    sets = _sets(raw)

    def filled(holder: Any) -> Any:
        if not _is_reference(holder):
            return holder
        choices = _choices(holder["choices"], sets)
        return holder if choices is None else {**holder, "choices": choices}

    pages = [
        {**page, "questions": [filled(one) for one in page["questions"]]} if _list_of(page, "questions") else page
        for page in _list_of(raw, "pages")
    ]
    fields = [filled(one) for one in _fields(raw)]
    contact = {"contact": {**raw["contact"], "fields": fields}} if fields else {}
    return {**raw, **({"pages": pages} if pages else {}), **contact}


def place_problems(raw: Any, problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """The problems of a survey that was read, each where its author finds the cause: once, at the set."""
    if not isinstance(raw, Mapping):
        return problems
    references = {where: holder["choices"] for where, holder in _holders(raw) if _is_reference(holder)}
    own = [problem for where, choices in references.items() for problem in _wrong(raw, choices, where)]
    kept = [_placed(problem, references, raw) for problem in problems]
    return tuple(dict.fromkeys([*own, *(problem for problem in kept if problem is not None)]))


def _placed(problem: Problem, references: Mapping[Where, Any], raw: Mapping[str, Any]) -> Problem | None:
    for where, choices in references.items():
        if problem.where[: len(where)] != where:
            continue
        name, changes = _parts(choices)
        if _wrong(raw, choices, where):
            return None
        index, *below = problem.where[len(where) :] or (None,)
        if not isinstance(index, int):
            return problem
        choice = _list_of(_sets(raw), name)[index]
        value = str(choice.get("value")) if isinstance(choice, Mapping) else ""
        changed = next((key for key in changes if str(key) == value), None)
        if changed is not None and below and below[0] in changes[changed]:
            return Problem(problem.code, (*where, "with", changed, *below), problem.message, problem.hint)
        return Problem(problem.code, ("choice_sets", name, index, *below), problem.message, problem.hint)
    return problem


def _wrong(raw: Mapping[str, Any], choices: Any, where: Where) -> list[Problem]:
    """What is wrong with a reference itself."""
    sets, (name, changes) = _sets(raw), _parts(choices)
    if isinstance(choices, Mapping):
        strange = [key for key in choices if key not in ("set", "with")]
        if strange:
            hint = did_you_mean(str(strange[0]), ("set", "with"))
            return [Problem("unknown_key", (*where, strange[0]), f"`{strange[0]}` is not a key here", hint)]
        if not isinstance(choices.get("set"), str) or not isinstance(choices.get("with", {}), Mapping):
            return [Problem("choice_set", where, "a choice set is expected here", SHAPE)]
    if not isinstance(sets.get(name), list | tuple):
        hint = did_you_mean(name, sets, "" if sets else f"add `choice_sets: {{{name}: […]}}`")
        return [Problem("choice_set", where, f"there is no choice set `{name}`", hint)]
    values = [str(one.get("value")) for one in sets[name] if isinstance(one, Mapping)]
    return [
        Problem(
            "choice_set", (*where, "with", key), f"`{key}` is no choice of `{name}`", did_you_mean(str(key), values)
        )
        if str(key) not in values
        else Problem("choice_set", (*where, "with", key), "the keys to change are expected here", SHAPE)
        for key, change in changes.items()
        if str(key) not in values or not isinstance(change, Mapping)
    ]


def _choices(choices: Any, sets: Mapping[str, Any]) -> list[Any] | None:
    """The choices of a reference; None when it cannot be resolved."""
    name, changes = _parts(choices)
    if not isinstance(sets.get(name), list | tuple):
        return None
    by_value = {str(value): change for value, change in changes.items() if isinstance(change, Mapping)}
    return [
        {**choice, **by_value.get(str(choice.get("value")), {})} if isinstance(choice, Mapping) else choice
        for choice in sets[name]
    ]


def _parts(choices: Any) -> tuple[str, Mapping[Any, Any]]:
    if not isinstance(choices, Mapping):
        return str(choices), {}
    changes = choices.get("with")
    return str(choices.get("set")), changes if isinstance(changes, Mapping) else {}


def _holders(raw: Mapping[str, Any]) -> Iterator[tuple[Where, Any]]:
    """Every value that may name a set, with the path of its choices."""
    for number, page in enumerate(_list_of(raw, "pages")):
        for index, question in enumerate(_list_of(page, "questions")):
            yield ("pages", number, "questions", index, "choices"), question
    for index, field in enumerate(_fields(raw)):
        yield ("contact", "fields", index, "choices"), field


def _fields(raw: Mapping[str, Any]) -> list[Any]:
    return _list_of(raw.get("contact"), "fields")


def _list_of(holder: Any, key: str) -> list[Any]:
    found = holder.get(key) if isinstance(holder, Mapping) else None
    return list(found) if isinstance(found, list | tuple) else []


def _sets(raw: Mapping[str, Any]) -> Mapping[str, Any]:
    sets = raw.get("choice_sets")
    return sets if isinstance(sets, Mapping) else {}


def _is_reference(holder: Any) -> bool:
    """Whether `choices` names a set; `a, b` is a list that was written as a text."""
    choices = holder.get("choices") if isinstance(holder, Mapping) else None
    return isinstance(choices, Mapping) or (isinstance(choices, str) and choices.isidentifier())
