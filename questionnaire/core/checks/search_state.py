"""The state of a search (the choices so far and the remaining formula) and its result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from questionnaire.core.base.quantities import Exact
from questionnaire.core.checks.external_facts import Signals
from questionnaire.core.checks.findings import Proved
from questionnaire.core.checks.formulas import Formula, Node, known_truth, settle, sources_of
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
    has_mail: bool = False


@dataclass(frozen=True, slots=True)
class SearchResult:
    """`choices`: source -> value along the path. `nodes`: the cost of the search."""

    outcome: Proved
    choices: Mapping[str, Any] = field(default_factory=dict)
    nodes: int = 0


class Relevance(NamedTuple):
    """What an undecided formula depends on: axes, signals, a "not now", the number of strong signals, the email."""

    axes: frozenset[str]
    signals: frozenset[str]
    not_now: bool
    strong: bool
    mail: bool


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
        self._truths = plan.model.truths
        self._limited: dict[tuple[Any, ...], bool | None] = {}
        self._facts: dict[frozenset[str], Relevance] = {}

    def relevance(self, sources: frozenset[str]) -> Relevance:
        """What a formula with these sources depends on."""
        found = self._facts.get(sources)
        if found is None:
            signals = signals_of(sources, self._policy)
            mail = any(name == "email_kind" or name.startswith("list:") for name in sources)
            now = bool(sources & {"not_now", "again"})
            found = Relevance(axes_of(sources, self._policy), signals, now, "strong" in sources, mail)
            self._facts[sources] = found
        return found

    def reduce(self, state: State, known: Mapping[str, Any]) -> State:
        answers_complete = state.at >= self._steps
        ends = self._ends(state)

        def decide(literal: Node) -> bool | None:
            source = literal.source
            if source in known:
                return known_truth(self._truths, literal, known[source])
            if source in SCORES:
                return self._within(literal, ends)
            if answers_complete and source.startswith("flag:"):
                return known_truth(self._truths, literal, False)
            return None

        among = None if answers_complete else SCORES.union(known)
        remaining = settle(state.remaining, decide, among)
        facts = self.relevance(sources_of(remaining))
        return state._replace(
            remaining=remaining,
            fit=state.fit if "fit" in facts.axes else 0,
            timing=state.timing if "timing" in facts.axes else 0,
            emitted=tuple(signal for signal in state.emitted if signal in facts.signals),
            has_not_now=state.has_not_now and facts.not_now,
            closed=state.closed if "intent" in facts.axes else 0,
            pending=state.pending if "intent" in facts.axes else 0,
            strong=state.strong if facts.strong else 0,
            has_mail=state.has_mail and facts.mail,
        )

    def _within(self, literal: Node, ends: dict[str, Interval]) -> bool | None:
        key = (literal, *ends.values())
        if key not in self._limited:
            self._limited[key] = truth_within(literal, ends, self._policy)
        return self._limited[key]

    def _ends(self, state: State) -> dict[str, Interval]:
        least, most, strong = self._after[max(state.at - self._steps - self._outside, 0)]
        top = self._policy.intent.max
        low, high = state.closed + min(state.pending, 0) + least, state.closed + max(state.pending, 0) + most
        return {
            "fit": self._rest.ends("fit", state.at, state.fit),
            "timing": self._rest.ends("timing", state.at, state.timing),
            "intent": (max(0, min(low, top)), max(0, min(high, top))),
            "strong": (state.strong, state.strong + strong),
        }
