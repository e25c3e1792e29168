"""`questionnaire schema`: JSON Schemas of the authored files, for editors."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from questionnaire.cli.terminal import DONE, PROBLEMS, usage_error

HELP = "print or write the JSON Schemas of surveys, policies and cases, for editors"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", metavar="DIR", help="write survey-1.json, policy-1.json and cases-1.json there")


def run(arguments: argparse.Namespace) -> int:
    from questionnaire.library.schemas import schemas

    if arguments.out is None:
        print(json.dumps(schemas(), indent=2, ensure_ascii=False))
        return DONE
    folder = Path(arguments.out)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for kind, schema in schemas().items():
            path = folder / f"{kind.replace('/', '-')}.json"
            path.write_text(json.dumps(schema, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
            print(path)
    except OSError as error:
        usage_error(f"`{folder}` cannot be written: {error.strerror}")
        return PROBLEMS
    return DONE
