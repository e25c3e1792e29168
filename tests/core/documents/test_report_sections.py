"""Single sections of the report."""

from __future__ import annotations

import dataclasses
from fractions import Fraction
from typing import Any

from questionnaire.core.documents.report import build_report
from tests.documents import samples


def test_a_dimension_between_the_others_says_so() -> None:
    base = samples.told()
    scores = zip(base.maturity.dimensions, (10, 50, 90), strict=True)
    dimensions = tuple(dataclasses.replace(score, value=Fraction(value)) for score, value in scores)
    made = build_report(dataclasses.replace(base, maturity=dataclasses.replace(base.maturity, dimensions=dimensions)))
    content: Any = made.section("dimensions")
    chapters = content.chapters
    between = [chapter.bar.title for chapter in chapters if "between" in chapter.standing]
    assert between == [dimensions[1].dimension.title.say("en")]


def test_without_a_next_step_the_report_offers_none() -> None:
    assert build_report(samples.told(block=None)).section("next_step") is None
