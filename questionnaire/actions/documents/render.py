"""Renders a view value as PDF and stores it by response, kind, language and template version."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any, Literal

from questionnaire.actions.toolbox import Toolbox
from questionnaire.storage.responses import documents
from questionnaire.storage.tables import DocumentRow


def rerun_suffix(now: datetime) -> str:
    """The end of the job key of a repeated rendering: however often it is requested, it runs once an hour."""
    return f"again:{now:%Y%m%d%H}"


def render_and_store(
    toolbox: Toolbox, response_id: str, kind: Literal["report", "dossier"], view: Any, language: str, template: str
) -> None:
    """If two workers render the same document, one file is stored. Raises RuntimeError outside a worker."""
    if toolbox.renderer is None:
        raise RuntimeError("only a worker has a document renderer")
    rendered = toolbox.renderer.print(kind, view, language, toolbox.theme)
    document = DocumentRow(
        response_id=response_id,
        kind=kind,
        language=language,
        template_version=template,
        sha256=hashlib.sha256(rendered.pdf).hexdigest(),
        content=rendered.pdf,
        plain=rendered.plain,
        created_at=toolbox.now(),
    )
    with toolbox.database.writing() as session:
        documents.keep(session, document)
