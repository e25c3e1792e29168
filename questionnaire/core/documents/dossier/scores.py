"""Checklist and score sections of a dossier: each item with its evidence, each contribution with its answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from questionnaire.core.base.dates import day_name
from questionnaire.core.base.labels import group_name, heat_name, strength_name
from questionnaire.core.base.quantities import half_up
from questionnaire.core.base.texts import listed
from questionnaire.core.documents.dossier.context import DossierContext
from questionnaire.core.documents.dossier.qualification import Ground
from questionnaire.core.policy.names import segment_title
from questionnaire.core.scoring.scorecard import Contribution
from questionnaire.core.scoring.signals import SignalScore


@dataclass(frozen=True, slots=True)
class BoxLine:
    """One checklist item. `state` is checked, open or unknown; `mark` is ✓, – or ?."""

    id: str
    text: str
    state: str
    mark: str
    evidence: str
    blocking: bool
    waiver: str


@dataclass(frozen=True, slots=True)
class Boxes:
    lines: tuple[BoxLine, ...]
    open: int


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """A contribution: `points` out of `best`, None without a maximum and for points against the lead.

    `moments` (ISO, rep zone) are those of a signal.
    """

    name: str
    level: str
    points: int
    best: int | None
    ground: Ground
    moments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A group of signals that exceeds its cap: points before and after the cap."""

    name: str
    raw: int
    capped: int


@dataclass(frozen=True, slots=True)
class Axis:
    """One axis. `raw` is the sum before the cap of the axis; `grade` is the grade, rank or level in words."""

    name: str
    score: int
    most: int
    raw: int
    grade: str
    lines: tuple[ScoreLine, ...]
    groups: tuple[GroupLine, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scores:
    axes: tuple[Axis, ...]
    total: int
    label: str
    policy: str
    version: int
    segment: str = ""


_MARKS = {"checked": "✓", "open": "–", "unknown": "?"}


def checklist(case: DossierContext) -> Boxes:
    boxes = case.assessment.checklist
    lines = tuple(
        BoxLine(
            box.id,
            box.say(case.words),
            box.state,
            _MARKS[box.state],
            listed((_ground(case, name, text) for name, text in box.grounds), case.words.language),
            box.blocking,
            case.waivers.get(box.id, ""),
        )
        for box in boxes
    )
    return Boxes(lines, sum(box.is_open for box in boxes))


def _ground(case: DossierContext, name: str, text: str) -> str:
    """A criterion in the words of its answer, with the number of the answer; any other fact as `text`."""
    if (known := case.assessment.evidence.known.get(name)) is None:
        return text
    answer, number, called = case.words_of(known), case.number_of(known), case.criterion_title(name)
    numbered = case.words("%(name)s: “%(answer)s”, answer %(n)s", name=called, answer=answer, n=number)
    return numbered if number else case.words("%(name)s: “%(answer)s”", name=called, answer=answer)


def scores(case: DossierContext) -> Scores:
    assessment = case.assessment
    return Scores(
        axes=(_fit(case), _intent(case), _timing(case)),
        total=half_up(assessment.scorecard.total),
        label=assessment.scorecard.label,
        policy=assessment.policy.id,
        version=assessment.policy.version,
        segment=segment_title(assessment.segment, case.words) if assessment.segment else "",
    )


def _lines(case: DossierContext, contributions: Iterable[Contribution]) -> tuple[ScoreLine, ...]:
    """The contributions with most points first; equal ones in the policy's order."""
    known = case.assessment.evidence.known
    lines = [
        ScoreLine(
            case.criterion_title(item.criterion),
            case.level_title(item.criterion, item.level),
            item.points,
            item.best if item.points >= 0 else None,
            Ground(case.words_of(known[item.criterion]), case.number_of(known[item.criterion])),
        )
        for item in contributions
    ]
    return tuple(sorted(lines, key=lambda line: -line.points))


def _fit(case: DossierContext) -> Axis:
    words, fit = case.words, case.assessment.scorecard.fit
    known = fit.completeness
    notes = [words("%(known)s of %(of)s FIT criteria known.", known=known.known, of=known.of)]
    notes += [words("Unknown: %(name)s.", name=case.criterion_title(name)) for name in known.missing]
    lines, grade = _lines(case, fit.contributions), words("grade %(grade)s", grade=fit.grade)
    return Axis("FIT", half_up(fit.score), fit.max, half_up(fit.raw), grade, lines, (), tuple(notes))


def _timing(case: DossierContext) -> Axis:
    words, timing = case.words, case.assessment.scorecard.timing
    notes = tuple(
        words(
            "%(name)s: answered on %(day)s, expired on %(end)s.",
            name=case.criterion_title(lapsed.criterion),
            day=day_name(lapsed.declared_on, words),
            end=day_name(lapsed.expired_on, words),
        )
        for lapsed in timing.lapsed
    )
    grade = heat_name(timing.level, words)
    lines = _lines(case, timing.contributions)
    return Axis("TIMING", half_up(timing.score), timing.max, half_up(timing.raw), grade, lines, (), notes)


def _intent(case: DossierContext) -> Axis:
    words, intent = case.words, case.assessment.scorecard.intent
    lines = sorted((_signal(case, score) for score in intent.signals), key=lambda line: -line.points)
    groups = tuple(
        GroupLine(group_name(group.group, words), half_up(group.raw), half_up(group.capped)) for group in intent.groups
    )
    grade, raw = words("rank %(rank)s", rank=intent.rank), half_up(intent.raw)
    return Axis("INTENT", half_up(intent.score), intent.max, raw, grade, tuple(lines), groups, ())


def _signal(case: DossierContext, score: SignalScore) -> ScoreLine:
    """A signal line. Its source is the answer that emitted it; without one, its last five instants."""
    words, name = case.words, case.signal_title(score.signal)
    times = words.ngettext("once", "%(n)s times", score.count)
    level = words("%(times)s, %(strength)s", times=times, strength=strength_name(score.strength, words))
    ground = _emitting_answer(case, score)
    moments = () if ground else tuple(case.local(signal.at) for signal in score.occurrences[-5:])
    title = name[:1].upper() + name[1:]
    return ScoreLine(title, level, half_up(score.points), None, ground or Ground("", None), moments)


def _emitting_answer(case: DossierContext, score: SignalScore) -> Ground | None:
    for response in case.responses:
        items = response.survey.items
        for name, value in response.journey.answers.items():
            if score.signal in items[name].emits(value):
                return Ground(response.value_words(items[name], value), case.numbers.get((response.at, name)))
    return None
