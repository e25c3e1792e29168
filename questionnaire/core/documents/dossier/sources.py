"""Where the lead came from: fields that came along, signed or claimed, and the first and last touch."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from questionnaire.core.documents.dossier.context import DossierContext
from questionnaire.core.documents.view_parts import clipped
from questionnaire.core.identity.attribution import Touchpoint


@dataclass(frozen=True, slots=True)
class Origin:
    """A field that came along. A `claim` came unsigned: anybody could have written it, and it gave no points."""

    name: str
    text: str
    claim: bool


@dataclass(frozen=True, slots=True)
class Sources:
    """`touches` are the first and the last one, each as (what it is, what the address and the browser told)."""

    fields: tuple[Origin, ...]
    touches: tuple[tuple[str, str], ...] = ()


def source(case: DossierContext) -> Sources | None:
    evidence = case.assessment.evidence
    fields = [Origin(name, clipped(value), False) for name, value in sorted(evidence.fields.items()) if value]
    fields += [Origin(name, clipped(value), True) for name, value in sorted(evidence.claims.items()) if value]
    touches = tuple(_touches(case))
    return Sources(tuple(fields), touches) if fields or touches else None


def _touches(case: DossierContext) -> Iterator[tuple[str, str]]:
    """The first touch of the first response that has one, and the last of the newest; one line when they are alike."""
    told = sorted((one for one in case.responses if one.touches), key=lambda one: one.at)
    if not told:
        return
    first, last = told[0].touches.get("first", {}), told[-1].touches.get("last", {})
    words = case.words
    if first and first != last:
        yield words("First touch"), _said(first)
    if last:
        yield words("Last touch"), _said(last)


def _said(touch: Touchpoint) -> str:
    return ", ".join(f"{name} {clipped(value)}" for name, value in touch.items())
