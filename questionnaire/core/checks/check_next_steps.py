"""Next steps that leave somebody without one."""

from __future__ import annotations

from questionnaire.core.checks.findings import Notes
from questionnaire.core.survey.survey import Survey


def check_next_steps(notes: Notes, survey: Survey) -> None:
    steps = survey.report.next_step
    if steps and all(step.when is not None for step in steps):
        notes.warning("next_step_gap", ("report", "next_step"), "whom no condition fits is offered no next step",
                      "add a last one without `when`")  # fmt: skip
