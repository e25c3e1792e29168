"""Sample data of the demo: companies, people, their responses, and the events of their leads.

Law: no business rule is repeated here. Sample people answer through `acceptance.accept` like any respondent. Actions of
reps are stored as the events they would cause. The consequence of a rejection is read from the policy.
"""

from __future__ import annotations

from questionnaire.demo.seed import seed

__all__ = ["seed"]
