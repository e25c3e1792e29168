"""Where a search stands: what was given so far, and what is left of the formula to be decided."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from questionnaire.core.base.quantities import Exact
from questionnaire.core.checks.external_facts import Signals
from questionnaire.core.checks.formulas import Formula, holds, literals, settle
from questionnaire.core.checks.numbers import SCORES, Ends, Rest, scored, settled
from questionnaire.core.checks.plan import Levels, Live, SearchPlan
from questionnaire.core.policy import Policy
from questionnaire.core.scoring.collect_evidence import NOT_NOW


class State(NamedTuple):
    """`left`: what is still to be decided. `said`: an answer said "not now". `closed`, `pending`: INTENT so far."""

    at: int
    live: Live
    levels: Levels
    left: Formula
    fit: int
    timing: int
    emitted: tuple[str, ...]
    said: bool
    closed: Exact
    pending: Exact
    strong: int


def sources_of(formula: Formula) -> frozenset[str]:
    return frozenset(literal[1] for literal in literals(formula))


def signals_of(sources: frozenset[str], policy: Policy) -> frozenset[str]:
    """The signals on which these sources hang."""
    if "strong" in sources or "intent" in scored(sources, policy):
        return frozenset(policy.intent.signals)
    named = {name.removeprefix("signal:") for name in sources if name.startswith("signal:")}
    return frozenset(named | (set(policy.mql.immediate_on) if "again" in sources else set()))


def flags_of(sources: frozenset[str]) -> frozenset[str]:
    named = {name.removeprefix("flag:") for name in sources if name.startswith("flag:")}
    return frozenset(named | ({NOT_NOW} if sources & {"not_now", "again"} else set()))


class Ledger:
    """Keeps states small: what is known is settled, what nothing hangs on any more is forgotten."""

    def __init__(self, plan: SearchPlan, policy: Policy, signals: Signals, outside: int) -> None:
        self._policy, self._steps, self._outside = policy, len(plan.steps), outside
        self._rest = Rest(plan, policy)
        self._after = [signals.after(index) for index in range(len(signals.names) + 1)]
        self._known: dict[Formula, frozenset[str]] = {}

    def sources(self, formula: Formula) -> frozenset[str]:
        found = self._known.get(formula)
        if found is None:
            found = self._known[formula] = sources_of(formula)
        return found

    def reduced(self, state: State, known: Mapping[str, Any]) -> State:
        asked = state.at >= self._steps
        ends = self._ends(state)

        def decide(literal: Formula) -> bool | None:
            source = literal[1]
            if source in known:
                return holds(literal, known[source])
            if source in SCORES:
                return settled(literal, ends, self._policy)
            return holds(literal, False) if asked and source.startswith("flag:") else None

        left = settle(state.left, decide)
        sources = self.sources(left)
        axes = scored(sources, self._policy)
        relevant = signals_of(sources, self._policy)
        return state._replace(
            left=left,
            fit=state.fit if "fit" in axes else 0,
            timing=state.timing if "timing" in axes else 0,
            emitted=tuple(one for one in state.emitted if one in relevant),
            said=state.said and bool(sources & {"not_now", "again"}),
            closed=state.closed if "intent" in axes else 0,
            pending=state.pending if "intent" in axes else 0,
            strong=state.strong if "strong" in sources else 0,
        )

    def _ends(self, state: State) -> dict[str, Ends]:
        most, strong = self._after[max(state.at - self._steps - self._outside, 0)]
        top = self._policy.intent.max
        return {
            "fit": self._rest.ends("fit", state.at, state.fit),
            "timing": self._rest.ends("timing", state.at, state.timing),
            "intent": (min(state.closed, top), min(state.closed + state.pending + most, top)),
            "strong": (state.strong, state.strong + strong),
        }
