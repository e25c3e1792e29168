"""Checklist and the three scores: every box with its evidence, every point with the answer that gave it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from questionnaire.core.base.dates import day_name
from questionnaire.core.base.labels import criterion_name, group_name, heat_name, level_name, signal_name, strength_name
from questionnaire.core.base.quantities import half_up
from questionnaire.core.base.texts import listed
from questionnaire.core.documents.dossier.context import DossierContext
from questionnaire.core.documents.dossier.qualification import Ground
from questionnaire.core.scoring.scorecard import Contribution
from questionnaire.core.scoring.signals import SignalScore


@dataclass(frozen=True, slots=True)
class BoxLine:
    """`state` is checked, open or unknown; its mark is ✓, – or ?."""

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
    """One contribution: `points` of at most `best` (None where there is no most). A signal has `moments` (ISO, the
    rep's zone) in place of an answer's words.
    """

    name: str
    level: str
    points: int
    best: int | None
    ground: Ground
    moments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A group of signals whose cap took something away: points before and after."""

    name: str
    raw: int
    capped: int


@dataclass(frozen=True, slots=True)
class Axis:
    """`raw` is the sum before the axis' cap; `grade` is the axis in words."""

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


_MARKS = {"checked": "✓", "open": "–", "unknown": "?"}


def checklist(case: DossierContext) -> Boxes:
    boxes = case.assessment.checklist
    lines = tuple(
        BoxLine(
            box.id,
            box.say(case.words),
            box.state,
            _MARKS[box.state],
            listed((_ground(case, name, said) for name, said in box.grounds), case.words.language),
            box.blocking,
            case.waivers.get(box.id, ""),
        )
        for box in boxes
    )
    return Boxes(lines, sum(box.is_open for box in boxes))


def _ground(case: DossierContext, name: str, said: str) -> str:
    """A criterion in the words of the answer behind it, with the answer's number; any other fact as it was said."""
    if (known := case.assessment.evidence.known.get(name)) is None:
        return said
    answer, number, called = case.words_of(known), case.number_of(known), criterion_name(name, case.words)
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
    )


def _lines(case: DossierContext, contributions: Iterable[Contribution]) -> tuple[ScoreLine, ...]:
    """Most points first; equal ones in the policy's order."""
    words, known = case.words, case.assessment.evidence.known
    lines = [
        ScoreLine(
            criterion_name(one.criterion, words),
            level_name(one.criterion, one.level, words),
            one.points,
            one.best,
            Ground(case.words_of(known[one.criterion]), case.number_of(known[one.criterion])),
        )
        for one in contributions
    ]
    return tuple(sorted(lines, key=lambda line: -line.points))


def _fit(case: DossierContext) -> Axis:
    words, fit = case.words, case.assessment.scorecard.fit
    known = fit.completeness
    notes = [words("%(known)s of %(of)s FIT criteria known.", known=known.known, of=known.of)]
    notes += [words("Unknown: %(name)s.", name=criterion_name(name, words)) for name in known.missing]
    lines = _lines(case, fit.contributions)
    return Axis(
        "FIT", half_up(fit.score), fit.max, fit.raw, words("grade %(grade)s", grade=fit.grade), lines, (), tuple(notes)
    )


def _timing(case: DossierContext) -> Axis:
    words, timing = case.words, case.assessment.scorecard.timing
    notes = tuple(
        words(
            "%(name)s: answered on %(day)s, expired on %(end)s.",
            name=criterion_name(lapsed.criterion, words),
            day=day_name(lapsed.declared_on, words),
            end=day_name(lapsed.expired_on, words),
        )
        for lapsed in timing.lapsed
    )
    grade = heat_name(timing.level, words)
    lines = _lines(case, timing.contributions)
    return Axis("TIMING", half_up(timing.score), timing.max, timing.raw, grade, lines, (), notes)


def _intent(case: DossierContext) -> Axis:
    words, intent = case.words, case.assessment.scorecard.intent
    lines = sorted((_signal(case, seen) for seen in intent.signals), key=lambda line: -line.points)
    groups = tuple(
        GroupLine(group_name(group.group, words), half_up(group.raw), half_up(group.capped)) for group in intent.groups
    )
    grade, raw = words("rank %(rank)s", rank=intent.rank), half_up(intent.raw)
    return Axis("INTENT", half_up(intent.score), intent.max, raw, grade, tuple(lines), groups, ())


def _signal(case: DossierContext, seen: SignalScore) -> ScoreLine:
    """A signal that an answer emitted is traced to that answer; of any other one is told when it was seen."""
    words, name = case.words, signal_name(seen.signal, case.words)
    times = words.ngettext("once", "%(n)s times", seen.count)
    level = words("%(times)s, %(strength)s", times=times, strength=strength_name(seen.strength, words))
    ground = _emitting_answer(case, seen)
    moments = () if ground else tuple(case.local(one.at) for one in seen.occurrences[-5:])
    title = name[:1].upper() + name[1:]
    return ScoreLine(title, level, half_up(seen.points), None, ground or Ground("", None), moments)


def _emitting_answer(case: DossierContext, seen: SignalScore) -> Ground | None:
    for one in case.responses:
        journey = one.journey()
        for name, value in journey.answers.items():
            if seen.signal in one.survey.items[name].emits(value):
                return Ground(one.survey.items[name].say(value, one.language), case.numbers.get((one.at, name)))
    return None
