"""Random edits of random places, as two people at work might make them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from random import Random
from typing import Any

from questionnaire.core.editing.edit import Edit, add, move, remove, rename, retype, set_
from questionnaire.core.editing.mentions import uses
from questionnaire.core.editing.paths import Document, Path, find, identities, items_of, part_at, structure_of
from questionnaire.core.editing.structure import Part, below
from questionnaire.core.survey.questions import TYPES
from tests.authored import SURVEYS, authored_file
from tests.core.checks.small_surveys import a_survey_document

FILES = tuple(sorted(str(file.relative_to(SURVEYS)) for file in SURVEYS.rglob("*.yaml")))


def a_document(random: Random) -> Any:
    """One of the sample files, or a small random survey."""
    return authored_file(random.choice(FILES)) if random.random() < 0.5 else a_survey_document(random)


def places(value: Any, part: Part, path: Path = ()) -> Iterator[Path]:
    """Every place of a document below `value`."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield (*path, key)
            yield from places(inner, below(part, key, value), (*path, key))
    elif isinstance(value, list):
        for step, inner in zip(identities(value, part), value, strict=True):
            yield (*path, step)
            yield from places(inner, below(part, step, value), (*path, step))


def an_edit(random: Random, document: Document, author: str) -> Edit:
    every = [path for path in places(document, structure_of(document)) if path != ("schema",)]
    lists = [path for path in every if isinstance(find(document, path), list)]
    path = random.choice(every)
    kind = random.choice(["set", "set", "key", "add", "remove", "move", "rename", "rename", "retype"])
    if kind == "key":
        return set_((*path, f"note_{author}"), author)
    if kind == "add" and lists:
        return _addition(random, document, random.choice(lists), author)
    if kind == "move" and lists:
        return _movement(random, document, lists)
    if kind == "rename":
        return rename(random.choice([use.path for use in uses(document) if use.defines] or [path]), f"name_{author}")
    if kind == "retype":
        questions = [path for path in every if path[-2:-1] == ("questions",)]
        return retype(random.choice(questions or [path]), random.choice(TYPES))
    return remove(path, anyway=random.random() < 0.5) if kind == "remove" else set_(path, f"text of {author}")


def _addition(random: Random, document: Document, path: Path, author: str) -> Edit:
    items, part = find(document, path), part_at(document, path)
    before = random.choice([None, *identities(items, part)])
    item = random.choice(items) if items else author
    named = items_of(part)
    if named is not None and isinstance(item, Mapping):
        item = {**item, named.key: f"new_{author}"}
    return add(path, item, before)


def _movement(random: Random, document: Document, lists: list[Path]) -> Edit:
    source = random.choice([path for path in lists if find(document, path)] or lists)
    near = [path for path in lists if path[-1:] == source[-1:]]
    target = random.choice([source, source, *near])
    steps = identities(find(document, source), part_at(document, source))
    others = identities(find(document, target), part_at(document, target))
    return move((*source, random.choice(steps or [0])), target, random.choice([None, *others]))
