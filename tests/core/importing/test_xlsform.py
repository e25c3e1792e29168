"""Corners of XLSForm that the examples do not have."""

from __future__ import annotations

from tests.core.importing.small_sources import codes, questions, said, xlsform

CHOICES = """
## choices
| list_name | name | label | maturity | number |
| yn | y | Yes | 1 | 0 |
| yn | n | No | 2000 | |
| plain | a | A | | |
"""


def form(*rows: str, rest: str = CHOICES) -> str:
    headers = "| type | name | label | relevant | constraint | dimension | calculation | trigger | appearance |"
    return "\n".join(("## survey", headers, *rows)) + rest


def test_a_form_without_questions_is_refused() -> None:
    imported = xlsform("## survey\n| type | name |\n| start | start |\n")
    assert imported.document is None
    assert [problem.code for problem in imported.problems] == ["import_empty"]


def test_groups_that_are_not_closed_or_opened_lose_nothing() -> None:
    found = questions(
        xlsform(
            form(
                "| end group | | |", "| begin_group | g | G | | | | | | table-list |", "| text | t | T |",
                "| begin_group | h | H | | | | | | table-list |", "| select_one yn | s | S |",
            )
        )
    )  # fmt: skip
    assert {"t", "s"} <= set(found)


def test_constraints_become_limits_where_they_can() -> None:
    imported = xlsform(
        form(
            "| integer | a | A | | 18 <= . and . < 65 |", "| integer | b | B | | . >= 5 and . <= 5 |",
            "| decimal | c | C | | . < |", "| text | d | D | | ${a} |", "| text | e | E | | not(selected(., 'x')) |",
            "| select_multiple yn | f | F | | count-selected(.) >= 1 and not(selected(., 'y') and . = 'n') |",
            "| select_multiple yn | g | G | | not(selected(., 'z') and count-selected(.) > 1) |",
            "| date | h | H | | . > 'x' |", "| text | i | I | | string-length(.) > 3 |",
            "| text | j | J | | . = ${a} |",
        )
    )  # fmt: skip
    found = questions(imported)
    assert (found["a"]["min"], found["a"]["max"]) == (18, 64)
    assert found["b"]["min"] == 5
    assert "max" not in found["b"]
    assert found["f"]["min"] == 1
    assert codes(imported).count("rule_left_out") == 8


def test_the_columns_of_ours_keep_within_limits() -> None:
    imported = xlsform(form("| select_one yn | a | A | | | Way of working |", "| text | b | B | | | | x | ${a} |"))
    assert imported.document is not None
    assert imported.document["dimensions"] == [{"name": "way_of_working", "title": "Way of working"}]
    choices = questions(imported)["a"]["choices"]
    assert [(choice["maturity"], choice.get("number")) for choice in choices] == [(1, 0), (1000, None)]
    assert codes(imported).count("rule_left_out") == 2


def test_rows_of_our_sheets_that_say_too_little_are_named() -> None:
    sheets = (
        "\n## bands\n| dimension | from | colour |\n| | 30 | good |\n"
        "\n## endings\n| name | relevant | label | url |\n"
        "| a | | Never | https://example.com |\n| b | ${b} | B | ftp://x |\n"
        "\n## next_steps\n| name | relevant | url |\n| a | | https://example.com/step |\n"
    )
    imported = xlsform(form("| text | b | B |", rest=CHOICES + sheets))
    assert {"band_left_out", "ending_left_out", "key_left_out"} <= set(codes(imported))
    for words in ("from: 30", "Never", "ftp://x", "https://example.com/step"):
        assert words in said(imported)


def test_a_table_of_questions_keeps_dimensions_and_names_a_missing_list() -> None:
    imported = xlsform(
        form(
            "| begin_group | g | G | | | | | | table-list |", "| select_one yn | r | R | | | speed |",
            "| select_one none | s | S |", "| end_group |", "| select_one plain | p | P | | | speed |",
        )
    )  # fmt: skip
    found = questions(imported)
    assert found["g"]["rows"] == [{"name": "r", "text": "R", "dimension": "speed"}]
    assert "choice_missing" in codes(imported)


def test_a_note_shows_a_statement_and_a_choice_without_its_column_always_shows() -> None:
    rest = "\n## choices\n| list_name | name | label | kind |\n| l | a | A | x |\n| l | b | B | |\n"
    headers = "## survey\n| type | name | label | choice_filter |\n"
    imported = xlsform(
        f"{headers}| note | | Hello |\n| text | k | K | |\n| select_one l | c | C | kind=${{k}} |\n{rest}"
    )
    choices = questions(imported)["c"]["choices"]
    assert [choice.get("show_if") for choice in choices] == [{"k": "x"}, None]


def test_names_of_languages_that_nobody_knows_stay_in_the_notes() -> None:
    imported = xlsform("## survey\n| type | name | label | label::A language |\n| text | a | A | Words in it |\n")
    assert "Words in it" in said(imported)
