"""The effect of a survey's draft on past leads: whose stage or scores would be others because an answer means
something else, and what of their answers the draft does not ask for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from questionnaire.core.base.quantities import Exact, half_up
from questionnaire.core.scoring.assessment import Assessment, is_sql_ready
from questionnaire.core.scoring.evidence import ResponseEvidence
from questionnaire.core.scoring.policy_effect import REACHES_MQL, count_both, stage_moves
from questionnaire.core.survey.answers import read_answers
from questionnaire.core.survey.survey import Survey

MOST_CHANGES = 200


@dataclass(frozen=True, slots=True)
class PointShift:
    """A criterion or signal that counts otherwise. A level is "" where nothing was known; signals have no level."""

    name: str
    levels: tuple[str, str]
    points: tuple[Exact, Exact]

    @property
    def as_json(self) -> list[object]:
        return [self.name, *self.levels, *map(half_up, self.points)]


@dataclass(frozen=True, slots=True)
class RereadLead:
    """One past lead as it was judged, and as the draft would judge the same answers.

    `dropped`: questions it answered that the draft does not ask it, or whose answer the draft does not know.
    `unasked`: questions of the draft that nobody has asked it yet.
    """

    id: str
    before: Assessment
    after: Assessment
    dropped: tuple[str, ...] = ()
    unasked: tuple[str, ...] = ()

    @property
    def moves(self) -> bool:
        return self.before.verdict.stage != self.after.verdict.stage

    @property
    def changes(self) -> bool:
        return self.moves or self.scores[0] != self.scores[1] or bool(self.shifts)

    @property
    def scores(self) -> tuple[tuple[Exact | None, ...], tuple[Exact | None, ...]]:
        """FIT, INTENT, TIMING and the maturity, today and under the draft, unrounded."""
        return _scores(self.before), _scores(self.after)

    @property
    def shifts(self) -> tuple[PointShift, ...]:
        old, new = _points(self.before), _points(self.after)
        nothing: tuple[str, Exact] = ("", 0)
        pairs = ((name, old.get(name, nothing), new.get(name, nothing)) for name in {**old, **new})
        return tuple(
            PointShift(name, (before[0], after[0]), (before[1], after[1]))
            for name, before, after in pairs
            if before != after
        )


def _scores(assessment: Assessment) -> tuple[Exact | None, ...]:
    card = assessment.scorecard
    return card.fit.score, card.intent.score, card.timing.score, assessment.maturity.overall


def _points(assessment: Assessment) -> dict[str, tuple[str, Exact]]:
    """Criterion -> (level, points), then signal -> ("", points)."""
    card = assessment.scorecard
    known = (*card.fit.contributions, *card.timing.contributions)
    criteria: dict[str, tuple[str, Exact]] = {one.criterion: (one.level, one.points) for one in known}
    return criteria | {one.signal: ("", one.points) for one in card.intent.signals}


def reread(response: ResponseEvidence, stored: Mapping[str, object], draft: Survey) -> ResponseEvidence:
    """The response as if the draft had asked: of its stored answers those that the draft can read, none guessed."""
    return replace(response, survey=draft, answers=read_answers(draft, stored)[0])


def dropped_answers(before: ResponseEvidence, after: ResponseEvidence) -> tuple[str, ...]:
    """The items answered on the path of then that have no answer on the path of the draft."""
    return tuple(name for name in before.journey.answers if name not in after.journey.answers)


def unasked_items(before: ResponseEvidence, after: ResponseEvidence) -> tuple[str, ...]:
    """The items that the draft would ask this person and the survey of then did not have."""
    asked = (item.name for question in after.journey.visible if question.asks for item in question.items)
    return tuple(name for name in asked if name not in before.survey.items)


@dataclass(frozen=True, slots=True)
class SurveyEffect:
    """Figures come in pairs: today, and under the draft.

    `moves`: (stage before, stage after, number of leads), most first. `scores_only`: leads that keep their stage and
    get other points. `changed`: both, those with another stage first, then the newest. `dropped` and
    `unasked`: item -> number of leads.
    """

    leads: int
    since: datetime | None
    until: datetime | None
    mqls: tuple[int, int]
    ready: tuple[int, int]
    moves: tuple[tuple[str, str, int], ...]
    scores_only: int
    changed: tuple[RereadLead, ...]
    dropped: Mapping[str, int]
    unasked: Mapping[str, int]


def survey_effect_of(leads: Sequence[RereadLead]) -> SurveyEffect:
    """`leads` in order of arrival."""
    moved = [lead for lead in leads if lead.moves]
    changed = [lead for lead in leads if lead.changes]
    judgements = [(lead.before, lead.after) for lead in leads]
    moments = [lead.before.at for lead in leads]
    # Those that change stage first, each group with the newest first.
    newest_first = changed[::-1]
    ordered = sorted(newest_first, key=lambda lead: not lead.moves)
    return SurveyEffect(
        len(leads), min(moments, default=None), max(moments, default=None),
        count_both(judgements, lambda one: one.verdict.stage in REACHES_MQL), count_both(judgements, is_sql_ready),
        stage_moves(judgements),
        len(changed) - len(moved), tuple(ordered)[:MOST_CHANGES],
        Counter(name for lead in leads for name in lead.dropped),
        Counter(name for lead in leads for name in lead.unasked),
    )  # fmt: skip
