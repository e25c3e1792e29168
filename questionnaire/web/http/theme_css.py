"""CSS of a theme: its design tokens in place of the product's, and the minified inline style of the public page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from questionnaire.core.brand.colours import ACCENT, DARK_ACCENT, DARK_INK, DARK_PAPER, INK, PAPER, Palette
from questionnaire.core.brand.fonts import FONTS
from questionnaire.core.brand.logos import LogoPictures
from questionnaire.core.brand.theme import DEFAULT_THEME, Theme
from questionnaire.settings import bundle_dir

# The order matters: a part may override an earlier one.
PARTS = (
    "rows", "pair", "points", "ends", "stars", "listed", "pictures", "multiple", "choice_unknown", "other",
    "amount", "slider", "matrix", "ranking", "checkbox", "consent", "statement", "parts", "lines", "steps", "rtl",
    "logos", "embedded",
)  # fmt: skip
_COMMENTS = re.compile(r"/\*.*?\*/", re.DOTALL)
_TOKEN = re.compile(r"(--[a-z0-9-]+): ([^;]+);")
_USED = re.compile(r"var\((--[a-z0-9-]+)\)")
_ACCENTS = ("--accent", "--on-accent", "--accent-soft")

Tokens = Mapping[str, str]
MOST_THEMES = 256
"""Kept at a time: each survey may have one, and a draft a new one with each colour."""


@lru_cache(maxsize=MOST_THEMES)
def theme_style(theme: Theme) -> str:
    """The CSS that a page with tokens.css adds for a theme; "" for the default theme."""
    if _bare(theme) == _bare(DEFAULT_THEME):
        return ""
    light, dark = light_and_dark(theme)
    own = {name: value for name, value in _sizes(theme).items() if value != tokens()[0][name]}
    return _css_rules(theme, {**own, **light}, dark)


def public_style(theme: Theme, parts: frozenset[str]) -> str:
    """The complete style of the public page: the tokens that are used and the parts that the survey's controls need."""
    return _public_style(_bare(theme), parts)


def _bare(theme: Theme) -> Theme:
    """What of a theme its style depends on: whether there is a logo for dark mode, not which one."""
    pictures = LogoPictures(dark="dark" if theme.logo_pictures.dark else "")
    return theme.model_copy(update={"name": DEFAULT_THEME.name, "logo": b"", "website": "", "logo_pictures": pictures})


@lru_cache(maxsize=MOST_THEMES)
def _public_style(theme: Theme, parts: frozenset[str]) -> str:
    light, dark = light_and_dark(theme)
    fixed = {**tokens()[0], **_sizes(theme)}
    names = ["survey.css", *(f"survey/{name}.css" for name in PARTS if name in parts)]
    rules = minify("".join(_css(name) for name in names))
    # Other tokens are replaced by their values; only colours depend on light or dark mode and stay custom properties.
    rules = _USED.sub(lambda match: match[0] if match[1] in light else minify(fixed.get(match[1], match[0])), rules)
    used = set(_USED.findall(rules))
    own = [{name: value for name, value in side.items() if name in used} for side in (light, dark)]
    return _css_rules(theme, *own) + rules


def _css_rules(theme: Theme, light: Tokens, dark: Tokens) -> str:
    """Light and dark mode as CSS. The device chooses, unless the theme or `data-theme` on the page does."""
    first, second = (dark, light) if theme.scheme == "dark" else (light, dark)
    names = ("dark", "light") if theme.scheme == "dark" else ("light", "dark")
    auto = f"@media(prefers-color-scheme:dark){{:root:not([data-theme=light]){_block(dark, 'dark')}}}"
    return (
        f":root{_block(first, names[0])}{auto if theme.scheme == 'auto' else ''}"
        f"[data-theme={names[1]}]{_block(second, names[1])}"
    )


def _block(side: Tokens, scheme: str) -> str:
    return "{" + ";".join([f"color-scheme:{scheme}", *(f"{name}:{value}" for name, value in side.items())]) + "}"


def light_and_dark(theme: Theme) -> tuple[Tokens, Tokens]:
    """The colour tokens of light and dark mode: the product's, or the theme's where it sets others; and which of two
    logos shows."""
    light, dark = tokens()
    light_mode = _side(
        light, theme.light_side, own=(theme.ink, theme.paper) != (INK, PAPER), accent=theme.accent != ACCENT
    )
    dark_mode = _side(
        dark,
        theme.dark_side,
        own=(theme.dark.ink, theme.dark.paper) != (DARK_INK, DARK_PAPER),
        accent=theme.dark_accent != DARK_ACCENT,
    )
    if not theme.logo_pictures.dark:
        return light_mode, dark_mode
    return (
        {**light_mode, "--light-logo": "block", "--dark-logo": "none"},
        {**dark_mode, "--light-logo": "none", "--dark-logo": "block"},
    )


def _side(ours: Tokens, theirs: Palette, *, own: bool, accent: bool) -> Tokens:
    colours = {name: value for name, value in ours.items() if name in theirs.tokens}
    return {
        name: theirs.tokens[name] if own or (accent and name in _ACCENTS) else value for name, value in colours.items()
    }


def _sizes(theme: Theme) -> Tokens:
    """The tokens of a theme that are not colours: radius and font."""
    return {
        "--radius-control": f"{theme.radius}px",
        "--radius-surface": f"{2 * theme.radius}px",
        "--font-ui": FONTS[theme.font] or tokens()[0]["--font-ui"],
    }


@cache
def tokens() -> tuple[Tokens, Tokens]:
    """The light and the dark tokens of tokens.css, by name."""
    light, dark, *_ = re.findall(r":root \{(.*?)\}", _css("tokens.css"), re.DOTALL)
    return dict(_TOKEN.findall(light)), dict(_TOKEN.findall(dark))


def _css(name: str) -> str:
    return (bundle_dir("static") / "css" / name).read_text(encoding="utf-8")


def minify(css: str) -> str:
    """CSS without comments and unneeded whitespace."""
    css = re.sub(r"\s+", " ", _COMMENTS.sub("", css))
    return re.sub(r" ?([{};,>]) ?|(:) ", r"\1\2", css).replace(";}", "}").strip()
