"""Whatever is pasted into a question of any type, in any language: a value, nothing or a mistake, never an error."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionnaire.core.survey.questions import REGISTRY, Mistake
from questionnaire.templating import words_for
from tests.core.authoring import question
from tests.core.number_texts import LANGUAGES, SIGNS, TEXTS

CHOICES = ", choices: [{value: a, text: A}, {value: b, text: B}]"
KEYS = {
    **dict.fromkeys(("single_choice", "dropdown", "multiple_choice", "ranking"), CHOICES),
    "picture_choice": ", choices: [{value: a, text: A, image: a.png, alt: A}]",
    "matrix": f", rows: [{{name: r, text: R}}]{CHOICES}",
    "number": ", unit: EUR, min: -1000000000",
    "slider": ", max: 100000, step: 0.5",
    "date": ", min: 1990-01-01",
}
TYPES = sorted(name for name, kind in REGISTRY.items() if kind.asks or name == "hidden")

pasted = st.text(max_size=80) | st.lists(st.sampled_from((*SIGNS, *TEXTS)), max_size=6).map("".join)


@pytest.mark.parametrize("kind", TYPES)
@given(text=pasted, several=st.booleans(), language=st.sampled_from(LANGUAGES))
def test_whatever_is_pasted_is_a_value_or_a_mistake(kind: str, text: str, several: bool, language: str) -> None:
    asked = question(f"type: {kind}{KEYS.get(kind, '')}").items[0]
    value = asked.read([text, text] if several else text, language)
    if value is None:
        return
    if isinstance(value, Mistake):
        assert words_for("fr")(value.text, **value.values)
        return
    assert asked.say(value, language)
    if not isinstance(value, bool | tuple):
        # What was read is itself read alike in every language, as in a signed link.
        assert {asked.read(asked.form_text(value), tongue) for tongue in ("", *LANGUAGES)} == {value}


def test_a_value_goes_back_into_a_form_as_text() -> None:
    assert question("type: text").form_text("Nordwind") == "Nordwind"
    assert question("type: number").form_text(1200) == "1200"
