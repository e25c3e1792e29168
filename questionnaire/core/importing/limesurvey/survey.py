"""A LimeSurvey survey: its texts and languages, its groups as pages, and what it keeps beside its questions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from questionnaire.core.importing.dialects import LIMESURVEY
from questionnaire.core.importing.draft import SurveyDraft
from questionnaire.core.importing.expression import Expression, both
from questionnaire.core.importing.finish import finish
from questionnaire.core.importing.limesurvey.assessments import AssessmentScores
from questionnaire.core.importing.limesurvey.questions import QuestionReader
from questionnaire.core.importing.limesurvey.relevance import normal_name, relevance_of
from questionnaire.core.importing.limesurvey.tables import Record, Tables
from questionnaire.core.importing.names import language_tag
from questionnaire.core.importing.question_forms import result_block, split_title, statement
from questionnaire.core.importing.readable import ImportedSurvey
from questionnaire.core.importing.source import SourceItem, note_rest, root
from questionnaire.core.importing.texts import mention

_NAME = re.compile(r"\{([A-Za-z]\w*(?::\w+)?(?:\.\w+)*|INSERTANS:\w+)\}")
_MODES = {"G": "by_page", "S": "one_per_screen", "A": "single_page"}
_TECHNICAL_TABLES = ("themes", "themes_inherited", "survey_url_parameters", "plugin_settings", "LimeSurveyDocType",
                     "DBVersion", "quota_members", "quota_languagesettings")  # fmt: skip
_TEXTS = ("surveyls_title", "surveyls_description", "surveyls_welcometext", "surveyls_endtext", "surveyls_url",
          "surveyls_urldescription", "surveyls_policy_notice", "surveyls_policy_notice_label",
          "surveyls_policy_error")  # fmt: skip


def import_limesurvey(raw: Mapping[str, Any]) -> ImportedSurvey:
    source = root(raw)
    tables = Tables(source)
    draft = SurveyDraft(normal_name, lambda text: _NAME.sub(lambda found: mention(found[1]), text), LIMESURVEY)
    settings = next(iter(tables.of("surveys")), SourceItem({}, "surveys", source.technical))
    draft.texts.languages = _languages(source, settings)
    title = _add_texts(draft, tables)
    _set_display(draft, settings)
    scores = AssessmentScores(draft, tables, settings)
    reader = QuestionReader(draft, tables, scores)
    for field in ("firstname", "lastname", "email"):
        if f"TOKEN:{field.upper()}" in str(raw.get("questions", "")) + str(raw.get("question_l10ns", "")):
            draft.hidden_field(f"token:{field}", "tokens")
    for group in tables.groups:
        _add_group(draft, tables, reader, group)
    scores.add_bands()
    _note_tables(draft, tables, source)
    settings.ignore(*settings.raw)
    note_rest(source, draft.notes)
    return finish(draft, title)


def _languages(source: SourceItem, settings: SourceItem) -> list[str]:
    listed = source.take("languages")
    written = [settings.text("language"), *settings.text("additional_languages").split()]
    written += [str(one) for one in listed] if isinstance(listed, list) else []
    tags = [language_tag(one) for one in written if one]
    return list(dict.fromkeys(tag for tag in tags if tag)) or ["en"]


def _add_texts(draft: SurveyDraft, tables: Tables) -> Any:
    found: dict[str, dict[str, str]] = {key: {} for key in _TEXTS}
    for row in tables.of("surveys_languagesettings"):
        language = language_tag(row.text("surveyls_language")) or draft.texts.languages[0]
        for key in _TEXTS:
            if text := row.text(key):
                found[key][language] = text
        row.skip("surveyls_survey_id")
        row.ignore(*(key for key in row.raw if key not in _TEXTS))
    place = "surveys_languagesettings"
    parts = [
        draft.text(found[f"surveyls_{key}"], f"{place}.{key}", lines=True) for key in ("description", "welcometext")
    ]
    description = _paragraphs([part for part in parts if part])
    if description:
        draft.document["description"] = description
    notice = draft.text(found["surveyls_policy_notice"], f"{place}.policy_notice")
    if notice:
        draft.notes.add("notice_left_out", f"{place}.policy_notice", text=notice)
    end = draft.text(found["surveyls_endtext"], f"{place}.endtext", lines=True)
    url = next(iter(found["surveyls_url"].values()), "")
    link = url if url.startswith(("https://", "http://")) else ""
    if end or link:
        first, rest = split_title(end or "Thank you.")
        label = draft.text(found["surveyls_urldescription"], f"{place}.urldescription") if link else None
        result_block(draft, rest or first, f"{place}.endtext", title=first if rest else None, url=link, label=label)
    return draft.title(found["surveyls_title"], f"{place}.title", "Survey")


def _paragraphs(texts: list[Any]) -> Any:
    """Texts below each other, in every language that has one."""
    if len(texts) < 2 or isinstance(texts[0], str) or isinstance(texts[1], str):
        return "\n\n".join(map(str, texts)) if all(isinstance(text, str) for text in texts) else texts[0]
    return {tag: "\n\n".join(text[tag] for text in texts if tag in text) for tag in texts[0]}


def _set_display(draft: SurveyDraft, settings: SourceItem) -> None:
    display: dict[str, Any] = {"mode": _MODES.get(settings.text("format"), "by_page")}
    if settings.text("showprogress") == "N":
        display["progress"] = "none"
    if settings.text("allowprev") == "N":
        display["back"] = False
    draft.document["display"] = display


def _add_group(draft: SurveyDraft, tables: Tables, reader: QuestionReader, group: Record) -> None:
    row = group.row
    place = f"groups[{row.text('gid')}]"
    row.skip("sid", "gid", "group_order")
    row.ignore("randomization_group")
    page = draft.page(group.texts_of("group_name", draft.texts.languages[0]), place)
    text = row.text("grelevance")
    condition = draft.expression(text, place) if text not in ("", "1") else None
    if condition is not None:
        draft.show_when(page, condition, text, place)
    statement(draft, group.texts_of("description", draft.texts.languages[0]), place, f"{page['name']}_text")
    for question in (one for one in tables.questions if one.row.text("gid") == row.text("gid")):
        if question.row.text("parent_qid") in ("", "0"):
            _add_question(draft, tables, reader, question)


def _add_question(draft: SurveyDraft, tables: Tables, reader: QuestionReader, question: Record) -> None:
    before = len(draft.pages[-1]["questions"])
    place = question.code or question.row.place
    reader.add(question, place)
    own, text = relevance_of(draft, tables, question.row, place)
    condition: Expression | None = both(own)
    if condition is not None:
        for one in draft.pages[-1]["questions"][before:]:
            draft.show_when(one, condition, text, f"{place}.relevance")


def _note_tables(draft: SurveyDraft, tables: Tables, source: SourceItem) -> None:
    quotas = {row.text("quotals_quota_id"): row for row in tables.of("quota_languagesettings")}
    for row in tables.of("quota"):
        name = row.text("name")
        message = quotas.get(row.text("id"))
        said = f"{name}: {message.leave()}" if message is not None else name
        row.leave()
        draft.notes.add("quota_left_out", row.place, name=said)
    for row in (*tables.of("defaultvalues"), *tables.of("defaultvalue_l10ns")):
        if row.has("defaultvalue"):
            draft.notes.add("default_left_out", row.place, value=row.text("defaultvalue"))
        row.skip("id", "dvid", "qid", "scale_id", "sqid", "language", "specialtype")
    for table in _TECHNICAL_TABLES:
        for row in tables.of(table):
            row.leave()
        if source.has(table):
            source.keys.add(table)
            source.technical[table] = None
