"""Accessors of the running app: toolbox, clock, signing keys and theme."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from flask import current_app

from questionnaire.actions import company_settings
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.brand.theme import Theme


def toolbox() -> Toolbox:
    return cast(Toolbox, current_app.extensions["toolbox"])


def now() -> datetime:
    return toolbox().now()


def keys() -> tuple[bytes, ...]:
    """The current signing key first, then older keys that are still accepted."""
    return toolbox().settings.secret_keys


def theme() -> Theme:
    return company_settings.theme(toolbox())
