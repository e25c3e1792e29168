"""`questionnaire export`: writes a survey of the database as an authored file."""

from __future__ import annotations

import argparse
from pathlib import Path

from questionnaire.cli.terminal import DONE, open_toolbox, print_problems, usage_error

HELP = "write a published survey, or its draft, as YAML; comments of the original file are lost"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("survey", help="the survey's id")
    parser.add_argument("--draft", action="store_true", help="write the draft instead of the newest published version")
    parser.add_argument("--out", type=Path, metavar="FILE", help="write to this new file, with the pictures beside it")


def run(arguments: argparse.Namespace) -> int:
    from questionnaire.actions.editing.export import export

    out: Path | None = arguments.out
    if out is not None and out.exists():
        return usage_error(f"{out} exists already; name a new file")
    with open_toolbox() as box:
        found, problems = export(box, arguments.survey, draft=arguments.draft)
    if found is None:
        return print_problems(problems)
    if out is None:
        print(found.yaml, end="")
        return DONE
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(found.yaml, "utf-8")
    for name, content in found.pictures.items():
        (out.parent / name).write_bytes(content)
    return DONE
