"""What is searched of the moments at which respondents may be judged: that of finishing, and the later ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from questionnaire.core.checks.formula_plan import criteria_of
from questionnaire.core.checks.formulas import Formula, sources_of
from questionnaire.core.checks.moments import ON_FINISHING, Moment
from questionnaire.core.checks.policy_formulas import PolicyFormulas
from questionnaire.core.checks.respondents import Respondent, Respondents
from questionnaire.core.checks.score_ranges import ScoreRanges
from questionnaire.core.checks.search_state import signals_of
from questionnaire.core.checks.settled_facts import SettledFacts


@dataclass(frozen=True, slots=True)
class JudgedMoment:
    """What is searched of one moment: the conditions, what is certain, and respondents to try first."""

    moment: Moment
    meaning: PolicyFormulas
    facts: SettledFacts
    people: tuple[Respondent, ...]
    journeys: Respondents


class JudgedMoments:
    """The moments of one policy. Each is prepared when a search first comes to it."""

    def __init__(self, meaning: PolicyFormulas, ranges: ScoreRanges, people: Sequence[Respondent]) -> None:
        self._meaning, self._ranges, self._people = meaning, ranges, people
        self._prepared: dict[int, JudgedMoment] = {}
        self.finishing = self._at(ON_FINISHING)

    def together(self, formula: Formula) -> JudgedMoment | None:
        """All later moments in one; None when a formula is then as on finishing."""
        moment = self._ranges.some_later
        if self._effect(formula, moment) == self._effect(formula, ON_FINISHING):
            return None
        return self._at(moment)

    def later(self, formula: Formula) -> Iterator[JudgedMoment]:
        """The later moments at which a formula may come out differently, one of those that are alike for it."""
        seen = {self._effect(formula, ON_FINISHING)}
        for moment in self._ranges.later:
            effect = self._effect(formula, moment)
            if effect not in seen:
                seen.add(effect)
                yield self._at(moment)

    def _effect(self, formula: Formula, moment: Moment) -> object:
        policy, sources = self._meaning.policy, sources_of(formula)
        strength, not_now = "strong" in sources, not sources.isdisjoint(("not_now", "again"))
        return moment.effect_on(criteria_of(sources, policy), signals_of(sources, policy), strength, not_now)

    def _at(self, moment: Moment) -> JudgedMoment:
        if id(moment) not in self._prepared:
            meaning = self._meaning.of(self._meaning.model.judged_at(moment))
            people = tuple(Respondent(meaning.model, one.options) for one in self._people)
            fit, timing = self._ranges.limits_at(moment)
            facts = SettledFacts(meaning.policy, meaning.model, fit, timing)
            journeys = self._ranges.people.judged_at(moment)
            self._prepared[id(moment)] = JudgedMoment(moment, meaning, facts, people, journeys)
        return self._prepared[id(moment)]
