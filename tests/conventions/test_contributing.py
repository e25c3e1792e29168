"""The recipes of CONTRIBUTING.md are true: each is followed with a toy in a copy of the project."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conventions.checkout import ROOT, files, text, told
from tests.conventions.recipes import NOT_TRIED, RECIPES

NOT_COPIED = (".github/", "docs/pictures/", "static/fonts/", "tests/golden/", "tests/proof/", "tests/bench/")


def _rows() -> Iterator[tuple[str, str]]:
    """The rows of the table of recipes: what is added, and what is touched for it."""
    table = text("CONTRIBUTING.md").partition("| to add … | touch |")[2].partition("\n\n")[0]
    for line in table.splitlines()[2:]:
        added, touched = line.strip("| ").split(" | ", 1)
        yield added, touched


def test_every_recipe_has_a_toy() -> None:
    named = {added for added, _ in _rows()}
    assert named == {*RECIPES, *NOT_TRIED}


@pytest.mark.parametrize("recipe", RECIPES)
def test_a_recipe_names_every_file_it_takes(recipe: str) -> None:
    rows = dict(_rows())
    touched = rows[recipe]
    if recipe.startswith("…"):
        touched += rows["a question type on a known control"]
    patterns = [re.sub(r"<[a-z]+>|\{[^}]*\}", "[^/]+", word) for word in re.findall(r"`([^`]+)`", touched)]
    wrong = [path for path in RECIPES[recipe].paths if not any(re.match(pattern, path) for pattern in patterns)]
    assert not wrong, told([f"CONTRIBUTING.md does not name {path} for {recipe}" for path in wrong])


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project as a newcomer has it, without what no recipe needs."""
    root = tmp_path_factory.mktemp("copy")
    for name in files():
        if not name.startswith(NOT_COPIED):
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, root / name)
    subprocess.run(["git", "init", "-q"], cwd=root, check=True)
    return root


def _said(copy: Path, *arguments: str) -> str:
    """What the checks print in the copy, line by line."""
    command = [sys.executable, *arguments]
    # Each file is compiled once for the three commands; edits change its size, or come seconds later.
    environment = {**os.environ, "PYTHONPATH": str(copy)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    done = subprocess.run(command, cwd=copy, env=environment, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def test_a_half_added_thing_is_told_what_it_lacks_and_a_whole_one_is_seen(copy: Path) -> None:
    for toy in RECIPES.values():
        for edit in toy.half:
            edit.apply(copy)
    said = _said(copy, "-m", "tests.conventions.recipes")
    missing = [f"{name}: {line}" for name, toy in RECIPES.items() for line in toy.lacks if line not in said]
    assert not missing, told([*missing, "but it said:", *said.splitlines()])
    for toy in RECIPES.values():
        for edit in toy.rest:
            edit.apply(copy)
    said = _said(copy, "-m", "tests.conventions.recipes", "--look")
    wrong = [line for line in said.splitlines() if line]
    assert not wrong, told(wrong)
    # No recipe takes a line in the contracts that it does not name.
    contracts = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    said = _said(copy, "-c", contracts)
    assert "0 broken" in said, said
