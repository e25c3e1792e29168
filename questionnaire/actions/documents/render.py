"""Renders a view value as PDF and stores it by response, kind, language and template version.

The template version of a document that needs system fonts also names their files, so that it changes when they do.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import structlog

from questionnaire.actions import company_settings
from questionnaire.actions.delivery.announcements import announce_other
from questionnaire.actions.toolbox import DocumentRenderer, RenderedDocument, Toolbox
from questionnaire.core.base.translation import NO_PHRASES, Phrases
from questionnaire.core.brand.theme import Theme
from questionnaire.core.survey.survey_theme import SurveyTheme, theme_of
from questionnaire.documents.system_fonts import font_version, missing_systems
from questionnaire.storage import Session
from questionnaire.storage.publishing import images
from questionnaire.storage.responses import documents, responses
from questionnaire.storage.tables import DocumentRow


def rerun_suffix(now: datetime) -> str:
    """The end of the job key of a repeated rendering: however often it is requested, it runs once an hour."""
    return f"again:{now:%Y%m%d%H}"


_log = structlog.get_logger("questionnaire.documents")


def renderer_of(toolbox: Toolbox) -> DocumentRenderer:
    """Raises RuntimeError outside a worker."""
    if toolbox.renderer is None:
        raise RuntimeError("only a worker has a document renderer")
    return toolbox.renderer


def template_version(toolbox: Toolbox, template: str, view: Any, edition: str = "") -> str:
    """Returns the version of a document of this content: `1`, or `1.` and a number for its system fonts."""
    return f"{template}{font_version(view, renderer_of(toolbox).fonts)}{edition}"


def _pictures(toolbox: Toolbox, kind: str, view: Any) -> dict[str, bytes]:
    """The published pictures that the content blocks of a report name."""
    sections = view["sections"] if kind == "report" else ()
    names = {section["content"]["image"] for section in sections if section["name"] == "content_block"} - {""}
    if not names:
        return {}
    with toolbox.database.reading() as session:
        found = {name: images.find(session, name) for name in sorted(names)}
    return {name: content for name, content in found.items() if content is not None}


def _with_logo(toolbox: Toolbox, theme: Theme) -> Theme:
    """The theme with the logo of its survey as bytes: paper is white, so that the one for light mode is printed."""
    name = theme.logo_pictures.light
    if not name:
        return theme
    with toolbox.database.reading() as session:
        return theme.model_copy(update={"logo": images.find(session, name) or b""})


@dataclass(frozen=True, slots=True)
class PrintedLook:
    """What a survey says and shows in a way of its own."""

    phrases: Phrases = NO_PHRASES
    theme: SurveyTheme | None = None


PLAIN = PrintedLook()


def print_view(
    toolbox: Toolbox, kind: Literal["report", "dossier"], view: Any, language: str, look: PrintedLook = PLAIN
) -> RenderedDocument:
    """The PDF of a view value. Raises RuntimeError outside a worker."""
    renderer = renderer_of(toolbox)
    theme = _with_logo(toolbox, theme_of(company_settings.theme(toolbox), look.theme))
    rendered = renderer.print(kind, view, language, theme, _pictures(toolbox, kind, view), phrases=look.phrases)
    for system in missing_systems(view, renderer.fonts):
        _log.warning("document_lacks_fonts", kind=kind, writing=system.name, package=system.package)
    return rendered


def render_and_store(
    toolbox: Toolbox,
    response_id: str,
    kind: Literal["report", "dossier"],
    view: Any,
    language: str,
    template: str,
    look: PrintedLook = PLAIN,
) -> None:
    """If two workers render the same document, one file is stored. Raises RuntimeError outside a worker."""
    rendered = print_view(toolbox, kind, view, language, look)
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
        if kind == "report":
            _announce(toolbox, session, document)


def _announce(toolbox: Toolbox, session: Session, report: DocumentRow) -> None:
    """Answers of a test are told to nobody."""
    row = responses.get(session, report.response_id)
    if row is not None and not row.test:
        facts = {"response": {"id": row.id, "survey": row.survey_id, "version": row.survey_version}, "actor": "system"}
        cause = f"{row.id} {report.template_version}"
        announce_other(toolbox, session, "report.ready", cause, report.created_at, facts)
