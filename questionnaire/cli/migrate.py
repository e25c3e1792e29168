"""`questionnaire migrate`: migrates the database and publishes changed surveys and policies."""

from __future__ import annotations

import argparse

from questionnaire.cli.terminal import print_problems

HELP = "bring the database to this program's level and publish what changed"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds nothing: the settings name the database and the surveys folder."""


def run(_arguments: argparse.Namespace) -> int:
    from questionnaire import bootstrap

    settings, warnings = bootstrap.settings()
    is_new = bootstrap.prepare(settings)
    problems = () if is_new else bootstrap.refresh(settings)
    return print_problems((*warnings, *problems))
