"""The codes of every problem the product can tell, read from the code itself.

A code is the literal text given for the parameter `code`, or to one of the three things that carry one.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache

from tests.conventions.checkout import python_files, tree

# Name of what is called -> position of the code.
CARRIERS = {"Problem": 0, "EditError": 0, "Mistake": 0, "PydanticCustomError": 0}


@cache
def codes() -> dict[str, str]:
    """Code -> the first place that tells it."""
    tellers = dict(CARRIERS)
    found: dict[str, str] = {}
    for name, function in _tellers():
        names = [argument.arg for argument in function.args.args if argument.arg not in ("self", "cls")]
        tellers[function.name] = names.index("code")
        defaults = dict(zip(reversed(names), reversed(function.args.defaults), strict=False))
        if "code" in defaults:
            found.update(dict.fromkeys(_literals(defaults["code"]), f"{name}:{function.lineno}"))
    for name in python_files():
        for node in ast.walk(tree(name)):
            if isinstance(node, ast.Call):
                for code in _told(node, tellers):
                    found.setdefault(code, f"{name}:{node.lineno}")
    # What carries several problems through pydantic is not a problem itself.
    found.pop("problems", None)
    return found


def _tellers() -> Iterator[tuple[str, ast.FunctionDef]]:
    """Functions that are given a code and a message, with their file."""
    for name in python_files():
        for node in ast.walk(tree(name)):
            if isinstance(node, ast.FunctionDef) and {"code", "message"} <= {entry.arg for entry in node.args.args}:
                yield name, node


def _told(call: ast.Call, tellers: dict[str, int]) -> Iterator[str]:
    called = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    # A log line names its event alone; a problem also says what is wrong.
    if called not in tellers or len(call.args) < 2:
        return
    given = [keyword.value for keyword in call.keywords if keyword.arg == "code"]
    given += call.args[tellers[called] : tellers[called] + 1]
    for value in given:
        yield from _literals(value)


def _literals(value: ast.expr) -> Iterator[str]:
    """A literal, or one of two."""
    if isinstance(value, ast.IfExp):
        yield from _literals(value.body)
        yield from _literals(value.orelse)
    elif isinstance(value, ast.Constant) and isinstance(value.value, str) and re.fullmatch(r"[a-z_-]+", value.value):
        yield value.value
