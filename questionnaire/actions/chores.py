"""The jobs there are, by name: what the worker does for each. Each may run twice and leaves one effect."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from questionnaire.actions import dossiers, letters, mailing, results
from questionnaire.actions.toolbox import Toolbox

Chore = Callable[[Toolbox, Mapping[str, Any], str], None]
"""Called with the toolbox, the job's arguments and the job's own name, which is the same when it is run again."""


def _render_report(toolbox: Toolbox, args: Mapping[str, Any], _by: str) -> None:
    results.print_report(toolbox, str(args["response"]))


def _render_dossier(toolbox: Toolbox, args: Mapping[str, Any], _by: str) -> None:
    dossiers.print_dossier(toolbox, str(args["response"]))


def _tell(toolbox: Toolbox, args: Mapping[str, Any], _by: str) -> None:
    letters.tell(toolbox, str(args["what"]), str(args["response"]))


CHORES: Mapping[str, Chore] = {
    "render_report": _render_report,
    "render_dossier": _render_dossier,
    "tell": _tell,
    "send_mail": mailing.send_mail,
}
