"""One thing has one name: every code has one label in core/base/labels.py, and no other module has a table of them."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from questionnaire.actions.handoff.notifications import REPORT
from questionnaire.actions.handoff.staff_messages import STAFF_MESSAGES
from questionnaire.actions.views import SORTS
from questionnaire.core.base import labels
from questionnaire.core.base.conditions import FACTS
from questionnaire.core.base.roles import Role
from questionnaire.core.base.stage import VERDICTS, Stage
from questionnaire.core.base.translation import ENGLISH
from questionnaire.core.delivery.suppression import SuppressionReason
from questionnaire.storage.tables.delivery import DELIVERY_STATES
from questionnaire.storage.tables.leads import EVENT_KINDS
from tests.cast import example_policy

PACKAGE = Path(labels.__file__).parents[2]
POLICY = example_policy()
GROUPS = {rule.group for rule in POLICY.intent.signals.values() if rule.group}
OTHER_SIGNALS = {"free_trial_start"}
"""Standard signals that the sample policy gives no points for."""
TABLES: Mapping[str, tuple[Mapping[str, str], Iterable[str]]] = {
    "stage": (labels.STAGES, Stage),
    "role": (labels.ROLES, Role),
    "event": (labels.EVENTS, EVENT_KINDS),
    "notification": (labels.NOTIFICATIONS, (REPORT, *STAFF_MESSAGES)),
    "mail state": (labels.MAIL_STATES, (*DELIVERY_STATES, "sending", "dead")),
    "suppression reason": (labels.SUPPRESSION_REASONS, SuppressionReason),
    "sort order": (labels.SORTS, SORTS),
    "signal": (labels.SIGNALS, POLICY.intent.signals),
    "group of signals": (labels.GROUPS, GROUPS),
    "strength": (labels.STRENGTHS, ("strong", "medium", "weak")),
    "heat": (labels.HEAT, ("hot", "warm", "cold")),
    "fact": (labels.FACTS, set(FACTS) - {"icp"}),
}


@pytest.mark.parametrize("kind", TABLES)
def test_every_code_has_exactly_one_label(kind: str) -> None:
    table, codes = TABLES[kind]
    assert set(table) - OTHER_SIGNALS == {str(code) for code in codes}
    assert len(set(table.values())) == len(table), "two codes share a label"


def test_every_standard_criterion_has_exactly_one_label() -> None:
    assert set(labels.CRITERIA) >= set(POLICY.criteria)
    assert len(set(labels.CRITERIA.values())) == len(labels.CRITERIA)
    assert set(labels.LEVELS) <= set(labels.CRITERIA)


def test_every_checklist_item_of_the_standard_policy_has_a_label() -> None:
    assert {box.text.say("en") for box in POLICY.checklist} <= set(labels.CHECKLIST)
    assert set(labels.CHECKLIST.values()) <= set(labels.CHECKLIST), "a policy may write the label itself"


def test_a_code_of_an_author_is_shown_without_underscores() -> None:
    assert labels.heading(labels.CRITERIA, "data_quality", ENGLISH) == "Data quality"
    assert labels.signal_name("booth_visit", ENGLISH) == "booth visit"


def test_a_verdict_is_a_stage_of_the_funnel() -> None:
    assert len(VERDICTS) == len(set(VERDICTS)) == 7


def _labelled(path: Path) -> Iterable[tuple[int, set[str]]]:
    """Line and keys of each dict whose values are labels: marked for translation, without placeholders."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Dict):
            yield (
                node.lineno,
                {
                    str(ast.literal_eval(key))
                    for key, value in zip(node.keys, node.values, strict=True)
                    if isinstance(key, ast.Constant)
                    and isinstance(value, ast.Call)
                    and getattr(value.func, "id", "") in ("later", "words", "gettext_noop", "_")
                    and "%(" not in ast.unparse(value)
                },
            )


def test_no_other_module_has_a_table_of_labels() -> None:
    codes = [set(table) for table, _ in TABLES.values()] + [set(labels.CRITERIA), *map(set, labels.LEVELS.values())]
    second = [
        f"{path.relative_to(PACKAGE)}:{line} labels {', '.join(sorted(keys & known))}: use core/base/labels.py"
        for path in sorted(PACKAGE.rglob("*.py"))
        if path != Path(labels.__file__)
        for line, keys in _labelled(path)
        for known in codes
        if len(keys & known) > 1
    ]
    assert second == []
