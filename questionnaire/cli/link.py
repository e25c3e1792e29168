"""`questionnaire link`: creates a signed link for a known prospect; its values are trusted and not asked again."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from questionnaire.cli.terminal import DONE, open_toolbox, print_problems, usage_error

if TYPE_CHECKING:
    from questionnaire.core.base.problems import Problem

HELP = "make a signed link for somebody you know"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("survey", help="the survey's id")
    parser.add_argument(
        "fields", nargs="*", metavar="NAME=VALUE",
        help="contact fields, hidden fields and answers it carries, such as email=anna@example.com",
    )  # fmt: skip
    parser.add_argument("--lead", metavar="EMAIL", help="take the contact details of this lead")
    parser.add_argument("--days", type=int, default=90, help="how long it lasts (default: 90)")
    parser.add_argument("--lang", default="", metavar="TAG", help="the language it opens in, such as fr")


def run(arguments: argparse.Namespace) -> int:
    from questionnaire.actions.assessing import personal_links

    pairs = [entry.partition("=") for entry in arguments.fields]
    malformed = [name for name, sign, _ in pairs if not sign]
    if malformed:
        return usage_error(f"`{malformed[0]}` is no field: write it as NAME=VALUE")
    with open_toolbox() as box:
        known: dict[str, str] = {}
        problems: tuple[Problem, ...] = ()
        if arguments.lead:
            known, problems = personal_links.fields_of_lead(box, arguments.survey, arguments.lead)
        fields = known | {name: value for name, _, value in pairs}
        if problems:
            return print_problems(problems)
        if not fields:
            return usage_error("a link says something: add fields such as email=anna@example.com, or --lead EMAIL")
        address, problems = personal_links.invite(
            box, arguments.survey, fields, box.now(), days=arguments.days, language=arguments.lang
        )
        if problems:
            return print_problems(problems)
        print(address)
        return DONE
