"""Where people leave, counted only over those on whose path a question stood."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from questionnaire.core.survey.funnel import Funnel, FunnelStep, SurveyVisit, funnel
from tests.core.authoring import survey

BRANCHING = survey(
    """
    - {name: size, type: single_choice, title: How large?, choices: [{value: small, text: S}, {value: large, text: L}]}
    - {name: between, type: statement, title: A word between}
    - {name: budget, type: text, title: Budget?, show_if: {size: large}}
    - {name: plans, type: text, title: Plans?}
    """,
    "contact: {fields: [{name: email, type: email, required: true}]}",
)
EVERYTHING = frozenset({"size", "budget", "plans", "contact"})


def steps(figures: Funnel) -> dict[str, tuple[int, int, int]]:
    return {step.name: (step.saw, step.answered, step.left) for step in figures.steps}


def test_who_only_looked_left_at_the_first_question() -> None:
    figures = funnel(BRANCHING, [SurveyVisit(frozenset({"size"}), at=("size",))])
    assert (figures.views, figures.started, figures.gate, figures.completed) == (1, 0, 0, 0)
    assert steps(figures) == {"size": (1, 0, 1), "budget": (0, 0, 0), "plans": (0, 0, 0), "contact": (0, 0, 0)}


def test_a_branch_counts_for_those_who_were_on_it() -> None:
    small = SurveyVisit(frozenset({"size", "plans"}), frozenset({"size"}), ("plans",))
    large = SurveyVisit(frozenset({"size", "budget"}), frozenset({"size"}), ("budget",))
    figures = funnel(BRANCHING, [small, large])
    assert steps(figures)["budget"] == (1, 0, 1)
    assert steps(figures)["plans"] == (1, 0, 1)
    assert {step.name: step.dropoff for step in figures.steps} == {
        "size": 0,
        "budget": 1,
        "plans": 1,
        "contact": None,
    }


def test_who_completed_left_nowhere_and_answered_the_gate() -> None:
    done = SurveyVisit(EVERYTHING, frozenset({"size", "budget", "plans"}), (), completed=True)
    figures = funnel(BRANCHING, [done, SurveyVisit(EVERYTHING, frozenset({"size"}), ("contact",))])
    assert (figures.views, figures.started, figures.gate, figures.completed) == (2, 2, 2, 1)
    assert steps(figures)["contact"] == (2, 1, 1)
    assert figures.steps[3].dropoff == Fraction(1, 2)


def test_on_a_page_of_several_the_first_open_question_is_where_somebody_left() -> None:
    two = SurveyVisit(frozenset({"budget", "plans"}), frozenset({"budget"}), ("budget", "plans"))
    assert steps(funnel(BRANCHING, [two]))["plans"] == (1, 0, 1)
    answered = SurveyVisit(frozenset({"budget", "plans"}), frozenset({"budget", "plans"}), ("budget", "plans"))
    assert steps(funnel(BRANCHING, [answered]))["plans"] == (1, 1, 1)


def test_names_of_another_version_are_left_out() -> None:
    figures = funnel(BRANCHING, [SurveyVisit(frozenset({"gone"}), frozenset({"gone"}), ("gone",))])
    assert figures.steps[0] == FunnelStep("size", "size", 0, 0, 0)


def test_without_a_gate_there_is_no_step_for_it() -> None:
    plain = survey("[{name: size, type: text, title: How large?}]", "contact: null")
    assert [step.name for step in funnel(plain, []).steps] == ["size"]


NAMES = st.frozensets(st.sampled_from(sorted(EVERYTHING)))


@given(st.lists(st.builds(SurveyVisit, NAMES, NAMES, st.tuples(st.sampled_from(sorted(EVERYTHING))), st.booleans())))
def test_nobody_leaves_twice_and_nobody_leaves_what_was_not_seen(visits: list[SurveyVisit]) -> None:
    figures = funnel(BRANCHING, visits)
    assert sum(step.left for step in figures.steps) <= figures.views - figures.completed
    assert all(0 <= step.left <= step.saw for step in figures.steps)
