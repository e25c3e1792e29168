"""The question types of SurveyJS."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from questionnaire.core.importing.draft import SurveyDraft
from questionnaire.core.importing.question_forms import whole, with_text
from questionnaire.core.importing.source import SourceItem
from questionnaire.core.importing.surveyjs.answers import (
    add_boolean,
    add_comment,
    add_expression,
    add_html,
    add_image,
    add_rating,
    add_slider,
    add_text,
)
from questionnaire.core.importing.surveyjs.choices import add_choices
from questionnaire.core.importing.surveyjs.localized import texts_of
from questionnaire.core.importing.surveyjs.tables import add_items, add_matrix, add_matrix_of_columns

Adder = Callable[[SurveyDraft, SourceItem, dict[str, Any]], None]
_LOOKS = tuple(
    """
    startWithNewLine colCount titleLocation descriptionLocation hideNumber showNumber indent width minWidth maxWidth
    errorLocation size id state renderAs cols autoGrow allowResize searchEnabled showClearButton allowClear
    acceptCarriageReturn itemSize imageFit minImageWidth minImageHeight maxImageWidth maxImageHeight imageHeight
    imageWidth showLabel textUpdateMode clearIfInvisible useDisplayValuesInDynamicTexts useDisplayValuesInTitle
    alternateRows columnMinWidth rowTitleWidth verticalAlign mobileView displayMode swapOrder closeOnSelect
    hideSelectedItems searchMode itemTitleWidth autocomplete separateSpecialChoices contentMode titleWidth
    columnsVisibleIf selectToRankAreasLayout longTap dataList rateColorMode scaleColorMode autoGenerate
    displayRateDescriptionsAsExtremeItems
    """.split()
)


def add_question(draft: SurveyDraft, source: SourceItem, kind: str) -> None:
    """Adds the question, or a note that it cannot be asked."""
    source.ignore(*_LOOKS)
    adder = _ADDERS.get(kind)
    if adder is None:
        title = texts_of(draft, source, "title", "name")
        source.text("name")
        draft.notes.add("type_left_out", source.place, type=kind or "?",
                        title=", ".join(title.values()) or source.text("name"))  # fmt: skip
        return
    if kind in ("html", "image", "expression"):
        adder(draft, source, {})
        return
    source.take("visible")
    key = source.text("valueName", "name") or f"question{draft.count + 1}"
    source.skip("valueName", "name")
    name = draft.name(key, source.place)
    common = with_text(
        name=name,
        title=draft.title(texts_of(draft, source, "title"), source.at("title"), key),
        help=draft.text(texts_of(draft, source, "description"), source.at("description"), lines=True),
        required=source.flag("isRequired"),
    )
    adder(draft, source, {"key": key, **common})
    if draft.pages[-1]["questions"]:
        _check_rules(draft, source, draft.pages[-1]["questions"][-1])


def _check_rules(draft: SurveyDraft, source: SourceItem, question: dict[str, Any]) -> None:
    """Validators that have a key here; the others are noted."""
    for rule in source.items("validators"):
        kind = rule.text("type")
        low, high = rule.number("minValue"), rule.number("maxValue")
        if kind == "numeric" and question["type"] in ("number", "slider"):
            question |= with_text(min=low, max=high)
        elif kind == "text" and question["type"] in ("text", "long_text") and not rule.has("minLength"):
            question |= with_text(max_length=whole(rule.number("maxLength"), 1, 5000))
        elif kind == "answercount" and question["type"] == "multiple_choice":
            question |= with_text(min=rule.number("minCount"), max=rule.number("maxCount"))
        elif kind != "email" or question["type"] != "email":
            draft.notes.add("rule_left_out", rule.place, text=rule.leave())
    for key in ("requiredIf", "enableIf", "resetValueIf", "setValueIf", "defaultValueExpression", "minValueExpression"):
        if source.has(key):
            draft.notes.add("rule_left_out", source.at(key), text=source.text(key))
    if source.has("defaultValue"):
        draft.notes.add("default_left_out", source.at("defaultValue"), value=source.take("defaultValue"))


_ADDERS: Mapping[str, Adder] = {
    "text": add_text,
    "comment": add_comment,
    "boolean": add_boolean,
    "rating": add_rating,
    "html": add_html,
    "image": add_image,
    "expression": add_expression,
    **dict.fromkeys(("radiogroup", "buttongroup"), lambda d, s, c: add_choices(d, s, c, "single_choice")),
    "dropdown": lambda d, s, c: add_choices(d, s, c, "dropdown"),
    **dict.fromkeys(("checkbox", "tagbox"), lambda d, s, c: add_choices(d, s, c, "multiple_choice")),
    "ranking": lambda d, s, c: add_choices(d, s, c, "ranking"),
    "imagepicker": lambda d, s, c: add_choices(
        d, s, c, "multiple_choice" if s.flag("multiSelect") else "single_choice"
    ),
    "matrix": add_matrix,
    "matrixdropdown": add_matrix_of_columns,
    "matrixdynamic": add_matrix_of_columns,
    "multipletext": add_items,
    "slider": add_slider,
}
