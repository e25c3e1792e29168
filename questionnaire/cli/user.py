"""`questionnaire user`: the people who sign in."""

from __future__ import annotations

import argparse
import getpass
import os
import sys

from questionnaire.cli.terminal import DONE, complain

HELP = "add somebody who signs in, or give them a new password"
ROLES = ("admin", "marketing", "ops", "rep", "manager")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    steps = parser.add_subparsers(title="steps", metavar="STEP", required=True)
    adding = steps.add_parser("add", help="add a person", description="Add a person who signs in.")
    adding.set_defaults(step="add")
    adding.add_argument("email", help="the address they sign in with")
    adding.add_argument("--role", required=True, choices=ROLES, help="what they may see and do")
    adding.add_argument("--name", default="", help="as colleagues call them")
    adding.add_argument("--rep", metavar="ID", help="their id in the policy, for reps and managers")
    adding.add_argument("--language", default="en", choices=("en", "fr"), help="the language of their pages and mails")
    password = steps.add_parser("password", help="set a password", description="Set the password of a person.")
    password.set_defaults(step="password")
    password.add_argument("email", help="the address they sign in with")


def run(arguments: argparse.Namespace) -> int:
    from questionnaire import bootstrap
    from questionnaire.actions import staff

    try:
        found, _ = bootstrap.settings()
        box = bootstrap.ready_toolbox(found)
    except bootstrap.Unfit as unfit:
        return complain(unfit.problems)
    password = _password()
    if arguments.step == "add":
        problems = staff.add(
            box, arguments.email, arguments.name, arguments.role, password, arguments.rep, arguments.language, box.now()
        )
    else:
        problems = staff.set_password(box, arguments.email, password)
    if problems:
        return complain(problems)
    print(f"{arguments.email} can sign in at {found.public_url}/sign-in")
    return DONE


def _password() -> str:
    """From QUESTIONNAIRE_PASSWORD, typed without being shown, or the first line of what is piped in.

    Never an argument: those stand in the list of processes.
    """
    given = os.environ.get("QUESTIONNAIRE_PASSWORD")
    if given is not None:
        return given
    return getpass.getpass("Password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
