"""The theme of a brand: a few typed tokens shared by pages and PDFs. No CSS, no HTML, no URL to fetch.

Colours are validated: text in ink or accent must have a contrast of 4.5:1 (WCAG 2.2, 1.4.3) with the theme's own
paper, light and dark. A theme below that is refused, and the error states its ratio.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator
from pydantic_core import PydanticCustomError

from questionnaire.core.base.problems import Problem
from questionnaire.core.brand.colours import (  # fmt: skip
    ACCENT,
    DARK_ACCENT,
    DARK_INK,
    DARK_PAPER,
    INK,
    PAPER,
    READABLE,
    WHITE,
    Palette,
    contrast,
    meanings_on,
    mix,
    palette,
    readable_on,
)
from questionnaire.core.brand.fonts import FONTS
from questionnaire.core.brand.logos import LogoPictures, is_logo, logo_name, png_size

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


def _colour(raw: str) -> str:
    if not _COLOUR.fullmatch(raw):
        raise PydanticCustomError("theme_colour", "this is not a colour", {"hint": "write it as #1f4d3a"})
    return raw.lower()


Colour = Annotated[str, AfterValidator(_colour)]


class DarkSide(BaseModel):
    """The colours of the dark colour scheme. Missing ones are derived or the product's defaults."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    accent: Colour | None = None
    ink: Colour = DARK_INK
    paper: Colour = DARK_PAPER


class Theme(BaseModel):
    """`name` is the sender as prospects read it, "" for none. `logo` has PNG or JPEG bytes, shown in their own colours;
    `logo_pictures` are shown in its place where they name any, and come from a survey, never from a file.

    `scheme` `auto` follows the reader's device. `radius` is the corner radius of controls, in pixels.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(default="", max_length=80)
    accent: Colour = ACCENT
    ink: Colour = INK
    paper: Colour = PAPER
    dark: DarkSide = DarkSide()
    scheme: Literal["auto", "light", "dark"] = "auto"
    radius: int = Field(default=6, ge=0, le=16)
    font: str = "Inter"
    website: str = Field(default="", max_length=200, pattern=r"^(https://[^\s]*)?$")
    logo: bytes = b""
    logo_pictures: LogoPictures = LogoPictures()

    @field_validator("font")
    @classmethod
    def _known(cls, name: str) -> str:
        if name not in FONTS:
            hint = f"write one of: {', '.join(FONTS)}"
            raise PydanticCustomError("theme_font", "this face is not one of those every system has", {"hint": hint})
        return name

    @model_validator(mode="after")
    def _drawable(self) -> Theme:
        if self.logo and not is_logo(self.logo):
            message = "the logo is not a PNG or JPEG of at most 300 kB"
            raise PydanticCustomError("theme_logo", message, {"hint": "export it as PNG, 600 pixels wide"})
        return self

    @model_validator(mode="after")
    def _readable(self) -> Theme:
        _check_side("", self.accent, self.ink, self.paper)
        _check_side("dark ", self.dark_accent, self.dark.ink, self.dark.paper)
        return self

    @property
    def dark_accent(self) -> str:
        """The accent of the dark scheme, else the accent made lighter until it is readable there."""
        if self.dark.accent:
            return self.dark.accent
        if (self.accent, self.dark.paper) == (ACCENT, DARK_PAPER):
            return DARK_ACCENT
        # Some margin above the limit, because light text on a dark background looks thinner than it measures.
        candidates = (mix(self.accent, WHITE, share / 20) for share in range(8, 21))
        readable = (colour for colour in candidates if contrast(colour, self.dark.paper) >= READABLE + 1.5)
        return next(readable, readable_on(self.accent, self.dark.paper))

    @cached_property
    def light_side(self) -> Palette:
        return palette(self.accent, self.ink, self.paper)

    @cached_property
    def dark_side(self) -> Palette:
        return palette(self.dark_accent, self.dark.ink, self.dark.paper)

    @property
    def logo_name(self) -> str:
        """A name of `logo` that changes with its content; "" without one."""
        return logo_name(self.logo)

    @property
    def logo_size(self) -> tuple[int, int] | None:
        """Width and height of a PNG, from its header; None when unknown."""
        return png_size(self.logo)

    # --- PDFs, which are white ---------------------------------------------------------------------------------

    @property
    def on_accent(self) -> str:
        """The text colour on an accent background: always white, because the accent has 4.5:1 on white."""
        return WHITE

    @property
    def accent_soft(self) -> str:
        """A pale tint of the accent, light enough as background of ink and accent text."""
        return mix(self._printed, WHITE, 0.9)

    @property
    def accent_faint(self) -> str:
        """The colour of secondary text on an accent background, readable there."""
        faint = mix(WHITE, self._printed, 0.22)
        return faint if contrast(faint, self._printed) >= READABLE else WHITE

    @property
    def _printed(self) -> str:
        """The accent for print, made darker when it is meant for a dark page."""
        return readable_on(self.accent, WHITE)

    @property
    def css(self) -> str:
        """The tokens of the documents as CSS custom properties. Only validated values are inserted."""
        return (
            f":root {{ --accent: {self._printed}; --on-accent: {self.on_accent};"
            f" --accent-soft: {self.accent_soft}; --accent-faint: {self.accent_faint}; }}"
        )


def _check_side(side: str, accent: str, ink: str, paper: str) -> None:
    on = "white" if paper == WHITE else paper
    for name, colour in (("accent", accent), ("ink", ink)):
        ratio = contrast(colour, paper)
        if ratio < READABLE:
            message = "the {side}{name} has a contrast of {ratio} : 1 on {on}; 4.5 : 1 is needed to be read"
            values = {"side": side, "name": name, "ratio": f"{int(ratio * 100) / 100:.2f}", "on": on}
            hint = "take a darker one" if meanings_on(paper) is meanings_on(PAPER) else "take a lighter one"
            raise PydanticCustomError("theme_contrast", message, {**values, "hint": hint})
    if meanings_on(paper) is None:
        message = "on the {side}paper {on} neither dark nor light warnings can be read"
        values = {"side": side, "name": "paper", "on": on, "hint": "take one nearer to white or to black"}
        raise PydanticCustomError("theme_contrast", message, values)


DEFAULT_THEME = Theme()


def read_theme(raw: object, logo: bytes = b"") -> tuple[Theme | None, tuple[Problem, ...]]:
    """Returns a theme from its raw file content, or its problems. `logo` are the bytes of the file named by `logo`."""
    if not isinstance(raw, Mapping):
        return None, (Problem("theme_shape", (), "a theme is a mapping", "write `name:`, `accent:`, `logo:`"),)
    if "logo_pictures" in raw:
        wrong = Problem("theme_wrong", ("logo_pictures",), "a theme has no key `logo_pictures`", "write `logo:`")
        return None, (wrong,)
    try:
        return Theme.model_validate({**raw, "logo": logo}), ()
    except ValidationError as mistakes:
        return None, tuple(
            Problem(
                "theme_wrong",
                tuple(mistake["loc"]) or tuple(f"{details.get('side', '')}{details.get('name', '')}".split()),
                mistake["msg"],
                str(details.get("hint", "")),
            )
            for mistake in mistakes.errors()
            for details in (mistake.get("ctx", {}),)
        )
