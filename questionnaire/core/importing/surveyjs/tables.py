"""Tables of SurveyJS: matrices, matrices of columns, and several texts in one question."""

from __future__ import annotations

from typing import Any

from questionnaire.core.importing.draft import SurveyDraft
from questionnaire.core.importing.names import FreeNames, plain_name
from questionnaire.core.importing.question_forms import with_text
from questionnaire.core.importing.scope import SourceName
from questionnaire.core.importing.source import SourceItem
from questionnaire.core.importing.surveyjs.localized import texts_of, value_of
from questionnaire.core.importing.texts import joined_text

_CHOOSE_ONE = frozenset({"", "default", "dropdown", "radiogroup", "boolean", "rating"})
_LOOKS = ("showHeader", "isUniqueRequired", "eachRowUnique", "rowOrder", "rowsOrder", "hideIfRowsEmpty",
          "horizontalScroll", "columnColCount", "transposeData", "rowCount", "minRowCount",
          "maxRowCount", "keyName", "allowAddRows", "allowRemoveRows", "confirmDelete",
          "addRowLocation", "addRowButtonLocation", )  # fmt: skip


def add_matrix(draft: SurveyDraft, source: SourceItem, common: dict[str, Any]) -> None:
    """One choice for each row; without rows it is a plain question."""
    key = common.pop("key")
    required = source.flag("isAllRowRequired") or source.flag("eachRowRequired")
    source.ignore(*_LOOKS, "cellType")
    if required:
        common["required"] = True
    given = [
        (value_of(one), texts_of(draft, one, "text") or value_of(one), dict[str, Any]())
        for one in source.items("columns")
    ]
    choices, values = draft.choices(given, source.at("columns"))
    if not choices:
        draft.notes.add("choice_missing", source.place, name=key)
        draft.names.used.discard(common["name"])
        return
    rows = source.items("rows")
    if not rows:
        draft.add(
            key, {"name": common["name"], "type": "single_choice", **common, "choices": choices}, source.place, values
        )
        return
    question = {"name": common["name"], "type": "matrix", **common, "rows": [], "choices": choices}
    _add_rows(draft, key, question, rows, values)
    draft.add(key, question, source.place)


def _add_rows(
    draft: SurveyDraft, key: str, question: dict[str, Any], rows: list[SourceItem], values: dict[str, str]
) -> None:
    """The rows of a matrix, each a name of its own: `{question.row}`."""
    used = FreeNames()
    for row in rows:
        value = value_of(row)
        name = used.take(plain_name(value, "row"))
        text = draft.title(texts_of(draft, row, "text") or value, row.place, value or name)
        authored = {"name": name, "text": text}
        question["rows"].append(authored)
        draft.show_if(authored, row.text("visibleIf"), row.at("visibleIf"))
        answer = SourceName(f"{question['name']}.{name}", "choice", draft.count, values, False, question["choices"])
        draft.scope.add(f"{key}.{value}", answer)


def add_matrix_of_columns(draft: SurveyDraft, source: SourceItem, common: dict[str, Any]) -> None:
    """A table with a control per column: one matrix for each column in which one choice is made."""
    key = common.pop("key")
    draft.names.used.discard(common["name"])
    source.ignore(*_LOOKS)
    rows, columns = source.items("rows"), source.items("columns")
    shared = source.items("choices")
    default = source.text("cellType")
    if source.text("type") == "matrixdynamic" or not rows:
        draft.notes.add("repeat_once", source.place, name=key)
    titles = []
    for column in columns:
        column.ignore("minWidth", "width", "isUnique", "colCount", "isRequired")
        name, kind = column.text("name"), column.text("cellType") or default
        title = texts_of(draft, column, "title") or name
        items = column.items("choices") or shared
        given = [(value_of(one), texts_of(draft, one, "text") or value_of(one), dict[str, Any]()) for one in items]
        if kind not in _CHOOSE_ONE or not given:
            said = title if isinstance(title, str) else ", ".join(title.values())
            draft.notes.add("type_left_out", column.place, type=kind or "cell", title=said)
            continue
        choices, values = draft.choices(given, column.place)
        titles.append(name)
        own = {**common, "name": draft.names.take(plain_name(f"{common['name']}_{name}", "column"))}
        own["title"] = (
            joined_text(common["title"], draft.title(title, column.place, name)) if len(columns) > 1 else own["title"]
        )
        if rows and source.text("type") != "matrixdynamic":
            question = {"name": own["name"], "type": "matrix", **own, "rows": [], "choices": choices}
            _add_rows(draft, f"{key}.{name}", question, rows, values)
            for row in rows:
                # `{table.row.column}` is how SurveyJS names a cell.
                answer = draft.scope.find(f"{key}.{name}.{value_of(row)}")
                draft.scope.add(f"{key}.{value_of(row)}.{name}", answer)
            draft.add(f"{key}.{name}", question, source.place)
        else:
            draft.add(f"{key}.{name}", {"name": own["name"], "type": "single_choice", **own, "choices": choices},
                      source.place, values)  # fmt: skip
    if len(titles) > 1:
        draft.notes.add("columns_split", source.place, columns=", ".join(titles))


def add_items(draft: SurveyDraft, source: SourceItem, common: dict[str, Any]) -> None:
    """Several texts in one question: a question for each."""
    key = common.pop("key")
    draft.names.used.discard(common["name"])
    source.ignore("itemErrorLocation", "isRequired", "itemSize")
    names = []
    for item in source.items("items"):
        name, kind = item.text("name"), {"email": "email", "tel": "phone", "url": "url", "number": "number"}
        ours = kind.get(item.text("inputType"), "text")
        item.ignore(
            "inputType",
            "size",
        )
        title = draft.title(texts_of(draft, item, "title") or name, item.place, name or key)
        question = with_text(
            name=draft.names.take(plain_name(name, f"{common['name']}_item")), type=ours,
            title=joined_text(common["title"], title), help=common.get("help"),
            required=item.flag("isRequired") or bool(common.get("required")),
        )  # fmt: skip
        names.append(name)
        draft.add(f"{key}.{name}", question, item.place)
    draft.notes.add("type_changed", source.place, type="multipletext", ours=", ".join(names) or "–")
