"""`questionnaire due`: computes the SLA due time on a calendar of a policy."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from questionnaire.cli.terminal import DONE, PROBLEMS, print_problems, usage_error

HELP = "say when a promise runs out on a calendar"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--policy", required=True, metavar="FILE", help="the policy that holds the calendar")
    parser.add_argument("--calendar", required=True, metavar="NAME", help="its name in `calendars`")
    parser.add_argument(
        "--from", required=True, dest="start", metavar="ISO",
        help="2026-10-02T17:30 in the calendar's zone, or with an offset",
    )  # fmt: skip
    parser.add_argument("--within", required=True, metavar="TIME", help="30m, 1h, 4bh (business hours), 2bd (days)")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how it is printed")


def run(arguments: argparse.Namespace) -> int:
    from questionnaire.core.base.problems import did_you_mean
    from questionnaire.core.handoff.sla import NeverOpen, SlaTime, due_view, parse_start
    from questionnaire.library.load import load_policy

    policy, problems = load_policy(Path(arguments.policy))
    if print_problems(problems) or policy is None:
        return PROBLEMS
    calendar = policy.value.calendars.get(arguments.calendar)
    if calendar is None:
        hint = did_you_mean(arguments.calendar, policy.value.calendars)
        return usage_error(f"the policy has no calendar `{arguments.calendar}` — {hint}")
    try:
        start, within = parse_start(arguments.start, calendar), SlaTime.parse(arguments.within)
    except ValueError as error:
        return usage_error(str(error))
    try:
        view = due_view(calendar, start, within, policy.value.sla.warn_at)
    except (NeverOpen, OverflowError) as error:
        return usage_error(str(error))
    if arguments.format == "json":
        print(json.dumps(view))
    else:
        shares = [f"{float(share * 100):g} %" for share in policy.value.sla.warn_at]
        print(f"due   {view['due']}")
        for share, warn_time in zip(shares, view["warn"], strict=True):
            print(f"warn  {warn_time}  ({share})")
    return DONE
