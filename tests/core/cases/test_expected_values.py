"""Expected calculated values of a case."""

from __future__ import annotations

from questionnaire.core.cases import compare, read


def test_calculated_values_are_expected_by_name() -> None:
    file, problems = read({"expect": {"calculated": {"hours": 12, "cost": None, "rate": 40, "rates": 40}}})
    assert file is not None, problems
    told = {
        "fit": {"completeness": {"known": 0, "of": 0}}, "verdict": {}, "checklist": [],
        "maturity": {"shown": None, "dimensions": {}}, "calculated": {"hours": 12.5, "cost": None, "rate": 40},
    }  # fmt: skip
    assert [str(difference) for difference in compare(file.cases[0].expect, told)] == [
        "calculated.hours: expected 12, and 12.5 came",
        "calculated.rates: expected 40, and nothing came",
    ]


def test_content_blocks_are_expected_in_any_order() -> None:
    told = {
        "fit": {"completeness": {"known": 0, "of": 0}}, "verdict": {}, "checklist": [],
        "maturity": {"shown": None, "dimensions": {}}, "content_blocks": ["agencies", "owners"],
    }  # fmt: skip
    for expected, differences in (
        (["owners", "agencies"], []),
        (["owners"], ["content_blocks: expected [owners], and [agencies, owners] came"]),
        ([], ["content_blocks: expected [], and [agencies, owners] came"]),
    ):
        file, problems = read({"expect": {"content_blocks": expected}})
        assert file is not None, problems
        assert [str(difference) for difference in compare(file.cases[0].expect, told)] == differences
