"""The texts of the samples as a French reader expects them to be set."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from questionnaire.library.yaml.reader import read_bytes
from tests.conventions.checkout import ROOT

SAMPLES = sorted((ROOT / "surveys").glob("*/*.yaml"))
BREAKABLE = re.compile(r"\S [;:?!»%](?=\s|\W|$)|« ")
"""A space at which a line may end, before a high sign or inside quotation marks."""


def french(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (str(text) for key, text in value.items() if key == "fr" and isinstance(text, str))
        yield from (text for part in value.values() for text in french(part))
    elif isinstance(value, list):
        yield from (text for part in value for text in french(part))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_line_of_french_ends_before_a_high_sign(path: Any) -> None:
    source, problems = read_bytes(path.read_bytes(), path.name)
    assert source is not None, problems
    assert [text for text in french(source.raw) if BREAKABLE.search(text)] == []
