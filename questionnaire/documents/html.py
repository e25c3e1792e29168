"""The HTML of a document: the view value, the sections it names, one template each."""

from __future__ import annotations

from typing import Any

from questionnaire.core.brand.theme import DEFAULT_THEME, Theme
from questionnaire.templating import render


def document_html(kind: str, view: Any, language: str, theme: Theme = DEFAULT_THEME, *, plain: bool = False) -> str:
    """A whole page for print. `view` is a Report or Dossier of core, or the same as JSON; `plain` drops the design."""
    template = f"{kind}/{'plain' if plain else kind}.html"
    return render(template, language, view=view, theme=theme)
