"""Fonts that the languages of the open surveys need and this machine lacks."""

from __future__ import annotations

from dataclasses import dataclass

import structlog

from questionnaire.actions.documents.render import renderer_of
from questionnaire.actions.publishing.catalogue import list_surveys
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.brand.writing_systems import system_of_language

_log = structlog.get_logger("questionnaire.documents")


@dataclass(frozen=True, slots=True, order=True)
class MissingFont:
    """A writing system without a font, the Debian package that has one, and the languages that need it."""

    writing: str
    package: str
    languages: tuple[str, ...]


def missing_fonts(toolbox: Toolbox) -> tuple[MissingFont, ...]:
    """Returns what the languages of the open surveys lack, by writing system. Raises RuntimeError outside a worker."""
    fonts = renderer_of(toolbox).fonts
    used = [entry for entry in list_surveys(toolbox) if entry.availability.state in ("open", "paused")]
    tags = {tag for entry in used for tag in entry.survey.languages}
    systems = {tag: system for tag in sorted(tags) if (system := system_of_language(tag)) is not None}
    return tuple(
        sorted(
            MissingFont(system.name, system.package, tuple(tag for tag in systems if systems[tag] is system))
            for system in set(systems.values())
            if system.name not in fonts
        )
    )


def warn_of_missing_fonts(toolbox: Toolbox) -> None:
    """Writes one line per missing font to the log, when a worker starts."""
    for font in missing_fonts(toolbox):
        _log.warning("font_missing", writing=font.writing, package=font.package, languages=list(font.languages))
