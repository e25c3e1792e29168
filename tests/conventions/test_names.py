"""The folder's law stands at its door, modules are named by nouns of the field, and one concept has one word."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from tests.conventions.checkout import files, python_files, told, tree

VAGUE = {"util", "utils", "helper", "helpers", "common", "manager", "managers", "service", "services", "misc", "base"}
# Word that is not used -> the field's word for it.
WORDS = {
    "quiz": "Survey",
    "submissions": "Response",
    "classification": "Verdict",
    "util": "a noun of the field",
    "utils": "a noun of the field",
    "helper": "a noun of the field",
    "helpers": "a noun of the field",
}
# What belongs to the moment of submitting, and is not stored.
MOMENT = {"SubmissionContext", "submission_context"}
# Whole names, not parts of one, and where they would mislead.
WHOLE = {
    ("questionnaire/core/", "data"): "Answers, or what it really is",
    ("questionnaire/core/", "payload"): "Answers, or what it really is; a payload is what a channel sends",
    ("questionnaire/web/", "payload"): "Answers, or what it really is; a payload is what a channel sends",
    ("questionnaire/storage/", "sql"): "session, engine or statement; SQL is a stage",
}
TOP_LEVEL = {
    ".ci", ".editorconfig", ".gitignore", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "Makefile", "README.md",
    "SECURITY.md", "docs", "pyproject.toml", "questionnaire", "static", "surveys", "templates", "tests", "uv.lock",
}  # fmt: skip

REVISIONS = "questionnaire/storage/schema/migrations/versions"


def _defined(module: ast.Module) -> Iterator[tuple[str, int]]:
    """Every name this file gives to something, with its line."""
    for node in ast.walk(module):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, node.lineno
        elif isinstance(node, ast.arg):
            yield node.arg, node.lineno
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id, node.lineno


def _parts(name: str) -> set[str]:
    """`AnswerPayload` and `answer_payload` both hold answer and payload."""
    return {part.lower() for part in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", name)}


def test_every_package_states_its_law() -> None:
    # Revisions are scripts that Alembic reads one by one, not a package.
    folders = {str(PurePosixPath(name).parent) for name in python_files()} - {REVISIONS}
    wrong = []
    for folder in sorted(folders):
        door = f"{folder}/__init__.py"
        if door not in files():
            wrong.append(f"{folder}: has no __init__.py")
        elif not ast.get_docstring(tree(door)):
            wrong.append(f"{door}: does not say what may stand in this folder")
    assert not wrong, told(wrong)


def test_modules_are_named_by_nouns_of_the_field() -> None:
    names = [*python_files("questionnaire"), *python_files("tests")]
    paths = [PurePosixPath(name).with_suffix("").parts for name in names if "core/base/" not in name]
    wrong = ["/".join(parts) for parts in paths if VAGUE & set(parts)]
    assert not wrong, told([f"{name}: name it by what it holds" for name in wrong])


def test_one_concept_has_one_word() -> None:
    wrong = []
    for name in python_files():
        for word, line in _defined(tree(name)):
            instead = [WORDS[part] for part in _parts(word) if part in WORDS and word not in MOMENT]
            instead += [better for (room, whole), better in WHOLE.items() if word == whole and name.startswith(room)]
            wrong += [f"{name}:{line}: `{word}`; the word is {better}" for better in instead]
    assert not wrong, told(wrong)


def test_nothing_new_lies_at_the_top_level() -> None:
    found = {name.split("/")[0] for name in files()}
    assert found <= TOP_LEVEL, told([f"{name}: belongs in one of the folders" for name in sorted(found - TOP_LEVEL)])


def test_test_names_are_sentences() -> None:
    wrong = []
    for name in python_files("tests"):
        for node in ast.walk(tree(name)):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_") and len(_parts(node.name)) < 3:
                wrong.append(f"{name}:{node.lineno}: {node.name} does not say what is promised")
    assert not wrong, told(wrong)


def test_no_test_is_left_out() -> None:
    silencers = {"skip", "skipif", "xfail", "importorskip"}
    wrong = []
    for name in python_files("tests"):
        for node in ast.walk(tree(name)):
            if isinstance(node, ast.Attribute) and node.attr in silencers:
                wrong.append(f"{name}:{node.lineno}: {node.attr}")
    assert not wrong, told(wrong)
