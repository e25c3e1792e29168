"""HTML of a document, from its view value and one template per section."""

from __future__ import annotations

from typing import Any

from questionnaire.core.base.translation import NO_PHRASES, Phrases
from questionnaire.core.brand.theme import DEFAULT_THEME, Theme
from questionnaire.templating import is_right_to_left, render


def document_html(
    kind: str,
    view: Any,
    language: str,
    theme: Theme = DEFAULT_THEME,
    *,
    plain: bool = False,
    phrases: Phrases = NO_PHRASES,
) -> str:
    """Returns a complete HTML page for print.

    `view` is a Report or Dossier of core, or the same as JSON. `plain` drops the design; `phrases` are what a survey
    says in its own words.
    """
    template = f"{kind}/{'plain' if plain else kind}.html"
    return render(template, language, phrases, view=view, theme=theme, right_to_left=is_right_to_left(language))
