from __future__ import annotations

import pytest
from babel import Locale

from questionnaire.core.brand.writing_systems import (
    CHINESE_JAPANESE_KOREAN,
    WRITING_SYSTEMS,
    family_of,
    packages_of,
    system_of_language,
    systems_of_text,
)


def names(text: str) -> list[str]:
    return [system.name for system in systems_of_text(text)]


def test_letters_of_the_bundled_fonts_and_symbols_need_no_system_font() -> None:
    for text in ("", "Nordwind", "Łódź Ωmega Сбыт", "✓ – “quoted” € 🙂", "e\u0301"):
        assert names(text) == [], text


def test_a_text_needs_the_writing_systems_of_its_letters() -> None:
    assert names("شركة Nordwind") == ["Arabic"]
    assert names("株式会社 and חברה") == ["Chinese, Japanese and Korean", "Hebrew"]
    assert names("「」、。") == names("𠮷野家") == names("한국") == ["Chinese, Japanese and Korean"]


def test_each_letter_belongs_to_one_writing_system() -> None:
    for code in range(0x530, 0x20000):
        systems = systems_of_text(chr(code)) if not 0xD800 <= code < 0xE000 else ()
        assert len(systems) <= 1, hex(code)


@pytest.mark.parametrize(
    ("tag", "name"),
    [("ar-EG", "Arabic"), ("fa", "Arabic"), ("zh_TW", "Chinese, Japanese and Korean"), ("HI", "Devanagari")],
)
def test_a_language_needs_its_writing_system(tag: str, name: str) -> None:
    system = system_of_language(tag)
    assert system is not None
    assert system.name == name


@pytest.mark.parametrize("tag", ["en", "fr-CA", "ru", "el", "vi", "nobody"])
def test_a_language_of_the_bundled_fonts_needs_nothing(tag: str) -> None:
    assert system_of_language(tag) is None


def test_the_languages_of_a_writing_system_are_written_in_it() -> None:
    """Their own names, as CLDR knows them, are in its letters."""
    for system in WRITING_SYSTEMS:
        for language in system.languages:
            name = Locale.parse(language).get_language_name() or ""
            assert system.pattern.search(name), (system.name, language, name)


@pytest.mark.parametrize(
    ("languages", "text", "shapes"),
    [
        (("en", "ja"), "直", "JP"),
        (("ko",), "直", "KR"),
        (("zh-CN",), "カ", "SC"),
        (("zh-Hant",), "直", "TC"),
        (("zh-TW",), "直", "TC"),
        (("zh-HK",), "直", "HK"),
        (("zh-Hant-MO",), "直", "HK"),
        (("yue",), "直", "HK"),
        (("en", ""), "株式会社ひかり", "JP"),
        (("en",), "한국 直", "KR"),
        ((), "ㄅ直", "TC"),
        ((), "直", "SC"),
    ],
)
def test_the_language_or_else_the_letters_decide_the_shapes_of_chinese_characters(
    languages: tuple[str, ...], text: str, shapes: str
) -> None:
    assert family_of(CHINESE_JAPANESE_KOREAN, languages, text) == f"Noto Sans CJK {shapes}"


def test_other_writing_systems_have_one_family() -> None:
    (arabic,) = systems_of_text("شركة")
    assert family_of(arabic, ("fa",), "شركة") == "Noto Sans Arabic"
    assert arabic.files == ("NotoSansArabic-Regular.ttf", "NotoSansArabic-Bold.ttf")


def test_each_package_is_named_once() -> None:
    assert packages_of(WRITING_SYSTEMS) == ("fonts-noto-cjk", "fonts-noto-core")
