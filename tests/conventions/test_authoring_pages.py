"""The pages for authors name every key that a survey may have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, get_args

from pydantic import BaseModel

from questionnaire.core.survey.survey import Survey
from tests.conventions.checkout import text

PAGES = "\n".join(text(f"docs/{page}.md") for page in ("authoring", "branching", "questions", "theme", "embedding"))


def classes(annotation: Any, seen: set[type[BaseModel]]) -> Iterator[type[BaseModel]]:
    """Every authored class below an annotation, once."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        if annotation not in seen:
            seen.add(annotation)
            yield annotation
            for field in annotation.model_fields.values():
                yield from classes(field.annotation, seen)
        return
    for part in get_args(annotation):
        yield from classes(part, seen)


def is_named(key: str) -> bool:
    return re.search(rf"[`{{\s(,]{re.escape(key)}[`:]", PAGES) is not None


def test_every_key_of_a_survey_is_on_a_page_for_authors() -> None:
    found = list(classes(Survey, set()))
    assert len(found) > 40
    lacking = [
        f"{one.__name__}.{field.alias or name}"
        for one in found
        for name, field in one.model_fields.items()
        if not is_named(field.alias or name)
    ]
    assert lacking == []
