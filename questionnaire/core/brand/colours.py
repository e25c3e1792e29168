"""Colour contrast by WCAG 2.2, and the palette of a page derived from three colours.

Text has a contrast of 4.5 : 1 with its background (1.4.3), outlines of controls 3 : 1 (1.4.11). Greys and soft
surfaces are derived, and moved in steps towards ink or paper until they reach it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields

READABLE, VISIBLE = 4.5, 3.0
WHITE, BLACK = "#ffffff", "#000000"
PAPER, INK, ACCENT = WHITE, "#16181d", "#1f4d3a"
DARK_PAPER, DARK_INK, DARK_ACCENT = "#15171b", "#eceae5", "#8fcdb0"

MEANINGS = ("good", "warning", "danger", "info")
# Text and surface of each meaning, on a light and a dark page background; the same as in static/css/tokens.css.
ON_LIGHT: Mapping[str, tuple[str, str]] = {
    "good": ("#1c6b3c", "#e6f3ea"),
    "warning": ("#7f4e00", "#fdf1dc"),
    "danger": ("#a12622", "#fbe9e7"),
    "info": ("#1b5383", "#e6f0f8"),
}
ON_DARK: Mapping[str, tuple[str, str]] = {
    "good": ("#8fd3a8", "#1a2f22"),
    "warning": ("#efc074", "#35290f"),
    "danger": ("#f3a29b", "#3a1d1b"),
    "info": ("#93c4ec", "#182c3d"),
}


def luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb`, 0 (black) to 1 (white)."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    """The contrast ratio of two colours, from 1 to 21."""
    lighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def mix(colour: str, with_colour: str, share: float) -> str:
    """Mixes `colour` with a `share` (0 to 1) of another colour."""
    pairs = ((int(colour[at : at + 2], 16), int(with_colour[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(start + (end - start) * share):02x}" for start, end in pairs)


def is_readable(text: str, *surfaces: str, ratio: float = READABLE) -> bool:
    """Whether a text colour has enough contrast with each of the surfaces."""
    return all(contrast(text, surface) >= ratio for surface in surfaces)


def readable_on(colour: str, paper: str) -> str:
    """Returns the colour, or the nearest one towards black or white with enough contrast with `paper`."""
    end = BLACK if luminance(paper) > luminance(colour) else WHITE
    towards = [mix(colour, end, share) for share in _steps(0, 1)]
    other = [BLACK if end == WHITE else WHITE]
    return _first([*towards, *other], lambda candidate: is_readable(candidate, paper))


def _steps(start: float, end: float) -> Iterator[float]:
    return (start + (end - start) * step / 20 for step in range(21))


def _first(candidates: Iterable[str], fits: Callable[[str], bool]) -> str:
    """Returns the first candidate that fits. A list that ends with black and white always has one."""
    return next(candidate for candidate in candidates if fits(candidate))


@dataclass(frozen=True, slots=True)
class Palette:
    """Every colour of one colour scheme, light or dark. Field names are the names of the CSS tokens."""

    ink: str
    paper: str
    grey_text: str
    grey_line: str
    grey_surface: str
    hairline: str
    accent: str
    on_accent: str
    accent_soft: str
    good_text: str
    good_surface: str
    warning_text: str
    warning_surface: str
    danger_text: str
    danger_surface: str
    info_text: str
    info_surface: str

    @property
    def tokens(self) -> dict[str, str]:
        return {f"--{token.name.replace('_', '-')}": getattr(self, token.name) for token in fields(self)}

    def pairs(self) -> Iterator[tuple[str, str, float]]:
        """Yields each text or outline colour with its background and the contrast ratio that they must reach."""
        for text in (self.ink, self.grey_text, self.accent):
            yield from ((text, surface, READABLE) for surface in (self.paper, self.accent_soft))
        yield from ((text, self.grey_surface, READABLE) for text in (self.ink, self.grey_text))
        yield self.on_accent, self.accent, READABLE
        yield self.grey_line, self.paper, VISIBLE
        for meaning in MEANINGS:
            text, own_surface = getattr(self, f"{meaning}_text"), getattr(self, f"{meaning}_surface")
            yield from ((text, surface, READABLE) for surface in (self.paper, own_surface))


def meanings_on(paper: str) -> Mapping[str, tuple[str, str]] | None:
    """Returns ON_LIGHT or ON_DARK, the one readable on this background; None for a mid-tone, where neither is."""
    sides = (ON_LIGHT, ON_DARK)
    return next((side for side in sides if all(is_readable(text, paper) for text, _ in side.values())), None)


def palette(accent: str, ink: str, paper: str) -> Palette:
    """Derives a palette. Ink and accent must be readable on the paper, and `meanings_on(paper)` not None."""
    meanings = meanings_on(paper)
    assert meanings is not None
    soft = 0.11 if meanings is ON_LIGHT else 0.16
    surface = _first((mix(paper, ink, share) for share in _steps(0.05, 0)), lambda colour: is_readable(ink, colour))
    grey = _first(
        (mix(ink, paper, share) for share in _steps(0.3, 0)), lambda colour: is_readable(colour, paper, surface)
    )
    tint = [mix(paper, accent, share) for share in _steps(soft, 0)]
    return Palette(
        ink=ink,
        paper=paper,
        grey_text=grey,
        grey_line=_first(
            (mix(ink, paper, share) for share in _steps(0.5, 0)),
            lambda colour: is_readable(colour, paper, ratio=VISIBLE),
        ),
        grey_surface=surface,
        hairline=mix(paper, ink, 0.13),
        accent=accent,
        on_accent=_first((WHITE, paper, ink, BLACK), lambda colour: is_readable(colour, accent)),
        accent_soft=_first(tint, lambda colour: all(is_readable(text, colour) for text in (ink, grey, accent))),
        **{f"{name}_text": text for name, (text, _) in meanings.items()},
        **{f"{name}_surface": surface for name, (_, surface) in meanings.items()},
    )
