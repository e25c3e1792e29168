"""Pictures in a survey: a file beside it, and what is known of the published one."""

from __future__ import annotations

import re
from typing import Annotated

from questionnaire.core.base.patterns import Pattern

_PUBLISHED = re.compile(r"[0-9a-f]{32}-([1-9][0-9]{0,4})x([1-9][0-9]{0,4})\.webp")


ImageFile = Annotated[
    str,
    Pattern(
        r"^[A-Za-z0-9][A-Za-z0-9_./-]{0,120}\.(png|jpg|jpeg|webp)$",
        "name a .png, .jpg or .webp file beside the survey",
    ),
]


def picture_size(image: str) -> tuple[int, int] | None:
    """Width and height in pixels of a published picture, whose name has them; None of an author's own file."""
    found = _PUBLISHED.fullmatch(image)
    return (int(found[1]), int(found[2])) if found else None
