"""Printing: a view value goes through the worker's press once, and the file is kept under what it was made from."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any, Literal

from questionnaire.actions.toolbox import Toolbox
from questionnaire.storage.responses import documents
from questionnaire.storage.tables import DocumentRow


def again(now: datetime) -> str:
    """The end of the key of a job that prints again: pressed often, it prints once an hour."""
    return f"again:{now:%Y%m%d%H}"


def print_and_keep(
    toolbox: Toolbox, response_id: str, kind: Literal["report", "dossier"], view: Any, language: str, template: str
) -> None:
    """Two workers that made the same file keep one."""
    if toolbox.press is None:
        raise RuntimeError("only a worker has a press")
    sheet = toolbox.press.print(kind, view, language, toolbox.theme)
    document = DocumentRow(
        response_id=response_id,
        kind=kind,
        language=language,
        template_version=template,
        sha256=hashlib.sha256(sheet.pdf).hexdigest(),
        content=sheet.pdf,
        plain=sheet.plain,
        created_at=toolbox.now(),
    )
    with toolbox.database.writing() as session:
        documents.keep(session, document)
