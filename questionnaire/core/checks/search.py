"""The search for a respondent of whom a formula holds; "impossible" only when every one was walked.

Depth first over the plan, then over what comes from outside. Each step settles some literals; what is left of the
formula belongs to the state, so that two ways which leave the same to be decided are walked once.
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
from questionnaire.core.checks.numbers import scored
from questionnaire.core.checks.plan import SOME, SearchPlan
from questionnaire.core.checks.policy_formulas import Meaning
from questionnaire.core.checks.search_state import Ledger, State, flags_of, signals_of, sources_of
from questionnaire.core.identity.email_address import canonical_email
from questionnaire.core.policy import Policy
from questionnaire.core.scoring.collect_evidence import COMPLETED, NOT_NOW

Pick: TypeAlias = tuple[str, Any]
BUDGET = 4_000
OUTSIDE = ("not_now", "again", "email_kind", "duplicate", "customer", "verify", "account_owner")


@dataclass(frozen=True, slots=True)
class SearchResult:
    """`picks`: source -> value along the way; `nodes`: what the search cost."""

    said: Proved
    picks: Mapping[str, Any] = field(default_factory=dict)
    nodes: int = 0


class Search:
    """One formula about the respondents of one survey."""

    def __init__(self, meaning: Meaning, formula: Formula) -> None:
        self._policy = meaning.policy
        sources = sources_of(formula)
        self._signals = Signals(self._policy)
        self.plan = _plan(meaning.model, self._policy, formula, sources)
        lists = sorted(name for name in sources if name.startswith("list:"))
        self._outside = [*(name for name in OUTSIDE if name in sources), *lists]
        self._owners = [one[3] for one in literals(formula) if one[1] == "account_owner"]
        self._ledger = Ledger(self.plan, self._policy, self._signals, len(self._outside))
        self._loose = not self.plan.whole
        completed = COMPLETED in signals_of(sources, self._policy) and COMPLETED in self._signals.rules
        start = State(0, (), (), formula, 0, 0, (COMPLETED,) if completed else (), False, 0, 0, 0)
        known: dict[str, Any] = {f"level:{name}": None for name in self.plan.unmeasured}
        self._start = self._ledger.reduced(start, known | ({f"signal:{COMPLETED}": True} if completed else {}))

    def run(self, budget: int = BUDGET) -> SearchResult:
        if self._done(self._start):
            return SearchResult("example", {}, 1)
        trail: list[Pick] = []
        seen: set[State] = {self._start}
        stack = [] if self._start.left is False else [self._moves(self._start)]
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
            if state.left is False or state in seen:
                continue
            seen.add(state)
            trail.append(pick)
            if self._done(state):
                return SearchResult("example", dict(trail), nodes)
            stack.append(self._moves(state))
        return SearchResult("no example found" if self._loose else "impossible", {}, nodes)

    def _done(self, state: State) -> bool:
        return state.left is True and (not self.plan.needs_some or SOME in state.live)

    def _moves(self, state: State) -> Iterator[tuple[Pick, State]]:
        steps, outside = len(self.plan.steps), len(self._outside)
        if state.at < steps:
            yield from self._answers(state)
        elif self.plan.needs_some and SOME not in state.live:
            return
        elif state.at < steps + outside:
            yield from self._brought(state, self._outside[state.at - steps])
        else:
            for name in self._signals.names[state.at - steps - outside :][:1]:
                yield from self._seen(state, name)

    def _answers(self, state: State) -> Iterator[tuple[Pick, State]]:
        name = self.plan.steps[state.at].variable.name
        for option, live in self.plan.moves(state.at, state.live):
            levels, closed = self.plan.leveled(state.at, state.levels, option)
            known: dict[str, Any] = {f"value:{name}": option.value, **{f"level:{one}": level for one, level in closed}}
            known |= {f"flag:{flag}": True for flag in option.flags} | {f"signal:{one}": True for one in option.emits}
            fit, timing = state.fit, state.timing
            for one, level in closed:
                fit = min(fit + _points(self._policy.fit.criteria, one, level), self._policy.fit.max)
                timing = min(timing + _points(self._policy.timing.criteria, one, level), self._policy.timing.max)
            emitted = tuple(sorted((*state.emitted, *option.emits))) if option.emits else state.emitted
            said = state.said or NOT_NOW in option.flags
            after = State(state.at + 1, live, levels, state.left, fit, timing, emitted, said, 0, 0, 0)
            yield (f"value:{name}", option.value), self._ledger.reduced(after, known)

    def _brought(self, state: State, source: str) -> Iterator[tuple[Pick, State]]:
        after = state._replace(at=state.at + 1)
        if source not in self._ledger.sources(state.left):
            yield (source, None), self._ledger.reduced(after, {})
            return
        for value in self._values(source, state):
            yield (source, value), self._ledger.reduced(after, {source: value})

    def _values(self, source: str, state: State) -> tuple[Any, ...]:
        if source == "not_now" and state.said:
            return ("recent",)
        if source == "again" and state.said:
            return (any(signal in self._policy.mql.immediate_on for signal in state.emitted),)
        if source == "account_owner":
            spread = (value if isinstance(value, tuple) else (value,) for value in self._owners)
            return tuple(owners(one for values in spread for one in values))
        if source == "email_kind" or source.startswith("list:"):
            mail = dict(state.live).get("email")
            if mail is None or canonical_email(str(mail)) is None:
                return (None,) if source == "email_kind" else (False,)
        return FREE.get(source, (False, True))

    def _seen(self, state: State, name: str) -> Iterator[tuple[Pick, State]]:
        sources = self._ledger.sources(state.left)
        numbers, strength = "intent" in scored(sources, self._policy), "strong" in sources
        emitted = state.emitted.count(name)
        counts: tuple[int, ...] = (emitted,)
        if numbers or strength or f"signal:{name}" in sources:
            counts = self._signals.counts(name, emitted, numbers, strength)
            counts = (counts[0], *counts[:0:-1])
            self._loose = self._loose or (numbers and self._signals.rules[name].decay is not None)
        for count in counts:
            closed, pending = self._signals.add(name, state.closed, state.pending, count) if numbers else (0, 0)
            for strong in self._signals.strengths(name, emitted, count) if strength else (None,):
                after = state._replace(
                    at=state.at + 1, closed=closed, pending=pending, strong=state.strong + bool(strong)
                )
                yield (f"signal:{name}", (count, strong)), self._ledger.reduced(after, {f"signal:{name}": count > 0})


def _plan(model: Model, policy: Policy, formula: Formula, sources: frozenset[str]) -> SearchPlan:
    """The variables a formula depends on, and what of their answers matters to it."""
    axes = scored(sources, policy)
    criteria = {name.removeprefix("level:") for name in sources if name.startswith("level:")}
    criteria |= set(policy.fit.criteria) if "fit" in axes else set()
    criteria |= set(policy.timing.criteria) if "timing" in axes else set()
    mail = {"email"} if any(name == "email_kind" or name.startswith("list:") for name in sources) else set()
    signals, flags = signals_of(sources, policy), flags_of(sources)
    wanted = {name.removeprefix("value:") for name in sources if name.startswith("value:")} | mail
    wanted |= {
        one.name
        for one in model.variables
        if any(option.flags & flags or signals.intersection(option.emits) for option in one.options)
    }

    def shows(option: Option) -> Any:
        mailed = canonical_email(str(option.value)) is not None if mail else None
        return tuple(one for one in option.emits if one in signals), option.flags & flags, mailed

    named = [one for one in literals(formula) if one[1].startswith("value:")]
    compared = {Test(one[1].removeprefix("value:"), one[2], one[3]) for one in named}
    return SearchPlan(model, wanted, criteria, (), shows, compared, mail)


def _points(criteria: Mapping[str, Any], criterion: str, level: str | None) -> int:
    return int(criteria[criterion].points(level)) if level is not None and criterion in criteria else 0
