"""Authored files as plain mappings, fresh for each test; each text is read once per process, for that takes long."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from questionnaire.library.yaml.reader import read_bytes
from tests.conventions.checkout import ROOT

SURVEYS = ROOT / "surveys"


def authored(text: str) -> Any:
    """The values of an authored text, which the caller may change."""
    return json.loads(_read(text))


def authored_file(file: Path | str) -> Any:
    """The values of a file, such as `policies/default.yaml` of the sample surveys."""
    return authored((SURVEYS / file).read_text("utf-8"))


@lru_cache(maxsize=256)
def _read(text: str) -> str:
    source, problems = read_bytes(text.encode(), "authored")
    assert source is not None, problems
    return json.dumps(source.raw)
