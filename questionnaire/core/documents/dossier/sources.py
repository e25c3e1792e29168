"""Source section of a dossier: hidden fields, signed or claimed, and the first and last touchpoint."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from questionnaire.core.documents.dossier.context import DossierContext
from questionnaire.core.documents.view_parts import clipped
from questionnaire.core.identity.attribution import Touchpoint


@dataclass(frozen=True, slots=True)
class Origin:
    """A hidden field. A `claim` is unsigned: anyone could have written it, and it gave no points."""

    name: str
    text: str
    claim: bool


@dataclass(frozen=True, slots=True)
class Sources:
    """`touches` are the first and the last touchpoint, each as (label, values from URL and browser)."""

    fields: tuple[Origin, ...]
    touches: tuple[tuple[str, str], ...] = ()


def source(case: DossierContext) -> Sources | None:
    evidence = case.assessment.evidence
    fields = [Origin(name, clipped(value), False) for name, value in sorted(evidence.fields.items()) if value]
    fields += [Origin(name, clipped(value), True) for name, value in sorted(evidence.claims.items()) if value]
    touches = tuple(_touches(case))
    return Sources(tuple(fields), touches) if fields or touches else None


def _touches(case: DossierContext) -> Iterator[tuple[str, str]]:
    """Yields the first touch of the oldest response and the last of the newest; only the last when they are equal."""
    responses = sorted((item for item in case.responses if item.touches), key=lambda item: item.at)
    if not responses:
        return
    first, last = responses[0].touches.get("first", {}), responses[-1].touches.get("last", {})
    words = case.words
    if first and first != last:
        yield words("First touch"), _touch_text(first)
    if last:
        yield words("Last touch"), _touch_text(last)


def _touch_text(touch: Touchpoint) -> str:
    return ", ".join(f"{name} {clipped(value)}" for name, value in touch.items())
