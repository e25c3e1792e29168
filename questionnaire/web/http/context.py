"""Accessors of the running app: toolbox, clock, signing keys and theme."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from flask import current_app, g

from questionnaire.actions import company_settings
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.brand.theme import Theme
from questionnaire.core.survey.survey_theme import SurveyTheme, theme_of


def toolbox() -> Toolbox:
    return cast(Toolbox, current_app.extensions["toolbox"])


def now() -> datetime:
    return toolbox().now()


def keys() -> tuple[bytes, ...]:
    """The current signing key first, then older keys that are still accepted."""
    return toolbox().settings.secret_keys


def theme() -> Theme:
    """That of the sender, or of the survey that this request shows."""
    found: Theme = g.get("theme") or company_settings.theme(toolbox())
    return found


def use_theme(own: SurveyTheme | None) -> None:
    """What this request shows from now on is in the look of a survey."""
    g.theme = theme_of(company_settings.theme(toolbox()), own)
