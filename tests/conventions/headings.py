"""What a person can type, set, ask or be told, and the page of the docs with a heading for each."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from questionnaire.cli import make_parser
from questionnaire.core.base.conditions import FACTS
from questionnaire.core.delivery.webhook_events import EVENT_TYPES, TEST
from questionnaire.core.survey.questions import REGISTRY
from questionnaire.settings import setting_names
from questionnaire.storage.tables.leads import EVENT_KINDS
from tests.conventions.checkout import text
from tests.conventions.codes import codes


def commands(parser: argparse.ArgumentParser, before: str = "") -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Every command that does something, with its parser: "run", "user add"."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, below in action.choices.items():
                inner = list(commands(below, f"{before}{name} "))
                yield from inner or [(before + name, below)]


PAGES: Mapping[str, Callable[[], Iterable[str]]] = {
    "commands.md": lambda: [name for name, _ in commands(make_parser())],
    "settings.md": setting_names,
    "events.md": lambda: EVENT_KINDS,
    "questions.md": lambda: REGISTRY,
    "facts.md": lambda: FACTS,
    "problems.md": codes,
    "webhooks.md": lambda: (TEST, *EVENT_TYPES),
}
"""Page of docs/ -> the names that have a heading there, and no others."""


def lacks_of_page(page: str) -> list[str]:
    """What one page lacks, or describes without there being such a thing."""
    names, found = set(PAGES[page]()), _headings(page)
    wrong = [f"docs/{page} has no heading for `{name}`" for name in sorted(names - found)]
    return wrong + [f"docs/{page} has a heading for `{name}`, which does not exist" for name in sorted(found - names)]


def _headings(page: str) -> set[str]:
    """Words set as code in the headings of a page: `### `run`` gives run."""
    lines = re.findall(r"^#{2,4} +(.+)$", text(f"docs/{page}"), re.MULTILINE)
    return {word for line in lines for word in re.findall(r"`([^`]+)`", line)}
