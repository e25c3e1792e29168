"""Small files, small functions. Exceptions stand in sizes.json with their size and may only shrink."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator

from tests.conventions.checkout import files, python_files, text, told, tree

FILE, CORE, FUNCTION, TEMPLATE = 300, 200, 40, 120


def _limit(name: str) -> int | None:
    if name.startswith("templates/"):
        return TEMPLATE
    if not name.endswith(".py"):
        return None
    return CORE if name.startswith("questionnaire/core/") else FILE


def _functions(name: str) -> Iterator[tuple[str, int]]:
    for node in ast.walk(tree(name)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{name}::{node.name}", (node.end_lineno or node.lineno) - node.lineno + 1


def _too_large() -> dict[str, tuple[int, int]]:
    """Place -> (lines, limit)."""
    found = {}
    for name in files():
        limit = _limit(name)
        if limit is not None and (lines := text(name).count("\n")) > limit:
            found[name] = (lines, limit)
    for name in [*python_files("questionnaire"), *python_files("tests")]:
        # A revision is a list of tables, written once and never changed.
        if "/migrations/versions/" in name:
            continue
        for place, lines in _functions(name):
            if lines > FUNCTION:
                found[place] = (lines, FUNCTION)
    return found


def _exceptions() -> dict[str, int]:
    return {entry["place"]: entry["lines"] for entry in json.loads(text("tests/conventions/sizes.json"))}


def test_files_functions_and_templates_are_small() -> None:
    allowed = _exceptions()
    wrong = [
        f"{place}: {lines} lines, {allowed.get(place, limit)} at most"
        for place, (lines, limit) in sorted(_too_large().items())
        if lines > allowed.get(place, limit)
    ]
    assert not wrong, told(wrong)


def test_exceptions_only_shrink() -> None:
    large = _too_large()
    wrong = [
        f"{place}: now {large[place][0] if place in large else 'small enough'}; lower or remove it in sizes.json"
        for place, lines in sorted(_exceptions().items())
        if place not in large or large[place][0] < lines
    ]
    assert not wrong, told(wrong)
