"""The tabs of a survey: its pages, in the order they are shown. A new page of a survey is one line here."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for

from questionnaire.core.base.translation import Translator
from questionnaire.core.base.translation import gettext_noop as _


@dataclass(frozen=True, slots=True)
class Tab:
    """`published`: the page is there only once the survey is published."""

    name: str
    endpoint: str
    title: str
    published: bool = False


TABS = (
    Tab("questions", "builder.edit", _("Questions")),
    Tab("logic", "draft_logic.show", _("Logic")),
    Tab("scoring", "scoring.show", _("Scoring")),
    Tab("report", "draft_report.show", _("Report")),
    Tab("theme", "draft_theme.show", _("Theme")),
    Tab("languages", "languages.show", _("Languages")),
    Tab("cases", "draft_cases.show", _("Cases")),
    Tab("share", "sharing.survey", _("Share"), published=True),
    Tab("tests", "test_answers.show", _("Test answers"), published=True),
    Tab("versions", "survey_versions.show", _("Versions")),
)


def tabs_of(slug: str, words: Translator, *, published: bool) -> tuple[tuple[str, str, str], ...]:
    """(name, address, title) of each tab of a survey."""
    shown = (tab for tab in TABS if published or not tab.published)
    return tuple((tab.name, url_for(tab.endpoint, slug=slug), words(tab.title)) for tab in shown)
