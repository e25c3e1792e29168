"""A wheel carries templates, static files and sample surveys, and runs outside the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

from tests.conventions.checkout import ROOT, files

SHIPPED = ("templates/", "static/", "surveys/", "docs/")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    (built,) = WheelBuilder(str(ROOT)).build(directory=str(folder), versions=["standard"])
    return Path(built)


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("installed")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def _run(installed: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """The command line as installed, in an empty folder; dependencies come from the environment of the tests."""
    start = "import sys; from questionnaire.cli import main; sys.exit(main(sys.argv[1:]))"
    environment = {**os.environ, "PYTHONPATH": str(installed), "PYTHONSAFEPATH": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    empty = installed.parent
    return subprocess.run(
        [sys.executable, "-c", start, *words], cwd=empty, env=environment, capture_output=True, text=True, timeout=600
    )


def test_a_wheel_carries_everything_the_product_reads(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        inside = set(archive.namelist())
    wanted = {f"questionnaire/_bundle/{name}" for name in files() if name.startswith(SHIPPED)}
    wanted |= {name for name in files() if name.startswith("questionnaire/")}
    assert sorted(wanted - inside) == []
    assert not any(name.startswith("tests/") for name in inside)


def test_a_wheel_reads_its_own_files(installed: Path) -> None:
    ask = "from questionnaire.settings import bundle_dir; print(bundle_dir('surveys'))"
    environment = {**os.environ, "PYTHONPATH": str(installed), "PYTHONSAFEPATH": "1"}
    said = subprocess.run(
        [sys.executable, "-c", ask], cwd=installed.parent, env=environment, capture_output=True, text=True, check=True
    )
    assert Path(said.stdout.strip()) == installed / "questionnaire" / "_bundle" / "surveys"


def test_a_wheel_tells_its_version(installed: Path) -> None:
    from questionnaire import __version__

    said = _run(installed, "--version")
    assert (said.returncode, __version__ in said.stdout) == (0, True), said.stderr


def test_a_wheel_checks_its_sample_surveys(installed: Path) -> None:
    said = _run(installed, "check", str(installed / "questionnaire" / "_bundle" / "surveys" / "features"))
    assert said.returncode == 0, said.stdout + said.stderr
