"""Public names are standard terms: unique classes, no participles, rows end in Row, modules in the glossary."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import PurePosixPath

from tests.conventions.checkout import python_files, text, told, tree

# Law 11: these name nothing.
EMPTY = {"told", "said", "made", "held", "kept", "given", "shown", "found", "asked", "whoever", "somebody", "nobody"}
PRONOUNS = {"one", "everybody", "anybody", "someone", "anyone"}
REVISIONS = "questionnaire/storage/schema/migrations/versions"
# Keys of authored files and of their JSON.
AUTHORED = {("questionnaire/core/policy/intent.py", "one")}


def _modules() -> list[str]:
    return [name for name in python_files() if not name.startswith(REVISIONS)]


def _classes() -> Iterator[tuple[str, ast.ClassDef]]:
    for name in _modules():
        yield from ((name, node) for node in tree(name).body if isinstance(node, ast.ClassDef))


def _public_names(name: str) -> Iterator[tuple[str, int]]:
    """Functions, methods, classes and fields of classes that do not begin with an underscore."""
    for node in ast.walk(tree(name)):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, node.lineno
        if isinstance(node, ast.ClassDef):
            for field in node.body:
                if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name):
                    yield field.target.id, field.lineno


def test_a_public_class_name_exists_once() -> None:
    places = defaultdict(list)
    for name, node in _classes():
        if not node.name.startswith("_"):
            places[node.name].append(f"{name}:{node.lineno}")
    twice = {name: found for name, found in places.items() if len(found) > 1}
    assert not twice, told([f"{name}: {', '.join(found)}" for name, found in sorted(twice.items())])


def test_no_participle_and_no_pronoun_is_a_public_name() -> None:
    wrong = []
    for name in _modules():
        for word, line in _public_names(name):
            if word.lower() in EMPTY | PRONOUNS and (name, word) not in AUTHORED:
                wrong.append(f"{name}:{line}: `{word}`; name the thing by the term its field uses")
        stem = PurePosixPath(name).stem
        if (EMPTY | PRONOUNS) & set(stem.split("_")):
            wrong.append(f"{name}: a module is named by what is in it")
    assert not wrong, told(wrong)


def test_a_stored_row_ends_in_row() -> None:
    tables = [(name, node) for name, node in _classes() if any(key.arg == "table" for key in node.keywords)]
    assert len(tables) > 20
    wrong = [f"{name}:{node.lineno}: {node.name}" for name, node in tables if not node.name.endswith("Row")]
    assert not wrong, told(wrong)


def test_every_module_stands_in_the_glossary() -> None:
    glossary = set(re.findall(r"^\| `([a-z_/]*[a-z_])` \|", text("docs/house.md"), re.MULTILINE))
    modules = {name.removeprefix("questionnaire/").removesuffix(".py") for name in _modules() if "/__" not in name}
    missing = [f"docs/house.md: add a row for `{name}`" for name in sorted(modules - glossary)]
    gone = [f"docs/house.md: `{name}` is no module" for name in sorted(glossary - modules)]
    assert not missing + gone, told(missing + gone)
