"""A SurveyJS survey: its texts, pages and panels, calculated values, triggers and last pages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from questionnaire.core.importing.dialects import SURVEYJS
from questionnaire.core.importing.draft import SurveyDraft
from questionnaire.core.importing.expression import Expression, both
from questionnaire.core.importing.finish import finish
from questionnaire.core.importing.names import language_tag
from questionnaire.core.importing.question_forms import result_block, split_title, statement, with_text
from questionnaire.core.importing.readable import ImportedSurvey
from questionnaire.core.importing.source import SourceItem, note_rest, root
from questionnaire.core.importing.surveyjs.localized import LOCALIZED, texts_of
from questionnaire.core.importing.surveyjs.questions import add_question
from questionnaire.core.importing.texts import mention

_NAME = re.compile(r"\{\s*([^{}\s][^{}]*?)\s*\}")
_TECHNICAL = tuple(
    """
    logo logoPosition logoWidth logoHeight logoFit cookieName widthMode width maxWidth checkErrorsMode
    textUpdateMode showQuestionNumbers questionStartIndex requiredText requiredMark questionErrorLocation
    questionTitleLocation questionDescriptionLocation showTitle showPageTitles showPageNumbers
    focusFirstQuestionAutomatic autoFocusFirstQuestion goNextPageAutomatic autoAdvanceEnabled clearInvisibleValues
    showCompletedPage showCompletePage sendResultOnPageNext partialSendEnabled storeOthersAsComment maxTextLength
    maxOthersLength mode readOnly progressBarType progressBarShowPageTitles progressBarShowPageNumbers
    showNavigationButtons navigationButtonsLocation fitToContainer headerView backgroundImage themeName showTOC
    tocLocation questionTitlePattern questionTitleTemplate showTimer showTimerPanel maxTimeToFinish
    maxTimeToFinishPage timeLimit timeLimitPerPage validateVisitedEmptyFields allowCompleteSurveyAutomatic
    autoAdvanceAllowComplete keepIncorrectValues matrixDragHandleArea showPreviewBeforeComplete calculatedValuesMode
    firstPageIsStarted firstPageIsStartPage
    """.split()
)
_LOOKS = tuple(
    """
    id state navigationButtonsVisibility maxTimeToFinish questionsOrder questionTitleLocation questionTitleWidth
    gridLayoutColumns innerIndent startWithNewLine showNumber showQuestionNumbers width minWidth maxWidth
    titleLocation
    """.split()
)
"""Of pages and panels."""


def import_surveyjs(raw: Mapping[str, Any]) -> ImportedSurvey:
    source = root(raw)
    draft = SurveyDraft(lambda name: name.strip().lower(), _mark, SURVEYJS)
    first = language_tag(source.text("locale")) or "en"
    draft.texts.languages = list(dict.fromkeys((first, *_languages(raw, first))))
    title = draft.title(texts_of(draft, source, "title"), "title", "Survey")
    description = draft.text(texts_of(draft, source, "description"), "description", lines=True)
    draft.document |= with_text(description=description)
    draft.document["display"] = _display(source)
    for page in source.items("pages") or [source]:
        _add_page(draft, page)
    for value in source.items("calculatedValues"):
        value.skip("includeIntoResult")
        draft.calculate(value.text("name"), value.text("expression"), value.place)
    _add_last_pages(draft, source)
    source.ignore(*_TECHNICAL)
    note_rest(source, draft.notes)
    return finish(draft, title)


def _mark(text: str) -> str:
    return _NAME.sub(lambda found: mention(found[1]), text)


def _languages(value: Any, first: str) -> Iterator[str]:
    """The languages of every text, in the order in which they appear."""
    if isinstance(value, Mapping):
        for key, part in value.items():
            if key in LOCALIZED and isinstance(part, Mapping):
                yield from (tag for tag in (language_tag(str(one)) for one in part if one != "default") if tag)
            yield from _languages(part, first)
    elif isinstance(value, list):
        for part in value:
            yield from _languages(part, first)


def _display(source: SourceItem) -> dict[str, Any]:
    modes = {"singlePage": "single_page", "questionPerPage": "one_per_screen", "inputPerPage": "one_per_screen"}
    mode = modes.get(source.text("questionsOnPageMode"), "by_page")
    progress = str(source.take("showProgressBar") or "off").lower()
    back = source.flag("showPrevButton", source.flag("allowShowPreviousButton", True))
    return {
        "mode": "single_page" if source.flag("isSinglePage") else mode,
        "progress": "none" if progress in ("off", "false") else "bar",
        **({} if back else {"back": False}),
    }


def _add_page(draft: SurveyDraft, source: SourceItem) -> None:
    is_page = source.place.startswith("pages")
    place = source.place or "elements"
    page = draft.page(
        texts_of(draft, source, "title") if is_page else "", place, source.text("name") if is_page else ""
    )
    if is_page:
        _show(draft, source, page)
        statement(draft, texts_of(draft, source, "description"), source.at("description"), f"{page['name']}_text")
        source.ignore(*_LOOKS)
    for element in source.items("elements", "questions"):
        _add_element(draft, element, None, "")


def _show(draft: SurveyDraft, source: SourceItem, target: dict[str, Any]) -> None:
    draft.show_if(target, source.text("visibleIf"), source.at("visibleIf"))


def _add_element(draft: SurveyDraft, source: SourceItem, outer: Expression | None, outer_text: str) -> None:
    """A question, or the elements of a panel under its condition."""
    text = source.text("visibleIf")
    own = draft.expression(text, source.at("visibleIf")) if text else None
    condition = both(outer, own)
    text = " and ".join(part for part in (outer_text, text if own is not None else "") if part)
    before = len(draft.pages[-1]["questions"])
    kind = source.text("type")
    if source.raw.get("visible") is False and own is None:
        draft.notes.add("type_left_out", source.place, type="visible: false", title=source.leave())
        return
    source.take("visible")
    if kind in ("panel", "flowpanel"):
        _add_panel(draft, source, condition, text)
        return
    if kind == "paneldynamic":
        draft.notes.add("repeat_once", source.place, name=source.text("name"))
        source.ignore("panelCount", "minPanelCount", "maxPanelCount", "renderMode", "displayMode", "confirmDelete",
                      "allowAddPanel", "allowRemovePanel", "isRequired")  # fmt: skip
        _add_panel(draft, source, condition, text)
        return
    add_question(draft, source, kind)
    for question in draft.pages[-1]["questions"][before:]:
        if condition is not None:
            draft.show_when(question, condition, text, source.at("visibleIf"))


def _add_panel(draft: SurveyDraft, source: SourceItem, condition: Expression | None, text: str) -> None:
    title = draft.text(texts_of(draft, source, "title"), source.at("title"))
    name = source.text("name") or "panel"
    heading = statement(draft, texts_of(draft, source, "description"), source.place,
                        f"{name}_text", title)  # fmt: skip
    if heading is not None and condition is not None:
        draft.show_when(heading, condition, text, source.at("visibleIf"))
    source.ignore(*_LOOKS)
    for element in source.items("elements", "questions", "templateElements"):
        _add_element(draft, element, condition, text)


def _add_last_pages(draft: SurveyDraft, source: SourceItem) -> None:
    """The page after the last question, and those of triggers that end the survey early."""
    last = draft.text(texts_of(draft, source, "completedHtml"), "completedHtml", lines=True)
    url = source.text("navigateToUrl")
    if last or url.startswith(("https://", "http://")):
        link = url if url.startswith(("https://", "http://")) else ""
        title, text = split_title(last or "Thank you.")
        result_block(draft, text or title, "completedHtml", title=title if text else None, url=link)
    elif url:
        source.keys.discard("navigateToUrl")
    for item in source.items("completedHtmlOnCondition"):
        text = draft.text(texts_of(draft, item, "html"), item.at("html"), lines=True)
        expression = draft.expression(item.text("expression"), item.place)
        if text and expression is not None:
            block = result_block(draft, text, item.place)
            draft.show_when(block, expression, item.text("expression"), item.place, "when")
    for item in source.items("triggers"):
        _add_trigger(draft, item, last)


def _add_trigger(draft: SurveyDraft, source: SourceItem, last: Any) -> None:
    kind, text = source.text("type"), source.text("expression")
    if not text and source.has("name"):
        # The older notation: a name, an operator and a value.
        text = f"{{{source.text('name')}}} {source.text('operator') or 'equal'} '{source.text('value')}'"
    expression = draft.expression(text, source.place) if kind == "complete" and text else None
    if expression is None:
        draft.notes.add("action_left_out", source.place, text=source.leave())
        return
    title, rest_of_text = split_title(last or "Thank you.")
    endings = draft.document.setdefault("endings", [])
    ending = with_text(name=f"ending_{len(endings) + 1}", when={}, title=title, text=rest_of_text)
    endings.append(ending)
    draft.notes.add("ending_changed", source.place, title=title, name=ending["name"])
    draft.show_when(ending, expression, text, source.place, "when")
