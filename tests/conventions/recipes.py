"""A toy for each recipe of CONTRIBUTING.md: first half-added, then whole, and a look at what came of it.

The edits are made in a copy of the project by test_contributing.py, which also runs `python -m
tests.conventions.recipes` there: it prints what the half-added toys lack and which of the whole ones cannot be seen.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping

from tests.conventions.toy_parts import PARTS, TOY_FOLDER
from tests.conventions.toy_questions import QUESTIONS
from tests.conventions.toys import Toy

RECIPES: Mapping[str, Toy] = {**QUESTIONS, **PARTS}
"""The first words of a row in CONTRIBUTING.md -> its toy."""

NOT_TRIED = frozenset({"a channel", "a module", "a dependency"})
"""Rows without a toy here."""


def unseen() -> list[str]:
    """The recipes whose toy cannot be seen, with what went wrong."""
    wrong = []
    for name, toy in RECIPES.items():
        try:
            seen = toy.look()
        except Exception as error:  # noqa: BLE001 (every toy is looked at)
            wrong.append(f"{name}: {type(error).__name__}: {error}")
        else:
            wrong += [] if seen else [f"{name}: its toy cannot be seen"]
    return wrong


if __name__ == "__main__":
    from questionnaire.cli import main
    from tests.conventions.lacking import everything

    print("\n".join(everything()))
    if "--look" in sys.argv:
        print("\n".join(unseen()))
    else:
        main(["check", str(TOY_FOLDER)])
