"""Answering a published survey as a test: by a signed link, also while the survey is paused or closed.

A test answer is stored, assessed alone and shown with its result and report. It makes no lead, no visit, no mail and
no entry in a comparison, and is deleted by hand or after 30 days.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode

from questionnaire import signing
from questionnaire.actions.assessing.links import sign
from questionnaire.actions.toolbox import Toolbox
from questionnaire.storage.responses import assessments, test_data

PURPOSE = "test"
LINK_LASTS = timedelta(days=1)
MOST_LISTED = 50


@dataclass(frozen=True, slots=True)
class TestAnswer:
    """`stage` and `label` are what the answers alone would make of a lead; `token` opens the result."""

    __test__ = False

    id: str
    at: datetime
    version: int
    language: str
    stage: str
    ending: str
    token: str


def link(toolbox: Toolbox, slug: str, now: datetime, language: str = "") -> str:
    """The address under which a survey is answered as a test, for a day."""
    token = signing.sign_link(toolbox.settings.secret_keys, PURPOSE, [slug], now + LINK_LASTS)
    query = {"test": token, **({"lang": language} if language else {})}
    return f"{toolbox.settings.public_url}/s/{slug}?{urlencode(query)}"


def is_test(toolbox: Toolbox, slug: str, token: str, now: datetime) -> bool:
    """Whether a link's token makes the answers to this survey a test."""
    content = signing.read_link(toolbox.settings.secret_keys, PURPOSE, token, now) if token else None
    return content == [slug]


def answers(toolbox: Toolbox, slug: str) -> tuple[tuple[TestAnswer, ...], int]:
    """The newest test answers of a survey, and how many there are."""
    keys = toolbox.settings.secret_keys
    with toolbox.database.reading() as session:
        found = []
        for row in test_data.of_survey(session, slug, MOST_LISTED):
            verdict = assessments.content_of(session, row.id).get("verdict", {})
            stage, token = str(verdict.get("stage", "")), sign(keys, "result", row.id, row.at)
            found.append(TestAnswer(row.id, row.at, row.survey_version, row.language, stage, row.ending or "", token))
        return tuple(found), test_data.count(session, slug)


def forget(toolbox: Toolbox, slug: str, response_id: str | None = None) -> int:
    """Deletes one test answer, or all of a survey, with their reports. Returns how many went."""
    with toolbox.database.writing() as session:
        return test_data.forget(session, slug, response_id)
