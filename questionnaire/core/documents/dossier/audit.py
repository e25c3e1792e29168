"""Audit sections of a dossier: full answers, signals, the prospect's report and consents, history."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from questionnaire.core.base.formats import locale_of, number_text, signed
from questionnaire.core.base.labels import strength_name
from questionnaire.core.base.texts import fill, remove_marks
from questionnaire.core.documents.dossier.context import ConsentRecord, DossierContext
from questionnaire.core.documents.dossier.qualification import is_prose
from questionnaire.core.documents.report import Report
from questionnaire.core.documents.report.closing import NextStepSection
from questionnaire.core.documents.report.overview import Summary
from questionnaire.core.documents.view_parts import items_to_answer
from questionnaire.core.scoring.evidence import ResponseEvidence
from questionnaire.core.survey.journey import Journey
from questionnaire.core.survey.questions import Question

MOST_SIGNALS = 60


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One question. `number` is None for a question without answer; `shows` lists what the answer is evidence of."""

    number: int | None
    question: str
    answer: str
    prose: bool
    shows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ResponseLines:
    """One response. `at` is in the rep's zone; `not_asked` counts the questions that are not on the path."""

    survey: str
    version: int
    at: str
    language: str
    lines: tuple[AnswerLine, ...]
    not_asked: int


@dataclass(frozen=True, slots=True)
class ResponsesSection:
    """All responses, newest first."""

    responses: tuple[ResponseLines, ...]


@dataclass(frozen=True, slots=True)
class SignalLine:
    at: str
    name: str
    asset: str
    source: str
    strength: str
    counts: bool


@dataclass(frozen=True, slots=True)
class Timeline:
    """The newest 60 signals, newest first; `older` counts the others. `counts` is False outside the window."""

    signals: tuple[SignalLine, ...]
    older: int


@dataclass(frozen=True, slots=True)
class ProspectView:
    """The results that the prospect read in the report, and the consents."""

    score: int | float | None
    level: str
    dimensions: tuple[str, ...]
    next_step: str
    agreed: tuple[ConsentRecord, ...]


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """A past event: its time in the rep's zone and its sentence."""

    at: str
    what: str


@dataclass(frozen=True, slots=True)
class HistorySection:
    moments: tuple[HistoryLine, ...]


def answers(case: DossierContext) -> ResponsesSection:
    return ResponsesSection(tuple(_response(case, response) for response in case.responses))


def _response(case: DossierContext, response: ResponseEvidence) -> ResponseLines:
    journey = response.journey
    lines = tuple(_line(case, response, journey, item) for item in items_to_answer(journey))
    skipped = sum(question.asks for question in response.survey.questions) - sum(q.asks for q in journey.visible)
    return ResponseLines(
        response.survey.title.fill(response.survey.language(case.words.language), response.fills),
        response.survey.version,
        case.local(response.at),
        response.language,
        lines,
        skipped,
    )


def _line(case: DossierContext, response: ResponseEvidence, journey: Journey, item: Question) -> AnswerLine:
    answer = response.answer_words(item)
    title = response.say(item.title)
    number = case.numbers.get((response.at, item.name))
    return AnswerLine(number, title, answer, is_prose(response.survey, item.name), _shows(case, journey, item))


def _shows(case: DossierContext, journey: Journey, item: Question) -> tuple[str, ...]:
    words, value = case.words, journey.answers.get(item.name)
    if value is None:
        return ()
    labels = []
    policy, criterion = case.assessment.policy, item.criterion
    evidence = case.assessment.evidence.known.get(criterion or "")
    if evidence is not None and evidence.name == item.name and criterion in policy.criteria and criterion is not None:
        axis = "FIT" if criterion in policy.fit.criteria else "TIMING"
        points = policy.criteria[criterion].points(evidence.level)
        name = case.criterion_title(criterion)
        labels.append(words("%(name)s: %(axis)s %(points)s", name=name, axis=axis, points=signed(points)))
    labels += [words("Signal: %(name)s", name=case.signal_title(name)) for name in item.emits(value)]
    worth = item.worth(value)
    if worth is not None:
        fills = case.responses[0].fills
        dimensions = case.assessment.survey.dimensions_by_name.values()
        titles = {dimension.name: dimension.title.fill(words.language, fills) for dimension in dimensions}
        title = titles.get(item.dimension or "", item.dimension)
        labels.append(words("%(title)s: %(got)s of %(best)s", title=title, got=worth[0], best=worth[1]))
    labels += [words("Flag: %(flag)s", flag=flag.replace("_", " ")) for flag in item.flags(value)]
    return tuple(labels)


def signals(case: DossierContext) -> Timeline | None:
    evidence, words = case.assessment.evidence, case.words
    counting = {
        (score.signal, signal.at): score
        for score in case.assessment.scorecard.intent.signals
        for signal in score.occurrences
    }
    lines = []
    newest = evidence.signals[: -MOST_SIGNALS - 1 : -1]
    for signal in newest:
        score = counting.get((signal.name, signal.at))
        strength = strength_name(score.strength, words) if score else ""
        source = "" if signal.source.startswith(("answer ", "survey ")) else signal.source
        name = case.signal_title(signal.name)
        lines.append(
            SignalLine(
                case.local(signal.at), name[:1].upper() + name[1:], signal.asset or "", source, strength, bool(score)
            )
        )
    return Timeline(tuple(lines), len(evidence.signals) - len(newest)) if lines else None


def prospect_view(case: DossierContext) -> ProspectView:
    report = case.report
    summary = report.section("summary") if report else None
    step = report.section("next_step") if report else None
    bars = summary.bars if isinstance(summary, Summary) else ()
    locale = locale_of(case.words.language)
    return ProspectView(
        score=summary.score if isinstance(summary, Summary) else None,
        level=summary.level if isinstance(summary, Summary) else "",
        dimensions=(*(f"{bar.title} {number_text(bar.rounded, locale, 1)}" for bar in bars), *_figures(report)),
        next_step=fill(" ".join(remove_marks(step.text).split()), report.fills, str)
        if report and isinstance(step, NextStepSection)
        else "",
        agreed=case.agreed,
    )


def _figures(report: Report | None) -> Iterator[str]:
    """The calculated values that the prospect read."""
    figures = report.section("figures") if report else None
    yield from (f"{figure.title}: {figure.amount}" for figure in figures.figures) if figures else ()


def history(case: DossierContext) -> HistorySection | None:
    moments = tuple(HistoryLine(case.local(event.at), event.what) for event in case.earlier)
    return HistorySection(moments) if moments else None
