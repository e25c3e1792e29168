from __future__ import annotations

import dataclasses
import json
import typing
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from questionnaire.core import policy as policies
from questionnaire.core.documents.dossier import DOSSIER_SECTIONS, Claimant, Dossier, build_dossier
from questionnaire.core.documents.dossier.context import DossierContext
from questionnaire.core.documents.view_parts import as_plain
from questionnaire.core.scoring.evidence import History
from questionnaire.documents import document_html
from tests.core.authoring import assessed, filled, policy, survey
from tests.core.documents.test_report import METHODS, _classes
from tests.documents import samples
from tests.documents.golden import check


def section(made: Dossier, name: str) -> typing.Any:
    found = made.section(name)
    assert found is not None, name
    return found


def test_the_view_value_matches_its_golden_file() -> None:
    one = samples.filled(claims={"trigger_event": "hiring"}, hidden={"utm_campaign": "autumn"})
    made = samples.dossier(one, earlier=samples.rejected())
    check("dossier.json", json.dumps(as_plain(made), ensure_ascii=False, indent=1) + "\n")


def test_the_summary_shows_person_deadline_and_reason() -> None:
    brief = section(samples.dossier(), "brief")
    assert (brief.person, brief.company, brief.label, brief.timing) == ("Anna Keller", "Nordwind", "A1", "hot")
    assert brief.call_by == "2026-10-05T09:30:00+02:00"
    assert (brief.zone, brief.rep) == ("Berlin time", "Lena Vogt")
    assert brief.why.endswith(".")


def test_the_summary_warns_when_the_account_has_an_owner() -> None:
    careful = section(samples.dossier(history=History(account_owner="max")), "brief").careful
    assert "Account owner: max." in careful


def test_the_summary_shows_an_unconfirmed_address_and_its_other_responses() -> None:
    monday = datetime(2026, 10, 5, 9, tzinfo=UTC)
    claims = [Claimant(monday), *(Claimant(monday, f"Person {n}", phone="+4930111") for n in range(6))]
    case = dataclasses.replace(samples.case(), confirmed=False, claims=tuple(claims))
    careful = section(build_dossier(case), "brief").careful
    assert careful[:3] == (
        "The email address isn’t confirmed: someone else may have entered it.",
        "Also answered on 5 October 2026, unconfirmed and without a name.",
        "Also answered on 5 October 2026, unconfirmed: Person 0, +4930111.",
    )
    assert "And 3 more unconfirmed responses." in careful
    assert "unconfirmed" not in " ".join(section(samples.dossier(), "brief").careful)


def test_only_a_claim_with_a_criterion_is_a_warning() -> None:
    one = samples.filled(claims={"trigger_event": "hiring", "utm_campaign": "autumn"})
    careful = section(samples.dossier(one), "brief").careful
    assert [line for line in careful if "unverified" in line] == [
        "“trigger_event” came from an unverified link, so it earned no points."
    ]


def test_a_field_has_the_label_of_the_prospect_or_its_name_without_underscores() -> None:
    case = samples.case()
    assert case.field_label("email") == "Email"
    assert case.field_label("favourite_colour") == "favourite colour"


def test_a_country_is_named_and_a_calculated_value_has_the_numbers_of_its_reader() -> None:
    judged = policy("""fit: {criteria: {zone: {levels: {core: 5, other: 0}, countries: {core: [FR]}},
        cost: {levels: {high: 20}, bands: {high: [0, null]}}}}""")
    asked = survey(
        "- {name: area, type: number, title: How large?}",
        change="""{
        calculated: [{name: cost, formula: area * 10, unit: EUR, criterion: cost}],
        hidden_fields: [{name: trade, criterion: sector}],
        contact: {fields: [{name: country, type: country, criterion: zone}]}}""",
    )
    from_link: typing.Any = {"contact": {"country": "FR"}, "hidden": {"trade": "listed"}}
    evidence = filled("{area: 1234}", asked=asked, language="fr", **from_link)
    case = DossierContext(assessed(evidence, judged=judged))
    known = case.assessment.evidence.known
    assert (case.words_of(known["zone"]), case.words_of(known["cost"])) == ("France", "12,340\N{NO-BREAK SPACE}EUR")
    assert case.words_of(known["sector"]) == "listed", "a hidden field has no other words"


@pytest.mark.parametrize(("languages", "text"), [("[fr, en]", "A large one"), ("[fr]", "“Une grande”")])
def test_a_fact_of_the_first_page_is_in_the_language_of_its_reader_or_quoted(languages: str, text: str) -> None:
    words = "{fr: Une grande, en: A large one}" if "en" in languages else "Une grande"
    asked = survey(
        f"""- {{name: size, type: single_choice, title: T, criterion: size, choices: [
        {{value: large, text: {words}, level: core}}]}}""",
        change=f"{{languages: {languages}}}",
    )
    for language, expected in (("fr", text), ("en", "A large one" if "en" in languages else "Une grande")):
        case = DossierContext(assessed(filled("{size: large}", asked=asked, language=language)))
        assert section(build_dossier(case), "brief").facts[0].text == expected


def test_the_opener_comes_from_the_weakest_dimension() -> None:
    assert "“Speed”" in section(samples.dossier(), "brief").open_with[0]


def test_every_contribution_points_to_the_answer_that_gave_it() -> None:
    made = samples.dossier()
    numbered = {line.number: line.answer for response in section(made, "answers").responses for line in response.lines}
    lines = [line for axis in section(made, "scores").axes for line in axis.lines if line.ground.number is not None]
    assert len(lines) == 5
    assert all(numbered[line.ground.number] == line.ground.text for line in lines)


def test_points_of_an_axis_add_up_and_a_cap_is_shown() -> None:
    axes = {axis.name: axis for axis in section(samples.dossier(), "scores").axes}
    assert sum(line.points for line in axes["FIT"].lines) == axes["FIT"].raw == 50
    web = next(group for group in axes["INTENT"].groups if group.name == "Website")
    assert (web.raw, web.capped) == (40, 15)
    assert (axes["INTENT"].raw, axes["INTENT"].score) == (80, 60)


def test_bant_distinguishes_declared_inferred_and_unknown() -> None:
    states = {line.name: line.state for line in section(samples.dossier(), "bant").lines}
    assert states == {"Budget": "known", "Authority": "known", "Need": "inferred", "Timeline": "known"}
    vague = samples.filled({"rules": "some"}, contact={"job_title": "VP Sales"})
    states = {line.name: line.state for line in section(samples.dossier(vague), "bant").lines}
    assert states == {"Budget": "unknown", "Authority": "inferred", "Need": "inferred", "Timeline": "unknown"}


def test_the_need_quotes_the_answers_that_cost_points_with_their_question_where_they_say_nothing_alone() -> None:
    def grounds(answers: dict[str, object]) -> list[tuple[str, str]]:
        bant = section(samples.dossier(samples.filled(answers)), "bant")
        return [(one.question, one.text) for line in bant.lines if line.name == "Need" for one in line.grounds]

    assert grounds({"rules": "some", "speed": 1, "learning": ["status"]}) == [
        ("How fast is the first call?", "1/4"),
        ("", "Each team has its own"),
    ]
    assert grounds({"rules": "one", "speed": 4}) == [
        ("", "One page for both"),
        ("How fast is the first call?", "4/4 (minutes)"),
    ]


def test_what_is_unknown_of_meddic_is_a_question() -> None:
    lines = section(samples.dossier(), "meddic").lines
    assert all(line.ask for line in lines)
    pain = next(line for line in lines if line.name == "Identified pain")
    assert (pain.state, pain.grounds[0].text) == ("known", "Leads wait for days.")


def test_a_lapsed_timeline_is_unknown_and_says_when_it_was_declared() -> None:
    made = samples.dossier(now="2027-02-01T10:00:00+01:00")
    timeline = next(line for line in section(made, "bant").lines if line.name == "Timeline")
    assert timeline.state == "unknown"
    assert "2 October 2026" in timeline.what
    assert any("out of date" in line for line in section(made, "brief").careful)


def test_an_unsigned_claim_is_marked_as_a_claim() -> None:
    one = samples.filled(claims={"trigger_event": "hiring"}, hidden={"utm_campaign": "autumn"})
    made = samples.dossier(one)
    assert [(field.name, field.claim) for field in section(made, "source").fields] == [
        ("utm_campaign", False), ("trigger_event", True),
    ]  # fmt: skip
    assert any("trigger_event" in line for line in section(made, "brief").careful)
    timing = next(axis for axis in section(made, "scores").axes if axis.name == "TIMING")
    assert [line.name for line in timing.lines] == ["Timeline"]


def test_open_and_waived_items_are_distinguished() -> None:
    one = samples.filled(contact={"phone": ""})
    made = samples.dossier(one, waivers={"DAT-2": "Number is in the signature"})
    box = next(line for line in section(made, "checklist").lines if line.id == "DAT-2")
    assert (box.mark, box.state, box.waiver) == ("–", "open", "Number is in the signature")
    assert any("waived" in line for line in section(made, "brief").careful)


def test_a_not_now_is_a_warning_in_the_summary() -> None:
    made = samples.dossier(history=History(not_now_on=date(2026, 6, 2)), earlier=samples.rejected())
    assert any("2 June 2026" in line for line in section(made, "brief").careful)
    assert len(section(made, "history").moments) == 1


def test_a_branch_that_was_not_shown_is_counted_as_not_asked() -> None:
    made = samples.dossier(samples.filled({**samples.SOME, "timeline": "never", "money": "set"}))
    response = section(made, "answers").responses[0]
    assert response.not_asked == 1
    assert "Is there a budget?" not in [line.question for line in response.lines]


def test_free_text_stands_out() -> None:
    lines = section(samples.dossier(), "answers").responses[0].lines
    assert [line.question for line in lines if line.prose] == ["What bothers you most?"]


def test_two_responses_are_listed_newest_first() -> None:
    older = samples.filled({**samples.SOME, "timeline": "never"}, at="2026-08-01T10:00:00+02:00", id="a")
    newer = samples.filled(id="b")
    made = samples.dossier(newer, filled=(older, newer))
    responses = section(made, "answers").responses
    assert [response.at[:10] for response in responses] == ["2026-10-02", "2026-08-01"]
    numbers = [line.number for response in responses for line in response.lines if line.number]
    assert numbers == list(range(1, len(numbers) + 1))
    assert any("once before" in line for line in section(made, "brief").careful)


def test_a_flood_of_signals_keeps_the_newest_sixty() -> None:
    visits = tuple(f"2026-09-{1 + n // 24:02d}T{n % 24:02d}:00:00+02:00" for n in range(200))
    timeline = section(samples.dossier(visits=visits), "signals")
    assert (len(timeline.signals), timeline.older) == (60, 142)


def test_the_prospects_report_and_consents_are_repeated() -> None:
    told = section(samples.dossier(), "shown_result")
    assert (told.score, told.level) == (31, "Early")
    assert [agreed.granted for agreed in told.agreed] == [None, False]


def test_a_lead_without_data_has_a_dossier() -> None:
    nobody = dict.fromkeys(samples.ANNA, "")
    made = samples.dossier(samples.filled({}, contact=nobody), visits=())
    assert section(made, "brief").person == ""
    assert made.section("signals") is None


def test_no_field_has_the_name_of_a_mapping_method() -> None:
    seen = _classes(Dossier, set())
    for builder in DOSSIER_SECTIONS.values():
        _classes(typing.get_type_hints(builder)["return"], seen)
    wrong = [
        (kind.__name__, field.name) for kind in seen for field in dataclasses.fields(kind) if field.name in METHODS
    ]
    assert not wrong


def test_first_and_last_touch_are_labelled() -> None:
    touches = {"first": {"utm_source": "fair", "landing": "https://nordlicht.example/"}, "last": {"gclid": "abc"}}
    made = samples.dossier(samples.filled(touches=touches))
    assert section(made, "source").touches == (
        ("First touch", "utm_source fair, landing https://nordlicht.example/"),
        ("Last touch", "gclid abc"),
    )


def test_equal_touches_are_one_line_and_missing_touches_none() -> None:
    once = samples.dossier(samples.filled(touches={"first": {"gclid": "abc"}, "last": {"gclid": "abc"}}))
    assert section(once, "source").touches == (("Last touch", "gclid abc"),)
    first = samples.dossier(samples.filled(touches={"first": {"gclid": "abc"}}))
    assert section(first, "source").touches == (("First touch", "gclid abc"),)
    assert "source" not in [one.name for one in samples.dossier(samples.filled()).sections]


def test_a_reader_on_the_same_clock_as_the_rep_reads_the_deadline_once() -> None:
    case = dataclasses.replace(samples.case(), rep_zone=ZoneInfo("Europe/Paris"), zone=ZoneInfo("Europe/Berlin"))
    assert section(build_dossier(case), "brief").rep_call_by == ""
    far = dataclasses.replace(case, rep_zone=ZoneInfo("America/New_York"))
    assert section(build_dossier(far), "brief").rep_zone != ""


def test_points_against_a_lead_have_a_minus_sign_and_the_segment_is_named() -> None:
    raw = samples.raw("policy")
    raw["fit"]["criteria"]["size"]["levels"]["core"] = -60
    raw["intent"]["signals"]["pricing_page_visit"]["points"] = -20
    title = {"en": "Enterprise", "fr": "Grand compte"}
    raw["segments"] = [{"id": "enterprise", "when": {"size": "core"}, "title": title}]
    judged, problems = policies.read(raw)
    assert judged is not None, problems
    made = samples.dossier(judged=judged)
    scores, brief = section(made, "scores"), section(made, "brief")
    fit = scores.axes[0]
    assert (scores.segment, fit.score, fit.raw < 0, fit.lines[-1].points, fit.lines[-1].best) == (
        "Enterprise", 0, True, -60, None,
    )  # fmt: skip
    assert "Counts against this lead: Company size, “120”." in brief.careful
    page = document_html("dossier", made, "en")
    assert "Segment: <bdi>Enterprise</bdi>" in page
    assert '<td class="points">−60</td>' in page
    assert f"Total −{-fit.raw}, counted as 0." in page
    assert '<td class="points">−40</td>' in page
    assert section(samples.dossier(judged=judged, language="fr"), "scores").segment == "Grand compte"
