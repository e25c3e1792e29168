"""The door: what can be typed after `questionnaire`, one module for each command.

Law: a command reads what was typed, calls the floors below and says what came; it decides nothing. Modules load what
they need when they run, so that `--help` stays quick. To add one: its module with HELP, `add_arguments` and `run`, and
its name in COMMANDS.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from keyword import iskeyword

from questionnaire.cli.terminal import INTERRUPTED, OUT_OF_PIPE, print_problems

COMMANDS: tuple[str, ...] = (
    *("run", "check", "assess", "due", "schema", "import", "link", "dropoff", "export", "close", "reopen"),
    *("user", "migrate", "rebuild", "worker", "jobs"),
)
# These write what somebody asked for, for whoever they like, and open no database.
FOR_AUTHORS = ("check", "assess", "due", "schema", "import")


class _Version(argparse.Action):
    """Looked up when somebody asks: the package's metadata takes a while to find."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from importlib.metadata import version

        print(version("questionnaire"))
        parser.exit()


def make_parser() -> argparse.ArgumentParser:
    """Every command with its options."""
    parser = argparse.ArgumentParser(
        prog="questionnaire",
        description="A good diagnostic for prospects; leads sales can explain.",
        epilog="`questionnaire COMMAND --help` tells more about each.",
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="print the version and leave")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name in COMMANDS:
        # A word of Python cannot name a module that others import.
        module = import_module(f"questionnaire.cli.{name}_" if iskeyword(name) else f"questionnaire.cli.{name}")
        sentence = f"{module.HELP[:1].upper()}{module.HELP[1:]}."
        command = commands.add_parser(name, help=module.HELP, description=sentence)
        command.set_defaults(run=module.run, command=name)
        module.add_arguments(command)
    return parser


def main(typed: Sequence[str] | None = None) -> int:
    """Runs one command. 0: done; 1: what was given has problems; 2: wrong usage."""
    # What operators' commands write is for their own eyes, whatever the shell's habit is.
    before = os.umask(0o077)
    os.umask(before)
    try:
        arguments = make_parser().parse_args(typed)
        if arguments.command not in FOR_AUTHORS:
            os.umask(0o077)
        status: int = arguments.run(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read has gone, as `head` does. Python would complain once more when it closes the pipe.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OUT_OF_PIPE
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 (raised again when it is none of those that can be explained)
        return _explained(error)
    finally:
        os.umask(before)
    return status


def _explained(error: Exception) -> int:
    """Says what keeps a command from its disk or its database; raises what nobody but a programmer can mend."""
    from questionnaire import bootstrap

    startup_error = bootstrap.startup_error(error)
    if startup_error is None:
        raise error
    return print_problems(startup_error.problems)
