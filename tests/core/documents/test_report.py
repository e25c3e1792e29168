from __future__ import annotations

import ast
import dataclasses
import json
import re
import types
import typing
from pathlib import Path

import pytest

import questionnaire
from questionnaire.core.documents import report as report_package
from questionnaire.core.documents.report import (
    REPORT_SECTIONS,
    FirstAdvice,
    Report,
    build_report,
    first_advice,
    shareable_result,
)  # fmt: skip
from questionnaire.core.documents.view_parts import as_plain
from questionnaire.core.survey.maturity import measure
from questionnaire.documents.html import document_html
from tests.documents import samples
from tests.documents.golden import check

# Modules that judge a lead. No module of the report may import them, and the prospect may see none of their words.
JUDGING = {
    "assessment", "calendars", "checklist", "dossier", "evidence", "facts", "gathering", "levels", "lifecycle",
    "policy", "promise", "reasons", "routing", "scoring", "signals", "sla", "verdict", "why",
}  # fmt: skip
FORBIDDEN_FIELDS = {
    "fit", "intent", "timing", "verdict", "stage", "grade", "rank", "points_of", "signal", "signals", "flag", "flags",
    "criterion", "policy", "scorecard", "contributions", "evidence", "checklist", "owner", "rep", "why",
}  # fmt: skip
METHODS = {"items", "keys", "values", "get", "pop", "update", "copy", "clear", "setdefault", "popitem", "fromkeys"}


def section(report: Report, name: str) -> typing.Any:
    found = report.section(name)
    assert found is not None, name
    return found


def test_the_view_value_matches_its_golden_file() -> None:
    made = samples.report(peers=samples.peers(), prior=samples.prior())
    check("report.json", json.dumps(as_plain(made), ensure_ascii=False, indent=1) + "\n")


def test_authored_texts_come_in_the_language_of_the_answers() -> None:
    made = samples.report(samples.filled(language="fr"))
    assert (made.language, made.title) == ("fr", "Bilan du passage de relais – Nordwind")
    assert section(made, "summary").level == "Débuts"
    assert section(made, "dimensions").chapters[1].quotes[0].answer == "Chaque équipe a les siennes"


def test_the_weakest_dimension_comes_first_and_equals_keep_their_weight() -> None:
    made = section(samples.report(), "dimensions")
    assert [(chapter.bar.title, chapter.bar.rounded) for chapter in made.chapters] == [
        ("Speed", 25), ("Shared rules", 33), ("Learning", 33),
    ]  # fmt: skip


def test_the_first_advice_is_that_of_the_weakest_dimension_with_a_text() -> None:
    told = samples.told()
    first = first_advice(told)
    assert first == FirstAdvice("Speed", "Measure the time to the first call this week.")
    assert section(build_report(told), "summary").first == first.advice
    raw = samples.raw("survey")
    del raw["report"]["dimensions"]
    bare = samples.changed(raw)
    assert first_advice(dataclasses.replace(told, survey=bare, maturity=measure(bare, told.journey))) is None


def test_an_answer_is_quoted_in_the_words_of_the_survey() -> None:
    rules = section(samples.report(), "dimensions").chapters[1]
    assert [quote.answer for quote in rules.quotes] == ["Each team has its own"]


def test_a_survey_without_advice_has_a_plan_of_its_dimensions_texts_weakest_first() -> None:
    plan = section(samples.report(), "plan")
    assert [[move.title for move in term.moves] for term in plan.terms] == [["Speed"], ["Shared rules"], ["Learning"]]
    assert [(term.since, term.until) for term in plan.terms] == [(1, 30), (31, 60), (61, 90)]
    assert {move.line.done_when for term in plan.terms for move in term.moves} == {""}, "nothing is made up"


def test_a_perfect_result_keeps_the_plan_of_its_survey() -> None:
    made = samples.report(samples.filled(samples.BEST))
    assert section(made, "summary").score == 100
    assert section(made, "summary").strongest is None
    assert section(made, "plan").terms[0].heading == "Start here"


def test_a_result_of_zero_is_a_result() -> None:
    made = samples.report(samples.filled(samples.ZERO))
    assert section(made, "summary").score == 0
    assert section(made, "summary").level == "Early"


def test_without_counted_answers_there_is_no_score() -> None:
    made = samples.report(samples.filled({"employees": 12, "rules": "dunno"}))
    assert section(made, "summary").score is None
    assert made.section("dimensions") is None
    assert made.section("plan") is None
    assert section(made, "method").left_out == ("Shared rules", "Speed", "Learning")
    assert section(made, "method").unknown == 1


def test_a_survey_without_bands_has_a_report_with_bare_figures() -> None:
    raw = samples.raw("survey")
    del raw["report"]["overall"], raw["report"]["dimensions"]
    made = build_report(dataclasses.replace(samples.told(), survey=samples.changed(raw)))
    assert section(made, "summary").scale == ()


def test_a_dimension_without_answers_is_left_out_of_the_mean() -> None:
    answers = {name: value for name, value in samples.SOME.items() if name != "learning"}
    made = samples.report(samples.filled(answers))
    assert section(made, "method").left_out == ("Learning",)
    assert sum(line.weight for line in section(made, "method").lines) == 5


def test_every_line_of_the_method_adds_up_to_the_overall_score() -> None:
    method = section(samples.report(), "method")
    assert abs(sum(line.brings for line in method.lines) - method.overall) < 0.02


@pytest.mark.parametrize(("count", "shown"), [(29, False), (30, True)])
def test_peers_are_compared_only_when_there_are_enough(count: int, shown: bool) -> None:
    made = samples.report(peers=samples.peers(count))
    assert (made.section("comparison") is not None) is shown


def test_without_peers_there_is_no_comparison() -> None:
    assert samples.report().section("comparison") is None


def test_a_comparison_names_the_largest_difference_ahead_and_behind() -> None:
    made = section(samples.report(peers=samples.peers()), "comparison")
    assert (made.ahead.bar.title, made.ahead.ahead) == ("Speed", 5)
    assert (made.behind.bar.title, made.behind.ahead) == ("Shared rules", -11)


def test_a_second_report_shows_the_change_in_points() -> None:
    since = section(samples.report(prior=samples.prior()), "summary").since
    assert (since.points, since.on) == (21, "2026-04-01")


def test_only_used_placeholders_contain_personal_data() -> None:
    assert samples.report().fills == {"company": "Nordwind", "first_name": "Anna"}


def test_a_placeholder_may_be_an_answer_in_its_words() -> None:
    raw = samples.raw("survey")
    raw["report"]["blocks"]["guide"]["text"] = "You said: {{problem}}"
    survey = samples.changed(raw)
    base = samples.told()
    made = build_report(dataclasses.replace(base, survey=survey, block=survey.report.blocks["guide"]))
    assert made.fills["problem"] == "Leads wait for days."


def test_a_long_answer_is_cut_in_the_report() -> None:
    raw = samples.raw("survey")
    question = raw["pages"][1]["questions"][0]
    question["choices"][1]["text"] = "word " * 500
    survey = samples.changed(raw)
    made = section(build_report(dataclasses.replace(samples.told(), survey=survey)), "dimensions")
    assert all(len(quote.answer) <= 400 for chapter in made.chapters for quote in chapter.quotes)


def test_a_shareable_result_has_score_and_advice_without_personal_data() -> None:
    base = samples.told(peers=samples.peers(), prior=samples.prior())
    canary = dict.fromkeys(base.contact, "canary")
    made = shareable_result(dataclasses.replace(base, contact=canary))
    assert (made.survey, made.score, made.level) == ("Handover check", 31, "Early")
    assert (made.about, made.advice) == ("Speed", "Measure the time to the first call this week.")
    assert [bar.title for bar in made.bars] == ["Speed", "Shared rules", "Learning"]
    for secret in ("canary", "Leads wait", "I sign", "{{", "2026", "214"):
        assert secret not in repr(made)


def test_a_shareable_result_omits_sentences_with_placeholders() -> None:
    raw = samples.raw("survey")
    for bands in (raw["report"]["overall"], *raw["report"]["dimensions"].values()):
        for band in bands:
            band["text"] = "{{company}} must act."
    made = shareable_result(dataclasses.replace(samples.told(), survey=(survey := samples.changed(raw)),
                                      maturity=measure(survey, samples.told().journey)))  # fmt: skip
    assert (made.meaning, made.about, made.advice) == ("", "", "")
    blank = shareable_result(samples.told(samples.filled({"employees": 12, "rules": "dunno"})))
    assert (blank.score, blank.share, blank.level, blank.meaning, blank.bars) == (None, 0.0, "", "", ())


# --- nothing internal reaches the prospect ---------------------------------------------------------------------


def _modules(name: str, seen: set[str]) -> set[str]:
    """Returns every core module that a module imports, directly or indirectly, also under TYPE_CHECKING."""
    root = Path(questionnaire.__file__).parent
    path = root.joinpath(*name.split(".")[1:])
    file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    if name in seen or not file.is_file():
        return seen
    seen.add(name)
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("questionnaire.core"):
            _modules(node.module or "", seen)
            for alias in node.names:
                _modules(f"{node.module}.{alias.name}", seen)
    return seen


def test_no_module_of_the_report_imports_scoring() -> None:
    seen: set[str] = set()
    for file in Path(report_package.__file__).parent.glob("*.py"):
        _modules(f"questionnaire.core.documents.report.{file.stem}", seen)
    reached = {name.split(".")[2] for name in seen if name.count(".") >= 2}
    assert reached.isdisjoint(JUDGING), reached & JUDGING


def _classes(kind: typing.Any, seen: set[type]) -> set[type]:
    for part in typing.get_args(kind):
        _classes(part, seen)
    if isinstance(kind, type) and dataclasses.is_dataclass(kind) and kind not in seen:
        seen.add(kind)
        for hint in typing.get_type_hints(kind).values():
            _classes(hint, seen)
    return seen


def _view_classes() -> set[type]:
    seen = _classes(Report, set())
    for builder in REPORT_SECTIONS.values():
        _classes(typing.get_type_hints(builder)["return"], seen)
    return seen


def _leaf(kind: typing.Any) -> bool:
    origin, parts = typing.get_origin(kind), typing.get_args(kind)
    if kind is Ellipsis or kind in (str, int, float, bool, type(None)) or dataclasses.is_dataclass(kind):
        return True
    return origin in (tuple, dict, types.UnionType) and all(_leaf(part) for part in parts)


def test_a_report_has_only_words_and_numbers_and_no_scoring_field() -> None:
    for kind in _view_classes():
        for name, hint in typing.get_type_hints(kind).items():
            if (kind.__name__, name) == ("Section", "content"):
                continue
            assert _leaf(hint), f"{kind.__name__}.{name}: {hint}"
            assert name not in FORBIDDEN_FIELDS, f"{kind.__name__}.{name}"
            assert name not in METHODS, f"{kind.__name__}.{name} hides a method of mappings"


def _sealed(raw: typing.Any, key: str = "") -> typing.Any:
    """Returns the survey with every internal name replaced by a marker; texts for prospects stay."""
    if isinstance(raw, dict):
        return {name: _sealed(value, name) for name, value in raw.items()}
    if isinstance(raw, list):
        return [_sealed(value, key) for value in raw]
    return f"zq_{raw}" if key in ("level", "emits", "flags", "criterion") else raw


@pytest.mark.parametrize("language", ["en", "fr", "de"])
def test_levels_signals_and_criteria_never_appear_in_a_report(language: str) -> None:
    raw = _sealed(samples.raw("survey"))
    raw["pages"][0]["questions"][1]["choices"][0]["flags"] = ["zq_flag"]
    raw["policy"], raw["hidden_fields"] = "zq-policy", [{"name": "zq_hidden"}]
    survey = samples.changed(raw)
    base = samples.told(samples.filled(language=language), peers=samples.peers(), prior=samples.prior())
    made = build_report(dataclasses.replace(base, survey=survey))
    pages = [json.dumps(as_plain(made))]
    pages += [document_html("report", made, language, plain=plain) for plain in (False, True)]
    for page in pages:
        assert "zq" not in page
        text = re.sub(r"<[^>]+>", " ", page)
        assert not re.search(r"\b(FIT|INTENT|TIMING|MQL|SQL|verdict|scorecard|sql_ready|disqualified|nurture)\b", text)
