"""Sample people and what became of them, so that every page of the demo has something to show.

Law: nothing here knows a rule of the field. People answer through `intake.accept` like anybody else; what reps do is
written as the events it would be, and what follows from a rejection is read from the policy.
"""

from __future__ import annotations

from questionnaire.demo.seed import seed

__all__ = ["seed"]
