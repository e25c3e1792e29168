"""`questionnaire dropoff`: drop-off of a survey, question by question."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from questionnaire.cli.terminal import DONE, PROBLEMS, open_toolbox, print_problems

if TYPE_CHECKING:
    from questionnaire.core.survey.funnel import Funnel
    from questionnaire.core.survey.survey import Survey

HELP = "say where people leave a survey"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("survey", help="the survey's id")
    parser.add_argument("--version", type=int, help="a version of it (default: the newest)")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how it is printed")


def run(arguments: argparse.Namespace) -> int:
    from questionnaire.actions.respond import resume
    from questionnaire.core.base.problems import Problem

    with open_toolbox() as box:
        result = resume.dropoff(box, arguments.survey, arguments.version)
        if result is None:
            hint = "see the id in its file, and publish it with `questionnaire migrate`"
            name = f"{arguments.survey} {arguments.version or ''}".strip()
            print_problems((Problem("unknown_survey", (arguments.survey,), f"no survey `{name}` is published", hint),))
            return PROBLEMS
        survey, figures = result
        if arguments.format == "json":
            print(json.dumps(_view(survey, figures), ensure_ascii=False))
        else:
            print("\n".join(_lines(survey, figures)))
        return DONE


def _view(survey: Survey, figures: Funnel) -> dict[str, Any]:
    return {
        "survey": {"id": survey.id, "version": survey.version},
        "views": figures.views,
        "started": figures.started,
        "gate": figures.gate,
        "completed": figures.completed,
        "questions": [
            {
                "name": step.name,
                "saw": step.saw,
                "answered": step.answered,
                "left": step.left,
                "dropoff": None if step.dropoff is None else round(float(step.dropoff), 6),
            }
            for step in figures.steps
        ],
    }


def _lines(survey: Survey, figures: Funnel) -> Iterator[str]:
    yield f"{survey.id} v{survey.version}"
    views, started, gate, completed = figures.views, figures.started, figures.gate, figures.completed
    yield f"  {views} views, {started} started, {gate} at the gate, {completed} completed"
    yield f"  {'':<24} {'saw':>7} {'answered':>9} {'left':>6} {'left ÷ saw':>11}"
    for step in figures.steps:
        share = "–" if step.dropoff is None else f"{float(step.dropoff * 100):.0f} %"
        yield f"  {step.name:<24} {step.saw:>7} {step.answered:>9} {step.left:>6} {share:>11}"
