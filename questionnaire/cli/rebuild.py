"""`questionnaire rebuild`: recomputes from the events what lists, filters and the search have of the leads."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from questionnaire.cli.terminal import DONE, PROBLEMS, open_toolbox

HELP = "derive stage, owner, scores, deadline, counts and search again from the events, and the counts of surveys"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--check", action="store_true", help="only compare; exit status 1 when something differs")
    parser.add_argument("--after", default="", metavar="LEAD", help="continue after this lead")


def run(arguments: argparse.Namespace) -> int:
    from questionnaire.actions.assessing import rebuild

    with open_toolbox() as box:
        compared = different = 0
        batches = rebuild.compare(box, arguments.after) if arguments.check else rebuild.rebuild(box, arguments.after)
        for batch in batches:
            compared += batch.leads
            different += len(batch.differences)
            for lead_id, columns in batch.differences.items():
                print(f"{lead_id}  {_changes(columns)}")
            if sys.stderr.isatty() and batch.last:
                print(f"{_leads(compared)} compared, up to {batch.last}", end="\r", file=sys.stderr, flush=True)
        counts = rebuild.wrong_counts(box, correct=not arguments.check)
        for cell, (stored, counted) in counts.items():
            print(f"count of {' · '.join(word or '-' for word in cell)}: {stored} → {counted}")
        visits = rebuild.wrong_visit_counts(box, box.now(), correct=not arguments.check)
        for (survey, day), (before, after) in visits.items():
            print(f"starts and completions of {survey}, {day}: {_pair(before)} → {_pair(after)}")
    return _report(compared, different, len(counts) + len(visits), only_compared=arguments.check)


def _report(compared: int, different: int, counts: int, *, only_compared: bool) -> int:
    if not different and not counts:
        print(f"{_leads(compared)} compared: each agrees with its events.")
        return DONE
    if only_compared:
        what = f"{different} of {_leads(compared)} differ from their events" if different else "The counts are wrong"
        print(f"{what}. To correct them: questionnaire rebuild")
        return PROBLEMS
    if different:
        print(f"{different} of {_leads(compared)} differed from their events and were corrected.")
    else:
        print("The counts of lists were corrected.")
    return DONE


def _pair(numbers: tuple[int, int]) -> str:
    return f"{numbers[0]}, {numbers[1]}"


def _leads(number: int) -> str:
    return "1 lead" if number == 1 else f"{number} leads"


def _changes(columns: Mapping[str, tuple[Any, Any]]) -> str:
    """Returns `stage: lost → mql, owner: - → lena`: the value in the row, then the value according to the events."""
    return ", ".join(f"{name}: {_value(row)} → {_value(events)}" for name, (row, events) in columns.items())


def _value(value: Any) -> str:
    if value is None:
        return "-"
    return value.isoformat(timespec="seconds") if isinstance(value, datetime) else str(value)
