"""What someone types into a form, as the edits that write it."""

from __future__ import annotations

from typing import Any

import pytest

from questionnaire.core.editing.apply import apply_all
from questionnaire.core.editing.edit import Change, remove, rename, set_
from questionnaire.core.editing.form_edits import form_edits, value_at
from questionnaire.core.editing.paths import EditError, read_path
from questionnaire.core.editing.same import same
from questionnaire.core.editing.typed_values import FormValue

TITLE = "pages/start/questions/size/title"
SIZE = "pages/start/questions/size"


def document(**more: Any) -> dict[str, Any]:
    choices = [{"value": "a", "text": "A", "advice": "Do it"}, {"value": "b", "text": {"en": "B", "fr": "Bé"}}]
    question = {"name": "size", "type": "single_choice", "title": "Size", "choices": choices, "weight": 2}
    return {"schema": "survey/1", "id": "x", "pages": [{"name": "start", "questions": [question]}], **more}


def edits(
    place: str, typed: str, read: str = "word", languages: tuple[str, ...] = ("en",), start: Any = None, **more: Any
) -> Change:  # fmt: skip
    value = FormValue(read_path(place), read, typed, **more)
    return form_edits(start or document(), [value], languages)


def test_a_field_writes_what_was_typed_the_way_it_is_read() -> None:
    cases: list[tuple[Any, Any]] = [
        (edits(TITLE, "Size", "text"), ()),
        (edits(TITLE, "How big?\r\n", "text"), (set_(read_path(TITLE), "How big?"),)),
        (edits(TITLE, "", "text", required=True), (set_(read_path(TITLE), ""),)),
        (edits(f"{SIZE}/help", "", "text"), ()),
        (edits(f"{SIZE}/weight", ""), (remove(read_path(f"{SIZE}/weight"), anyway=True),)),
        (edits(f"{SIZE}/weight", "2", "number"), ()),
        (edits(f"{SIZE}/weight", "2,5", "number"), (set_(read_path(f"{SIZE}/weight"), 2.5),)),
        (edits(f"{SIZE}/weight", "3", "whole_number"), (set_(read_path(f"{SIZE}/weight"), 3),)),
        (edits(f"{SIZE}/weight", "three", "number"), (set_(read_path(f"{SIZE}/weight"), "three"),)),
        (edits(f"{SIZE}/weight", "", "number"), (remove(read_path(f"{SIZE}/weight"), anyway=True),)),
        (edits(f"{SIZE}/required", "true", "switch"), (set_(read_path(f"{SIZE}/required"), True),)),
        (edits(f"{SIZE}/required", "", "switch"), ()),
        (edits("display/back", "", "switch", initial=True), (set_(("display",), {"back": False}),)),
        (edits(f"{SIZE}/flags", "one, two\n3", "words"), (set_(read_path(f"{SIZE}/flags"), ["one", "two", "3"]),)),
        (edits(f"{SIZE}/flags", " , ", "words"), ()),
        (edits(f"{SIZE}/criterion", "size"), (set_(read_path(f"{SIZE}/criterion"), "size"),)),
    ]  # fmt: skip
    wrong = [(found, wanted) for found, wanted in cases if found != wanted]
    assert not wrong


def test_a_switch_that_is_written_is_taken_out_when_it_says_what_is_meant_anyway() -> None:
    written = document(display={"back": False})
    assert edits("display/back", "true", "switch", start=written, initial=True) == (remove(("display",), anyway=True),)
    assert edits("display/back", "", "switch", start=written, initial=True) == ()
    assert edits("display/back", "true", "switch", start=document(display={"back": True}), initial=True) == ()


def test_a_text_alone_is_the_same_in_every_language_until_another_one_is_written() -> None:
    both = ("en", "fr")
    cases = [
        (edits(TITLE, "Big", "text", both, language="en"), "Big"),
        (edits(TITLE, "Taille", "text", both, language="fr"), {"en": "Size", "fr": "Taille"}),
        (edits(TITLE, "", "text", both, language="fr"), {"en": "Size"}),
        (edits(f"{SIZE}/help", "Aide", "text", both, language="fr"), {"fr": "Aide"}),
        (edits(f"{SIZE}/help", "Help", "text", both, language="en"), {"en": "Help"}),
        (edits(TITLE, "", "text", both, language="en", required=True), ""),
    ]
    assert [change[0].value for change, _ in cases] == [wanted for _, wanted in cases]
    assert edits(f"{SIZE}/help", "", "text", both, language="fr") == ()
    # A text that is still empty begins with the language that is written first.
    blank = document()
    blank["pages"][0]["questions"][0]["title"] = ""
    assert edits(TITLE, "Taille", "text", both, blank, language="fr")[0].value == {"fr": "Taille"}


def test_one_language_of_a_text_is_one_small_edit() -> None:
    text = f"{SIZE}/choices/b/text"
    both = ("en", "fr")
    assert edits(text, "C", "text", both, language="en", required=True) == (set_(read_path(f"{text}/en"), "C"),)
    assert edits(text, "", "text", both, language="fr") == (remove(read_path(f"{text}/fr")),)
    assert edits(text, "", "text", both, language="en", required=True) == (set_(read_path(f"{text}/en"), ""),)
    one = document()
    one["pages"][0]["questions"][0]["help"] = {"en": "Help"}
    assert edits(f"{SIZE}/help", "", "text", both, one, language="en") == (
        remove(read_path(f"{SIZE}/help"), anyway=True),
    )


def test_advice_that_is_a_text_alone_becomes_a_group_with_its_second_key() -> None:
    advice = f"{SIZE}/choices/a/advice"
    assert value_at(document(), read_path(f"{advice}/text")) == "Do it"
    assert value_at(document(), read_path(f"{SIZE}/choices/b/advice/text")) is None
    assert edits(f"{advice}/text", "Do it", "text") == ()
    assert edits(f"{advice}/text", "Do that", "text") == (set_(read_path(advice), "Do that"),)
    assert edits(f"{advice}/effort", "low")[0].value == {"text": "Do it", "effort": "low"}
    assert edits(f"{advice}/text", "", "text") == (remove(read_path(advice), anyway=True),)
    new = edits(f"{SIZE}/choices/b/advice/text", "Do it", "text")
    assert new == (set_(read_path(f"{SIZE}/choices/b/advice"), {"text": "Do it"}),)
    grouped = apply_all(document(), edits(f"{advice}/effort", "low")).document
    assert value_at(grouped, read_path(f"{advice}/text")) == "Do it"
    assert edits(f"{advice}/effort", "", start=grouped) == (remove(read_path(f"{advice}/effort"), anyway=True),)


def test_a_name_is_changed_last_and_everywhere() -> None:
    start = document(endings=[{"name": "early", "when": {"size": "a"}, "title": "Bye"}])
    values = [
        FormValue(read_path(f"{SIZE}/name"), "word", "team_size", required=True),
        FormValue(read_path(TITLE), "text", "Team size"),
    ]
    change = form_edits(start, values, ("en",))
    assert change == (set_(read_path(TITLE), "Team size"), rename(read_path(SIZE), "team_size"))
    assert apply_all(start, change).document["endings"][0]["when"] == {"team_size": "a"}
    assert edits(f"{SIZE}/name", "size") == ()
    assert edits(f"{SIZE}/choices/a/value", "c") == (rename(read_path(f"{SIZE}/choices/a"), "c"),)


def test_a_place_that_is_gone_is_a_problem() -> None:
    with pytest.raises(EditError):
        edits("pages/gone/questions/size/title", "X", "text")
    assert same(document(), document())
