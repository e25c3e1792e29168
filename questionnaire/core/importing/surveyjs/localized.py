"""The texts of SurveyJS: a string, or one for each language, of which `default` is that of the survey."""

from __future__ import annotations

from collections.abc import Mapping

from questionnaire.core.importing.draft import SurveyDraft
from questionnaire.core.importing.names import language_tag
from questionnaire.core.importing.source import VALUE, SourceItem

LOCALIZED = frozenset({
    "title", "description", "text", "html", "completedHtml", "minRateDescription", "maxRateDescription", "labelTrue",
    "labelFalse", "otherText", "noneText", "placeholder", "placeHolder", "refuseText", "dontKnowText", "commentText",
    "completeText", "pageNextText", "pagePrevText", "startSurveyText", "requiredErrorText", "templateTitle",
})  # fmt: skip


def texts_of(draft: SurveyDraft, source: SourceItem, *keys: str) -> Mapping[str, str]:
    """The text under the first of these keys that has one, by language."""
    first = draft.texts.languages[0]
    for key in keys:
        value = source.raw.get(key)
        if isinstance(value, Mapping):
            by_language: dict[str, str] = {}
            for tag, text in source.item(key).raw.items():
                ours = first if tag == "default" else language_tag(str(tag))
                if ours and isinstance(text, str) and ours not in by_language:
                    source.parts[-1].take(tag)
                    by_language[ours] = text
            if by_language:
                return by_language
        elif text := source.text(key):
            return {first: text}
    return {}


def value_of(source: SourceItem) -> str:
    """The value of a choice, a row or a column: `{value: 1}`, or `1` alone."""
    value = source.raw.get("value", source.raw.get(VALUE))
    if isinstance(value, bool):
        source.keys |= {"value", VALUE}
        return str(value).lower()
    return source.text("value", VALUE)
