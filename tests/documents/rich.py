"""Reports of generated surveys: few or many dimensions, short or long texts, with or without advice, left or right."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from questionnaire.cli.assess_pdf import report_of
from questionnaire.core.cases import conclude, lead_of
from questionnaire.core.documents.report import Report, ReportContext, build_report
from questionnaire.core.survey.answers import read_answers
from questionnaire.core.survey.journey import derive_journey
from questionnaire.core.survey.maturity import measure
from questionnaire.core.survey.questions import Question, Value
from questionnaire.core.survey.survey import Survey
from questionnaire.library.catalogue import find_policy
from questionnaire.library.domains import known_domains
from questionnaire.library.load import load_cases, load_survey
from questionnaire.settings import bundle_dir
from questionnaire.templating import words_for
from tests.documents import samples

SENTENCES = {
    "en": ("Windows and doors", "Count the records without an owner, and give each of them one. ", "How old are they?"),
    "de": (
        "Verantwortlichkeiten im Gebäudemanagement",
        "Benennen Sie für jede Liegenschaft eine Ansprechperson und halten Sie die Vertretungsregelung fest. ",
        "Wie alt sind die Fenster?",
    ),
    "ar": ("القواعد المشتركة", "اكتبوا صفحة واحدة ووقّعوها معًا ثم راجعوها كل ربع سنة. ", "هل القواعد مكتوبة؟"),
}
COLOURS = ("danger", "warning", "info", "good")
EFFORTS = ("high", "low", "medium")


def survey(dimensions: int = 6, questions: int = 3, sentences: int = 2, language: str = "en", **more: Any) -> Survey:
    """`more`: `advice` and `blocks` (both on), `radar` (on), and other keys of the report."""
    title, sentence, asked = SENTENCES[language]
    text = (sentence * sentences).strip()
    listed = f"{text}\n\n- {sentence}\n\n- {sentence}\n\n  {sentence}\n\n1. {sentence}\n2. {sentence}"
    advised, blocks, radar = more.pop("advice", True), more.pop("blocks", True), more.pop("radar", True)
    advice = [
        {"advice": {"text": f"{text} ({number})", "effort": EFFORTS[number], "done_when": sentence.strip(". ")}}
        for number in range(3)
    ]
    choices = [
        {"value": f"c{worth}", "text": f"{asked} {worth}", "maturity": worth, **(advice[worth % 3] if advised else {})}
        for worth in range(3)
    ] + [{"value": "c3", "text": asked, "maturity": 3}]
    names = [f"d{number}" for number in range(dimensions)]
    raw = samples.raw("survey") | {
        "languages": [language], "title": f"{title} 2026", "hidden_fields": [],
        "dimensions": [{"name": name, "title": f"{title} {name[1:]}"} for name in names],
        "pages": [{"name": "p", "questions": [
            {"name": f"{name}_q{at}", "type": "single_choice", "title": asked, "dimension": name, "choices": choices}
            for name in names for at in range(questions)]}],
        "report": {
            "overall": [{"from": 25 * at, "name": f"{title.split()[0]} {at}", "colour": colour, "text": text}
                        for at, colour in enumerate(COLOURS)],
            "dimensions": {name: [{"from": 0, "text": text}] for name in names},
            "blocks": {"book": {"text": text, "url": "https://sender.example/demo"}}, "next_step": [{"block": "book"}],
            "content_blocks": [
                {"id": "first", "after": "summary", "title": title, "text": listed},
                {"id": "last", "after": "plan", "text": text, "url": "https://sender.example/a", "label": title},
            ] if blocks else [],
            "charts": {"dimensions": "radar" if radar else "bars"},
        } | more,
    }  # fmt: skip
    return samples.changed(raw)


def sample(name: str, language: str) -> Report:
    """The report of a survey that comes with the product: the worst answers where there are choices, else samples."""
    file, problems = load_survey(bundle_dir("surveys") / name / "survey.yaml")
    assert file is not None, problems
    made = file.value
    read, mistakes = read_answers(
        made, {item.name: _worst(item) for item in made.items.values() if item.kind != "text"}
    )
    assert not mistakes
    journey = derive_journey(made, read)
    return build_report(
        ReportContext(made, journey, samples.ANNA, measure(made, journey), datetime.fromisoformat(samples.AT), language,
                      words_for(language), block=[*made.report.blocks.values()][-1],
                      content_blocks=tuple(block.id for block in made.report.content_blocks))
    )  # fmt: skip


def case(name: str, start: str) -> Report:
    """The report of a case that comes with a sample survey; its name begins with `start`."""
    folder = bundle_dir("surveys") / name
    survey_file, _ = load_survey(folder / "survey.yaml")
    cases_file, problems = load_cases(folder / "cases.yaml")
    assert survey_file is not None, problems
    assert cases_file is not None, problems
    policy, problems = find_policy(survey_file.value.policy, survey_file.path)
    assert policy is not None, problems
    written = next(case for case in cases_file.value.cases if case.name.startswith(start))
    lead, problems = lead_of(written, survey_file.value, policy.value)
    assert lead is not None, problems
    return report_of(conclude(lead, policy.value, known_domains()))


def _worst(item: Question) -> Value:
    """The answer that is worth least; a middling number, so that no early ending is reached."""
    if item.kind == "number":
        return min(50, int(item.constraints.max or 50))
    choices = [choice for choice in item.answer_choices if not choice.proves_nothing and choice.show_if is None]
    if not choices or not item.dimension:
        return cast(Value, item.sample())
    worst = min(choices, key=lambda choice: choice.worth).value
    return worst if item.kind == "choice" else (worst,)


def context(made: Survey, spread: int = 3) -> ReportContext:
    """Answers that differ from dimension to dimension; `spread` is the best of them."""
    answers = {name: f"c{(at * 7 + at // 3) % (spread + 1)}" for at, name in enumerate(made.items)}
    read, mistakes = read_answers(made, answers)
    assert not mistakes
    journey = derive_journey(made, read)
    language = made.languages[0]
    return ReportContext(
        made, journey, samples.ANNA, measure(made, journey), datetime.fromisoformat(samples.AT), language,
        words_for(language), block=made.report.blocks["book"],
        content_blocks=tuple(block.id for block in made.report.content_blocks),
    )  # fmt: skip


def report(spread: int = 3, **more: Any) -> Report:
    return build_report(context(survey(**more), spread))
