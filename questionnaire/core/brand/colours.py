"""Colours that can be read: contrast by the formula of WCAG 2.2, and everything a page needs out of three colours.

Text reaches 4.5 : 1 on what it stands on (1.4.3), outlines of controls 3 : 1 (1.4.11). Greys and soft surfaces are
derived, and stepped towards ink or paper until they do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields

READABLE, VISIBLE = 4.5, 3.0
WHITE, BLACK = "#ffffff", "#000000"
PAPER, INK, ACCENT = WHITE, "#16181d", "#1f4d3a"
DARK_PAPER, DARK_INK, DARK_ACCENT = "#15171b", "#eceae5", "#8fcdb0"

MEANINGS = ("good", "warning", "danger", "info")
# Text and surface of each meaning, on light and on dark paper; the same as in static/css/tokens.css.
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


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def mixed(colour: str, with_colour: str, share: float) -> str:
    """`colour` with `share` (0 to 1) of the other one in it."""
    pairs = ((int(colour[at : at + 2], 16), int(with_colour[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(one + (other - one) * share):02x}" for one, other in pairs)


def reads(text: str, *surfaces: str, ratio: float = READABLE) -> bool:
    """Whether the text can be read on each of the surfaces."""
    return all(contrast(text, surface) >= ratio for surface in surfaces)


def readable_on(colour: str, paper: str) -> str:
    """The colour, or the nearest one towards black or white that can be read on the paper."""
    end = BLACK if luminance(paper) > luminance(colour) else WHITE
    towards = [mixed(colour, end, share) for share in _steps(0, 1)]
    other = [BLACK if end == WHITE else WHITE]
    return _first([*towards, *other], lambda one: reads(one, paper))


def _steps(start: float, end: float) -> Iterator[float]:
    return (start + (end - start) * step / 20 for step in range(21))


def _first(candidates: Iterable[str], fits: Callable[[str], bool]) -> str:
    """The first that fits. Black or white can be read on any colour, so a list that ends with them has one."""
    return next(one for one in candidates if fits(one))


@dataclass(frozen=True, slots=True)
class Palette:
    """Every colour of one side, light or dark, by the name of its token."""

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
        return {f"--{one.name.replace('_', '-')}": getattr(self, one.name) for one in fields(self)}

    def pairs(self) -> Iterator[tuple[str, str, float]]:
        """Every text and the surface it stands on, every outline and its surface, with the ratio they must reach."""
        for text in (self.ink, self.grey_text, self.accent):
            yield from ((text, surface, READABLE) for surface in (self.paper, self.accent_soft))
        yield from ((text, self.grey_surface, READABLE) for text in (self.ink, self.grey_text))
        yield self.on_accent, self.accent, READABLE
        yield self.grey_line, self.paper, VISIBLE
        for meaning in MEANINGS:
            said, on = getattr(self, f"{meaning}_text"), getattr(self, f"{meaning}_surface")
            yield from ((said, surface, READABLE) for surface in (self.paper, on))


def meanings_on(paper: str) -> Mapping[str, tuple[str, str]] | None:
    """The pairs whose text can be read on this paper too; None in the middle, where neither can."""
    sides = (ON_LIGHT, ON_DARK)
    return next((side for side in sides if all(reads(text, paper) for text, _ in side.values())), None)


def palette(accent: str, ink: str, paper: str) -> Palette:
    """All colours out of three. Ink and accent can be read on the paper; `meanings_on(paper)` is not None."""
    meanings = meanings_on(paper)
    assert meanings is not None
    soft = 0.11 if meanings is ON_LIGHT else 0.16
    surface = _first((mixed(paper, ink, share) for share in _steps(0.05, 0)), lambda one: reads(ink, one))
    grey = _first((mixed(ink, paper, share) for share in _steps(0.3, 0)), lambda one: reads(one, paper, surface))
    tint = [mixed(paper, accent, share) for share in _steps(soft, 0)]
    return Palette(
        ink=ink,
        paper=paper,
        grey_text=grey,
        grey_line=_first(
            (mixed(ink, paper, share) for share in _steps(0.5, 0)), lambda one: reads(one, paper, ratio=VISIBLE)
        ),
        grey_surface=surface,
        hairline=mixed(paper, ink, 0.13),
        accent=accent,
        on_accent=_first((WHITE, paper, ink, BLACK), lambda one: reads(one, accent)),
        accent_soft=_first(tint, lambda one: all(reads(text, one) for text in (ink, grey, accent))),
        **{f"{name}_text": text for name, (text, _) in meanings.items()},
        **{f"{name}_surface": surface for name, (_, surface) in meanings.items()},
    )
