"""Every key that an author can write in a policy, as a path, and whether it is required.

`*` stands for a name of the author's own, `[]` for an entry of a list: `fit.criteria.*.icp`, `reps[].email`.
"""

from __future__ import annotations

import types
from collections.abc import Iterator
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from questionnaire.core.policy import Policy


def keys(model: type[BaseModel] = Policy, before: str = "") -> Iterator[tuple[str, bool]]:
    for name, field in model.model_fields.items():
        path = f"{before}{field.alias or name}"
        yield path, field.is_required()
        yield from _below(field.annotation, path)


def _below(annotation: Any, path: str) -> Iterator[tuple[str, bool]]:
    origin, parts = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        yield from _below(parts[0], path)
    elif origin in (Union, types.UnionType):
        for part in parts:
            yield from _below(part, path)
    elif isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield from keys(annotation, f"{path}.")
    elif origin is tuple:
        yield from _below(parts[0], f"{path}[]")
    elif origin is not None and len(parts) == 2:
        yield from _below(parts[1], f"{path}.*")
