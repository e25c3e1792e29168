"""Texts, names and languages of a source as our documents allow them."""

from __future__ import annotations

from questionnaire.core.importing.markup import to_markdown
from questionnaire.core.importing.names import FreeNames, choice_value, language_tag, plain_name, short_name, slug
from questionnaire.core.importing.note import NoteList
from questionnaire.core.importing.question_forms import split_title
from questionnaire.core.importing.source import number_of
from questionnaire.core.importing.texts import TextReader, joined_text

MARKUP = {
    "plain * text": "plain * text",
    "<p>One</p><p>Two</p>": "One\n\nTwo",
    "<b>Bold</b> and <i>leaning</i>": "**Bold** and *leaning*",
    "<b> </b>nothing<em></em>": "nothing",
    "a &amp; b&nbsp;c": "a & b c",
    "One<br>two<hr/>": "One\ntwo",
    "<ul><li>a</li><li>b</li></ul>": "- a\n- b",
    "<ol><li>a</li><li>b</li></ol><li>c</li>": "1. a\n2. b\n\n- c",
    'See <a href="https://example.com/x">this</a>.': "See [this](https://example.com/x).",
    'No <a href="javascript:alert(1)">link</a></a>': "No link",
    "<script>bad()</script>good<style>p{}</style>": "good",
    "<div><!-- a comment -->Kept</div>": "Kept",
    "3 < 4 and 5 > 2": "3 < 4 and 5 > 2",
}


def test_html_becomes_paragraphs_lists_and_links() -> None:
    wrong = [f"{html}: {to_markdown(html)[0]!r}" for html, text in MARKUP.items() if to_markdown(html)[0] != text]
    assert not wrong, wrong


def test_markup_that_is_lost_is_named() -> None:
    assert to_markdown("<img src='a.png'><script>x</script>")[1] == ("img a.png", "script")
    assert to_markdown('<a href="javascript:x">y</a>')[1] == ("a javascript:x",)


def test_names_are_made_of_what_is_there() -> None:
    assert plain_name("Team Size", "q") == "team_size"
    assert plain_name("teamSize2", "q") == "team_size2"
    assert plain_name("Größe & Übermaß", "q") == "grosse_ubermass"
    assert plain_name("12 months", "q") == "q_12_months"
    assert plain_name("日本", "q") == "q"
    assert plain_name("score", "q") == "score_answer"
    assert len(plain_name("x" * 200, "q")) == 60
    assert short_name("How many people work in your whole company today?", "q") == "how_many_people_work_in_your"
    assert choice_value("50+ people", "c") == "50+_people"
    assert choice_value("–", "c") == "c"
    assert slug("Ein Test!") == "ein-test"


def test_a_name_is_given_once() -> None:
    names = FreeNames()
    assert [names.take("a"), names.take("a"), names.take("a")] == ["a", "a_2", "a_3"]
    assert names.take("b" * 60) != names.take("b" * 60)


def test_languages_are_found_in_every_way_to_write_them() -> None:
    written = ("French (fr)", "Deutsch", "pt_br", "de-informal", "en", "zh-Hans", "(x)", "a language")
    assert [language_tag(one) for one in written] == ["fr", "de", "pt-BR", "de", "en", "zh-Hans", None, None]


def test_texts_are_kept_in_every_language() -> None:
    notes = NoteList()
    reader = TextReader(notes, str)
    assert reader.read({"en": "Hello"}, "x") == "Hello"
    reader.languages = ["en", "fr"]
    assert reader.read({"en": "Hello", "fr": "Bonjour", "de": "Hallo"}, "x") == {"en": "Hello", "fr": "Bonjour"}
    assert reader.read({"fr": "Bonjour"}, "x") == "Bonjour"
    assert [note.code for note in notes.all()] == ["language_missing"]
    assert reader.read({}, "x") is None


def test_a_text_that_is_too_long_is_cut_and_the_rest_quoted() -> None:
    notes = NoteList()
    text = TextReader(notes, str).read({"en": "a" * 3800 + "the end"}, "x")
    assert text == "a" * 3800
    assert [(note.code, note.params["rest"]) for note in notes.all()] == [("text_cut", "the end")]


def test_a_text_that_cannot_be_stored_is_in_the_notes() -> None:
    notes = NoteList()
    assert TextReader(notes, str).read({"en": "a" + "\u0301" * 20}, "x") is None
    assert [note.code for note in notes.all()] == ["key_left_out"]


def test_the_first_line_of_a_text_is_its_title() -> None:
    assert split_title("One\n\nTwo") == ("One", "Two")
    assert split_title("One") == ("One", None)
    long = "A sentence. " + "word " * 60
    assert split_title(long)[0] == "A sentence."
    assert split_title({"en": "One\nTwo", "fr": "Un\nDeux"}) == ({"en": "One", "fr": "Un"}, {"en": "Two", "fr": "Deux"})
    assert split_title({"en": "One", "fr": "Un\nDeux"}) == ({"en": "One", "fr": "Un\nDeux"}, None)


def test_two_texts_are_joined_in_every_language() -> None:
    assert joined_text("A", "B") == "A – B"
    assert joined_text({"en": "A", "fr": "À"}, "B") == {"en": "A – B", "fr": "À – B"}
    assert joined_text("A", {"en": "B", "fr": "C"}) == {"en": "A – B", "fr": "A – C"}
    assert joined_text({"en": "A", "fr": "À"}, {"en": "B"}) == {"en": "A – B", "fr": "À – B"}


def test_numbers_are_read_however_they_are_written() -> None:
    written: tuple[object, ...] = ("3", " 2.50 ", 4.0, "x", "1e400", True, None, [])
    assert [number_of(raw) for raw in written] == [3, 2.5, 4, None, None, None, None, None]
