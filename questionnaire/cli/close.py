"""`questionnaire close`: closes a published survey to new responses."""

from __future__ import annotations

import argparse

from questionnaire.cli.terminal import DONE, open_toolbox, print_problems

HELP = "close a survey to new answers"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("survey", help="the survey's id")


def run(arguments: argparse.Namespace) -> int:
    from questionnaire.actions.publishing import closing

    with open_toolbox() as box:
        closure, problems = closing.close(box, arguments.survey, box.now())
        if closure is None:
            return print_problems(problems)
        survey = closure.survey
        if not closure.is_change:
            print(f"{survey.id} was already closed.")
            return DONE
        print(f"Closed: {survey.id} (“{survey.title.say(survey.languages[0])}”). New answers are refused from now on.")
        print("Pages already open or cached show the survey for up to 5 minutes, but can’t send answers.")
        print(f"Responses and saved drafts are kept. To open it again: questionnaire reopen {survey.id}")
        return DONE
