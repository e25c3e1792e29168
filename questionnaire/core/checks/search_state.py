"""The state of a search: the choices so far and the remaining formula."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from questionnaire.core.base.quantities import Exact
from questionnaire.core.checks.external_facts import Signals
from questionnaire.core.checks.formulas import Formula, holds, literals, settle
from questionnaire.core.checks.numbers import SCORES, Interval, RemainingPoints, axes_of, truth_within
from questionnaire.core.checks.plan import Levels, Live, SearchPlan
from questionnaire.core.policy import Policy
from questionnaire.core.scoring.collect_evidence import NOT_NOW


class State(NamedTuple):
    """`remaining`: undecided formula. `has_not_now`: an answer is "not now". `closed`, `pending`: INTENT so far."""

    at: int
    live: Live
    levels: Levels
    remaining: Formula
    fit: int
    timing: int
    emitted: tuple[str, ...]
    has_not_now: bool
    closed: Exact
    pending: Exact
    strong: int


def sources_of(formula: Formula) -> frozenset[str]:
    return frozenset(literal[1] for literal in literals(formula))


def signals_of(sources: frozenset[str], policy: Policy) -> frozenset[str]:
    """The signals on which these sources depend."""
    if "strong" in sources or "intent" in axes_of(sources, policy):
        return frozenset(policy.intent.signals)
    names = {name.removeprefix("signal:") for name in sources if name.startswith("signal:")}
    return frozenset(names | (set(policy.mql.immediate_on) if "again" in sources else set()))


def flags_of(sources: frozenset[str]) -> frozenset[str]:
    names = {name.removeprefix("flag:") for name in sources if name.startswith("flag:")}
    return frozenset(names | ({NOT_NOW} if sources & {"not_now", "again"} else set()))


class StateReducer:
    """Reduces states: known literals are decided, and values on which nothing depends any more are dropped."""

    def __init__(self, plan: SearchPlan, policy: Policy, signals: Signals, outside: int) -> None:
        self._policy, self._steps, self._outside = policy, len(plan.steps), outside
        self._rest = RemainingPoints(plan, policy)
        self._after = [signals.after(index) for index in range(len(signals.names) + 1)]
        self._sources_cache: dict[Formula, frozenset[str]] = {}

    def sources(self, formula: Formula) -> frozenset[str]:
        sources = self._sources_cache.get(formula)
        if sources is None:
            sources = self._sources_cache[formula] = sources_of(formula)
        return sources

    def reduce(self, state: State, known: Mapping[str, Any]) -> State:
        answers_complete = state.at >= self._steps
        ends = self._ends(state)

        def decide(literal: Formula) -> bool | None:
            source = literal[1]
            if source in known:
                return holds(literal, known[source])
            if source in SCORES:
                return truth_within(literal, ends, self._policy)
            return holds(literal, False) if answers_complete and source.startswith("flag:") else None

        remaining = settle(state.remaining, decide)
        sources = self.sources(remaining)
        axes = axes_of(sources, self._policy)
        relevant = signals_of(sources, self._policy)
        return state._replace(
            remaining=remaining,
            fit=state.fit if "fit" in axes else 0,
            timing=state.timing if "timing" in axes else 0,
            emitted=tuple(signal for signal in state.emitted if signal in relevant),
            has_not_now=state.has_not_now and bool(sources & {"not_now", "again"}),
            closed=state.closed if "intent" in axes else 0,
            pending=state.pending if "intent" in axes else 0,
            strong=state.strong if "strong" in sources else 0,
        )

    def _ends(self, state: State) -> dict[str, Interval]:
        most, strong = self._after[max(state.at - self._steps - self._outside, 0)]
        top = self._policy.intent.max
        return {
            "fit": self._rest.ends("fit", state.at, state.fit),
            "timing": self._rest.ends("timing", state.at, state.timing),
            "intent": (min(state.closed, top), min(state.closed + state.pending + most, top)),
            "strong": (state.strong, state.strong + strong),
        }
