"""The record behind the first page: answers in full, signals, what the prospect was told and agreed to."""

from __future__ import annotations

from dataclasses import dataclass

from questionnaire.core.base.texts import fill
from questionnaire.core.documents.dossier.context import ConsentRecord, DossierContext
from questionnaire.core.documents.dossier.names import criterion_name, signal_name, strength_name
from questionnaire.core.documents.dossier.qualification import is_prose
from questionnaire.core.documents.report.closing import NextStepSection
from questionnaire.core.documents.report.overview import Summary
from questionnaire.core.documents.view_parts import answer_words, items_to_answer
from questionnaire.core.scoring.evidence import ResponseEvidence
from questionnaire.core.survey.journey import Journey
from questionnaire.core.survey.questions import Question

MOST_SIGNALS = 60


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """`number` is None for a question left open; `shows` says what the answer is evidence of."""

    number: int | None
    question: str
    answer: str
    prose: bool
    shows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ResponseLines:
    """One response, newest first in the dossier. `at` in the rep's zone; `not_asked` counts questions off the path."""

    survey: str
    version: int
    at: str
    language: str
    lines: tuple[AnswerLine, ...]
    not_asked: int


@dataclass(frozen=True, slots=True)
class Replies:
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
    """Newest first, 60 at most; `older` says how many more there are. `counts` is false outside its window."""

    signals: tuple[SignalLine, ...]
    older: int


@dataclass(frozen=True, slots=True)
class ProspectView:
    """What the prospect read in the report, and what was agreed."""

    score: int | None
    level: str
    dimensions: tuple[str, ...]
    next_step: str
    agreed: tuple[ConsentRecord, ...]


@dataclass(frozen=True, slots=True)
class Moment:
    at: str
    what: str


@dataclass(frozen=True, slots=True)
class Earlier:
    moments: tuple[Moment, ...]


def answers(case: DossierContext) -> Replies:
    return Replies(tuple(_response(case, one) for one in case.responses))


def _response(case: DossierContext, one: ResponseEvidence) -> ResponseLines:
    journey = one.journey()
    lines = tuple(_line(case, one, journey, item) for item in items_to_answer(journey))
    skipped = sum(question.asks for question in one.survey.questions) - sum(q.asks for q in journey.shown)
    return ResponseLines(
        one.survey.title.say(one.survey.language(case.words.language)),
        one.survey.version,
        case.local(one.at),
        one.language,
        lines,
        skipped,
    )


def _line(case: DossierContext, one: ResponseEvidence, journey: Journey, item: Question) -> AnswerLine:
    said = answer_words(item, journey, one.language)
    title = item.title.say(one.language)
    number = case.numbers.get((one.at, item.name))
    return AnswerLine(number, title, said, is_prose(one.survey, item.name), _shows(case, journey, item))


def _shows(case: DossierContext, journey: Journey, item: Question) -> tuple[str, ...]:
    words, value = case.words, journey.answers.get(item.name)
    if value is None:
        return ()
    shown = []
    policy, criterion = case.assessment.policy, item.criterion
    known = case.assessment.evidence.known.get(criterion or "")
    if known is not None and known.name == item.name and criterion in policy.criteria and criterion is not None:
        axis = "FIT" if criterion in policy.fit.criteria else "TIMING"
        points = policy.criteria[criterion].points(known.level)
        name = criterion_name(criterion, words)
        shown.append(words("%(name)s: %(axis)s %(points)s", name=name, axis=axis, points=points))
    shown += [words("Signal: %(name)s", name=signal_name(name, words)) for name in item.emits(value)]
    worth = item.worth(value)
    if worth is not None:
        titles = {one.name: one.title.say(words.language) for one in case.assessment.survey.dimensions}
        title = titles.get(item.dimension or "", item.dimension)
        shown.append(words("%(title)s: %(got)s of %(best)s", title=title, got=worth[0], best=worth[1]))
    shown += [words("Flag: %(flag)s", flag=flag.replace("_", " ")) for flag in item.flags(value)]
    return tuple(shown)


def signals(case: DossierContext) -> Timeline | None:
    evidence, words = case.assessment.evidence, case.words
    counting = {
        (seen.signal, one.at): seen for seen in case.assessment.scorecard.intent.signals for one in seen.occurrences
    }
    lines = []
    newest = evidence.signals[: -MOST_SIGNALS - 1 : -1]
    for signal in newest:
        seen = counting.get((signal.name, signal.at))
        strength = strength_name(seen.strength, words) if seen else ""
        source = "" if signal.source.startswith(("answer ", "survey ")) else signal.source
        name = signal_name(signal.name, words)
        lines.append(
            SignalLine(
                case.local(signal.at), name[:1].upper() + name[1:], signal.asset or "", source, strength, bool(seen)
            )
        )
    return Timeline(tuple(lines), len(evidence.signals) - len(newest)) if lines else None


def prospect_view(case: DossierContext) -> ProspectView:
    report = case.report
    summary = report.section("summary") if report else None
    step = report.section("next_step") if report else None
    bars = summary.bars if isinstance(summary, Summary) else ()
    return ProspectView(
        score=summary.score if isinstance(summary, Summary) else None,
        level=summary.level if isinstance(summary, Summary) else "",
        dimensions=tuple(f"{bar.title} {bar.shown}" for bar in bars),
        next_step=fill(step.text, report.fills, str) if report and isinstance(step, NextStepSection) else "",
        agreed=case.agreed,
    )


def history(case: DossierContext) -> Earlier | None:
    moments = tuple(Moment(case.local(one.at), one.what) for one in case.earlier)
    return Earlier(moments) if moments else None
