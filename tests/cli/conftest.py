"""An installation as a command finds it: named by the environment, with the sample surveys published."""

from __future__ import annotations

from pathlib import Path

import pytest

from questionnaire import bootstrap
from questionnaire.actions.toolbox import Toolbox

KEY = "kJ8s-not-a-secret-0123456789-abcdefghijklmnop"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("installation")
    found, _ = bootstrap.settings({"QUESTIONNAIRE_DATA_DIR": str(made), "QUESTIONNAIRE_SECRET_KEY": KEY})
    bootstrap.prepare(found)
    return made


@pytest.fixture
def installation(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Toolbox:
    monkeypatch.setenv("QUESTIONNAIRE_DATA_DIR", str(folder))
    monkeypatch.setenv("QUESTIONNAIRE_SECRET_KEY", KEY)
    monkeypatch.setenv("QUESTIONNAIRE_PUBLIC_URL", "https://q.example")
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return bootstrap.ready_toolbox(bootstrap.settings()[0])
