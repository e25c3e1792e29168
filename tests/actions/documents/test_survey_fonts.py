"""What the operator reads about fonts that open surveys need."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from questionnaire.actions.documents import reports
from questionnaire.actions.documents.survey_fonts import MissingFont, missing_fonts, warn_of_missing_fonts
from questionnaire.actions.publishing.catalogue import CatalogueEntry
from questionnaire.actions.respond.acceptance import AcceptedResponse
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.survey.availability import OPEN, Availability
from questionnaire.storage.tables import DocumentRow
from tests.actions.documents.test_render import FakeRenderer
from tests.actions.installation import Office, everything, typed
from tests.cast import anna

FONT = (Path(__file__),)


def worker(office: Office, *installed: str) -> Toolbox:
    return replace(office.toolbox, renderer=FakeRenderer([], dict.fromkeys(installed, FONT)))


@pytest.fixture
def surveys(office: Office, monkeypatch: pytest.MonkeyPatch) -> Office:
    """Two open surveys and a closed one, in many languages."""
    survey = office.publication.survey
    languages = ((("en", "fr"), OPEN), (("en", "ja", "zh", "ar"), OPEN), (("th",), Availability("closed")))
    entries = tuple(CatalogueEntry(survey.model_copy(update={"languages": tags}), state) for tags, state in languages)
    monkeypatch.setattr("questionnaire.actions.documents.survey_fonts.list_surveys", lambda _: entries)
    return office


def test_a_worker_names_the_packages_that_languages_of_open_surveys_need(surveys: Office) -> None:
    arabic = MissingFont("Arabic", "fonts-noto-core", ("ar",))
    chinese = MissingFont("Chinese, Japanese and Korean", "fonts-noto-cjk", ("ja", "zh"))
    assert missing_fonts(worker(surveys)) == (arabic, chinese)
    assert missing_fonts(worker(surveys, "Arabic")) == (chinese,)
    with capture_logs() as lines:
        warn_of_missing_fonts(worker(surveys))
    assert [(line["event"], line["package"], line["languages"]) for line in lines] == [
        ("font_missing", "fonts-noto-core", ["ar"]),
        ("font_missing", "fonts-noto-cjk", ["ja", "zh"]),
    ]


def test_surveys_in_english_and_french_need_no_font(office: Office) -> None:
    assert missing_fonts(worker(office)) == ()


def in_japan(office: Office) -> AcceptedResponse:
    return office.accept(typed(anna().filled, company="株式会社ひかり"), anna().at)


def test_a_report_with_squares_is_told_in_the_log_without_the_name(office: Office) -> None:
    done = in_japan(office)
    with capture_logs() as lines:
        reports.print_report(worker(office), done.response_id)
    (line,) = (line for line in lines if line["event"] == "document_lacks_fonts")
    assert (line["kind"], line["package"]) == ("report", "fonts-noto-cjk")
    assert "ひかり" not in str(lines)


def test_a_report_is_printed_again_when_its_font_was_installed_meanwhile(office: Office) -> None:
    done = in_japan(office)
    for installed in ((), (), ("Chinese, Japanese and Korean",)):
        reports.print_report(worker(office, *installed), done.response_id)
    with office.toolbox.database.reading() as session:
        versions = {row.template_version for row in everything(session, DocumentRow)}
    assert len(versions) == 2
    assert all(version.startswith("1.") for version in versions)
