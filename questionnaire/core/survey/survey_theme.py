"""The look of one survey where it differs from the sender's: colours, logo, font, corners. What is unreadable is never
shown.

Missing values are those of the sender's theme. A pair of colours below 4.5 : 1 is drawn in the nearest colour that
reaches it, and the builder says so and offers it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import Field

from questionnaire.core.base.authored import Authored
from questionnaire.core.base.patterns import Pattern
from questionnaire.core.base.problems import Problem, Where
from questionnaire.core.brand.colours import BLACK, READABLE, WHITE, contrast, luminance, meanings_on, mix, readable_on
from questionnaire.core.brand.logos import LogoPictures
from questionnaire.core.brand.theme import DarkSide, Theme
from questionnaire.core.survey.questions.picture import ImageFile, picture_size

ColourCode = Annotated[str, Pattern(r"^#[0-9a-fA-F]{6}$", "write it as #1f4d3a")]
FontName = Literal["system", "humanist", "geometric", "grotesque", "rounded", "serif", "old style", "slab"]


class DarkTheme(Authored):
    """The colours and the logo of dark mode."""

    accent: ColourCode | None = None
    ink: ColourCode | None = None
    paper: ColourCode | None = None
    logo: ImageFile | None = None


class SurveyTheme(Authored):
    """Every key stands for one of the sender's theme."""

    accent: ColourCode | None = None
    ink: ColourCode | None = None
    paper: ColourCode | None = None
    logo: ImageFile | None = None
    dark: DarkTheme | None = None
    scheme: Literal["auto", "light", "dark"] | None = None
    radius: int | None = Field(default=None, ge=0, le=16)
    font: FontName | None = None


@dataclass(frozen=True, slots=True)
class ColourPair:
    """A colour on its background. `where` is its place in a survey, `better` the nearest colour that can be read."""

    where: Where
    colour: str
    paper: str
    ratio: float
    better: str

    @property
    def is_readable(self) -> bool:
        return self.colour == self.better


def theme_of(base: Theme, own: SurveyTheme | None) -> Theme:
    """The theme of a survey: the sender's, with what the survey changes."""
    if own is None:
        return base
    better = {pair.where[1:]: pair.better for pair in colour_pairs(base, own)}
    changed = own.model_dump(exclude_none=True, include={"scheme", "radius", "font"})
    light = {name: better[(name,)] for name in ("accent", "ink", "paper")}
    names = ("accent", "ink", "paper") if _has_dark_accent(base, own) else ("ink", "paper")
    dark = {name: better[("dark", name)] for name in names}
    # Not dict(base), which also has what its cached properties hold.
    known = {name: getattr(base, name) for name in Theme.model_fields}
    return Theme.model_validate({**known, **changed, **light, "dark": dark, "logo_pictures": _logo(own)})


def _logo(own: SurveyTheme) -> LogoPictures:
    """A file that its author names and that is not stored yet is shown nowhere."""
    names = (own.logo or "", (own.dark and own.dark.logo) or "")
    light, dark = (name if picture_size(name) else "" for name in names)
    return LogoPictures(light=light, dark=dark)


def colour_pairs(base: Theme, own: SurveyTheme) -> Iterator[ColourPair]:
    """Paper, ink and accent of light mode, then of dark mode, as the survey has them."""
    dark = own.dark or DarkTheme()
    accent, paper = own.accent or base.accent, own.paper or base.paper
    yield from _side((), paper, own.ink or base.ink, accent)
    dark_paper, dark_ink = dark.paper or base.dark.paper, dark.ink or base.dark.ink
    known = dark.accent or (base.dark.accent if own.accent is None else None)
    yield from _side(("dark",), dark_paper, dark_ink, known or _derived(base, accent, dark_paper))


def _has_dark_accent(base: Theme, own: SurveyTheme) -> bool:
    """Without one a lighter accent is derived."""
    return bool(own.dark and own.dark.accent) or (own.accent is None and base.dark.accent is not None)


def _derived(base: Theme, accent: str, paper: str) -> str:
    changes = {"accent": accent.lower(), "dark": DarkSide(paper=_paper(paper))}
    return base.model_copy(update=changes).dark_accent


def _side(above: tuple[str, ...], paper: str, ink: str, accent: str) -> Iterator[ColourPair]:
    at: Where = ("theme", *above)
    paper, ink, accent = paper.lower(), ink.lower(), accent.lower()
    page = _paper(paper)
    yield ColourPair((*at, "paper"), paper, ink, contrast(ink, paper), page)
    for name, colour in (("ink", ink), ("accent", accent)):
        yield ColourPair((*at, name), colour, page, contrast(colour, page), readable_on(colour, page))


def _paper(colour: str) -> str:
    """The paper, or the nearest one on which warnings can be read."""
    colour = colour.lower()
    end = WHITE if luminance(colour) > 0.18 else BLACK
    steps = (mix(colour, end, share / 20) for share in range(21))
    return next(step for step in steps if meanings_on(step) is not None)


def theme_problems(base: Theme, own: SurveyTheme | None) -> tuple[Problem, ...]:
    """What of a survey's colours cannot be read, with the nearest colour that can."""
    pairs = colour_pairs(base, own) if own is not None else ()
    return tuple(_problem(pair) for pair in pairs if not pair.is_readable)


def _problem(pair: ColourPair) -> Problem:
    hint = f"did you mean `{pair.better}`?"
    if pair.where[-1] == "paper":
        message = f"on `{pair.colour}` neither dark nor light warnings can be read"
        return Problem("theme_paper", pair.where, message, hint)
    ratio = f"{int(pair.ratio * 100) / 100:.2f}"
    message = f"`{pair.colour}` has a contrast of `{ratio}` : 1 on `{pair.paper}`; {READABLE} : 1 is needed to be read"
    return Problem("theme_contrast", pair.where, message, hint)


def read_survey_theme(raw: Any) -> SurveyTheme | None:
    """A theme that was stored as JSON; None for nothing and for what is none."""
    return SurveyTheme.from_raw(raw)[0] if raw else None
