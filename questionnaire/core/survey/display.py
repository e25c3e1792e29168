"""How a survey is shown, and where: its screens, its progress, its languages, and the sites that may embed it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from questionnaire.core.base.authored import Authored, mistake
from questionnaire.core.base.patterns import Pattern
from questionnaire.core.identity.web_origin import read_origin


def _origin(raw: str) -> str:
    origin = read_origin(raw)
    if origin is None:
        hint = "write it like `https://www.example.com`"
        raise mistake("origin", "`{raw}` is not the origin of a site", hint, raw=raw)
    return origin


LanguageTag = Annotated[
    str,
    Pattern(r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", "write the language's code, such as `en`, `fr` or `pt-BR`"),
]


class Display(Authored):
    mode: Literal["one_per_screen", "by_page", "single_page"] = "one_per_screen"
    progress: Literal["bar", "steps", "none"] = "bar"
    back: bool = True
    estimate_minutes: int | None = Field(default=None, ge=1, le=120)
    gate: Literal["none", "before_start", "before_result"] = "before_result"
    teaser: Literal["none", "overall"] = "overall"


class Embed(Authored):
    allowed_origins: tuple[Annotated[str, AfterValidator(_origin)], ...] = ()
