"""Exit statuses, error output and the Toolbox of a command."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from questionnaire.actions.toolbox import Toolbox
    from questionnaire.core.base.problems import Problem
    from questionnaire.core.brand.theme import Theme

DONE, PROBLEMS, USAGE = 0, 1, 2
# EX_CONFIG of sysexits.h: a restart does not help until an operator has changed something.
CANNOT_START = 78
INTERRUPTED = 130
OUT_OF_PIPE = 141


def print_problems(problems: Iterable[Problem]) -> int:
    """Prints each problem on a line of standard error. Returns PROBLEMS when one of them is an error, else DONE."""
    status = DONE
    for problem in problems:
        print(" ".join(str(problem).split("\n")), file=sys.stderr)
        status = PROBLEMS if problem.is_error else status
    return status


def usage_error(message: str) -> int:
    """Prints a usage error and returns USAGE."""
    print(f"questionnaire: {message}", file=sys.stderr)
    return USAGE


@contextmanager
def open_toolbox() -> Iterator[Toolbox]:
    """Yields the Toolbox of the installation that the settings name. Migrates its database, and closes it at the end.

    Raises bootstrap.StartupError when the settings or the database cannot be used; `main` prints its problems.
    """
    from questionnaire import bootstrap

    settings, _ = bootstrap.settings()
    box = bootstrap.ready_toolbox(settings)
    try:
        yield box
    finally:
        box.database.close()


def surveys_folder() -> Path:
    """Returns the operator's surveys folder, else `./surveys` if it exists, else the bundled samples."""
    from questionnaire.settings import bundle_dir

    configured = os.environ.get("QUESTIONNAIRE_SURVEYS_DIR")
    local = Path("surveys")
    return Path(configured) if configured else local if local.is_dir() else bundle_dir("surveys")


def site_theme() -> Theme | None:
    """Returns the theme of the operator's theme file; None without one that can be read."""
    from questionnaire.library.themes import load_theme

    configured = os.environ.get("QUESTIONNAIRE_THEME_FILE")
    return load_theme(Path(configured))[0] if configured else None
