"""A question type on the number control, and one with a control of its own."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

from tests.conventions.toys import Edit, Toy

# --- a question type on a known control ------------------------------------------------------------------------

TYPES = "questionnaire/core/survey/questions/__init__.py"
CURRENCY = '''\
"""An amount of money."""

from __future__ import annotations

from typing import ClassVar, Literal

from questionnaire.core.survey.questions.amounts import Amount


class Currency(Amount):
    """An amount of money in one currency (ISO 4217)."""

    control: ClassVar[str] = "number"

    type: Literal["currency"]
    currency: Literal["EUR", "USD"]
'''
CURRENCY_UNIT = """
    def unit_label(self, language: str) -> str:
        return f"{self.currency} {super().unit_label(language)}".strip()
"""
CURRENCY_TEST = '''\
"""An amount of money is told with its currency."""

from __future__ import annotations

from tests.core.authoring import question


def test_an_amount_of_money_is_told_with_its_currency() -> None:
    assert question("type: currency, currency: EUR").say(1200, "en") == "1,200\\N{NO-BREAK SPACE}EUR"
'''
FEATURE = """\
schema: survey/1
id: feature-{kind}
version: 1
policy: features
title: A toy
pages:
  - name: only
    questions:
      - {question}
"""
BUDGET = "{name: budget, type: currency, title: What is your budget?, currency: EUR, min: 1, max: 90, step: 2, unit: k}"


def _feature(kind: str, question: str) -> Edit:
    return Edit(f"surveys/features/{kind.replace('_', '-')}.yaml", FEATURE.format(kind=kind, question=question))


def _sees_currency() -> bool:
    from questionnaire.core.survey.questions import REGISTRY
    from tests.conventions.rendered import html_of

    test = import_module("tests.core.survey.questions.test_currency")
    test.test_an_amount_of_money_is_told_with_its_currency()
    raw = {"type": "currency", "name": "budget", "title": "Budget", "currency": "EUR", "min": 0, "max": 900}
    page = html_of(raw)
    asked = REGISTRY["currency"].model_validate(raw)
    return "EUR</span>" in page and "From 0 to 900." in page and asked.read("12") == 12


# --- a question type with a new control ------------------------------------------------------------------------

SIGNAL = '''\
"""Red, amber or green."""

from __future__ import annotations

from typing import ClassVar, Literal

from questionnaire.core.survey.questions.choices import ChooseOne
from questionnaire.core.base.texts import LocalizedText


class TrafficLight(ChooseOne):
    """One choice, shown as lamps."""

    control: ClassVar[str] = "traffic_light"

    type: Literal["traffic_light"]
    caption: LocalizedText | None = None
'''
LIGHT_FIELD = """\
class TrafficLightField(DropdownField):
    layout = "group"
    styles = ("rows", "lamps")


"""
LIGHT_TEMPLATE = """\
{% from "macros/control.html" import row %}
<div class="rows lamps"{% if field.question.is_shuffled %} data-shuffle{% endif %}>
{% for choice in field.choices %}
{{ row(field, choice, loop.index0, letters) }}{% endfor %}</div>
{% if field.question.caption %}<p>{{ field.question.caption.say(field.language) }}</p>{% endif %}
"""
LIGHT = (
    "{name: state, type: traffic_light, title: How is it?, caption: Be honest, shuffle: true, choices: "
    "[{value: red, text: Red}, {value: green, text: Green}]}"
)


def _sees_light() -> bool:
    from tests.conventions.rendered import html_of

    choices = [{"value": "red", "text": "Red"}, {"value": "green", "text": "Green"}]
    raw = {"type": "traffic_light", "name": "state", "title": "State", "caption": "Be honest", "choices": choices}
    page = html_of(raw)
    return "<fieldset" in page and "Green" in page and "Be honest" in page


QUESTIONS: Mapping[str, Toy] = {
    "a question type on a known control": Toy(
        half=(
            Edit("questionnaire/core/survey/questions/currency.py", CURRENCY),
            Edit(TYPES, '    "currency",\n', after="TYPES = ("),
            _feature("currency", BUDGET),
        ),
        lacks=(
            "question type `currency` lacks a test: tests/core/survey/questions/test_currency.py",
            "question type `currency`: its page does not show the key `currency`",
            "docs/questions.md has no heading for `currency`",
        ),
        rest=(
            Edit("questionnaire/core/survey/questions/currency.py", CURRENCY_UNIT, after="currency: Literal"),
            Edit("tests/core/survey/questions/test_currency.py", CURRENCY_TEST),
            Edit("docs/questions.md", "### `currency`\nAn amount of money.\n\n", before="### `number`"),
        ),
        look=_sees_currency,
    ),
    "… with a new control": Toy(
        half=(
            Edit("questionnaire/core/survey/questions/traffic_light.py", SIGNAL),
            Edit(TYPES, '    "traffic_light",\n', after="TYPES = ("),
        ),
        lacks=(
            "question type `traffic_light` lacks a field for its control `traffic_light` in",
            "question type `traffic_light` lacks templates/controls/traffic_light.html",
            "question type `traffic_light` lacks an example: surveys/features/traffic-light.yaml",
        ),
        rest=(
            Edit("questionnaire/web/survey_page/fields.py", LIGHT_FIELD, before="CONTROLS: Mapping"),
            Edit(
                "questionnaire/web/survey_page/fields.py",
                '    "traffic_light": TrafficLightField,\n',
                after="CONTROLS: Mapping",
            ),
            Edit("templates/controls/traffic_light.html", LIGHT_TEMPLATE),
            Edit("static/css/survey/lamps.css", ".lamps{gap:0}\n"),
            Edit("questionnaire/web/http/theme_css.py", '    "lamps",\n', after="PARTS = ("),
            _feature("traffic_light", LIGHT),
            Edit("tests/core/survey/questions/test_traffic_light.py", '"""Lamps are choices."""\n'),
            Edit("docs/questions.md", "### `traffic_light`\nOne choice, shown as lamps.\n\n", before="### `dropdown`"),
        ),
        look=_sees_light,
    ),
}
