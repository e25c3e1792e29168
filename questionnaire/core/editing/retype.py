"""Changes the type of a question and keeps what the new type can use."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args

from questionnaire.core.base.problems import did_you_mean
from questionnaire.core.editing.edit import Change, remove, set_
from questionnaire.core.editing.paths import Document, EditError, Path, Step, find, identities, part_at
from questionnaire.core.editing.structure import Items
from questionnaire.core.survey.choice_sets import resolve_sets
from questionnaire.core.survey.questions import REGISTRY, Question

_TEXTS = ("text", "title")


def retype_edits(document: Document, path: Path, type_: str) -> Change:
    """The edits that a change of type consists of. Raises EditError."""
    question = find(document, path)
    part = part_at(document, path[:-1])
    is_question = isinstance(part, Items) and part.kind == "answer" and isinstance(question, Mapping)
    if not is_question or path[-2:-1] != ("questions",):
        raise EditError("not_a_question", path, "only a question has a type to change", "choose a question")
    if type_ not in REGISTRY:
        raise EditError("unknown_type", path, f"`{type_}` is not a type", did_you_mean(type_, REGISTRY))
    going = lost(document, path, type_)
    kind = set_((*path, "type"), type_, next((key for key in question if key != "name"), None))
    return (kind, *(remove(place, anyway=True) for place in going))


def lost(document: Document, path: Path, type_: str) -> tuple[Path, ...]:
    """The places below a question that its new type has no use for: they go when its type changes."""
    question = find(document, path)
    fields = _keys(REGISTRY[type_])
    below = [key for key in question if key not in fields and key != "type"]
    choices = question.get("choices")
    found: list[Path] = [(*path, key) for key in below]
    if "choices" in fields and isinstance(choices, list):
        known = _choice_keys(REGISTRY[type_])
        for number, choice in enumerate(choices):
            step = _step(document, (*path, "choices"), number)
            extra = [key for key in choice if key not in known] if isinstance(choice, Mapping) else []
            found += ((*path, "choices", step, key) for key in extra)
    return (*found, *_unreadable(document, path, type_, found))


def _step(document: Document, path: Path, number: int) -> Step:
    return identities(find(document, path), part_at(document, path))[number]


def _keys(kind: type[Question]) -> frozenset[str]:
    return frozenset(info.alias or name for name, info in kind.model_fields.items())


def _choice_keys(kind: type[Question]) -> frozenset[str]:
    """The keys of a choice of this type."""
    item = get_args(kind.model_fields["choices"].annotation)[0]
    return frozenset(info.alias or name for name, info in item.model_fields.items())


def _unreadable(document: Document, path: Path, type_: str, going: list[Path]) -> list[Path]:
    """Keys that the new type has, but with other values, such as the choices of a yes_no question."""
    question = {key: value for key, value in find(document, path).items() if (*path, key) not in going}
    extra = {place[-1] for place in going}
    if isinstance(question.get("choices"), list):
        question["choices"] = [
            {key: value for key, value in choice.items() if key not in extra} if isinstance(choice, Mapping) else choice
            for choice in question["choices"]
        ]
    sets = {"choice_sets": document.get("choice_sets", {}), "pages": [{"questions": [{**question, "type": type_}]}]}
    candidate = resolve_sets(sets)["pages"][0]["questions"][0]
    own = _keys(REGISTRY[type_]) - set(Question.model_fields) - {"type"}
    _, problems = REGISTRY[type_].from_raw(_worded(candidate))
    wrong = [problem.where[0] for problem in problems if problem.where] or [
        key for key in question if problems and key in own
    ]
    return [(*path, str(key)) for key in dict.fromkeys(wrong) if key in own and key in question]


def _worded(value: Any, key: str = "") -> Any:
    """The value with words wherever a text is still to be written: that is no reason to lose it."""
    if isinstance(value, Mapping):
        # Texts by language stand under a language, those of one language under their key.
        return {name: _worded(inner, key if key in _TEXTS else str(name)) for name, inner in value.items()}
    if isinstance(value, list):
        return [_worded(inner) for inner in value]
    return "…" if value == "" and key in _TEXTS else value
