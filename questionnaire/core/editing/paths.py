"""Places in an authored document. Items of lists are named by their identity where they have one, else by their number.

As text, steps are separated by slashes, numbers begin with `#`: `pages/company/questions/size/choices/50_199/text/en`,
`report/overall/#2/text`. Inside a step `~1` is a slash, `~2` a first `#`, `~3` an empty key and `~0` the tilde itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any, TypeAlias

from questionnaire.core.base.problems import Problem, Where
from questionnaire.core.editing.structure import STRUCTURES, Choices, Items, Part, below

Step: TypeAlias = str | int
Path: TypeAlias = tuple[Step, ...]
Document: TypeAlias = Mapping[str, Any]


class EditError(Exception):
    """An edit that cannot be applied, as a problem for its author."""

    def __init__(self, code: str, path: Path, message: str, hint: str) -> None:
        super().__init__(message)
        self.problem = Problem(code, path, message, hint)


def write_path(path: Path) -> str:
    """The path as text; `read_path` gives the same path back."""
    return "/".join(_write_step(step) for step in path)


def _write_step(step: Step) -> str:
    if isinstance(step, int):
        return f"#{step}"
    text = step.replace("~", "~0").replace("/", "~1")
    return (f"~2{text[1:]}" if text.startswith("#") else text) or "~3"


def read_path(text: str) -> Path:
    return tuple(_read_step(part) for part in text.split("/")) if text else ()


def _read_step(part: str) -> Step:
    if part.startswith("#") and part[1:].isascii() and part[1:].isdecimal():
        return int(part[1:])
    return part.replace("~3", "").replace("~2", "#").replace("~1", "/").replace("~0", "~")


def structure_of(document: Document) -> Part:
    """What is named and mentioned in a document of its kind; an unfinished one is a survey."""
    kind = str(document.get("schema", "")).partition("/")[0]
    return STRUCTURES.get(kind, STRUCTURES["survey"])


def part_at(document: Document, path: Path) -> Part:
    """What the structure says of a place; None of a place without names."""
    value: Any = document
    part = structure_of(document)
    for step in path:
        key = key_of(value, part, step)
        value, part = (None if key is None else value[key]), below(part, step, value)
    return part


def items_of(part: Part) -> Items | None:
    """What is known of the items of a list."""
    return part.items if isinstance(part, Choices) else part if isinstance(part, Items) else None


def identities(items: list[Any], part: Part) -> list[Step]:
    """The step of each item of a list: its identity when no other item has the same, else its number."""
    if items_of(part) is None:
        return list(range(len(items)))
    names = [identity(item, part) for item in items]
    counts = Counter(names)
    return [index if name is None or counts[name] > 1 else name for index, name in enumerate(names)]


def identity(item: Any, part: Part) -> str | None:
    """What names an item of a list; None for an item without a name."""
    named = items_of(part)
    # A document read from JSON has plain mappings; asking for the abstract class costs ten times as much.
    is_mapping = type(item) is dict or isinstance(item, Mapping)
    name = item.get(named.key) if is_mapping and named is not None else None
    return str(name) if isinstance(name, str | int | float) and not isinstance(name, bool) and name != "" else None


def key_of(container: Any, part: Part, step: Step) -> Any:
    """The key or number under which a container holds what `step` names; None when it holds no such thing."""
    if isinstance(container, list):
        if isinstance(step, int):
            return step if 0 <= step < len(container) else None
        found = [number for number, item in enumerate(container) if identity(item, part) == step]
        return found[0] if len(found) == 1 else None
    return step if isinstance(container, Mapping) and step in container else None


def find(document: Document, path: Path) -> Any:
    """What stands at a place. Raises EditError when there is no such place."""
    value: Any = document
    part = structure_of(document)
    for depth, step in enumerate(path):
        key = key_of(value, part, step)
        if key is None:
            raise no_place(path[: depth + 1])
        value, part = value[key], below(part, step, value)
    return value


def no_place(path: Path) -> EditError:
    return EditError(
        "no_such_place", path, f"there is no `{write_path(path)}` any more", "reload the page to see the newest state"
    )


def condition_of(document: Document, path: Path) -> Path:
    """The path of the condition in which a place is; the path itself outside of conditions."""
    holding = (path[:depth] for depth in range(1, len(path)) if part_at(document, path[:depth]) == "condition")
    return next(holding, path)


def has(document: Document, path: Path) -> bool:
    try:
        find(document, path)
    except EditError:
        return False
    return True


def put(document: Document, path: Path, value: Any) -> Any:
    """The document with another value at a place that exists. What does not change is shared with the old document."""
    return _put(document, structure_of(document), path, 0, value)


def _put(container: Any, part: Part, path: Path, depth: int, value: Any) -> Any:
    if depth == len(path):
        return value
    step = path[depth]
    key = key_of(container, part, step)
    if key is None:
        raise no_place(path[: depth + 1])
    inner = _put(container[key], below(part, step, container), path, depth + 1, value)
    if isinstance(container, list):
        return [*container[:key], inner, *container[key + 1 :]]
    return {name: inner if name == key else other for name, other in container.items()}


def path_of(document: Document, where: Where) -> Path:
    """The path of a place that a problem names by the numbers of its items, as far as it exists."""
    value: Any = document
    part = structure_of(document)
    path: list[Step] = []
    for number in where:
        step: Step = number
        if isinstance(value, list) and isinstance(number, int) and number < len(value):
            step = identities(value, part)[number]
        key = key_of(value, part, step)
        if key is None:
            break
        path.append(step)
        value, part = value[key], below(part, step, value)
    return tuple(path)
