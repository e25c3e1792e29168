"""The strict reader: YAML 1.2 core types, line numbers, and refused YAML features."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionnaire.core.base.problems import Problem
from questionnaire.library.yaml.reader import LARGEST, read_bytes, read_source
from questionnaire.library.yaml.source import Source


def _read(text: str) -> tuple[Source | None, tuple[Problem, ...]]:
    return read_bytes(textwrap.dedent(text).encode(), "survey.yaml")


def _value(word: str) -> Any:
    source, problems = _read(f"a: {word}")
    assert problems == ()
    assert source is not None
    return source.raw["a"]


def _told(text: str) -> list[tuple[int, str]]:
    return [(problem.line, problem.code) for problem in _read(text)[1]]


@pytest.mark.parametrize(
    "word",
    ["NO", "no", "on", "off", "yes", "Y", "1_9", "50_199", "12:30", "010", "2026-09-01", "+49", "1e", "0b1", "<"],
)
def test_words_that_older_readers_misread_are_text(word: str) -> None:
    assert _value(word) == word


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("~", None), ("null", None), ("NULL", None), ("", None), ("true", True), ("False", False), ("0", 0),
        ("-12", -12), ("50", 50), ("0x1F", 31), ("0o17", 15), ("0.5", 0.5), ("-.5", -0.5), ("1.", 1.0), ("1e3", 1000.0),
        ("'5'", "5"), ('"true"', "true"),
    ],
)  # fmt: skip
def test_core_types_are_read_as_what_they_are(word: str, value: object) -> None:
    assert _value(word) == value
    assert type(_value(word)) is type(value) or isinstance(value, float)


def test_a_decimal_number_prints_as_it_was_written() -> None:
    assert str(_value("2.50")) == "2.50"


@pytest.mark.parametrize("word", [".nan", ".inf", "-.INF", "9" * 31, "1e999"])
def test_numbers_that_are_not_finite_or_too_long_are_refused(word: str) -> None:
    assert _told(f"a: {word}") == [(1, "yaml_number")]


def test_keys_stay_as_written() -> None:
    source, _ = _read("{1: a, on: b, 010: c, true: d, '2': e}")
    assert source is not None
    assert source.raw == {"1": "a", "on": "b", "010": "c", "true": "d", "2": "e"}


def test_every_value_knows_its_line() -> None:
    source, problems = _read(
        """\
        title: A
        pages:
          - name: one
            questions:
              - {name: a, choices: [x,
                 y]}
        """
    )
    assert problems == ()
    assert source is not None
    lines = {
        ("title",): 1, ("pages", 0): 3, ("pages", 0, "name"): 3, ("pages", 0, "questions", 0, "choices"): 5,
        ("pages", 0, "questions", 0, "choices", 1): 6, ("pages", 0, "questions", 0, "choices", 7): 5,
        ("pages", 4): 2, (): 1,
    }  # fmt: skip
    assert {where: source.line(where) for where in lines} == lines


@pytest.mark.parametrize(
    ("text", "line", "code"),
    [
        ("a: 1\nb: 2\na: 3", 3, "yaml_duplicate_key"),
        ("1: a\n'1': b", 2, "yaml_duplicate_key"),
        ("a: &x 1", 1, "yaml_alias"),
        ("a: *x", 1, "yaml_alias"),
        ("a:\n  <<: {b: 1}", 2, "yaml_merge_key"),
        ("a: !!str 1", 1, "yaml_tag"),
        ("a: !important", 1, "yaml_tag"),
        ("&x a: 1", 1, "yaml_alias"),
        ("*x : 1", 1, "yaml_alias"),
        ("%YAML 1.1\n---\na: 1", 2, "yaml_directive"),
        ("a: 1\n---\nb: 2", 2, "yaml_documents"),
        ("? {a: b}\n: c", 1, "yaml_key"),
        ("? [a]\n: c", 1, "yaml_key"),
        ("a: {text: {{first_name}}}", 1, "yaml_key"),
        ("a: {text: Yes, a bit}", 1, "yaml_lost_text"),
        ("a: {text: Yes, a bit: more, b}", 1, "yaml_lost_text"),
        ("a: " + "[" * 21 + "]" * 21, 1, "yaml_deep"),
        ("", 1, "file_empty"),
        ("# only a comment", 1, "file_empty"),
        ("\n\na: \x00", 3, "file_encoding"),
    ],
)
def test_unsupported_yaml_and_lost_text_are_refused_with_the_line(text: str, line: int, code: str) -> None:
    assert _told(text) == [(line, code)]


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("a: Yes: sure", 1, "a colon stands inside a text"),
        ("a: {b: Yes: sure}", 1, "is not closed, or a text in it needs quotes"),
        ("a: {b: We are #1}\nc: 2", 1, "is not closed, or a text in it needs quotes"),
        ("a: [x, y", 1, "is not closed, or a text in it needs quotes"),
        ("a: {b: ? c}", 1, "something is missing inside"),
        ("a: @home", 1, "cannot start with this sign"),
        ("a: > 50", 1, "a text that starts with `>`"),
        ("a: 'it's'", 1, "more text after the quotes"),
        ('a: "b\nc: d', 1, "a quote is opened and never closed"),
        ('a: "\\q"', 1, "a backslash"),
        ("a:\n\tb: 1", 2, "a tab stands where YAML wants spaces"),
        ("a:\n  - b\n - c", 3, "this list item is not indented"),
        ("a:\n - b: 1\n   c: 2\n  d: 3", 4, "this key is not indented"),
        ("a: b\nc\nd: e", 3, "neither `key: value` nor `- item`"),
        ("a: - b", 1, "a list starts in the middle of a line"),
        ("a: & b", 1, "a text that starts with `&`"),
        ("a: * b", 1, "a text that starts with `*`"),
    ],
)
def test_invalid_yaml_gives_a_message_with_the_line(text: str, line: int, said: str) -> None:
    source, problems = _read(text)
    assert source is None
    assert [(problem.line, problem.code) for problem in problems] == [(line, "yaml_syntax")]
    assert said in problems[0].message
    assert problems[0].hint


def test_the_cause_on_a_line_hides_what_follows_from_it() -> None:
    assert _told("a: {{first_name}} and more") == [(1, "yaml_key")]


def test_every_problem_of_a_file_is_reported_at_once() -> None:
    assert _told("a: *x\nb: .nan\nc: {d: Yes, e}\na: 2") == [
        (1, "yaml_alias"), (2, "yaml_number"), (3, "yaml_lost_text"), (4, "yaml_duplicate_key"),
    ]  # fmt: skip


def test_a_refused_value_is_not_reported_again_by_the_survey_reader() -> None:
    source, _ = _read("title: *x\nname: 1")
    assert source is not None
    below = Problem("text", ("title", "en"), "empty")
    beside = Problem("text", ("name",), "empty")
    assert [problem.where for problem in source.placed((below, beside))] == [("name",)]


def test_a_byte_order_mark_and_windows_line_ends_are_accepted() -> None:
    source, problems = read_bytes("\ufeffa: é\r\nb: 2\r\n".encode(), "survey.yaml")
    assert problems == ()
    assert source is not None
    assert source.raw == {"a": "é", "b": 2}


def test_other_encodings_are_refused_with_the_line(tmp_path: Path) -> None:
    path = tmp_path / "survey.yaml"
    path.write_bytes(b"a: 1\nb: caf\xe9\n")
    _, problems = read_source(path)
    assert str(problems[0]) == f"{path}:2: file_encoding: this is not UTF-8 text — save the file as UTF-8"


def test_unreadable_files_are_reported_as_problems(tmp_path: Path) -> None:
    big = tmp_path / "big.yaml"
    big.write_bytes(b"#" * (LARGEST + 1))
    places = {tmp_path / "none.yaml": "file_missing", tmp_path: "file_unreadable", big: "file_large",
              Path("nul\0byte"): "file_unreadable", tmp_path / ("x" * 300): "file_unreadable"}  # fmt: skip
    for path, code in places.items():
        source, problems = read_source(path)
        assert source is None
        assert [problem.code for problem in problems] == [code]


@given(st.text(max_size=200))
def test_the_reader_never_raises_on_any_text(text: str) -> None:
    source, problems = read_bytes(text.encode("utf-8", "replace"), "survey.yaml")
    assert source is not None or problems
    assert all(problem.line >= 1 and problem.message for problem in problems)


@given(st.text(alphabet="{}[]:,?#&*!|>'\"%@`-~ \n\tab1", max_size=80))
def test_the_reader_never_raises_on_any_punctuation(text: str) -> None:
    source, problems = read_bytes(text.encode(), "survey.yaml")
    assert source is not None or problems
