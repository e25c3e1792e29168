from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionnaire.core.documents.benchmark import (
    ALL_PEOPLE,
    WHOLE,
    BenchmarkEntry,
    BenchmarkSum,
    benchmark_entry,
    group_of,
    group_words,
    is_peer,
    select_peers,
)
from questionnaire.core.survey.answers import read_answers
from questionnaire.core.survey.journey import Journey, derive_journey
from questionnaire.core.survey.maturity import measure
from questionnaire.core.survey.report_texts import Benchmark
from questionnaire.core.survey.survey import Survey
from tests.documents import samples

HERE, THERE = "part=signs", "part=uses"


def benchmark(**more: Any) -> Benchmark:
    return Benchmark(**{"group_by": "part", "fallback": "all", "hide_below": 30, **more})


def one(share: int = 50, group: str = HERE, **dimensions: int) -> BenchmarkEntry:
    return BenchmarkEntry(
        group, WHOLE * share // 100, {name: WHOLE * value // 100 for name, value in dimensions.items()}
    )


def many(people: int, share: int = 50, **dimensions: int) -> BenchmarkSum:
    tally = BenchmarkSum()
    for _ in range(people):
        tally = tally.plus(one(share, HERE, **dimensions))
    return tally


def path(answers: Mapping[str, object], survey: Survey | None = None) -> Journey:
    survey = survey or samples.survey()
    read, mistakes = read_answers(survey, answers)
    assert not mistakes
    return derive_journey(survey, read)


@given(shares=st.lists(st.fractions(0, 100, max_denominator=30), max_size=30), out=st.data())
def test_an_added_entry_can_be_subtracted_exactly(shares: list[Fraction], out: st.DataObject) -> None:
    people = [
        BenchmarkEntry(HERE, round(share * WHOLE / 100), {"speed": round(share * WHOLE / 100)}) for share in shares
    ]
    leave = out.draw(st.permutations(people))[: len(people) // 2]
    tally = BenchmarkSum()
    for person in people:
        tally = tally.plus(person)
    for person in leave:
        tally = tally.plus(person, -1)
    stay = list(people)
    for person in leave:
        stay.remove(person)
    total = sum(person.overall for person in stay)
    assert (tally.people, tally.overall) == (len(stay), total)
    assert tally.dimensions == ({"speed": (len(stay), total)} if stay else {})


def test_the_mean_of_thirds_is_exact() -> None:
    answers = {"employees": 120, "rules": "some"}
    survey, journey = samples.survey(), path(answers)
    adds = benchmark_entry(survey, journey, measure(survey, journey))
    assert adds is not None
    found = select_peers(benchmark(hide_below=2), ALL_PEOPLE, BenchmarkSum(), BenchmarkSum().plus(adds).plus(adds))
    assert found is not None
    assert found.overall == found.dimensions["rules"] == Fraction(100, 3)


@pytest.mark.parametrize(
    ("own", "all_of_them", "rule", "shown"),
    [
        (30, 80, {}, (30, HERE)),
        (29, 80, {}, (80, ALL_PEOPLE)),
        (29, 29, {}, None),
        (29, 80, {"fallback": "none"}, None),
        (30, 80, {"fallback": "none"}, (30, HERE)),
        (2, 2, {"hide_below": 2}, (2, HERE)),
    ],
)
def test_peers_are_the_group_if_large_enough_else_all_people_else_none(
    own: int, all_of_them: int, rule: Mapping[str, Any], shown: tuple[int, str] | None
) -> None:
    found = select_peers(benchmark(**rule), HERE, many(own), many(all_of_them))
    assert (found and (found.count, found.group)) == shown


@pytest.mark.parametrize(
    ("rule", "shown"), [({"group_by": None, "fallback": "none"}, True), ({"fallback": "none"}, False)]
)
def test_a_person_without_a_group_is_compared_with_all_people_only_if_allowed(
    rule: Mapping[str, Any], shown: bool
) -> None:
    assert (select_peers(benchmark(**rule), ALL_PEOPLE, many(50), many(50)) is not None) is shown


def test_a_dimension_that_too_few_answered_is_left_out() -> None:
    tally = many(29, speed=40).plus(one(50, rules=10)).plus(one(50, speed=40, rules=20))
    found = select_peers(benchmark(), ALL_PEOPLE, BenchmarkSum(), tally)
    assert found is not None
    assert found.dimensions == {"speed": Fraction(40)}


def test_a_group_is_a_choice_from_a_list() -> None:
    assert group_of(samples.survey(), path({"part": "signs"})) == HERE
    assert group_words(samples.survey(), HERE, "en") == "I sign"
    assert group_words(samples.survey(), ALL_PEOPLE, "en") == ""
    assert group_of(samples.survey(), path({})) == ALL_PEOPLE


@pytest.mark.parametrize(
    ("question", "answer", "extra"),
    [("rules", "dunno", {}), ("employees", 120, {}), ("learning", ["status"], {}), ("problem", "Nordwind", {}),
     ("part", "signs", {"other_text": True})],
)  # fmt: skip
def test_numbers_words_several_choices_other_and_unknown_are_no_group(
    question: str, answer: object, extra: dict[str, object]
) -> None:
    raw = samples.raw("survey")
    raw["report"]["benchmark"]["group_by"] = question
    for asked in (asked for page in raw["pages"] for asked in page["questions"] if asked["name"] == question):
        for choice in asked.get("choices", ()):
            choice.update(extra)
    survey = samples.changed(raw)
    assert group_of(survey, path({question: answer}, survey)) == ALL_PEOPLE


def test_without_a_benchmark_or_a_score_there_is_no_entry() -> None:
    raw = samples.raw("survey")
    del raw["report"]["benchmark"]
    survey, journey = samples.changed(raw), path(samples.SOME)
    assert benchmark_entry(survey, journey, measure(survey, journey)) is None
    assert group_of(survey, journey) == ALL_PEOPLE
    blank = path({"rules": "dunno"})
    assert benchmark_entry(samples.survey(), blank, measure(samples.survey(), blank)) is None


@pytest.mark.parametrize("stage", ["disqualified", "diverted"])
def test_competitors_partners_and_the_like_are_no_peers(stage: str) -> None:
    assert not is_peer((stage, "mql"))
    assert not is_peer(("mql", stage))
    assert is_peer(("nurture", ""))


OLD, NEW = one(20), one(60)
