"""What must be true of an example besides its answers, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from questionnaire.core.checks.check_context import CAMPAIGNS
from questionnaire.core.checks.field_variables import CLAIMED
from questionnaire.core.checks.moments import Moment
from questionnaire.core.scoring.collect_evidence import COMPLETED
from questionnaire.core.scoring.evidence import ResponseEvidence


def counting_signals(filled: ResponseEvidence, moment: Moment) -> list[str]:
    """The signals of the answers that still count."""
    items = filled.survey.items
    emitted = [COMPLETED, *(signal for name, value in filled.answers.items() for signal in items[name].emits(value))]
    return [signal for signal in emitted if signal not in moment.silent]


def conditions_in_words(choices: Mapping[str, Any], filled: ResponseEvidence, moment: Moment) -> tuple[str, ...]:
    """What must be true of the lead besides its answers, in words."""
    lines: list[str] = []
    emitted = counting_signals(filled, moment)
    for source, value in choices.items():
        kind, _, name = source.partition(":")
        if kind == "signal" and isinstance(value, tuple):
            count = value[0] - emitted.count(name)
            lines += [f"signal {name}" + (f" × {count}" if count > 1 else "")] if count > 0 else []
        elif kind == "claimed":
            lines.append(f"{name} = {value} without a personal link")
        elif (source == "language" or source.startswith(CAMPAIGNS)) and value is not None:
            lines.append(f"{source} {value}")
        elif source.startswith(CLAIMED) and value is not None:
            lines.append(f"{source.removeprefix(CLAIMED)} = {value} without a personal link")
        elif kind == "list" and value:
            lines.append(f"email domain in {name}")
        elif kind in ("duplicate", "customer") and value:
            lines.append(f"a {kind}" + (" in the CRM" if kind == "duplicate" else ""))
        elif kind == "email_kind" and value not in (None, "business"):
            lines.append(f"a {value} email")
        elif kind == "not_now" and value in ("recent", "past"):
            lines.append(f"a {value} “not now”")
        elif kind == "account_owner" and value:
            lines.append(f"account owner {value}")
        elif kind == "verify" and value:
            lines.append("the company called like the person")
    return tuple(lines)
