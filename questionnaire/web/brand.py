"""The sender's brand on screen: the accent of the theme over the tokens, readable on light and dark paper."""

from __future__ import annotations

import re

from questionnaire.core.theme import DEFAULT_THEME, PAPER, Theme, mixed

_COMMENTS = re.compile(r"/\*.*?\*/", re.DOTALL)


def theme_style(theme: Theme) -> str:
    """The theme's tokens as a small style, "" for the default; on dark paper the accent is lightened."""
    if theme.accent == DEFAULT_THEME.accent:
        return ""
    dark = f":root{{--accent:{mixed(theme.accent, PAPER, 0.6)};--on-accent:#111;--accent-soft:#24272c}}"
    return f"{pressed(theme.css)}@media(prefers-color-scheme:dark){{{dark}}}"


def pressed(css: str) -> str:
    """The same style without comments and blanks."""
    css = re.sub(r"\s+", " ", _COMMENTS.sub("", css))
    return re.sub(r" ?([{};,>]) ?|(:) ", r"\1\2", css).replace(";}", "}").strip()
