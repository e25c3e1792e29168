"""The search for a respondent for whom a formula is true. "impossible" only after an exhaustive search.

Depth first over the plan, then over external facts. Each step decides some literals. The remaining formula is part of
the state, so that two paths with the same remaining formula are searched once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from typing import Any, TypeAlias

from questionnaire.core.checks.context_formulas import (
    FROM_OUTSIDE,
    SCORES,
    facts_of,
    hidden_facts,
    scores_of,
)
from questionnaire.core.checks.external_facts import Signals
from questionnaire.core.checks.formula_plan import is_email, plan_of
from questionnaire.core.checks.formulas import Formula, sources_of
from questionnaire.core.checks.integer_sums import Points
from questionnaire.core.checks.model import HIDDEN, VALUE
from questionnaire.core.checks.numbers import axes_of
from questionnaire.core.checks.outside_sources import BY_ANSWERS, OutsideSources
from questionnaire.core.checks.policy_formulas import PolicyFormulas
from questionnaire.core.checks.respondents import Respondent
from questionnaire.core.checks.search_state import SearchResult, State, StateReducer, signals_of
from questionnaire.core.scoring.collect_evidence import COMPLETED, NOT_NOW

Pick: TypeAlias = tuple[str, Any]
TAKEN = "claimed:"
"""What precedes the name of a hidden field whose value no personal link brought."""
BUDGET = 3_000
ALONG_BUDGET = 60
OUTSIDE = ("not_now", "again", "email_kind", "duplicate", "customer", "verify", "account_owner")


class Search:
    """The search for one formula over the respondents of one survey. `alone`: only their answers are known of them."""

    def __init__(self, meaning: PolicyFormulas, formula: Formula, *, alone: bool = False) -> None:
        self._policy, self.formula, self._alone = meaning.policy, formula, alone
        sources = sources_of(formula)
        self._signals = Signals(self._policy)
        self._fit = Points(self._policy.fit.criteria, self._policy.fit.max)
        self._timing = Points(self._policy.timing.criteria, self._policy.timing.max)
        self.plan = plan_of(meaning.model, self._policy, formula, sources)
        lists = sorted(name for name in sources if name.startswith("list:"))
        further = sorted(name for name in sources if name.startswith(FROM_OUTSIDE))
        self._outside = [*(name for name in OUTSIDE if name in sources), *lists, *further]
        self._model, self._sources = meaning.model, OutsideSources(meaning.model, self._policy, formula)
        self._moment = meaning.model.moment
        self.is_wide = self.plan.is_wide or any(name.startswith(SCORES) for name in sources)
        """Whether it takes amounts that no answers give, so that an example may be none."""
        self._reducer = StateReducer(self.plan, self._policy, self._signals, len(self._outside))
        self._inexact = not self.plan.exhaustive
        emits = COMPLETED in signals_of(sources, self._policy) and COMPLETED in self._signals.rules
        completed = self._counting((COMPLETED,) if emits else ())
        start = State(0, self.plan.start, (), formula, 0, 0, completed, False, 0, 0, 0)
        known: dict[str, Any] = {f"level:{name}": None for name in self.plan.unmeasured}
        self._start = self._reducer.reduce(start, known | {f"signal:{name}": True for name in completed})

    def run(self, budget: int = BUDGET) -> SearchResult:
        """Searches all respondents."""
        return self._run({}, self._start, budget, inexact=self._inexact)

    def along(self, respondent: Respondent, budget: int = ALONG_BUDGET) -> SearchResult:
        """Searches the facts besides the answers for one respondent."""
        policy, plan = self._policy, self.plan
        names = {variable.name for variable in plan.variables}
        options = {name: option for name, option in respondent.options.items() if name in names}
        levels = {name: respondent.levels.get(name) for name in plan.criteria}
        known = facts_of(self._model, respondent, names, plan.criteria)
        if any(name.startswith(SCORES) for name in self._outside):
            known.update({name: None for name in self._outside if name.startswith(SCORES)})
            known.update(scores_of(self._model, respondent))
        emitted = self._counting(signal for option in options.values() for signal in option.emits)
        email = options.get("email")
        state = self._start._replace(
            at=len(plan.steps),
            live=plan.answered,
            fit=sum(_points(policy.fit.criteria, *pair) for pair in levels.items()),
            timing=sum(_points(policy.timing.criteria, *pair) for pair in levels.items()),
            emitted=tuple(sorted((*self._start.emitted, *emitted))),
            has_not_now=any(NOT_NOW in option.flags for option in options.values()),
            has_mail=email is not None and is_email(email.value),
        )
        answered = respondent.options if self.is_wide else options  # amounts come from other answers too
        picks = {VALUE + name: option.value for name, option in answered.items() if option.value is not None}
        return self._run(picks, self._reducer.reduce(state, known), budget, inexact=True)

    def _run(self, picks: Mapping[str, Any], start: State, budget: int, inexact: bool) -> SearchResult:
        if self._is_solved(start):
            return SearchResult("example", picks, 1)
        trail: list[Pick] = []
        visited: set[State] = {start}
        stack = [] if start.remaining is False else [self._transitions(start)]
        nodes = 1
        while stack:
            move = next(stack[-1], None)
            if move is None:
                stack.pop()
                if trail:
                    trail.pop()
                continue
            nodes += 1
            if nodes > budget:
                return SearchResult("no example found", {}, nodes)
            pick, state = move
            if state.remaining is False or state in visited:
                continue
            visited.add(state)
            trail.append(pick)
            if self._is_solved(state):
                return SearchResult("example", {**picks, **dict(trail)}, nodes)
            stack.append(self._transitions(state))
        return SearchResult("no example found" if inexact or self._inexact else "impossible", {}, nodes)

    def _counting(self, emitted: Iterable[str]) -> tuple[str, ...]:
        """Those signals of answers that still count."""
        return tuple(signal for signal in emitted if signal not in self._moment.silent)

    def _is_solved(self, state: State) -> bool:
        return state.remaining is True and self.plan.is_complete(state.live)

    def _transitions(self, state: State) -> Iterator[tuple[Pick, State]]:
        steps, outside = len(self.plan.steps), len(self._outside)
        if state.at < steps:
            yield from self._answers(state)
        elif not self.plan.is_complete(state.live):
            return
        elif state.at < steps + outside:
            yield from self._external(state, self._outside[state.at - steps])
        else:
            for name in self._signals.names[state.at - steps - outside :][:1]:
                yield from self._signal_counts(state, name)

    def _answers(self, state: State) -> Iterator[tuple[Pick, State]]:
        name = self.plan.steps[state.at].variable.name
        for option, live in self.plan.transitions(state.at, state.live):
            levels, closed = self.plan.update_levels(state.at, state.levels, option)
            emits = self._counting(option.emits)
            known: dict[str, Any] = {VALUE + name: option.value}
            known |= {f"flag:{flag}": True for flag in option.flags} | {f"signal:{signal}": True for signal in emits}
            if self.plan.steps[state.at].variable.kind == HIDDEN:
                known |= hidden_facts(name, option)
            emitted = tuple(sorted((*state.emitted, *emits))) if emits else state.emitted
            has_not_now = state.has_not_now or NOT_NOW in option.flags
            has_mail = state.has_mail or (name == "email" and is_email(option.value))
            source = (TAKEN if option.claimed else VALUE) + name
            after = state._replace(
                at=state.at + 1, live=live, levels=levels, emitted=emitted, has_not_now=has_not_now, has_mail=has_mail
            )
            for final in product(*(self._by_now(*one) for one in closed)):
                yield (source, option.value), self._closed(after, final, known)

    def _by_now(self, criterion: str, level: str | None) -> Iterator[tuple[str, str | None]]:
        return ((criterion, by_now) for by_now in self._moment.levels(criterion, level))

    def _closed(self, after: State, final: Iterable[tuple[str, str | None]], known: Mapping[str, Any]) -> State:
        """The state after an answer with these final levels."""
        fit, timing, facts = after.fit, after.timing, dict(known)
        for criterion, level in final:
            fit = self._fit.close(fit, criterion, level)
            timing = self._timing.close(timing, criterion, level)
            facts[f"level:{criterion}"] = level
        return self._reducer.reduce(after._replace(fit=fit, timing=timing), facts)

    def _external(self, state: State, source: str) -> Iterator[tuple[Pick, State]]:
        after = state._replace(at=state.at + 1)
        if source not in sources_of(state.remaining):
            yield (source, None), self._reducer.reduce(after, {})
            return
        most = 1 if self._alone and source not in BY_ANSWERS else None
        for value in self._sources.values(source, state.emitted, state.has_not_now, state.has_mail)[:most]:
            yield (source, value), self._reducer.reduce(after, {source: value})

    def _signal_counts(self, state: State, name: str) -> Iterator[tuple[Pick, State]]:
        sources = sources_of(state.remaining)
        numbers, strength = "intent" in axes_of(sources, self._policy), "strong" in sources
        emitted = state.emitted.count(name)
        counts: tuple[int, ...] = (emitted,)
        if not self._alone and (numbers or strength or f"signal:{name}" in sources):
            counts = self._signals.counts(name, emitted, numbers, strength)
            counts = (counts[0], *counts[:0:-1])
            self._inexact = self._inexact or (numbers and not self._signals.is_listed(name))
        for count in counts:
            closed, pending = self._signals.add(name, state.closed, state.pending, count) if numbers else (0, 0)
            recent = 0 if name in self._moment.faded else emitted
            for strong in self._signals.strengths(name, recent, count) if strength else (None,):
                after = state._replace(
                    at=state.at + 1, closed=closed, pending=pending, strong=state.strong + bool(strong)
                )
                yield (f"signal:{name}", (count, strong)), self._reducer.reduce(after, {f"signal:{name}": count > 0})


def _points(criteria: Mapping[str, Any], criterion: str, level: str | None) -> int:
    return int(criteria[criterion].points(level)) if level is not None and criterion in criteria else 0
