"""How a question is shown follows from how much it has to say."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from questionnaire.actions.toolbox import Toolbox
from tests.web.client import publish

SURVEY = """\
schema: survey/1
id: shown
version: 1
policy: default
title: Shown
display: {gate: none}
pages:
  - name: only
    questions:
      - {name: it, title: It, QUESTION}
"""


def _page(client: FlaskClient, toolbox: Toolbox, question: str) -> str:
    publish(toolbox, SURVEY.replace("QUESTION", question))
    return client.get("/s/shown").text


def _choices(*texts: str) -> str:
    return "choices: [" + ", ".join(f"{{value: v{n}, text: {text}}}" for n, text in enumerate(texts)) + "]"


@pytest.mark.parametrize(
    ("question", "so"),
    [
        ("type: yes_no", True),
        (f"type: single_choice, {_choices('Now', 'Later')}", True),
        (f"type: single_choice, {_choices('Now', 'Later', 'Never')}", False),
        (f"type: single_choice, {_choices('As soon as it can be arranged', 'Later')}", False),
        ("type: single_choice, choices: [{value: a, text: A, help: More}, {value: b, text: B}]", False),
        ("type: single_choice, choices: [{value: a, text: A}, {value: b, text: B, other_text: true}]", False),
        (f"type: multiple_choice, {_choices('Now', 'Later')}", False),
    ],
)
def test_two_short_answers_stand_side_by_side(client: FlaskClient, toolbox: Toolbox, question: str, so: bool) -> None:
    page = _page(client, toolbox, question)
    assert ('class="rows pair"' in page) == so
    assert (".pair{" in page) == so


@pytest.mark.parametrize(
    ("question", "so"),
    [
        ("type: scale, labels: {1: No, 5: Yes}", False),
        ("type: scale, labels: {1: No, 3: Perhaps, 5: Yes}", True),
        ("type: scale", False),
        ("type: rating, labels: {1: Poor, 2: Fair, 5: Good}", False),
    ],
)
def test_points_with_words_between_the_ends_are_listed(
    client: FlaskClient, toolbox: Toolbox, question: str, so: bool
) -> None:
    assert ('class="points listed"' in _page(client, toolbox, question)) == so


@pytest.mark.parametrize(("many", "so"), [(6, True), (7, False)])
def test_a_matrix_with_few_choices_is_a_table(client: FlaskClient, toolbox: Toolbox, many: int, so: bool) -> None:
    question = f"type: matrix, rows: [{{name: a, text: A}}], {_choices(*'ABCDEFG'[:many])}"
    page = _page(client, toolbox, question)
    assert ('class="matrix table"' in page) == so
    assert ('class="column-heads"' in page) == so


def test_i_do_not_know_stands_apart(client: FlaskClient, toolbox: Toolbox) -> None:
    choices = "choices: [{value: a, text: A}, {value: b, text: B}, {value: c, text: Unsure, unknown: true}]"
    page = _page(client, toolbox, f"type: single_choice, {choices}")
    assert page.count('class="row choice-unknown"') == 1


def test_a_number_below_nought_gets_a_keyboard_with_a_minus(client: FlaskClient, toolbox: Toolbox) -> None:
    assert 'inputmode="text"' in _page(client, toolbox, "type: number, min: -5")


def test_a_slider_is_a_number_that_can_be_left_empty(client: FlaskClient, toolbox: Toolbox) -> None:
    page = _page(client, toolbox, "type: slider, min: 0, max: 10, step: 0.5, unit: h")
    assert 'type="range"' not in page.partition("<form")[2].partition("</form>")[0]
    assert 'data-number data-min="0" data-max="10" data-step="0.5"' in page
    assert 'value=""' in page
