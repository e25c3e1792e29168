"""The documented JSON of an assessment."""

from __future__ import annotations

import json
from typing import Any

from questionnaire.core.cases import conclude
from questionnaire.library.domains import known_domains
from tests.cast import anna, example_policy

# Copied from the documentation: names and their order are stable.
DOCUMENTED = {
    "name": None,
    "survey": {"id": None, "version": None},
    "policy": {"id": None, "version": None},
    "at": None,
    "fit": {
        "score": None, "max": None, "grade": None, "completeness": {"known": None, "of": None},
        "contributions": [{"criterion": None, "level": None, "points": None, "source": None}],
    },
    "intent": {
        "score": None, "max": None, "rank": None, "groups": [{"group": None, "raw": None, "capped": None}],
        "signals": [{"signal": None, "count": None, "points": None, "strength": None, "source": None}],
    },
    "timing": {
        "score": None, "max": None, "level": None,
        "contributions": [{"criterion": None, "level": None, "points": None, "source": None}],
    },
    "label": None,
    "total": None,
    "checklist": [{"id": None, "state": None, "evidence": None}],
    "verdict": {"stage": None, "reason": None, "until": None, "to": None, "why": None},
    "route": {"rule": None, "pool": None, "rep": None, "queue": None, "why": None},
    "first_contact_due": None,
    "maturity": {
        "overall": None, "shown": None, "band": None,
        "dimensions": {
            name: {"value": None, "shown": None} for name in ("definitions", "scoring", "speed", "feedback")
        },
        "order": [None],
    },
    "next_step": None,
    "content_blocks": [],
    "calculated": {},
    "segment": None,
    "ending": None,
}  # fmt: skip


def _told() -> dict[str, Any]:
    return conclude(anna(), example_policy(), known_domains()).transcript


def _shape(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _shape(item) for key, item in value.items()}
    return [_shape(one) for one in value[:1]] if isinstance(value, list) else None


def test_names_and_their_order_are_as_documented() -> None:
    assert json.dumps(_shape(_told())) == json.dumps(DOCUMENTED)


def test_values_are_as_documented() -> None:
    told = _told()
    assert told["fit"]["contributions"][0] == {
        "criterion": "size", "level": "core", "points": 15, "source": "answer employees = 50_199",
    }  # fmt: skip
    assert told["intent"]["groups"][1] == {"group": "web", "raw": 20, "capped": 20}
    assert told["maturity"]["overall"] == 26.666667
    assert told["maturity"]["dimensions"]["definitions"] == {"value": 33.333333, "shown": 33}
    assert told["maturity"]["dimensions"]["feedback"] == {"value": 0, "shown": 0}
    assert told["first_contact_due"] == "2026-10-05T09:30:00+02:00"
    assert json.loads(json.dumps(told)) == told
