from __future__ import annotations

from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path

import jinja2
import pytest
from markupsafe import Markup

from questionnaire import templating
from questionnaire.markdown import isolate_direction, markdown, markdown_inline, markdown_text
from questionnaire.templating import (
    environment,
    formats_for,
    is_right_to_left,
    new_environment,
    own_name,
    supported_language,
    words_for,
)


@pytest.mark.parametrize(
    ("tag", "language"),
    [("fr", "fr"), ("fr-CA", "fr"), ("FR_be", "fr"), ("de", "de"), ("de-AT", "de"), ("es", "en"), ("", "en")],
)
def test_the_nearest_supported_language_is_chosen(tag: str, language: str) -> None:
    assert supported_language(tag) == language
    assert words_for(tag).language == language


def test_a_catalogue_is_compiled_from_its_po_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "fr.po").write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\nPlural-Forms: nplurals=2; plural=(n > 1);\\n"\n\n'
        'msgid "Hello %(name)s"\nmsgstr "Bonjour %(name)s"\n\n'
        'msgid "One lead"\nmsgid_plural "%(n)s leads"\nmsgstr[0] "%(n)s contact"\nmsgstr[1] "%(n)s contacts"\n',
        encoding="utf-8",
    )
    monkeypatch.setattr(templating, "_CATALOGUES", tmp_path)
    templating._catalogue.cache_clear()
    try:
        words = words_for("fr")
        assert words("Hello %(name)s", name="100 %") == "Bonjour 100 %"
        assert [words.ngettext("One lead", "%(n)s leads", n) for n in (0, 1, 2)] == [
            "0 contact",
            "1 contact",
            "2 contacts",
        ]
        page = new_environment("fr").from_string('{{ _("Hello %(name)s", name="<b>") }}')
        assert page.render() == "Bonjour &lt;b&gt;"
    finally:
        templating._catalogue.cache_clear()


def test_without_a_catalogue_the_sentences_stay_english(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(templating, "_CATALOGUES", tmp_path)
    templating._catalogue.cache_clear()
    try:
        assert words_for("fr")("Hello %(name)s", name="A") == "Hello A"
    finally:
        templating._catalogue.cache_clear()


def test_markup_in_a_sentence_stays_markup_and_the_rest_is_escaped() -> None:
    page = environment("en").from_string('{{ _("a & %(x)s %(y)s", x=x, y="<i>") }}')
    assert page.render(x=Markup("<b>")) == "a &amp; <b> &lt;i&gt;"


def test_an_undefined_name_in_a_template_raises() -> None:
    with pytest.raises(jinja2.UndefinedError):
        environment("en").from_string("{{ nobody }}").render()


def test_authors_have_a_small_subset_of_markdown() -> None:
    source = "**a** *b* [c](https://c.example)\n\n- d\n- e\n\n# f <script>g</script> ![h](https://h.example/i.png)"
    html = str(markdown(source))
    for kept in ("<strong>a</strong>", "<em>b</em>", 'href="https://c.example"', "<li>d</li>"):
        assert kept in html
    for gone in ("<h1", "<script", "<img"):
        assert gone not in html


@pytest.mark.parametrize("address", ["javascript:x", "data:text/html,x", "vbscript:x", "file:///etc/passwd"])
def test_only_web_and_mail_links_are_kept(address: str) -> None:
    assert "href" not in markdown_inline(f"[x]({address})")


def test_personal_values_are_not_parsed_as_markdown_markup_or_placeholders() -> None:
    values = {"company": "**<b>{{ first_name }}</b>**", "first_name": "Anna"}
    expected = "<p>Hi <bdi>**&lt;b&gt;{{ first_name }}&lt;/b&gt;**</bdi></p>\n"
    assert markdown("Hi {{company}}", values) == expected
    assert markdown_text("Hi *{{company}}*", values) == "Hi **<b>{{ first_name }}</b>**"


def test_plain_text_mails_keep_the_url_of_a_link() -> None:
    assert (
        markdown_text("See [the guide](https://g.example).\n\n- a\n- b")
        == "See the guide (https://g.example).\n\n• a\n• b"
    )


def test_numbers_and_dates_follow_the_language() -> None:
    moment = datetime(2026, 10, 5, 7, 30, tzinfo=UTC)
    english, french = formats_for("en"), formats_for("fr")
    assert english.moment(moment, "Europe/Berlin") == "Monday 5 October 2026, 09:30"
    assert french.moment(moment, "Europe/Berlin") == "lundi 5 octobre 2026, 09:30"
    assert english.short(moment.isoformat()) == "Mon 5 Oct 07:30"
    assert (english.date(date(2026, 10, 5)), french.date("2026-10-05")) == ("5 October 2026", "5 octobre 2026")
    assert (french.date("2026-10-01"), french.date("2026-10-21")) == ("1er octobre 2026", "21 octobre 2026")
    assert french.short("2026-10-01T15:00:00") == "jeu. 1er oct. 15:00"
    assert (english.number(1234.56, 1), french.number(Fraction(1, 3), 1)) == ("1,234.6", "0,3")
    assert (english.percent(27), french.percent(27)) == ("27%", "27\N{NARROW NO-BREAK SPACE}%")
    assert (english.country("DE"), french.country("de"), english.country("ZZZ")) == ("Germany", "Allemagne", "ZZZ")


def test_numbers_and_dates_are_german_for_german_readers() -> None:
    german = formats_for("de")
    assert (german.date("2026-10-02"), german.date("2026-10-01")) == ("2. Oktober 2026", "1. Oktober 2026")
    assert (german.number(1200), german.number(1234.56, 1)) == ("1.200", "1.234,6")
    assert german.percent(27) == "27\N{NO-BREAK SPACE}%"
    assert (german.country("CZ"), german.country("AT")) == ("Tschechien", "Österreich")
    assert (german.language("fr"), german.language("de")) == ("Französisch", "Deutsch")


def test_a_language_has_its_name_in_the_reader_s_language_also_when_the_product_is_not_translated_into_it() -> None:
    english, french = formats_for("en"), formats_for("fr")
    names = [(english.language(tag), french.language(tag)) for tag in ("ar", "fr", "zh-Hant", "nobody")]
    assert names == [
        ("Arabic", "arabe"), ("French", "français"), ("Chinese (Traditional)", "chinois (traditionnel)"),
        ("nobody", "nobody"),
    ]  # fmt: skip


def test_markup_in_a_sentence_with_a_plural_stays_markup_and_the_rest_is_escaped() -> None:
    one, many = "%(who)s & one more", "%(who)s & %(n)s more"
    template = environment("en").from_string("{{ ngettext(one, many, n, who=who) }}")
    assert template.render(one=one, many=many, n=2, who=isolate_direction("<A>")) == "<bdi>&lt;A&gt;</bdi> &amp; 2 more"
    assert template.render(one=one, many=many, n=1, who="<A>") == "&lt;A&gt; &amp; one more"


@pytest.mark.parametrize(("tag", "so"), [("ar", True), ("he-IL", True), ("fa", True), ("en", False), ("fr", False)])
def test_some_languages_are_written_from_right_to_left(tag: str, so: bool) -> None:
    assert is_right_to_left(tag) == so


@pytest.mark.parametrize(
    ("tag", "name"), [("ar", "العربية"), ("fr", "français"), ("pt-BR", "português"), ("xx", "xx"), ("???", "???")]
)
def test_languages_are_listed_by_their_native_names(tag: str, name: str) -> None:
    assert own_name(tag) == name
