"""A message, a section of each document, a setting, a command, a problem and a survey."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import redirect_stdout
from importlib import import_module
from io import StringIO

from tests.conventions.checkout import ROOT
from tests.conventions.toys import Edit, Toy

# --- messages, sections, settings, commands, problems, surveys -------------------------------------------------

REPORT, DOSSIER = "questionnaire/core/documents/report/__init__.py", "questionnaire/core/documents/dossier/__init__.py"
KEY = "x7Kq0vPz3mWn9sRb5tYc2dHf8gJl4aUe1iOo6k"
COMPOSE = "questionnaire/notify/compose.py"
AUDIENCES = "questionnaire/notify/audience.py"
GREETING = '''\
def greeting(to: str, language: str) -> Notification:
    """To a prospect: a toy."""
    return Notification("greeting", Recipient(to, language), {})


'''
WEATHER = '''\
"""The weather on the day of the report: a toy."""

from __future__ import annotations

from dataclasses import dataclass

from questionnaire.core.documents.{document}.context import {Source}


@dataclass(frozen=True, slots=True)
class {Name}:
    sky: str


def {name}({argument}: {Source}) -> {Name}:
    return {Name}("blue on " + {argument}.{text})
'''


def _sees_greeting() -> bool:
    from questionnaire.notify.compose import KINDS
    from questionnaire.notify.mail.mail_rendering import render_mail

    mail = render_mail(KINDS["greeting"]("anna@nordwind.example", "fr"))
    return mail.subject == "A greeting" and "Good day" in mail.text and "Good day" in mail.html


def _sees_weather() -> bool:
    from dataclasses import replace

    from questionnaire.core.documents.report import build_report
    from questionnaire.documents.html import document_html
    from tests.documents import samples

    raw = samples.raw("survey")
    raw["report"]["sections"] = ["cover", "weather"]
    view = build_report(replace(samples.told(), survey=samples.changed(raw)))
    return "The sky: blue on Nordwind" in document_html("report", view, "en")


def _sees_forecast() -> bool:
    from questionnaire.documents.html import document_html
    from tests.documents import samples

    return "The sky: blue on Nordwind" in document_html("dossier", samples.dossier(), "en")


def _sees_setting() -> bool:
    from questionnaire.settings import read_settings

    settings, problems = read_settings({"QUESTIONNAIRE_SECRET_KEY": KEY, "QUESTIONNAIRE_TOY_LIMIT": "7"})
    return getattr(settings, "toy_limit", None) == 7 and not [one for one in problems if "TOY" in str(one.where)]


def _runs_command() -> bool:
    from questionnaire.cli import main

    return main(["wave"]) == 0


def _sees_problem() -> bool:
    toy = import_module("questionnaire.core.base.problems")
    return str(toy.TOY) == "toy_broken: the toy is broken — mend it"


def _is_survey_right() -> bool:
    from questionnaire.cli import main

    with redirect_stdout(StringIO()):
        return main(["check", str(TOY_FOLDER)]) == 0


TOY_FOLDER = ROOT / "surveys" / "toy-check"
TOY_SURVEY = """\
schema: survey/1
id: toy-check
version: 1
policy: default
title: A toy
pages:
  - name: only
    questions:
      - {name: first, type: number, title: How many?}
contact:
  fields:
    - {name: email, type: email, required: true}
"""
TOY_CASES = """\
schema: cases/1
survey: toy-check
policy: default
cases:
  - name: lead
    at: 2026-10-02T17:30:00+02:00
    answers: {first: 3}
    contact: {email: anna@nordwind.example}
    expect: {stage: lead}
"""


PARTS: Mapping[str, Toy] = {
    "a message": Toy(
        half=(
            Edit(COMPOSE, GREETING, before="KINDS: dict"),
            Edit(COMPOSE, '    "greeting": greeting,\n', after="KINDS: dict"),
        ),
        lacks=(
            "message `greeting` lacks templates/email/greeting/body.html",
            "message `greeting` does not say whom it is for",
        ),
        rest=(
            Edit(
                "questionnaire/notify/audience.py",
                '    "greeting": Audience.UNREQUESTED,\n',
                after="AUDIENCES: Mapping",
            ),
            Edit("templates/email/greeting/subject.txt", "A greeting\n"),
            Edit("templates/email/greeting/body.txt", "Good day\n"),
            Edit("templates/email/greeting/body.html", "<p>Good day</p>\n"),
        ),
        look=_sees_greeting,
    ),
    "a report section": Toy(
        half=(
            Edit(
                "questionnaire/core/documents/report/weather.py",
                WEATHER.format(
                    document="report",
                    Source="ReportContext",
                    Name="Weather",
                    name="weather",
                    argument="told",
                    text="company",
                ),
            ),
            Edit(
                REPORT,
                "from questionnaire.core.documents.report.weather import weather\n",
                after="documents.report.context import",
            ),
            Edit(REPORT, '    "weather": weather,\n', after="REPORT_SECTIONS: Mapping"),
        ),
        lacks=(
            "report section `weather` lacks templates/report/sections/weather.html",
            "report section `weather` cannot be asked for: `ReportSection`",
        ),
        rest=(
            Edit("questionnaire/core/survey/report_blocks.py", '    "weather",\n', after="ReportSection = Literal["),
            Edit("templates/report/sections/weather.html", "<p>The sky: {{ content.sky }}</p>\n"),
        ),
        look=_sees_weather,
    ),
    "a dossier section": Toy(
        half=(
            Edit(
                "questionnaire/core/documents/dossier/forecast.py",
                WEATHER.format(
                    document="dossier",
                    Source="DossierContext",
                    Name="Forecast",
                    name="forecast",
                    argument="case",
                    text='contact_text("company")',
                ),
            ),
            Edit(
                DOSSIER,
                "from questionnaire.core.documents.dossier.forecast import forecast\n",
                after="documents.dossier.context import",
            ),
            Edit(
                DOSSIER,
                '    "forecast": forecast,\n',
                after="DOSSIER_SECTIONS: Mapping",
            ),
        ),
        lacks=("dossier section `forecast` lacks templates/dossier/sections/forecast.html",),
        rest=(Edit("templates/dossier/sections/forecast.html", "<p>The sky: {{ section.content.sky }}</p>\n"),),
        look=_sees_forecast,
    ),
    "a setting": Toy(
        half=(
            Edit(
                "questionnaire/settings.py",
                '    toy_limit: int = field(metadata=_env("QUESTIONNAIRE_TOY_LIMIT", "A toy."))\n',
                before="    demo: bool = field(",
            ),
            Edit(
                "questionnaire/settings.py",
                '        toy_limit=reader.number("TOY_LIMIT", 3, 1, 9),\n',
                before="        demo=demo,",
            ),
        ),
        lacks=("docs/settings.md has no heading for `QUESTIONNAIRE_TOY_LIMIT`",),
        rest=(
            Edit(
                "docs/settings.md", "### `QUESTIONNAIRE_TOY_LIMIT`\nA toy.\n\n", before="### `QUESTIONNAIRE_DATA_DIR`"
            ),
        ),
        look=_sees_setting,
    ),
    "a command": Toy(
        half=(
            Edit(
                "questionnaire/cli/wave.py",
                '"""`questionnaire wave`: a toy."""\n\nimport argparse\n\nHELP = "wave"\n\n\n'
                "def add_arguments(parser: argparse.ArgumentParser) -> None:\n    del parser\n\n\n"
                "def run(arguments: argparse.Namespace) -> int:\n    del arguments\n    return 0\n",
            ),
            Edit("questionnaire/cli/__init__.py", '    "wave",\n', after="COMMANDS: tuple"),
        ),
        lacks=("docs/commands.md has no heading for `wave`",),
        rest=(Edit("docs/commands.md", "## `wave`\nA toy.\n\n", before="## `check`"),),
        look=_runs_command,
    ),
    "a problem a person can fix": Toy(
        half=(
            Edit(
                "questionnaire/core/base/problems.py",
                'TOY = Problem("toy_broken", (), "the toy is broken", "mend it")\n\n\n',
                before="def errors(",
            ),
        ),
        lacks=("docs/problems.md has no heading for `toy_broken`",),
        rest=(Edit("docs/problems.md", "### `toy_broken`\nMend the toy.\n\n", before="### `file_missing`"),),
        look=_sees_problem,
    ),
    "a survey": Toy(
        half=(Edit("surveys/toy-check/survey.yaml", TOY_SURVEY.replace("policy: default", "policy: defualt")),),
        lacks=("there is no policy `defualt`",),
        rest=(Edit("surveys/toy-check/cases.yaml", TOY_CASES), Edit("surveys/toy-check/survey.yaml", TOY_SURVEY)),
        look=_is_survey_right,
    ),
}
