"""What every test stands on: no settings of this machine, and examples that do not race a clock."""

from __future__ import annotations

import os

import hypothesis
import pytest
import structlog

# Two processors are shared by many processes: a slow example is not a wrong one.
hypothesis.settings.register_profile("house", deadline=None)
hypothesis.settings.load_profile("house")


@pytest.fixture(autouse=True)
def _settings_of_the_machine_are_not_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.startswith("QUESTIONNAIRE_") or name in ("DATABASE_URL", "SMTP_URL"):
            monkeypatch.delenv(name)


@pytest.fixture(autouse=True)
def _the_log_goes_to_standard_output() -> None:
    """A test before this one may have run a command, which sends the log of its process elsewhere for good."""
    structlog.reset_defaults()
