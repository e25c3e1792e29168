"""`questionnaire user`: staff accounts."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

from questionnaire.cli.terminal import DONE, open_toolbox, print_problems
from questionnaire.core.base.roles import Role
from questionnaire.core.base.translation import STAFF_LANGUAGES

if TYPE_CHECKING:
    from questionnaire.actions.people.accounts import Account
    from questionnaire.actions.toolbox import Toolbox

HELP = "the people who sign in: add, list, deactivate, new passwords"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    steps = parser.add_subparsers(title="steps", metavar="STEP", required=True)
    adding = steps.add_parser("add", help="add a person", description="Add a person who signs in.")
    adding.set_defaults(step="add")
    adding.add_argument("email", help="the address they sign in with")
    adding.add_argument("--role", required=True, choices=tuple(map(str, Role)), help="what they may see and do")
    adding.add_argument("--name", default="", help="as colleagues call them")
    adding.add_argument("--rep", metavar="ID", help="their id in the policy, for reps and managers")
    adding.add_argument("--language", default="en", choices=STAFF_LANGUAGES, help="the language of their pages, mails")
    password = steps.add_parser("password", help="set a password", description="Set the password of a person.")
    password.set_defaults(step="password")
    password.add_argument("email", help="the address they sign in with")
    for step, what in (("deactivate", "sign somebody out everywhere, for good"), ("activate", "let somebody in again")):
        changing = steps.add_parser(step, help=what, description=f"{what.capitalize()}.")
        changing.set_defaults(step=step)
        changing.add_argument("email", help="the address they sign in with")
        if step == "deactivate":
            changing.add_argument(
                "--leads-to", default="", metavar="REP", help="who gets their open leads: a rep id, or `rules`"
            )
    signing = steps.add_parser("signs", help="let somebody sign policies", description="Choose who signs policies.")
    signing.set_defaults(step="signs")
    signing.add_argument("email", help="the address they sign in with")
    signing.add_argument("side", choices=("marketing", "sales", "none"), help="the side whose head they are")
    listing = steps.add_parser("list", help="show everybody", description="Show everybody who has an account.")
    listing.set_defaults(step="list")


def run(arguments: argparse.Namespace) -> int:
    from questionnaire.actions.people import accounts, staff

    with open_toolbox() as box:
        if arguments.step == "list":
            print("\n".join(_table(accounts.accounts(box))))
            return DONE
        if arguments.step in ("activate", "deactivate"):
            leads_to = getattr(arguments, "leads_to", "")
            account, wrong = accounts.set_active(box, arguments.email, arguments.step == "activate", leads_to)
            if account is None:
                return print_problems(wrong)
            print(_account_state(account))
            return DONE
        if arguments.step == "signs":
            return _set_signs(box, arguments.email, arguments.side)
        password = _password()
        if arguments.step == "add":
            names = (arguments.email, arguments.name, arguments.role)
            problems = staff.add(box, *names, password, arguments.rep, arguments.language, box.now())
        else:
            problems = staff.set_password(box, arguments.email, password)
        if problems:
            return print_problems(problems)
        print(f"{arguments.email} can sign in at {box.settings.public_url}/sign-in")
        return DONE


def _set_signs(box: Toolbox, email: str, side: str) -> int:
    from questionnaire.actions.people import accounts

    problems = accounts.set_signs(box, email, "" if side == "none" else side)
    if problems:
        return print_problems(problems)
    print(f"{email} signs no policies" if side == "none" else f"{email} signs policies for {side}")
    return DONE


def _account_state(account: Account) -> str:
    """Returns the new state of the account, and what is left to do."""
    if account.active:
        hint = "." if account.has_password else f" after `questionnaire user password {account.email}`."
        return f"{account.email} is active and can sign in{hint}"
    leads = {0: "No open leads.", 1: "Their open lead is being handed over."}
    many = f"Their {account.open_leads} open leads are being handed over."
    return f"{account.email} is deactivated and signed out everywhere. {leads.get(account.open_leads, many)}"


def _table(accounts: Iterable[Account]) -> list[str]:
    """Returns a heading line and one line per account, in columns."""
    rows = [("EMAIL", "NAME", "ROLE", "REP", "ACTIVE", "OPEN LEADS", "LAST SIGN-IN")]
    for account in accounts:
        last_sign_in = account.seen_at.strftime("%Y-%m-%d %H:%M UTC") if account.seen_at else "-"
        active, leads = "yes" if account.active else "no", str(account.open_leads) if account.rep else "-"
        rows.append((account.email, account.name, account.role, account.rep or "-", active, leads, last_sign_in))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def _password() -> str:
    """Returns the password from QUESTIONNAIRE_PASSWORD, from a hidden prompt, or from the first line of a pipe.

    Never from an argument, because arguments are visible in the process list.
    """
    password = os.environ.get("QUESTIONNAIRE_PASSWORD")
    if password is not None:
        return password
    return getpass.getpass("Password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
