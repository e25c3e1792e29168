"""Identifiers that authors choose: names of questions and fields, ids of surveys and policies."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, StringConstraints

from questionnaire.core.base.authored import mistake
from questionnaire.core.base.conditions import FACTS, JOINTS
from questionnaire.core.base.patterns import Pattern


def _free(name: str) -> str:
    if name in FACTS:
        raise mistake("reserved_name", "`{name}` is the name of a fact", "choose another name", name=name)
    if name in JOINTS:
        raise mistake("reserved_name", "`{name}` joins conditions", "choose another name", name=name)
    return name


Name = Annotated[
    str,
    Pattern(r"^[a-z][a-z0-9_]{0,59}$", "use lower-case letters, digits and `_`, a letter first, such as `team_size`"),
    AfterValidator(_free),
]
AuthorLabel = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
"""A short name for authors and staff, in one language. Prospects never read it."""
Slug = Annotated[
    str,
    StringConstraints(max_length=80),
    Pattern(r"^[a-z0-9]+(-[a-z0-9]+)*$", "use lower-case letters, digits and hyphens, such as `data-check-up`"),
]
