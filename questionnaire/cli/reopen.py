"""`questionnaire reopen`: reopens a closed survey to new responses."""

from __future__ import annotations

import argparse

from questionnaire.cli.terminal import DONE, open_toolbox, print_problems

HELP = "open a closed survey again"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("survey", help="the survey's id")


def run(arguments: argparse.Namespace) -> int:
    from questionnaire.actions.publishing import closing

    with open_toolbox() as box:
        closure, problems = closing.reopen(box, arguments.survey, box.now())
        if closure is None:
            return print_problems(problems)
        survey = closure.survey
        if not closure.is_change:
            print(f"{survey.id} was not closed.")
            return DONE
        print(f"Reopened: {survey.id} (“{survey.title.say(survey.languages[0])}”), version {survey.version}.")
        print(f"It takes answers at {box.settings.public_url}/s/{survey.id}")
        return DONE
