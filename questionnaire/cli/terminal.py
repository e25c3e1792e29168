"""Exit statuses, and what is said on standard error."""

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

DONE, PROBLEMS, USAGE = 0, 1, 2
# EX_CONFIG of sysexits.h: starting the same again is of no use before somebody has changed something.
UNFIT = 78
INTERRUPTED = 130
OUT_OF_PIPE = 141


def complain(problems: Iterable[Problem]) -> int:
    """Each problem on a line of its own. PROBLEMS when one of them is an error, else DONE."""
    status = DONE
    for problem in problems:
        print(" ".join(str(problem).split("\n")), file=sys.stderr)
        status = PROBLEMS if problem.is_error else status
    return status


def misused(message: str) -> int:
    """Says how the command is meant."""
    print(f"questionnaire: {message}", file=sys.stderr)
    return USAGE


@contextmanager
def open_toolbox() -> Iterator[Toolbox]:
    """The toolbox of the installation that the settings name, with its database migrated; closed at the end.

    bootstrap.Unfit when the settings or the database stand in the way; `main` prints its problems.
    """
    from questionnaire import bootstrap

    found, _ = bootstrap.settings()
    box = bootstrap.ready_toolbox(found)
    try:
        yield box
    finally:
        box.database.close()


def surveys_folder() -> Path:
    """The operator's folder of surveys, else `surveys` where one stands, else the samples that ship."""
    from questionnaire.settings import bundle_dir

    named = os.environ.get("QUESTIONNAIRE_SURVEYS_DIR")
    here = Path("surveys")
    return Path(named) if named else here if here.is_dir() else bundle_dir("surveys")
