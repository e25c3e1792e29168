"""Evidence at one instant, from any source and in any order of arrival."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import permutations

import pytest

from questionnaire.core.scoring.evidence import Evidence, History, Known, ResponseEvidence
from tests.core.authoring import NOON, QUESTIONS, at, filled, gathered, policy, signal, survey

CONTACT = """{contact: {fields: [{name: email, type: email}, {name: company_size, type: text, criterion: size},
    {name: job, type: text}]}, hidden_fields: [{name: event, criterion: sector, trust: signed},
    {name: campaign, criterion: budget}, {name: utm}]}"""
OTHER = "{id: other, contact: {fields: [{name: email, type: email}]}}"
MONDAY, TUESDAY, WEDNESDAY = "2026-09-28 10:00", "2026-09-29 10:00", "2026-09-30 10:00"


def level(evidence: Evidence, criterion: str = "size") -> str | None:
    known = evidence.known.get(criterion)
    return known.level if known else None


def test_the_newest_answer_wins() -> None:
    assert level(gathered(filled("size: micro", MONDAY), filled("size: large", TUESDAY))) == "core"


def test_the_newest_answer_wins_across_surveys() -> None:
    other = survey(QUESTIONS, OTHER)
    newer = gathered(filled("size: large", MONDAY), filled("size: micro", TUESDAY, other))
    assert level(newer) == "micro"
    assert newer.known["size"].at == at(TUESDAY)
    assert level(gathered(filled("size: large", TUESDAY), filled("size: micro", MONDAY, other))) == "core"


def test_at_one_instant_an_answer_wins_over_a_field_and_a_field_over_an_import() -> None:
    asked = survey(QUESTIONS, CONTACT)
    field, raw = {"company_size": "small"}, {"size": 3}
    assert level(gathered(filled("size: large", asked=asked, contact=field, imported=raw))) == "core"
    assert level(gathered(filled("{}", asked=asked, contact=field, imported=raw))) == "small"
    assert level(gathered(filled("{}", asked=asked, imported=raw))) == "micro"


def test_a_newer_import_is_newer_evidence() -> None:
    assert level(gathered(filled("size: large", MONDAY), filled("{}", TUESDAY, imported={"size": "3"}))) == "micro"
    assert level(gathered(filled("size: large", TUESDAY), filled("{}", MONDAY, imported={"size": "3"}))) == "core"


def test_i_do_not_know_never_overwrites() -> None:
    evidence = gathered(filled("size: large", MONDAY), filled("size: unsure", TUESDAY))
    assert level(evidence) == "core"
    assert evidence.answers["size"] == "large"
    alone = gathered(filled("size: unsure"))
    assert level(alone) is None
    assert alone.answers["size"] == "unsure"


def test_an_unanswered_question_withdraws_no_older_answer() -> None:
    assert level(gathered(filled("size: large", MONDAY), filled("sector: saas", TUESDAY))) == "core"


def test_a_newer_response_that_no_longer_shows_the_question_withdraws_it() -> None:
    older = filled("{timeline: soon, budget: 'yes'}", MONDAY)
    assert level(gathered(older, filled("timeline: soon", TUESDAY)), "budget") == "allocated"
    evidence = gathered(older, filled("timeline: later", TUESDAY))
    assert level(evidence, "budget") is None
    assert "budget" not in evidence.answers


def test_only_a_response_to_the_same_survey_withdraws() -> None:
    older = filled("{timeline: soon, budget: 'yes'}", MONDAY)
    other = filled("timeline: later", TUESDAY, survey(QUESTIONS, OTHER))
    assert level(gathered(older, other), "budget") == "allocated"


def test_a_version_without_the_question_withdraws_it_too() -> None:
    shorter = survey("[{name: wish, type: text, title: Wish}]", "version: 2")
    evidence = gathered(filled("{size: large, sector: rival}", MONDAY), filled("wish: tea", TUESDAY, shorter))
    assert evidence.known == {}
    assert evidence.flags == frozenset()


def test_an_import_shows_no_questions_and_so_withdraws_none() -> None:
    older = filled("{timeline: soon, budget: 'yes', sector: rival}", MONDAY)
    evidence = gathered(older, filled("{}", TUESDAY, imported={"size": 80}))
    assert {name: known.level for name, known in evidence.known.items()} == {
        "timeline": "soon", "budget": "allocated", "sector": "other", "size": "core",
    }  # fmt: skip
    assert evidence.flags == {"competitor"}


def test_flags_come_from_the_current_answers() -> None:
    rival = filled("sector: rival", MONDAY)
    assert gathered(rival).flags == {"competitor"}
    assert gathered(rival, filled("size: large", TUESDAY)).flags == {"competitor"}
    assert gathered(rival, filled("sector: saas", TUESDAY)).flags == frozenset()


def test_later_evidence_is_ignored() -> None:
    evidence = gathered(
        filled("size: micro", MONDAY), filled("size: large", "2026-10-03 10:00"),
        signals=[signal("demo", NOON), signal("demo", "2026-10-02 12:01")],
        history=History(not_now_on=at("2026-10-03 00:00").date()),
    )  # fmt: skip
    assert level(evidence) == "micro"
    assert sorted(one.name for one in evidence.signals) == ["demo", "survey_completed"]
    assert evidence.not_now_on is None


def test_an_answer_off_the_path_is_no_evidence() -> None:
    evidence = gathered(filled("{timeline: later, budget: 'yes'}"))
    assert "budget" not in evidence.known


@pytest.mark.parametrize(
    ("day", "now", "known"),
    [
        ("2026-10-02 12:00", "2027-01-01 23:59", True), ("2026-10-02 12:00", "2027-01-02 00:00", False),
        ("2026-11-30 09:00", "2027-02-27 23:59", True), ("2026-11-30 09:00", "2027-02-28 00:00", False),
        # 23:30 UTC is the next day in Paris already.
        ("2026-10-01T23:30+00:00", "2027-01-01T22:59+00:00", True),
        ("2026-10-01T23:30+00:00", "2027-01-01T23:00+00:00", False),
    ],
)  # fmt: skip
def test_a_declaration_is_valid_until_the_day_before_its_end(day: str, now: str, known: bool) -> None:
    evidence = gathered(filled("timeline: soon", day), now=now)
    assert ("timeline" in evidence.known) is known
    assert ("timeline" in evidence.stale) is not known
    item = (evidence.known if known else evidence.stale)["timeline"]
    assert item.expired_on is not None
    assert item.level == "soon"


def test_an_expired_declaration_is_not_replaced_by_an_older_one() -> None:
    evidence = gathered(filled("timeline: later", MONDAY), filled("timeline: soon", TUESDAY), now="2027-06-01 10:00")
    assert "timeline" not in evidence.known
    assert evidence.stale["timeline"].level == "soon"


def test_an_unsigned_field_is_a_claim_without_points() -> None:
    asked = survey(QUESTIONS, CONTACT)
    claimed = gathered(filled("{}", asked=asked, claims={"event": "priority", "utm": "x"}))
    assert claimed.known == {}
    assert claimed.claims == {"event": "priority", "utm": "x"}
    signed = gathered(filled("{}", asked=asked, hidden={"event": "priority"}))
    assert signed.known["sector"].source == "hidden event = priority"
    assert signed.fields == {"event": "priority"}


def test_an_open_field_scores_from_any_source() -> None:
    asked = survey(QUESTIONS, CONTACT)
    assert level(gathered(filled("{}", asked=asked, claims={"campaign": "allocated"})), "budget") == "allocated"
    both = filled("{}", asked=asked, claims={"campaign": "allocated"}, hidden={"campaign": "none"})
    assert level(gathered(both), "budget") == "none"


def test_an_import_may_name_the_criterion_itself() -> None:
    evidence = gathered(filled("{}", imported={"budget": "allocated", "nobody": 3}))
    assert evidence.known["budget"] == Known("budget", "allocated", "import", "budget", "allocated", at(NOON))


def test_the_contact_keeps_the_newest_of_each_field() -> None:
    asked = survey(QUESTIONS, CONTACT)
    first = filled("{}", MONDAY, asked, contact={"email": "a@old.example", "job": "CEO"})
    evidence = gathered(first, filled("{}", TUESDAY, asked, contact={"email": "a@gmail.com", "job": ""}))
    assert evidence.contact == {"email": "a@gmail.com", "job": "CEO"}
    assert evidence.email_kind == "free"
    assert gathered(filled("{}")).email_kind is None


def test_the_lists_of_the_policy_hold_subdomains_too() -> None:
    asked, judged = (
        survey(QUESTIONS, CONTACT),
        policy("lists: {competitors: [Rival.example], partners: [rival.example]}"),
    )
    held = gathered(filled("{}", asked=asked, contact={"email": "x@mail.rival.example"}), judged=judged)
    assert held.domain_in == {"competitors", "partners"}
    free = gathered(filled("{}", asked=asked, contact={"email": "x@notrival.example"}), judged=judged)
    assert free.domain_in == frozenset()


def test_a_survey_is_completed_by_answers_never_by_an_import() -> None:
    asked = survey("[{name: size, type: text, title: Size, criterion: size, required: true}]")
    assert [one.name for one in gathered(filled("size: core", asked=asked)).signals] == ["survey_completed"]
    assert gathered(filled("{}", asked=asked, imported={"size": 80})).signals == ()


def test_a_signal_has_its_source_and_response() -> None:
    demo = gathered(filled("wish: demo", id="r1")).signals[0]
    assert (demo.source, demo.response, demo.at) == ("answer wish = demo", "r1", at(NOON))
    choices = "[{value: a, text: A, emits: demo}, {value: b, text: B}]"
    several = survey(f"[{{name: tools, type: multiple_choice, title: T, choices: {choices}}}]")
    assert gathered(filled("tools: [a, b]", asked=several)).signals[0].source == "answer tools = a, b"


def test_the_order_in_which_evidence_arrives_does_not_matter() -> None:
    asked = survey(QUESTIONS, CONTACT)
    responses: list[ResponseEvidence] = [
        filled("{size: large, timeline: not_now, wish: demo}", MONDAY, id="a"),
        filled("size: micro", MONDAY, asked, id="b", contact={"email": "a@b.example"}),
        filled("{sector: steel, timeline: soon}", WEDNESDAY, id="c"),
    ]
    signals = [signal("visit", MONDAY), signal("demo", MONDAY), signal("visit", MONDAY, "x")]
    first = gathered(*responses, signals=signals)
    for order in permutations(range(3)):
        assert gathered(*(responses[n] for n in order), signals=[signals[n] for n in order]) == first


@pytest.mark.parametrize(
    ("history", "second", "on", "by"),
    [
        (None, None, "2026-09-28", "a"), ("2026-06-02", None, "2026-09-28", "a"),
        ("2026-09-30", None, "2026-09-30", None),
        ("2026-09-28", None, "2026-09-28", "a"), (None, "2026-09-28 18:00", "2026-09-28", "b"),
    ],
)  # fmt: skip
def test_the_latest_not_now_wins(history: str | None, second: str | None, on: str, by: str | None) -> None:
    said = [filled("timeline: not_now", MONDAY, id="a"), filled("timeline: soon", TUESDAY, id="x")]
    said += [filled("timeline: not_now", second, id="b")] if second else []
    past = History(not_now_on=at(f"{history} 00:00").date() if history else None)
    evidence = gathered(*said, history=past)
    assert evidence.not_now is not None
    assert (str(evidence.not_now.on), evidence.not_now.response) == (on, by)


def test_two_responses_without_an_id_are_distinct() -> None:
    evidence = gathered(filled("wish: demo", MONDAY), filled("timeline: not_now", TUESDAY))
    assert evidence.not_now is not None
    assert evidence.not_now.response != evidence.signals[0].response


def test_instants_of_different_zones_are_ordered_by_time() -> None:
    utc = datetime(2026, 10, 2, 9, 59, tzinfo=UTC)
    evidence = gathered(
        ResponseEvidence(survey(), filled("size: large").answers, utc), filled("size: micro", "2026-10-02 12:00")
    )
    assert level(evidence) == "micro"
    assert evidence.latest.at == at(NOON)
    assert evidence.journey is evidence.journeys[-1]
