"""The authored texts of a form, with their placeholders filled from what one person typed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from markupsafe import Markup

from questionnaire.core.base.texts import LocalizedText, Placeholder, replace_placeholders
from questionnaire.core.survey.calculated_facts import calculate
from questionnaire.core.survey.placeholders import placeholder_values
from questionnaire.core.survey.questions import Mistake
from questionnaire.core.survey.survey import Survey
from questionnaire.markdown import markdown, markdown_inline, markdown_text
from questionnaire.web.survey_page.form_input import FormInput

AuthoredText = LocalizedText | str


@dataclass(frozen=True, slots=True)
class Wording:
    """`live`: static/js/placeholders fills the texts again when an answer changes. `fixed`: names that it cannot know,
    because the page does not ask for them.
    """

    language: str
    values: Mapping[str, str] = field(default_factory=dict)
    live: bool = False
    fixed: Collection[str] = ()

    def blocks(self, text: AuthoredText) -> Markup:
        """Paragraphs and lists."""
        return markdown(self._source(text), self.values, live=self.live)

    def inline(self, text: AuthoredText) -> Markup:
        """For a place that can contain no paragraphs. One element when it has markup: scripts read the first node."""
        html = markdown_inline(self._source(text), self.values, live=self.live)
        return Markup("<span>{}</span>").format(html) if "<" in html else html

    def plain(self, text: AuthoredText) -> str:
        """For an attribute or an option, which can contain no markup."""
        return markdown_text(self._source(text), self.values)

    def template(self, text: AuthoredText, before: str = "") -> Markup:
        """The attribute from which the script fills a plain text again; "" for a text that does not change."""
        source = replace_placeholders(markdown_text(self._source(text)), self._fix)
        return Markup(' data-t="{}"').format(before + source) if self.live and "{{" in source else Markup("")

    def _fix(self, found: Placeholder) -> str:
        if found.name in self.fixed:
            # No value may look like a placeholder to the script.
            return (found.value(self.values) or found.fallback).replace("{{", "{ {")
        return f"{{{{{found.name}|{found.fallback}}}}}"

    def _source(self, text: AuthoredText) -> str:
        return text if isinstance(text, str) else text.say(self.language)


NO_WORDING = Wording("")
"""Of a step without a text."""


def wording_of(
    survey: Survey, language: str, form_input: FormInput, *, live: bool = False, known: Collection[str] = ()
) -> Wording:
    """The wording of a form for what was typed so far; what cannot be read has no words."""
    if not survey.form_placeholder_names:
        return Wording(language)
    typed = form_input.contact(survey)
    read = {one.name: one.question.read(typed.get(one.name)) for one in survey.contact_fields}
    contact = {name: value for name, value in read.items() if value is not None and not isinstance(value, Mistake)}
    journey = form_input.journey(survey, language)
    values = placeholder_values(survey, journey.answers, contact, language, calculate(survey, journey))
    return Wording(language, values, live, known)
