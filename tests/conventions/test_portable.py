"""The repository speaks of the product alone and works wherever it is cloned."""

from __future__ import annotations

import re

from tests.conventions.checkout import files, text, told

BINARY = (".xz", ".ttf", ".png", ".jpg", ".pdf", ".ico", ".woff2", ".mo")
MACHINE = re.compile(r"(?<![A-Za-z0-9_.-])/(root|work|home/[a-z]+|Users/[A-Za-z]+|tmp/[a-z]+)/")


def _readable() -> list[str]:
    return [name for name in files() if not name.endswith(BINARY) and not name.startswith("tests/golden/")]


def test_no_path_of_a_machine_is_written_down() -> None:
    wrong = []
    for name in _readable():
        for number, line in enumerate(text(name).split("\n"), start=1):
            if found := MACHINE.search(line):
                wrong.append(f"{name}:{number}: {found[0]}")
    assert not wrong, told(wrong)


def test_packages_are_locked_to_the_public_index() -> None:
    sources = set(re.findall(r'source = \{ registry = "([^"]+)"', text("uv.lock")))
    assert sources == {"https://pypi.org/simple"}


def test_text_files_end_with_a_line_break_and_have_no_carriage_returns() -> None:
    wrong = []
    for name in _readable():
        content = text(name)
        if content and not content.endswith("\n"):
            wrong.append(f"{name}: the last line has no line break")
        if "\r" in content:
            wrong.append(f"{name}: has carriage returns")
    assert not wrong, told(wrong)
