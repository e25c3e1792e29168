"""`questionnaire migrate`: brings the database to the level of this program and publishes what changed on the shelf."""

from __future__ import annotations

import argparse

from questionnaire.cli.terminal import complain

HELP = "bring the database to this program's level and publish what changed"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing to choose: the settings say which database and which surveys."""


def run(_arguments: argparse.Namespace) -> int:
    from questionnaire import bootstrap

    found, warnings = bootstrap.settings()
    fresh = bootstrap.prepare(found)
    problems = () if fresh else bootstrap.refresh(found)
    return complain((*warnings, *problems))
