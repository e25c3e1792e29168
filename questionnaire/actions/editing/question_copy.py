"""Copies a question of another survey into a draft: of its draft, else of the version in force."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from questionnaire.actions.editing import drafts
from questionnaire.actions.editing.drafts import Draft, DraftResult
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.base.problems import Problem
from questionnaire.core.editing.edit import add
from questionnaire.core.editing.new_items import question_from
from questionnaire.core.editing.outline import languages_of, outline, questions_in, text_in
from questionnaire.core.editing.paths import Path, find, identities, part_at
from questionnaire.storage.publishing import drafts as stored
from questionnaire.storage.publishing import publications


@dataclass(frozen=True, slots=True)
class OtherQuestion:
    """A question that can be copied. `has_condition`: it would come without it."""

    name: str
    label: str
    title: str
    has_condition: bool


def other_surveys(toolbox: Toolbox, besides: str) -> tuple[tuple[str, str], ...]:
    """(name, title) of every other survey, by title."""
    with toolbox.database.reading() as session:
        contents = {row.id: row.content for row in publications.newest_of_all(session, "survey")}
        contents |= {row.name: row.content for row in stored.every(session, "survey")}
    found = [(name, text_in(content.get("title"), languages_of(content)[0]) or name)
             for name, content in contents.items() if name != besides]  # fmt: skip
    return tuple(sorted(found, key=lambda one: one[1]))


def other_questions(toolbox: Toolbox, name: str) -> tuple[OtherQuestion, ...]:
    document = _content(toolbox, name)
    language = languages_of(document)[0]
    return tuple(
        OtherQuestion(
            one.name, one.label, text_in(one.content.get("title"), language), bool(one.content.get("show_if"))
        )
        for one in questions_in(outline(document, language))
        if one.name
    )


def copy_question(
    toolbox: Toolbox, draft: Draft, source: str, name: str, at: Path, actor: str, now: datetime, key: str | None = None
) -> DraftResult:  # fmt: skip
    """`at`: the list of questions, or the question that it comes after."""
    document = _content(toolbox, source)
    question = next((one.content for one in questions_in(outline(document, "")) if one.name == name), None)
    if question is None:
        problem = Problem("unknown_name", (), f"there is no question `{name}`", "choose one of the list")
        return DraftResult(draft, problems=(problem,))
    above, before = at, None
    if at[-1] != "questions":
        above = at[:-1]
        steps = identities(find(draft.document, above), part_at(draft.document, above))
        before = next(iter(steps[steps.index(at[-1]) + 1 :]), None)
    copied = question_from(document, question, draft.document)
    return drafts.edit(toolbox, draft.id, draft.revision, [add(above, copied, before).as_json], actor, now, key)


def _content(toolbox: Toolbox, name: str) -> Mapping[str, Any]:
    with toolbox.database.reading() as session:
        draft, row = stored.of_name(session, "survey", name), publications.find(session, "survey", name)
        return draft.content if draft is not None else row.content if row is not None else {}
