"""The sample survey alone, with its policy: what most starts of the product need, read ten times sooner than all."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from tests.authored import SURVEYS

SAMPLE = "sales-marketing-alignment"


@cache
def one_survey() -> Path:
    """A folder of surveys with this one, until the process ends."""
    parent = Path(tempfile.mkdtemp(prefix="one-survey-"))
    atexit.register(shutil.rmtree, parent, ignore_errors=True)
    folder = parent / "surveys"
    for part in (SAMPLE, "policies"):
        shutil.copytree(SURVEYS / part, folder / part)
    return folder
