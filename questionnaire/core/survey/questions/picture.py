"""Pictures in a survey: a file beside it, and what is known of the published one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from questionnaire.core.base.patterns import Pattern
from questionnaire.core.base.problems import Where

PICTURE_KEYS = ("image", "logo")
"""The keys of a survey that name a picture."""
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


def picture_places(value: Any, where: Where = ()) -> Iterator[tuple[Where, str]]:
    """The place and the name of each picture that a survey's document names. `where`: the place of `value` in it."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if key in PICTURE_KEYS and isinstance(inner, str):
                yield (*where, key), inner
            else:
                yield from picture_places(inner, (*where, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from picture_places(inner, (*where, index))
