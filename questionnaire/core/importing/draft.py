"""The survey that an import builds: pages and questions in their order, and what waits until every name is known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from questionnaire.core.importing.expression import Expression
from questionnaire.core.importing.expression_reader import Dialect, NotAnExpression, read_expression
from questionnaire.core.importing.names import FreeNames, choice_value, plain_name
from questionnaire.core.importing.note import NoteList
from questionnaire.core.importing.scope import HIDDEN, NameKind, Scope, SourceName
from questionnaire.core.importing.texts import AuthoredText, TextReader

KINDS: Mapping[str, NameKind] = {
    "single_choice": "choice", "dropdown": "choice", "picture_choice": "choice", "yes_no": "choice",
    "multiple_choice": "choices", "ranking": "choices", "scale": "number", "rating": "number", "nps": "number",
    "slider": "number", "number": "number", "date": "date", "consent": "truth", "matrix": "choice",
}  # fmt: skip
"""How the answers to a question of a type are compared; a text otherwise."""
YES_NO: Mapping[str, str] = {
    **dict.fromkeys(("true", "True", "yes", "Yes", "Y", "y", "1"), "yes"),
    **dict.fromkeys(("false", "False", "no", "No", "N", "n", "0", "2"), "no"),
}


@dataclass(slots=True)
class OpenCondition:
    """A condition that is written into `target`, under `key`, when every name is known."""

    target: dict[str, Any]
    expression: Expression
    text: str
    place: str
    key: str = "show_if"


@dataclass(slots=True)
class OpenCalculation:
    """A calculated value of the source; `name` is ours."""

    name: str
    key: str
    expression: Expression
    text: str
    place: str
    keys: dict[str, Any] = field(default_factory=dict)


class SurveyDraft:
    """What an importer fills in. `normal` brings the ways to write a name of the source into one."""

    def __init__(self, normal: Callable[[str], str], mark: Callable[[str], str], dialect: Dialect) -> None:
        self.notes = NoteList()
        self.scope = Scope(normal)
        self.texts = TextReader(self.notes, mark)
        self.dialect = dialect
        self.names, self.page_names = FreeNames(), FreeNames()
        self.document: dict[str, Any] = {}
        self.pages: list[dict[str, Any]] = []
        self.conditions: list[OpenCondition] = []
        self.calculations: list[OpenCalculation] = []
        self.places: dict[str, str] = {}
        self.count = 0

    # --- texts and names -------------------------------------------------------------------------------------------

    def text(self, words: Mapping[str, str] | str, place: str, *, lines: bool = False) -> AuthoredText | None:
        """The authored text; a plain one is the same in every language."""
        by_language = dict.fromkeys(self.texts.languages, words) if isinstance(words, str) else words
        return self.texts.read(by_language, place, lines=lines)

    def title(self, words: Mapping[str, str] | str, place: str, otherwise: str) -> AuthoredText:
        """A text where one is needed: without one, the name of the thing."""
        text = self.text(words, place)
        if text is None:
            text = self.text(otherwise, place) or "–"
            self.notes.add("text_missing", place, text=text)
        return text

    def name(self, key: str, place: str, wish: str = "") -> str:
        """A free name for what the source calls `key`."""
        name = self.names.take(plain_name(wish or key, "question"))
        if not wish and name != key.lower():
            self.notes.add("name_changed", place, old=key, new=name)
        return name

    # --- pages and questions ---------------------------------------------------------------------------------------

    def page(self, words: Mapping[str, str] | str, place: str, name: str = "") -> dict[str, Any]:
        title = self.text(words, place)
        first = title if isinstance(title, str) else next(iter(title.values())) if title else ""
        page: dict[str, Any] = {"name": self.page_names.take(plain_name(name or first or "page", "page"))}
        if title:
            page["title"] = title
        self.places[f"page {page['name']}"] = place
        self.pages.append({**page, "questions": []})
        return self.pages[-1]

    def add(self, key: str, question: dict[str, Any], place: str, values: Mapping[str, str] | None = None) -> None:
        """Adds a question to the last page; `key` is its name in the source, `values` are those of its choices."""
        kind = KINDS.get(question["type"], "text")
        if question["type"] not in ("statement", "matrix"):
            known = {**YES_NO, **(values or {})} if question["type"] == "yes_no" else values or {}
            choices = question["choices"] if isinstance(question.get("choices"), list) else []
            self.scope.add(key, SourceName(question["name"], kind, self.count, known, False, choices))
        self.put(question, place)

    def put(self, question: dict[str, Any], place: str) -> None:
        """Adds a question whose answers go by names that were added already."""
        self.pages[-1]["questions"].append(question)
        self.places[question["name"]] = place
        self.count += 1

    def hidden_field(self, key: str, place: str) -> str:
        name = self.name(key, place)
        self.document.setdefault("hidden_fields", []).append({"name": name})
        self.scope.add(key, SourceName(name, "text", HIDDEN))
        return name

    def choices(
        self, items: Iterable[tuple[str, Mapping[str, str] | str, dict[str, Any]]], place: str
    ) -> tuple[list[dict[str, Any]], dict[str, str]]:
        """Authored choices out of values, texts and further keys, and our value for each of theirs."""
        used, choices, values = FreeNames(), list[dict[str, Any]](), dict[str, str]()
        changed: list[str] = []
        for index, (raw, words, keys) in enumerate(items):
            value = used.take(choice_value(raw, f"choice_{index + 1}"))
            if raw not in (value, ""):
                changed.append(f"{raw} → {value}")
            values.setdefault(raw, value)
            text = self.text(words, place) or self.title(raw, place, value)
            choices.append({"value": value, "text": text, **keys})
        if changed:
            self.notes.add("values_changed", place, pairs=", ".join(changed))
        return choices, values

    # --- what waits ------------------------------------------------------------------------------------------------

    def expression(self, text: str, place: str, code: str = "condition_left_out") -> Expression | None:
        """The expression, or None with a note that quotes it."""
        try:
            return read_expression(text, self.dialect)
        except NotAnExpression as error:
            self.notes.add(code, place, part=error, text=text)
            return None

    def show_if(self, target: dict[str, Any], text: str, place: str, key: str = "show_if") -> None:
        """Shows a page, a question, a choice or a row only under this condition."""
        expression = self.expression(text, place) if text else None
        if expression is not None:
            self.show_when(target, expression, text, place, key)

    def show_when(
        self, target: dict[str, Any], expression: Expression, text: str, place: str, key: str = "show_if"
    ) -> None:
        self.conditions.append(OpenCondition(target, expression, text, place, key))

    def calculate(self, key: str, text: str, place: str, **keys: Any) -> None:
        """A value that the source calculates."""
        expression = self.expression(text, place, "formula_left_out")
        if expression is not None:
            self.calculations.append(OpenCalculation(self.name(key, place), key, expression, text, place, keys))
