"""Sentences are marked where they are written and said in the reader's language."""

from __future__ import annotations

from questionnaire.core.base.translation import ENGLISH, Translator, gettext_noop

FRENCH = Translator(
    "fr", {"Call %(name)s": "Appelez %(name)s"}.__getitem__, lambda one, many, n: many if n > 1 else one
)


def test_english_needs_no_catalogue() -> None:
    assert ENGLISH("Call %(name)s", name="Anna") == "Call Anna"
    assert ENGLISH("100 % sure") == "100 % sure"
    assert ENGLISH.gettext("Call %(name)s") == "Call %(name)s"
    assert ENGLISH.ngettext("%(n)s lead", "%(n)s leads", 1) == "1 lead"
    assert ENGLISH.ngettext("%(n)s lead", "%(n)s leads", 0) == "0 leads"


def test_a_catalogue_speaks_its_language() -> None:
    assert FRENCH("Call %(name)s", name="Anna") == "Appelez Anna"
    assert FRENCH.ngettext("%(n)s %(what)s", "%(n)s %(what)ss", 2, what="lead") == "2 leads"


def test_a_value_is_never_read_as_a_pattern() -> None:
    assert ENGLISH("Call %(name)s", name="%(name)s %s") == "Call %(name)s %s"


def test_a_sentence_that_is_said_later_stays_as_it_is() -> None:
    assert gettext_noop("Asked for a demo") == "Asked for a demo"
