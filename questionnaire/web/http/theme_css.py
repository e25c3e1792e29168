"""The sender's brand on screen: the tokens of the theme over the product's own, and styles small enough to inline."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from questionnaire.core.brand.colours import ACCENT, DARK_ACCENT, DARK_INK, DARK_PAPER, INK, PAPER, Palette
from questionnaire.core.brand.fonts import FONTS
from questionnaire.core.brand.theme import DEFAULT_THEME, Theme
from questionnaire.settings import bundle_dir

# The order counts: a part may refine an earlier one.
PARTS = (
    "rows", "pair", "points", "ends", "stars", "listed", "pictures", "several", "apart", "other", "amount", "slider",
    "matrix", "ranking", "tick", "steps", "rtl", "framed",
)  # fmt: skip
_COMMENTS = re.compile(r"/\*.*?\*/", re.DOTALL)
_TOKEN = re.compile(r"(--[a-z0-9-]+): ([^;]+);")
_USED = re.compile(r"var\((--[a-z0-9-]+)\)")
_ACCENTS = ("--accent", "--on-accent", "--accent-soft")

Tokens = Mapping[str, str]


@cache
def theme_style(theme: Theme) -> str:
    """What a page that links tokens.css adds for a theme, "" for the default one."""
    bare = {"name": DEFAULT_THEME.name, "logo": b"", "website": ""}
    if theme.model_copy(update=bare) == DEFAULT_THEME.model_copy(update=bare):
        return ""
    light, dark = sides(theme)
    own = {name: value for name, value in _measures(theme).items() if value != tokens()[0][name]}
    return _written(theme, {**own, **light}, dark)


def public_style(theme: Theme, parts: frozenset[str]) -> str:
    """The whole style of the diagnostic: of the tokens what is used, of the parts what the survey's controls need."""
    return _public_style(theme.model_copy(update={"logo": b"", "name": DEFAULT_THEME.name, "website": ""}), parts)


@cache
def _public_style(theme: Theme, parts: frozenset[str]) -> str:
    light, dark = sides(theme)
    fixed = {**tokens()[0], **_measures(theme)}
    names = ["survey.css", *(f"survey/{name}.css" for name in PARTS if name in parts)]
    rules = pressed("".join(_css(name) for name in names))
    # What never changes is written out: only colours differ by reader, and stay custom properties.
    rules = _USED.sub(lambda found: found[0] if found[1] in light else pressed(fixed.get(found[1], found[0])), rules)
    used = set(_USED.findall(rules))
    own = [{name: value for name, value in side.items() if name in used} for side in (light, dark)]
    return _written(theme, *own) + rules


def _written(theme: Theme, light: Tokens, dark: Tokens) -> str:
    """Both sides as a style. The reader's device decides, unless the theme or `data-theme` on the page does."""
    first, second = (dark, light) if theme.scheme == "dark" else (light, dark)
    names = ("dark", "light") if theme.scheme == "dark" else ("light", "dark")
    auto = f"@media(prefers-color-scheme:dark){{:root:not([data-theme=light]){_block(dark, 'dark')}}}"
    return (
        f":root{_block(first, names[0])}{auto if theme.scheme == 'auto' else ''}"
        f"[data-theme={names[1]}]{_block(second, names[1])}"
    )


def _block(side: Tokens, scheme: str) -> str:
    return "{" + ";".join([f"color-scheme:{scheme}", *(f"{name}:{value}" for name, value in side.items())]) + "}"


def sides(theme: Theme) -> tuple[Tokens, Tokens]:
    """The colours on light and on dark screens: the product's own, and what the theme sets instead."""
    light, dark = tokens()
    return (
        _side(light, theme.light_side, own=(theme.ink, theme.paper) != (INK, PAPER), accent=theme.accent != ACCENT),
        _side(
            dark,
            theme.dark_side,
            own=(theme.dark.ink, theme.dark.paper) != (DARK_INK, DARK_PAPER),
            accent=theme.dark_accent != DARK_ACCENT,
        ),
    )


def _side(ours: Tokens, theirs: Palette, *, own: bool, accent: bool) -> Tokens:
    colours = {name: value for name, value in ours.items() if name in theirs.tokens}
    return {
        name: theirs.tokens[name] if own or (accent and name in _ACCENTS) else value for name, value in colours.items()
    }


def _measures(theme: Theme) -> Tokens:
    """The tokens of a theme that are no colours."""
    return {
        "--radius-control": f"{theme.radius}px",
        "--radius-surface": f"{2 * theme.radius}px",
        "--font-ui": FONTS[theme.font] or tokens()[0]["--font-ui"],
    }


@cache
def tokens() -> tuple[Tokens, Tokens]:
    """tokens.css as light and dark values by name."""
    light, dark, *_ = re.findall(r":root \{(.*?)\}", _css("tokens.css"), re.DOTALL)
    return dict(_TOKEN.findall(light)), dict(_TOKEN.findall(dark))


def _css(name: str) -> str:
    return (bundle_dir("static") / "css" / name).read_text(encoding="utf-8")


def pressed(css: str) -> str:
    """The same style without comments and blanks."""
    css = re.sub(r"\s+", " ", _COMMENTS.sub("", css))
    return re.sub(r" ?([{};,>]) ?|(:) ", r"\1\2", css).replace(";}", "}").strip()
