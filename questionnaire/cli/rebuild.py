"""`questionnaire rebuild`: what lists and filters show of a lead is derived again from its events."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from questionnaire.cli.terminal import DONE, PROBLEMS, open_toolbox

HELP = "derive stage, owner, scores and deadline of the leads again from their events"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--check", action="store_true", help="only compare; exit status 1 when something differs")


def run(arguments: argparse.Namespace) -> int:
    from questionnaire.actions.assessing import rebuild

    with open_toolbox() as box:
        compared = different = 0
        for batch in rebuild.compare(box) if arguments.check else rebuild.rebuild(box):
            compared += batch.leads
            different += len(batch.differences)
            for lead_id, columns in batch.differences.items():
                print(f"{lead_id}  {_changes(columns)}")
        if not different:
            print(f"{_leads(compared)} compared: each agrees with its events.")
            return DONE
        if arguments.check:
            print(f"{different} of {_leads(compared)} differ from their events. To correct them: questionnaire rebuild")
            return PROBLEMS
        print(f"{different} of {_leads(compared)} differed from their events and were corrected.")
        return DONE


def _leads(number: int) -> str:
    return "1 lead" if number == 1 else f"{number} leads"


def _changes(columns: Mapping[str, tuple[Any, Any]]) -> str:
    """`stage: lost → mql, owner: - → lena`: what the row says, then what the events say."""
    return ", ".join(f"{name}: {_value(row)} → {_value(events)}" for name, (row, events) in columns.items())


def _value(value: Any) -> str:
    if value is None:
        return "-"
    return value.isoformat(timespec="seconds") if isinstance(value, datetime) else str(value)
