"""Gives something another name, everywhere it is mentioned: in its own document and in others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from questionnaire.core.editing.mentions import NameUse, rewrite, uses
from questionnaire.core.editing.paths import Document, EditError, Path, find, no_place, write_path
from questionnaire.core.editing.scopes_of_names import SET, questions_of, set_of
from questionnaire.core.editing.structure import Kind

Meant = tuple[Kind, str, str]
"""What a name means: its kind, its scope and the name."""


def defined_at(document: Document, path: Path) -> NameUse | None:
    """What is named at a place; None where nothing has a name that others could mention."""
    find(document, path)
    return next((use for use in uses(document) if use.defines and use.path == path), None)


def meanings(document: Document, use: NameUse) -> frozenset[Meant]:
    """Everything that mentions may mean by this name: a choice of a set belongs to each question that uses the set."""
    found = {(use.kind, use.scope, use.name)}
    if use.kind == "choice" and use.scope.startswith(SET):
        users = [str(one.get("name")) for one in questions_of(document) if set_of(one) == use.scope.removeprefix(SET)]
        found |= {("choice", name, use.name) for name in users}
    return frozenset(found)


def renamed_document(document: Document, path: Path, name: str) -> Any:
    """The document in which what stands at `path` has another name. Raises EditError."""
    find(document, path)
    every = uses(document)
    use = next((one for one in every if one.defines and one.path == path), None)
    if use is None:
        raise EditError("no_name", path, f"`{write_path(path)}` has no name to change", "choose what has one")
    if not name.strip():
        raise EditError("no_name", path, "the name is empty", "enter a name")
    if name == use.name:
        return document
    _refuse_taken(document, every, use, name)
    return rename_mentions(document, meanings(document, use), name)


def _refuse_taken(document: Document, every: tuple[NameUse, ...], use: NameUse, name: str) -> None:
    """A name that others already mention would take their mentions over, and could not be told from them later."""
    there = meanings(document, NameUse(use.kind, use.scope, name, use.path))
    other = next((one for one in every if (one.kind, one.scope, one.name) in there), None)
    if other is None:
        return
    place = write_path(other.path)
    what = f"the name `{name}` is taken" if other.defines else f"`{name}` is already mentioned"
    raise EditError("name_taken", use.path, f"{what} at `{place}`", "choose another name")


def rename_mentions(document: Document, meant: frozenset[Meant], name: str) -> Any:
    """Any document, also one beside the one with the name, in which all mentions have the other name."""
    return rewrite(document, lambda use: name if (use.kind, use.scope, use.name) in meant else use.name)


def rename_beside(document: Document, path: Path, name: str, others: Mapping[str, Document]) -> dict[str, Any]:
    """The other documents that mention what is renamed at `path`, such as policy and cases of a survey, as they have
    to be afterwards; those that do not are left out. Raises EditError."""
    use = defined_at(document, path)
    if use is None:
        raise no_place(path)
    meant = meanings(document, use)
    after = {key: rename_mentions(other, meant, name) for key, other in others.items()}
    return {key: new for key, new in after.items() if new is not others[key]}
