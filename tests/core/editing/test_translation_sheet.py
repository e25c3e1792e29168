"""A translator's sheet comes back: what is taken, and what is not because the draft has changed meanwhile."""

from __future__ import annotations

from typing import Any

from questionnaire.core.editing.apply import apply_all
from questionnaire.core.editing.edit import set_
from questionnaire.core.editing.paths import find, read_path
from questionnaire.core.editing.translation_sheet import SheetRow, SheetText, header_revision, sheet_header, sheet_plan
from tests.authored import authored

DOCUMENT = """
schema: survey/1
languages: [en, fr]
title: {en: "Hello {{first_name|you}}", fr: Bonjour}
description: {en: Ten questions}
pages: [{name: p, questions: [{name: a, type: text, title: {en: Name, fr: Nom}, help: Same}]}]
"""
TITLE = "pages/p/questions/a/title"


def row(path: str, original: str, translation: str, *, formula: bool = False) -> SheetRow:
    return SheetRow(2, path, original, translation, formula)


def found(rows: tuple[SheetText, ...]) -> list[str]:
    return ["/".join(map(str, one.text.path)) for one in rows]


def test_the_header_says_which_state_of_the_draft_the_sheet_shows() -> None:
    header = sheet_header(12, "English", "French")
    assert (header_revision(header), header_revision(["Path"]), header_revision([])) == (12, None, None)


def test_what_is_up_to_date_is_taken_as_one_change() -> None:
    document = authored(DOCUMENT)
    plan = sheet_plan([
        row("title", "Hello {{first_name|you}}", "Salut"), row("description", "Ten questions", "Dix questions"),
        row(TITLE, "Name", "Nom "), row("pages/p/questions/a/help", "Same", "Same"), row("gone", "x", "y"),
        row("description", "x", ""), row(TITLE, "Name", "=1+1", formula=True), row(TITLE, "Name", "x" * 5000),
    ], document, document, "fr")  # fmt: skip
    edited = apply_all(document, plan.change).document
    assert edited["title"]["fr"] == "Salut"
    assert edited["description"] == {"en": "Ten questions", "fr": "Dix questions"}
    assert (found(plan.taken), plan.same, plan.empty) == (["title", "description"], 2, 1)
    assert [one.lost for one in plan.lost] == [("first_name",)]
    assert ([one.path for one in plan.unknown], len(plan.refused)) == (["gone"], 2)


def changed_meanwhile() -> tuple[Any, Any]:
    base = authored(DOCUMENT)
    change = (set_(("description", "en"), "Eleven questions"), set_((*read_path(TITLE), "fr"), "Votre nom"))
    return base, apply_all(base, change).document


def test_what_changed_meanwhile_is_never_overwritten() -> None:
    base, document = changed_meanwhile()
    rows = [row("description", "Ten questions", "Dix"), row(TITLE, "Name", "Le nom")]
    plan = sheet_plan(rows, base, document, "fr")
    assert plan.change == ()
    assert (found(plan.outgrown), found(plan.changed)) == (["description"], [TITLE])
    assert (plan.changed[0].current, plan.changed[0].translation, plan.changed[0].original) == (
        "Votre nom", "Le nom", "Name"
    )  # fmt: skip


def test_a_sheet_that_says_no_state_is_compared_by_its_own_originals() -> None:
    _, document = changed_meanwhile()
    rows = [row("description", "Ten questions", "Dix"), row("description", "Eleven questions\r\n", "Onze"),
            row(TITLE, "Name", "Le nom"), row("pages/p/questions/a/help", "Same", "Pareil")]  # fmt: skip
    plan = sheet_plan(rows, None, document, "fr")
    assert (found(plan.outgrown), found(plan.changed)) == (["description"], [TITLE])
    edited = apply_all(document, plan.change).document
    assert edited["description"]["fr"] == "Onze"
    assert find(edited, read_path("pages/p/questions/a/help")) == {"en": "Same", "fr": "Pareil"}
