"""Groups of the appearance `table-list`: one matrix of several questions with the same choices."""

from __future__ import annotations

from typing import Any

from questionnaire.core.importing.draft import SurveyDraft
from questionnaire.core.importing.names import FreeNames, plain_name
from questionnaire.core.importing.question_forms import statement
from questionnaire.core.importing.scope import SourceName
from questionnaire.core.importing.source import SourceItem
from questionnaire.core.importing.xlsform.choice_lists import ChoiceLists
from questionnaire.core.importing.xlsform.columns import texts_of
from questionnaire.core.importing.xlsform.meaning import known_dimension, question_keys


def add_table(draft: SurveyDraft, lists: ChoiceLists, items: list[SourceItem], first: str) -> None:
    """The rows of the group from the one that begins it to its last question."""
    group, *inner = items
    key = group.text("name") or "table"
    group.take("appearance")
    for note in [row for row in inner if row.text("type").lower() == "note"]:
        statement(draft, texts_of(note, "label", first), note.at("label"), note.text("name") or "note")
    selects = [row for row in inner if row.text("type").lower() != "note"]
    by_list: dict[str, list[SourceItem]] = {}
    for row in selects:
        by_list.setdefault(row.text("type").split()[-1], []).append(row)
    for name, members in by_list.items():
        choices, values = lists.choices(name)
        if not choices:
            draft.notes.add("choice_missing", group.place, name=name)
            continue
        for choice in choices:
            choice.pop("exclusive", None)
        question: dict[str, Any] = {
            "name": draft.name(key, group.place), "type": "matrix",
            "title": draft.title(texts_of(group, "label", first), group.at("label"), key),
            **({"required": True} if all(row.flag("required") for row in members) else {}),
            **question_keys(draft, group), "rows": [], "choices": choices,
        }  # fmt: skip
        help_text = draft.text(texts_of(group, "hint", first), group.at("hint"), lines=True)
        question |= {"help": help_text} if help_text else {}
        _add_members(draft, question, members, values, first)
        draft.put(question, group.place)


def _add_members(
    draft: SurveyDraft, question: dict[str, Any], members: list[SourceItem], values: dict[str, str], first: str
) -> None:
    used = FreeNames()
    for row in members:
        name = used.take(plain_name(row.text("name"), "row"))
        authored = {"name": name, "text": draft.title(texts_of(row, "label", first), row.at("label"), name)}
        if row.has("dimension"):
            authored["dimension"] = known_dimension(draft, row.text("dimension"), row.place)
        row.ignore("appearance")
        question["rows"].append(authored)
        draft.show_if(authored, row.text("relevant"), row.at("relevant"))
        answer = SourceName(f"{question['name']}.{name}", "choice", draft.count, values, False, question["choices"])
        draft.scope.add(row.text("name"), answer)
