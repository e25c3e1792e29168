"""The files of the project as a newcomer would see them: tracked or about to be, never what tools made."""

from __future__ import annotations

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@cache
def files() -> tuple[str, ...]:
    """Paths from the root, with forward slashes, sorted."""
    command = ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout.decode()
    return tuple(sorted(name for name in listed.split("\0") if name and (ROOT / name).is_file()))


def python_files(folder: str = "questionnaire") -> list[str]:
    return [name for name in files() if name.startswith(f"{folder}/") and name.endswith(".py")]


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@cache
def tree(name: str) -> ast.Module:
    return ast.parse(text(name), name)


def told(wrong: list[str]) -> str:
    """All findings at once, one a line."""
    return "\n  " + "\n  ".join(wrong)
