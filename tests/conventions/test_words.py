"""Every sentence people read is marked for translation, as one literal string."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest
from jinja2 import Environment, nodes

from tests.conventions.catalogues import Reader, marked
from tests.conventions.checkout import files, text, told

UNREAD = re.compile(
    r"{% block kind %}.*?{% endblock %}|{% macro attributes\(.*?endmacro|{#.*?#}|{%.*?%}|{{.*?}}", re.DOTALL
)
NOT_LITERAL = (ast.JoinedStr, ast.BinOp, ast.IfExp)
SECOND = {"Mistake"}  # The sentence is the second argument.
ONE = {"words", "later", "gettext", "gettext_noop", *SECOND}


def in_python(source: str) -> Iterator[tuple[int, str, ast.expr]]:
    """Line, name of the function and argument of everything that is marked: `words(…)`, `later(…)`, `.ngettext(…)`."""
    for call in (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)):
        func = call.func
        name = func.id if isinstance(func, ast.Name) else func.attr if isinstance(func, ast.Attribute) else ""
        if isinstance(func, ast.Call):
            inner = func.func
            name = inner.id if isinstance(inner, ast.Name) and inner.id in ("words", "words_for") else ""
            name = f"{name}(…)" if name else ""
        at = slice(1, 2) if name in SECOND else slice(0, 2) if name == "ngettext" else slice(0, 1)
        if name in ONE or name == "ngettext" or name.endswith("(…)"):
            yield from ((call.lineno, name, argument) for argument in call.args[at])


def in_template(source: str) -> Iterator[tuple[int, str, nodes.Expr]]:
    for call in Environment(autoescape=True).parse(source).find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name in ("_", "ngettext"):
            count = 2 if call.node.name == "ngettext" else 1
            yield from ((call.lineno, call.node.name, argument) for argument in call.args[:count])


def test_every_sentence_in_python_is_one_literal_string_and_is_found() -> None:
    found = set(marked()) | {many for many, _ in marked().values()}
    wrong = []
    for name in (name for name in files() if name.startswith("questionnaire/") and name.endswith(".py")):
        for line, function, argument in in_python(text(name)):
            literal = isinstance(argument, ast.Constant) and isinstance(argument.value, str)
            if isinstance(argument, NOT_LITERAL):
                wrong.append(f"{name}:{line}: {function}() takes one literal string")
            elif literal and function.endswith("(…)"):
                wrong.append(f'{name}:{line}: write .gettext("…"): what follows two brackets is not found')
            elif literal and argument.value not in found and name != "questionnaire/core/base/translation.py":  # type: ignore[attr-defined]  # of some types only
                wrong.append(f"{name}:{line}: `make words` does not find {argument.value!r}")  # type: ignore[attr-defined]  # of some types only
    assert not wrong, told(wrong)


def test_every_sentence_in_a_template_is_one_literal_string_and_is_found() -> None:
    found = set(marked()) | {many for many, _ in marked().values()}
    wrong = [
        f"{name}:{line}: {function}() takes one literal string that `make words` finds"
        for name in files()
        if name.startswith("templates/") and name.endswith((".html", ".txt"))
        for line, function, argument in in_template(text(name))
        if not isinstance(argument, nodes.Const) or argument.value not in found
    ]
    assert not wrong, told(wrong)


def test_a_sentence_that_is_put_together_is_seen() -> None:
    for source in (
        'words(f"Call {name}")',
        'words("Call " + name)',
        'later("a" if b else "c")',
        'Mistake("x", f"{y}")',
    ):
        assert [type(argument) in NOT_LITERAL for _, _, argument in in_python(source)] == [True], source
    assert [name for _, name, _ in in_python('words_for(tag)("Close")')] == ["words_for(…)"]


# --- nothing is said without a mark ----------------------------------------------------------------------------


# The demo's marketing site is an invented company's: its words are its own, in English and French, and not ours.
OURS = [name for name in files() if name.startswith("templates/") and not name.startswith("templates/demo_site/")]


@pytest.mark.parametrize("name", OURS)
def test_a_template_says_nothing_that_is_not_marked(name: str) -> None:
    reader = Reader()
    reader.feed(UNREAD.sub("", text(name)))
    words = [word for heard in reader.heard for word in re.findall(r"[^\W\d_]{2,}", heard)]
    assert not words, told(words)
