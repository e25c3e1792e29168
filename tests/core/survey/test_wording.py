"""The product's phrases in an author's words."""

from __future__ import annotations

from questionnaire.core.checks import check_survey
from questionnaire.core.survey.phrases import PHRASES
from questionnaire.core.survey.phrases.mail import MAIL
from questionnaire.core.survey.wording import phrases_of
from questionnaire.templating import render, words_for
from tests.core.authoring import survey

SPANISH = """{languages: [en, es], wording: {es: {next: Siguiente, question_of: "Pregunta {{n}} de {{of}} (100 %)",
  about_one_minute: {one: Un minuto., other: "{{n}} minutos."}}}}"""


def test_a_phrase_is_said_in_the_authors_words_and_the_rest_in_english() -> None:
    asked = survey(change=SPANISH)
    words = words_for("es", asked.phrases("es"))
    assert words("Next question") == "Siguiente"
    assert words("Question %(n)s of %(of)s", n=3, of=9) == "Pregunta 3 de 9 (100 %)"
    assert words.ngettext("About one minute.", "About %(n)s minutes.", 1) == "Un minuto."
    assert words.ngettext("About one minute.", "About %(n)s minutes.", 4) == "4 minutos."
    assert words("Back") == "Back"
    assert words.ngettext("One lead", "%(n)s leads", 2) == "2 leads"
    assert asked.phrases("en") == ()


def test_one_phrase_of_a_shipped_language_may_be_said_otherwise() -> None:
    phrases = phrases_of({"see_result": "Zum Ergebnis", "no_such_key": "x", "about_one_minute": "Kurz."})
    words = words_for("de", phrases)
    assert words("See my result") == "Zum Ergebnis"
    assert words("Back") == "Zurück"
    assert words.ngettext("About one minute.", "About %(n)s minutes.", 7) == "Kurz."


def test_plural_forms_are_those_of_the_language() -> None:
    phrases = phrases_of({"about_one_minute": {"one": "minuta", "few": "{{n}} minuty", "many": "{{n}} minut"}})
    words = words_for("pl", phrases)
    said = [words.ngettext("About one minute.", "About %(n)s minutes.", n) for n in (1, 3, 7)]
    assert said == ["minuta", "3 minuty", "7 minut"]


def test_templates_say_it_too() -> None:
    values = {"name": "Ada", "result_link": "https://a.example", "report_link": "https://b.example", "sender": "Us"}
    spanish = phrases_of({key: f"¡{key}!" for key in MAIL})
    said = render("email/report_ready/subject.txt", "es", spanish, **values)
    assert said.startswith("¡")
    assert said != render("email/report_ready/subject.txt", "es", **values)


def test_mistakes_in_wording_have_hints() -> None:
    change = """{languages: [en, es], wording: {es: {nxt: X, question_of: "{{m}}", next: {one: A},
      choose_from_list: "{{n}}", about_one_minute: {ones: A, other: B}}, it: {next: Y}}}"""
    found = [(one.code, one.where[1:], one.hint) for one in check_survey(survey(change=change)).survey
             if one.where[:1] == ("wording",)]  # fmt: skip
    assert ("unknown_phrase", ("es", "nxt"), "did you mean `next`?") in found
    assert ("unknown_placeholder", ("es", "question_of"), "it has `{{n}}`, `{{of}}`") in found
    assert ("unknown_placeholder", ("es", "choose_from_list"), "it has none") in found
    assert ("phrase_forms", ("es", "next"), "write one text") in found
    assert ("phrase_forms", ("es", "about_one_minute", "ones"), "did you mean `one`?") in found
    assert ("text_unused", ("it",), "add it to `languages`, or remove `it`") in found
    missing = next(one for one in check_survey(survey(change=change)).survey if one.code == "phrases_missing")
    assert missing.message.startswith(f"{len(PHRASES) - 4} of {len(PHRASES)} phrases")


def test_a_survey_that_says_everything_lacks_nothing() -> None:
    whole = {key: said if isinstance(said, str) else {"other": said[1]} for key, said in PHRASES.items()}
    asked = survey(change="{languages: [en, es]}").model_copy(update={"wording": {"es": whole}})
    codes = [one.code for one in check_survey(asked).survey]
    assert "phrases_missing" not in codes
