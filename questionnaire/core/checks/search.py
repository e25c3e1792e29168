"""The search for a respondent for whom a formula is true. "impossible" only after an exhaustive search.

Depth first over the plan, then over external facts. Each step decides some literals. The remaining formula is part of
the state, so that two paths with the same remaining formula are searched once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from questionnaire.core.base.conditions import Test
from questionnaire.core.checks.external_facts import FREE, Signals, owners
from questionnaire.core.checks.findings import Proved
from questionnaire.core.checks.formulas import Formula, literals
from questionnaire.core.checks.model import Model, Option
from questionnaire.core.checks.numbers import axes_of
from questionnaire.core.checks.plan import SOME, SearchPlan
from questionnaire.core.checks.policy_formulas import PolicyFormulas
from questionnaire.core.checks.search_state import State, StateReducer, flags_of, signals_of, sources_of
from questionnaire.core.identity.email_address import canonical_email
from questionnaire.core.policy import Policy
from questionnaire.core.scoring.collect_evidence import COMPLETED, NOT_NOW

Pick: TypeAlias = tuple[str, Any]
BUDGET = 4_000
OUTSIDE = ("not_now", "again", "email_kind", "duplicate", "customer", "verify", "account_owner")


@dataclass(frozen=True, slots=True)
class SearchResult:
    """`choices`: source -> value along the path. `nodes`: the cost of the search."""

    outcome: Proved
    choices: Mapping[str, Any] = field(default_factory=dict)
    nodes: int = 0


class Search:
    """The search for one formula over the respondents of one survey."""

    def __init__(self, meaning: PolicyFormulas, formula: Formula) -> None:
        self._policy = meaning.policy
        sources = sources_of(formula)
        self._signals = Signals(self._policy)
        self.plan = _plan(meaning.model, self._policy, formula, sources)
        lists = sorted(name for name in sources if name.startswith("list:"))
        self._outside = [*(name for name in OUTSIDE if name in sources), *lists]
        self._owners = [literal[3] for literal in literals(formula) if literal[1] == "account_owner"]
        self._reducer = StateReducer(self.plan, self._policy, self._signals, len(self._outside))
        self._inexact = not self.plan.exhaustive
        completed = COMPLETED in signals_of(sources, self._policy) and COMPLETED in self._signals.rules
        start = State(0, (), (), formula, 0, 0, (COMPLETED,) if completed else (), False, 0, 0, 0)
        known: dict[str, Any] = {f"level:{name}": None for name in self.plan.unmeasured}
        self._start = self._reducer.reduce(start, known | ({f"signal:{COMPLETED}": True} if completed else {}))

    def run(self, budget: int = BUDGET) -> SearchResult:
        if self._is_solved(self._start):
            return SearchResult("example", {}, 1)
        trail: list[Pick] = []
        visited: set[State] = {self._start}
        stack = [] if self._start.remaining is False else [self._transitions(self._start)]
        nodes = 0
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
                return SearchResult("example", dict(trail), nodes)
            stack.append(self._transitions(state))
        return SearchResult("no example found" if self._inexact else "impossible", {}, nodes)

    def _is_solved(self, state: State) -> bool:
        return state.remaining is True and (not self.plan.needs_some or SOME in state.live)

    def _transitions(self, state: State) -> Iterator[tuple[Pick, State]]:
        steps, outside = len(self.plan.steps), len(self._outside)
        if state.at < steps:
            yield from self._answers(state)
        elif self.plan.needs_some and SOME not in state.live:
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
            known: dict[str, Any] = {
                f"value:{name}": option.value,
                **{f"level:{criterion}": level for criterion, level in closed},
            }
            known |= {f"flag:{flag}": True for flag in option.flags} | {
                f"signal:{signal}": True for signal in option.emits
            }
            fit, timing = state.fit, state.timing
            for criterion, level in closed:
                fit = min(fit + _points(self._policy.fit.criteria, criterion, level), self._policy.fit.max)
                timing = min(timing + _points(self._policy.timing.criteria, criterion, level), self._policy.timing.max)
            emitted = tuple(sorted((*state.emitted, *option.emits))) if option.emits else state.emitted
            has_not_now = state.has_not_now or NOT_NOW in option.flags
            after = State(state.at + 1, live, levels, state.remaining, fit, timing, emitted, has_not_now, 0, 0, 0)
            yield (f"value:{name}", option.value), self._reducer.reduce(after, known)

    def _external(self, state: State, source: str) -> Iterator[tuple[Pick, State]]:
        after = state._replace(at=state.at + 1)
        if source not in self._reducer.sources(state.remaining):
            yield (source, None), self._reducer.reduce(after, {})
            return
        for value in self._values(source, state):
            yield (source, value), self._reducer.reduce(after, {source: value})

    def _values(self, source: str, state: State) -> tuple[Any, ...]:
        if source == "not_now" and state.has_not_now:
            return ("recent",)
        if source == "again" and state.has_not_now:
            return (any(signal in self._policy.mql.immediate_on for signal in state.emitted),)
        if source == "account_owner":
            flat = (value if isinstance(value, tuple) else (value,) for value in self._owners)
            return tuple(owners(owner for values in flat for owner in values))
        if source == "email_kind" or source.startswith("list:"):
            mail = dict(state.live).get("email")
            if mail is None or canonical_email(str(mail)) is None:
                return (None,) if source == "email_kind" else (False,)
        return FREE.get(source, (False, True))

    def _signal_counts(self, state: State, name: str) -> Iterator[tuple[Pick, State]]:
        sources = self._reducer.sources(state.remaining)
        numbers, strength = "intent" in axes_of(sources, self._policy), "strong" in sources
        emitted = state.emitted.count(name)
        counts: tuple[int, ...] = (emitted,)
        if numbers or strength or f"signal:{name}" in sources:
            counts = self._signals.counts(name, emitted, numbers, strength)
            counts = (counts[0], *counts[:0:-1])
            self._inexact = self._inexact or (numbers and self._signals.rules[name].decay is not None)
        for count in counts:
            closed, pending = self._signals.add(name, state.closed, state.pending, count) if numbers else (0, 0)
            for strong in self._signals.strengths(name, emitted, count) if strength else (None,):
                after = state._replace(
                    at=state.at + 1, closed=closed, pending=pending, strong=state.strong + bool(strong)
                )
                yield (f"signal:{name}", (count, strong)), self._reducer.reduce(after, {f"signal:{name}": count > 0})


def _plan(model: Model, policy: Policy, formula: Formula, sources: frozenset[str]) -> SearchPlan:
    """Returns the plan of the variables on which a formula depends, with the features of answers that matter."""
    axes = axes_of(sources, policy)
    criteria = {name.removeprefix("level:") for name in sources if name.startswith("level:")}
    criteria |= set(policy.fit.criteria) if "fit" in axes else set()
    criteria |= set(policy.timing.criteria) if "timing" in axes else set()
    mail = {"email"} if any(name == "email_kind" or name.startswith("list:") for name in sources) else set()
    signals, flags = signals_of(sources, policy), flags_of(sources)
    names = {name.removeprefix("value:") for name in sources if name.startswith("value:")} | mail
    names |= {
        variable.name
        for variable in model.variables
        if any(option.flags & flags or signals.intersection(option.emits) for option in variable.options)
    }

    def shows(option: Option) -> Any:
        mailed = canonical_email(str(option.value)) is not None if mail else None
        return tuple(signal for signal in option.emits if signal in signals), option.flags & flags, mailed

    comparisons = [literal for literal in literals(formula) if literal[1].startswith("value:")]
    compared = {Test(literal[1].removeprefix("value:"), literal[2], literal[3]) for literal in comparisons}
    return SearchPlan(model, names, criteria, (), shows, compared, mail)


def _points(criteria: Mapping[str, Any], criterion: str, level: str | None) -> int:
    return int(criteria[criterion].points(level)) if level is not None and criterion in criteria else 0
