"""The sender's brand: a few typed tokens that paper and screen share. No CSS, no HTML, no address to fetch from.

Colours are checked, not believed: text in the accent and text on it must reach 4.5:1 (WCAG 2.2, 1.4.3), on the
page and on the field of a cover alike. A theme that does not is refused with the ratio it has.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator
from pydantic_core import PydanticCustomError

from questionnaire.core.problems import Problem

READABLE = 4.5
FONTS = ("Inter",)
PAPER, INK = "#ffffff", "#16181d"
LARGEST_LOGO = 300_000
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_SIGNATURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")


def luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb`, 0 (black) to 1 (white); the formula of WCAG 2.2."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def mixed(colour: str, with_colour: str, share: float) -> str:
    """`colour` with `share` (0 to 1) of the other one in it."""
    pairs = ((int(colour[at : at + 2], 16), int(with_colour[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(one + (other - one) * share):02x}" for one, other in pairs)


class Theme(BaseModel):
    """`name` is the sender as prospects read it; `logo` holds PNG or JPEG bytes, shown in its own colours."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(default="Lead Questionnaire", min_length=1, max_length=80)
    accent: str = "#1f4d3a"
    font: str = FONTS[0]
    website: str = Field(default="", max_length=200, pattern=r"^(https://[^\s]*)?$")
    logo: bytes = b""

    @field_validator("accent")
    @classmethod
    def _readable(cls, colour: str) -> str:
        if not _COLOUR.fullmatch(colour):
            raise PydanticCustomError("theme_colour", "the accent is not a colour", {"hint": "write it as #1f4d3a"})
        colour = colour.lower()
        ratio = contrast(colour, PAPER)
        if ratio < READABLE:
            message = "the accent has a contrast of {ratio} : 1 on white; 4.5 : 1 is needed to be read"
            raise PydanticCustomError("theme_contrast", message, {"ratio": f"{ratio:.1f}", "hint": "take a darker one"})
        return colour

    @field_validator("font")
    @classmethod
    def _bundled(cls, name: str) -> str:
        if name not in FONTS:
            raise PydanticCustomError(
                "theme_font", "this font is not bundled", {"hint": f"write one of {', '.join(FONTS)}"}
            )
        return name

    @model_validator(mode="after")
    def _drawable(self) -> Theme:
        if self.logo and (len(self.logo) > LARGEST_LOGO or not self.logo.startswith(_SIGNATURES)):
            message = "the logo is not a PNG or JPEG of at most 300 kB"
            raise PydanticCustomError("theme_logo", message, {"hint": "export it as PNG, 600 pixels wide"})
        return self

    @property
    def on_accent(self) -> str:
        """The text colour on a field of accent: always white, since the accent must reach 4.5:1 on white."""
        return PAPER

    @property
    def accent_soft(self) -> str:
        """A pale surface of the accent, light enough for ink and accent text."""
        return mixed(self.accent, PAPER, 0.9)

    @property
    def accent_faint(self) -> str:
        """Secondary text on a field of accent, still readable there."""
        faint = mixed(PAPER, self.accent, 0.22)
        return faint if contrast(faint, self.accent) >= READABLE else PAPER

    @property
    def css(self) -> str:
        """The tokens as custom properties; only checked values get in."""
        return (
            f":root {{ --accent: {self.accent}; --on-accent: {self.on_accent};"
            f" --accent-soft: {self.accent_soft}; --accent-faint: {self.accent_faint}; }}"
        )


DEFAULT_THEME = Theme()


def read_theme(raw: object, logo: bytes = b"") -> tuple[Theme | None, tuple[Problem, ...]]:
    """A theme from its file. `logo` are the bytes of the file its `logo` key names, read by whoever may open files."""
    if not isinstance(raw, Mapping):
        return None, (Problem("theme_shape", (), "a theme is a mapping", "write `name:`, `accent:`, `logo:`"),)
    try:
        return Theme.model_validate({**raw, "logo": logo}), ()
    except ValidationError as mistakes:
        return None, tuple(
            Problem(
                "theme_wrong",
                tuple(mistake["loc"]),
                mistake["msg"],
                str(mistake.get("ctx", {}).get("hint", "")),
            )
            for mistake in mistakes.errors()
        )
