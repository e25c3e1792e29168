"""What depends on something: the places that mention its name, so that nobody removes it unawares."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from questionnaire.core.editing.mentions import NameUse, uses
from questionnaire.core.editing.paths import Document, EditError, Path, find, write_path
from questionnaire.core.editing.rename import meanings


@dataclass(frozen=True, slots=True)
class Dependent:
    """One place that mentions what `use` means. `words` is what stands there."""

    use: NameUse
    words: Any

    @property
    def path(self) -> Path:
        return self.use.path


def dependents(document: Document, path: Path, others: Iterable[Document] = ()) -> tuple[Dependent, ...]:
    """Everything outside of `path` that mentions what is named there or below; in other documents, everywhere.

    Raises EditError when there is no such place.
    """
    find(document, path)
    own = uses(document)
    inside = [use for use in own if use.path[: len(path)] == path]
    outside = [use for use in own if use.path[: len(path)] != path]
    defined_elsewhere = {(use.kind, use.scope, use.name) for use in outside if use.defines}
    meant = {one for use in inside if use.defines for one in meanings(document, use) if one not in defined_elsewhere}
    places = [(document, use) for use in outside]
    places += [(other, use) for other in others for use in uses(other)]
    found = [
        Dependent(use, find(holder, use.path))
        for holder, use in places
        if not use.defines and (use.kind, use.scope, use.name) in meant
    ]
    return tuple({one.use: one for one in found}.values())


def refuse_if_used(document: Document, path: Path) -> None:
    found = dependents(document, path)
    if not found:
        return
    places = ", ".join(f"`{write_path(one.path)}`" for one in found[:3])
    more = f" and {len(found) - 3} more" if len(found) > 3 else ""
    raise EditError(
        "still_used", path, f"it is still used at {places}{more}", "change those places first, or remove it anyway"
    )
