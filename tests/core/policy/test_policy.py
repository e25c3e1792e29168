"""Strict parsing of a policy."""

from __future__ import annotations

import pytest

from questionnaire.core.policy import Policy
from tests.cast import example_policy
from tests.core.authoring import policy, refused_policy

CALENDARS = """{calendars: {berlin: {timezone: Europe/Berlin, hours: {mon-fri: "09:00-18:00"}},
    default: {timezone: Europe/Paris, hours: {mon-fri: "09:00-17:00"}}},
    reps: [{id: lena, name: Lena, email: lena@x.example, calendar: berlin},
           {id: max, name: Max, email: max@x.example, calendar: gone}]}"""


def test_the_example_policy_is_read_completely() -> None:
    judged = example_policy()
    assert (judged.id, judged.version, judged.zone.key) == ("default", 5, "Europe/Paris")
    assert list(judged.criteria)[-2:] == ["timeline", "trigger_event"]
    assert set(judged.icp) == {"size", "sector", "zone"}
    assert judged.sql.promise is not None
    assert judged.kpi_bands is not None
    assert sum(criterion.best for criterion in judged.fit.criteria.values()) == judged.fit.max
    assert Policy.from_raw(judged.model_dump(mode="json", by_alias=True, exclude_none=True))[0] == judged


@pytest.mark.parametrize(
    ("rep", "zone"),
    [("lena", "Europe/Berlin"), ("max", "Europe/Paris"), ("nobody", "Europe/Paris"), (None, "Europe/Paris")],
)
def test_the_calendar_is_the_reps_else_the_default_one(rep: str | None, zone: str) -> None:
    assert policy(CALENDARS).calendar_of(rep).timezone == zone


def test_without_a_default_calendar_the_first_calendar_applies() -> None:
    judged = policy("{calendars: {default: {timezone: Europe/London, hours: {mon-fri: '09:00-18:00'}}}}")
    only = judged.model_copy(update={"calendars": {"london": judged.calendars["default"]}})
    assert only.calendar_of(None).timezone == "Europe/London"


def test_a_rep_is_found_by_id() -> None:
    lena = policy(CALENDARS).rep("lena")
    assert lena is not None
    assert (lena.name, lena.role) == ("Lena", "rep")
    assert policy(CALENDARS).rep("nobody") is None


@pytest.mark.parametrize(
    ("change", "code", "hint"),
    [
        ("timezone: Paris", "timezone", "write it like `Europe/Paris`"),
        ("timezone: ../../etc/passwd", "timezone", "write it like `Europe/Paris`"),
        ("rejection_reasons: [{code: not_icp, then: forget}]", "unknown_value", ""),
        ("sql: {review_if: {size: null}}", "condition_value", "write a single value"),
        ("checklist: [{id: fit-1, text: T, check: {fit: {gte: 1}}}]", "wrong_value", ""),
        ("verify: [company_equal_name]", "unknown_value", "did you mean `company_equals_name`?"),
        ("fit: {completeness: {minimum: 0.6}}", "share", "write it like `60%`, from `0%` to `100%`"),
        ("timing: {not_now: {lasts: 6 months}}", "period", "write it like `P90D` or `P6M`"),
        ("mql: {total_of: [fit, mood]}", "unknown_value", ""),
        ("intent: {ranks: {1: 20, 2: 40}}", "ranks", "write `{1: 40, 2: 20, 3: 0}`"),
    ],
)  # fmt: skip
def test_a_policy_problem_has_its_code_and_a_hint(change: str, code: str, hint: str) -> None:
    problems = refused_policy(change)
    assert code in {problem.code for problem in problems}, problems
    assert hint in {problem.hint for problem in problems} or not hint


@pytest.mark.parametrize(
    ("written", "does"),
    [("disqualify", "disqualify"), ("{nurture: P6M, set: not_now}", "nurture"), ("{divert: account_owner}", "divert"),
     ("{do: review}", "review")],
)  # fmt: skip
def test_a_rejection_has_a_consequence(written: str, does: str) -> None:
    judged = policy(f"rejection_reasons: [{{code: other, then: {written}}}]")
    assert judged.rejection_reasons[0].then.do == does


def test_a_level_may_be_its_points_alone() -> None:
    judged = policy("fit: {criteria: {size: {levels: {core: {points: 7, valid_for: P1Y}, large: 3}}}}")
    levels = judged.fit.criteria["size"].levels
    assert (levels["core"].points, levels["large"].points, levels["large"].valid_for) == (7, 3, None)


def test_level_names_may_look_like_numbers() -> None:
    judged = policy("fit: {criteria: {stars: {levels: {5: 10, 4: 5}, bands: {5: [5, 5], 4: [null, 4]}}}}")
    stars = judged.fit.criteria["stars"]
    assert list(stars.levels) == ["5", "4"]
    assert (stars.level_in_band(5), stars.level_in_band(-3), stars.level_in_band("many")) == ("5", "4", None)
