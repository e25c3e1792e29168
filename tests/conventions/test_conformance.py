"""Greets the newcomer: says what a half-added question type, message or section still lacks.

One registry line adds something; the rest is found by name. These tests compare both sides.
"""

from __future__ import annotations

import re
from typing import get_args

from questionnaire.core.documents.dossier import DOSSIER_SECTIONS
from questionnaire.core.documents.report import REPORT_SECTIONS
from questionnaire.core.survey.questions import REGISTRY, AnyQuestion
from questionnaire.notify.compose import KINDS
from questionnaire.web.survey_page.fields import CONTROLS
from tests.conventions.checkout import ROOT, files, told

TEMPLATES = ROOT / "templates"
MAIL_PARTS = ("subject.txt", "body.txt", "body.html")


def _names(folder: str, suffix: str = ".html") -> set[str]:
    return {path.name.removesuffix(suffix) for path in (TEMPLATES / folder).glob(f"*{suffix}")}


def _lacking(what: str, name: str, template: str) -> list[str]:
    return [] if (TEMPLATES / template).is_file() else [f"{what} `{name}` lacks templates/{template}"]


def test_every_question_type_has_its_file_its_field_and_its_control() -> None:
    wrong = []
    for name, kind in REGISTRY.items():
        if kind.__module__ != f"questionnaire.core.survey.questions.{name}":
            wrong.append(f"question type `{name}` lacks its file questionnaire/core/survey/questions/{name}.py")
        if kind.control not in CONTROLS:
            wrong.append(
                f"question type `{name}` lacks a field for its control `{kind.control}` in web/survey_page/fields.py"
            )
        wrong += _lacking("question type", name, f"controls/{kind.control}.html")
        if f"tests/core/survey/questions/test_{name}.py" not in files() and not _is_tried(name):
            wrong.append(f"question type `{name}` lacks a test under tests/core/")
    assert not wrong, told(wrong)


def _is_tried(name: str) -> bool:
    """Whether some test of the core names this type."""
    tests = [path for path in files() if path.startswith("tests/core/") and path.endswith(".py")]
    return any(f'"{name}"' in (text := (ROOT / path).read_text("utf-8")) or f"type: {name}" in text for path in tests)


def test_every_question_type_is_read_from_authored_files() -> None:
    union = get_args(AnyQuestion)[0]
    known = {word for kind in get_args(union) for word in get_args(kind.model_fields["type"].annotation)}
    assert known == set(REGISTRY)


def test_every_question_type_stands_in_a_survey_whose_pages_are_looked_at() -> None:
    """tests/web/test_controls.py and tests/browser look at the pages of surveys/features."""
    written = "".join(path.read_text("utf-8") for path in (ROOT / "surveys" / "features").glob("*.yaml"))
    wrong = [
        f"question type `{name}` lacks a survey in surveys/features"
        for name in REGISTRY
        if not re.search(rf"\btype: {name}\b", written)
    ]
    assert not wrong, told(wrong)


def test_no_control_is_left_over() -> None:
    used = {kind.control for kind in REGISTRY.values()}
    wrong = [f"templates/controls/{name}.html has no question type" for name in sorted(_names("controls") - used)]
    wrong += [
        f"web/survey_page/fields.py reads a control `{name}` that no type uses" for name in sorted(set(CONTROLS) - used)
    ]
    assert not wrong, told(wrong)


def test_every_message_has_a_subject_and_two_bodies() -> None:
    wrong = [
        line for kind in KINDS for part in MAIL_PARTS for line in _lacking("message", str(kind), f"email/{kind}/{part}")
    ]
    folders = {path.name for path in (TEMPLATES / "email").iterdir() if path.is_dir()}
    wrong += [f"templates/email/{name}/ is no message of notify/compose.py" for name in sorted(folders - set(KINDS))]
    assert not wrong, told(wrong)


def test_every_section_has_its_template() -> None:
    wrong = []
    for document, sections in (("report", REPORT_SECTIONS), ("dossier", DOSSIER_SECTIONS)):
        for name in sections:
            wrong += _lacking(f"{document} section", str(name), f"{document}/sections/{name}.html")
        for name in sorted(_names(f"{document}/sections") - set(sections)):
            wrong.append(f"templates/{document}/sections/{name}.html is no section of core/{document}")
    assert not wrong, told(wrong)
