"""The list of what each choice says in the rep's headline, and what may never stand there."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from questionnaire.core.base.translation import ENGLISH, Translator
from questionnaire.core.policy import Policy
from questionnaire.core.scoring.headline_words import headline_words
from questionnaire.core.scoring.lead_reason import profile, profile_text
from questionnaire.core.scoring.scorecard import score
from questionnaire.core.scoring.verdict_reason import verdict_text
from questionnaire.core.survey.survey import Survey
from questionnaire.templating import words_for
from tests.core.authoring import assessed, filled, gathered, policy, signal, survey


def listed(asked: Survey, judged: Policy, words: Translator = ENGLISH) -> dict[str, tuple[str, str]]:
    """Choice -> what the headline says of it and where that comes from."""
    found = headline_words(asked, judged, words)
    return {line.choice: (line.words, line.source) for question in found for line in question.choices}


def said(answers: str, asked: Survey, judged: Policy, seen: str = "") -> str:
    evidence = gathered(filled(answers, asked=asked), judged=judged, signals=[signal(name) for name in seen.split()])
    return profile_text(profile(judged, evidence, score(judged, evidence)), ENGLISH)


LEASE = survey("""
- {name: lease, type: single_choice, title: When does your lease end?, criterion: timeline, choices: [
    {value: y2027, text: In 2027, level: lt_3m}, {value: y2029, text: In 2029, level: lt_6m}]}
- {name: area, type: single_choice, title: How large is the building?, criterion: size, choices: [
    {value: large, text: 8000 m², level: core}, {value: small, text: 500 m², level: small}]}
- {name: measured, type: number, title: Floor space, criterion: sector, unit: m²}
- {name: next, type: single_choice, title: What next?, choices: [
    {value: visit, text: Come and see the site, emits: site_visit_request}, {value: none, text: Nothing}]}
""")
BUILDINGS = """
timing: {criteria: {timeline: {levels: {lt_3m: {points: 60, PHRASE}, lt_6m: 40}}}}
fit: {criteria: {sector: {bands: {listed: [1, 4000], priority: [4001, null]}}}}
intent: {signals: {site_visit_request: {points: 50, strength: strong, group: raise}}}
mql: {immediate_on: [site_visit_request]}
"""
OWN = policy(BUILDINGS.replace(", PHRASE", ""))
PHRASED = policy(BUILDINGS.replace("PHRASE", "phrase: lease ends soon"))
STANDARD = policy(f"phrases: standard\n{BUILDINGS.replace(', PHRASE', '')}")


def test_a_strong_signal_of_a_name_of_ones_own_is_never_missing() -> None:
    assert said("{next: visit}", LEASE, OWN) == "“Come and see the site”."
    assert said("{}", LEASE, OWN, "site_visit_request") == "Asked to be contacted."
    assert listed(LEASE, OWN)["Come and see the site"] == ("“Come and see the site”", "the answer, quoted")


def test_a_lease_that_ends_is_no_project_within_three_months() -> None:
    assert said("{lease: y2027, next: none}", LEASE, OWN) == "“In 2027”."
    assert said("{lease: y2027, next: none}", LEASE, PHRASED) == "Lease ends soon."
    assert listed(LEASE, PHRASED)["In 2027"] == ("lease ends soon", "the policy’s phrase")


def test_the_list_shows_where_the_words_of_the_product_do_not_fit_an_answer() -> None:
    assert listed(LEASE, STANDARD)["In 2027"] == ("project within three months", "the product’s words")


def test_a_level_that_the_product_has_no_words_for_is_quoted_not_spelled_out() -> None:
    for judged in (OWN, STANDARD):
        assert said("{lease: y2029, next: none}", LEASE, judged) == "“In 2029”."
        assert listed(LEASE, judged)["In 2029"][0] == "“In 2029”"


def test_a_floor_space_is_no_company_size_and_a_number_is_not_quoted() -> None:
    sentence = said("{area: large, measured: 5000, next: none}", LEASE, OWN)
    assert sentence == "An ICP company."
    lines = listed(LEASE, OWN)
    assert lines["8000 m²"] == ("an ICP company", "one of the ICP criteria")
    assert lines["500 m²"] == ("“500 m²”", "the answer, quoted, only if nothing else is known")
    assert lines["4001–…"] == ("an ICP company", "one of the ICP criteria")
    assert said("{area: small, next: none}", LEASE, OWN) == "“500 m²”."
    assert all("m²" not in words for choice, (words, _) in lines.items() if "m²" not in choice)


def test_what_counts_against_a_lead_is_not_said_for_it() -> None:
    against = policy("""{timing: {criteria: {timeline: {levels: {soon: -20}}}},
        intent: {signals: {demo: {points: -50, strength: strong}}}}""")
    answers = "{size: micro, timeline: soon, wish: demo}"
    evidence = gathered(filled(answers), judged=against)
    assert profile_text(profile(against, evidence, score(against, evidence)), ENGLISH) == "FIT C and INTENT 3."
    lines = listed(survey(), against)
    assert (lines["Soon"], lines["A demo"]) == (("", ""), ("", ""))
    rude = policy("timing: {criteria: {timeline: {levels: {soon: {points: -20, phrase: locked into a contract}}}}}")
    assert listed(survey(), rude)["Soon"] == ("locked into a contract", "the policy’s phrase")


def test_of_the_phrases_for_levels_of_fit_the_one_that_weighs_most_is_said() -> None:
    judged = policy("""fit: {criteria: {
        size: {levels: {core: {points: 15, phrase: a mid-size company}, small: 2}},
        sector: {levels: {listed: {points: -20, phrase: works with a rival}, priority: 10}, bands: {listed: [1, 4000]}},
        tool: {levels: {old: {points: 5, phrase: has an old tool}}}}}""")
    asked = survey("""
- {name: area, type: single_choice, title: How large?, criterion: size, choices: [
    {value: large, text: Large, level: core}, {value: small, text: Small, level: small}]}
- {name: measured, type: number, title: Floor space, criterion: sector}
- {name: tool, type: yes_no, title: A tool?, criterion: tool, choices: [
    {value: yes, text: Yes, level: old}, {value: no, text: No}]}
""")
    assert said("{area: large}", asked, judged) == "A company that matches 1 of 2 ICP criteria; a mid-size company."
    assert said("{area: large, measured: 5, tool: yes}", asked, judged).endswith("; works with a rival.")
    lines = listed(asked, judged)
    assert lines["Large"] == (
        "an ICP company; a mid-size company",
        "one of the ICP criteria; the policy’s phrase",
    )
    assert lines["Yes"] == ("has an old tool", "the policy’s phrase")


def test_contact_fields_and_signals_from_elsewhere_are_listed_too() -> None:
    asked = survey(change="{contact: {fields: [{name: budget_kind, type: single_choice, title: Budget kind, "
                   "criterion: sector, choices: [{value: a, text: Big, level: priority}]}]}}")  # fmt: skip
    lines = listed(asked, policy("intent: {signals: {visit: {strength: strong}}}"))
    assert lines["Big"] == ("an ICP company", "one of the ICP criteria")
    assert lines["visit"] == ("showed strong interest", "the product’s words")


def test_the_list_is_in_the_language_of_its_reader() -> None:
    assert listed(LEASE, STANDARD, words_for("fr"))["In 2029"] == (
        "«\N{NO-BREAK SPACE}In 2029\N{NO-BREAK SPACE}»",
        "la réponse, entre guillemets",
    )


# Every name that an author chooses in these policies and surveys holds this mark, and no text for people does.
MARK = "zq"
WORDS = st.sampled_from(["Soon", "Later on", "A big plan", "Ja, gern", "42"])
CODES = st.sampled_from(["lt_3m", "allocated", "decision_maker", "core", f"{MARK}_one", f"{MARK}_two", f"lt_{MARK}m"])


def _choices(draw: Any, *, level: bool, emits: bool) -> str:
    parts = []
    for number, code in enumerate(draw(st.lists(CODES, min_size=1, max_size=3, unique=True))):
        extra = f", level: {code}" if level else ""
        extra += f", emits: {MARK}_signal_{draw(st.integers(0, 1))}" if emits and draw(st.booleans()) else ""
        parts.append(f"{{value: {MARK}_{number}, text: '{draw(WORDS)}'{extra}}}")
    return "[" + ", ".join(parts) + "]"


@st.composite
def worlds(draw: Any) -> tuple[str, str, str, str]:
    """A policy, the questions of a survey, answers, and signals from elsewhere."""
    names = draw(st.lists(st.sampled_from(["budget", "timeline", "seniority", f"{MARK}_a", f"{MARK}_b"]), min_size=1,
                          max_size=4, unique=True))  # fmt: skip
    points = st.integers(-100, 100)
    phrase = draw(st.sampled_from(["", ", phrase: in words"]))
    levels = {name: ", ".join(f"{code}: {{points: {draw(points)}{phrase}}}" for code in
                              ("lt_3m", "allocated", "decision_maker", "core", f"{MARK}_one", f"{MARK}_two",
                               f"lt_{MARK}m")) for name in names}  # fmt: skip
    timing = [name for name in names if name == "timeline" or (name != "budget" and draw(st.booleans()))]
    fit = [name for name in names if name not in timing]
    kinds = {name: draw(st.sampled_from(["single_choice", "multiple_choice", "yes_no"])) for name in names}
    questions, answers = "", []
    for name in names:
        if kinds[name] == "yes_no":
            choices = "[{value: yes, text: Yes, level: core}, {value: no, text: No, level: allocated}]"
            answers.append(f"{MARK}_q_{name}: yes")
        else:
            choices = _choices(draw, level=True, emits=True)
            answers.append(f"{MARK}_q_{name}: {f'[{MARK}_0]' if kinds[name] == 'multiple_choice' else f'{MARK}_0'}")
        questions += (
            f"- {{name: {MARK}_q_{name}, type: {kinds[name]}, title: What, criterion: {name}, choices: {choices}}}\n"
        )
    strengths = st.sampled_from(["weak", "strong"])
    signals = ", ".join(f"{MARK}_signal_{n}: {{points: {draw(points)}, strength: {draw(strengths)}}}" for n in (0, 1))
    change = (
        f"{draw(st.sampled_from(['', 'phrases: standard,']))} intent: {{signals: {{{signals}}}}},"
        f"mql: {{threshold: {draw(st.integers(0, 60))}, min_fit: 0, min_intent: 0,"
        f" immediate_on: [{draw(st.sampled_from(['demo', f'{MARK}_signal_0']))}]}},"
        f"fit: {{criteria: {{{', '.join(f'{name}: {{levels: {{{levels[name]}}}}}' for name in fit)}}},"
        f" grades: {{A: {draw(st.integers(2, 5))}, B: 1}}, completeness: {{minimum: 0%}}}},"
        f"timing: {{criteria: {{{', '.join(f'{name}: {{levels: {{{levels[name]}}}}}' for name in timing)}}}}}"
    )
    seen = draw(st.lists(st.sampled_from([f"{MARK}_signal_0", f"{MARK}_signal_1"]), max_size=3))
    return f"{{{change}}}", questions, f"{{{', '.join(answers)}}}", " ".join(seen)


@given(worlds())
def test_no_code_name_ever_stands_in_a_why_sentence(world: tuple[str, str, str, str]) -> None:
    change, questions, answers, seen = world
    judged, asked = policy(change), survey(questions)
    lead = assessed(filled(answers, asked=asked), judged=judged, signals=[signal(name) for name in seen.split()])
    for words in (ENGLISH, words_for("fr")):
        sentence = verdict_text(lead.verdict.why, words)
        assert sentence
        assert MARK not in sentence
        assert "_" not in sentence
        for line, _ in listed(asked, judged, words).values():
            assert MARK not in line
