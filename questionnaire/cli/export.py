"""`questionnaire export`: writes a survey of the database as an authored file."""

from __future__ import annotations

import argparse
from pathlib import Path

from questionnaire.cli.terminal import DONE, open_toolbox, print_problems, usage_error

HELP = "write a published survey, or its draft, as YAML; comments of the original file are lost"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("survey", help="the survey's id")
    parser.add_argument("--draft", action="store_true", help="write the draft instead of the newest published version")
    files = "write to this new file, with the pictures and cases beside it"
    parser.add_argument("--out", type=Path, metavar="FILE", help=files)
    parser.add_argument("--cases", action="store_true", help="without --out: print the survey's cases instead")


def run(arguments: argparse.Namespace) -> int:
    from questionnaire.actions.editing.export import export

    out: Path | None = arguments.out
    beside = None if out is None else _cases_file(out)
    taken = next((one for one in (out, beside) if one is not None and one.exists()), None)
    if taken is not None:
        return usage_error(f"{taken} exists already; name a new file")
    with open_toolbox() as box:
        found, problems = export(box, arguments.survey, draft=arguments.draft)
    if found is None:
        return print_problems(problems)
    if out is None or beside is None:
        print(found.cases if arguments.cases else found.yaml, end="")
        return DONE
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(found.yaml, "utf-8")
    if found.cases:
        beside.write_text(found.cases, "utf-8")
    for name, content in found.pictures.items():
        (out.parent / name).write_bytes(content)
    return DONE


def _cases_file(survey: Path) -> Path:
    """Where the cases of a survey stand: `cases.yaml` beside `survey.yaml`, else `<name>.cases.yaml`."""
    return survey.with_name("cases.yaml" if survey.name == "survey.yaml" else f"{survey.stem}.cases.yaml")
