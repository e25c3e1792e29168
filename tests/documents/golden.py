"""Snapshots under tests/golden/: compared, or written anew with REWRITE_GOLDEN=1 (then look at the difference)."""

from __future__ import annotations

import os
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "golden"


def check(name: str, text: str) -> None:
    path = FOLDER / name
    if os.environ.get("REWRITE_GOLDEN"):
        path.write_text(text, encoding="utf-8")
    assert path.is_file(), f"{name} is missing: run once with REWRITE_GOLDEN=1"
    assert text == path.read_text(encoding="utf-8"), f"{name} differs: REWRITE_GOLDEN=1 writes it anew"
