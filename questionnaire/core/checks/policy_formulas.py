"""Conditions of policy and survey as formulas: each name in a condition becomes the source of a literal.

Sources: `value:<name>` (answer or field), `level:<criterion>`, `signal:<name>`, `flag:<name>`, `list:<name>`, the
numbers `fit timing intent total strong`, `fit_grade label not_now email_kind account_owner`, the truths `duplicate
customer verify again`, and those of a response (core/checks/context_formulas).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from copy import copy

from questionnaire.core.base.conditions import FACTS, Condition, Either, Test, evaluate, same
from questionnaire.core.checks.context_formulas import context_formula, is_of_response
from questionnaire.core.checks.formulas import Formula, at_least, conj, disj, first_match, lit, neg, truth_of
from questionnaire.core.checks.model import CALCULATED, CONTACT, HIDDEN, ITEM, Model
from questionnaire.core.policy import Policy
from questionnaire.core.policy.agreement import NEGATIVE_FLAGS, NEGATIVE_LISTS

SETS = {"signal": "signal", "flag": "flag", "domain_in": "list"}
TRUTHS = ("hand_raise", "disengaged", "negative_signal", "duplicate", "customer")
YES = Test("x", "eq", True)


class PolicyFormulas:
    """Converts the conditions of one policy and one survey to formulas.

    Of a policy with segments, one is searched at a time: `segment` (None: no segment) is that of `base`, and only those
    for whom `premise` is true are in it.
    """

    def __init__(
        self, model: Model, policy: Policy, base: Policy | None = None, segment: str | None = None,
        premise: Formula = True,
    ) -> None:  # fmt: skip
        self.model, self.policy = model, policy
        self.base, self.segment, self.premise = base or policy, segment, premise
        self._verdicts: list[tuple[Formula, str, str | None]] = []
        flags = {flag for variable in model.variables for flag in variable.flags}
        self._members = {
            "signal": tuple(policy.intent.signals), "flag": tuple(sorted(flags)),
            "domain_in": policy.lists.names,
        }  # fmt: skip

    def of(self, model: Model) -> PolicyFormulas:
        """The same conditions over another model of the survey: judged at another moment, or with fixed answers."""
        other = copy(self)
        other.model, other._verdicts = model, []
        return other

    def rule(self, condition: Condition | None, truth: bool = True, stage: bool = False) -> Formula:
        """The formula of a policy condition. With `stage` it may depend on the stage of the assessment."""
        if condition is None:
            return True
        return truth_of(condition, truth, lambda test, want: self._rule(test, want, stage))

    def step(self, condition: Condition | None) -> Formula:
        """The formula of a condition of the report. A name is a question, else a fact, a field, or of a response."""
        return True if condition is None else truth_of(condition, True, self._step)

    def _rule(self, test: Test, want: bool, stage: bool) -> Formula:
        name = test.name
        if name in self.policy.criteria:
            return lit(f"level:{name}", test, want)
        if name in FACTS:
            return self._fact(test, want, stage)
        if name.startswith("answer."):
            return self._value(test, want, (ITEM,), name.removeprefix("answer."))
        contact = self.model.by_name.get(name)
        if is_of_response(name) and (contact is None or contact.kind != CONTACT):
            return context_formula(self.model, test, want)
        return self._value(test, want, (CONTACT,), name)

    def _step(self, test: Test, want: bool) -> Formula:
        variable = self.model.by_name.get(test.name)
        if test.name in FACTS and (variable is None or variable.kind != ITEM):
            return self._fact(test, want, True)
        if variable is None and is_of_response(test.name):
            return context_formula(self.model, test, want)
        return self._value(test, want, (CONTACT, HIDDEN, ITEM, CALCULATED), test.name)

    def _value(self, test: Test, want: bool, kinds: Iterable[str], name: str) -> Formula:
        variable = self.model.by_name.get(name)
        if variable is None or variable.kind not in kinds:
            return evaluate(test, {}) is want
        return lit(f"value:{name}", test, want)

    def _fact(self, test: Test, want: bool, stage: bool) -> Formula:
        name = test.name
        if name in ("stage", "reason"):
            return self._stage(test, want) if stage else evaluate(test, {}) is want
        if name == "icp":
            return self._icp(test, want)
        if name in SETS:
            return self._set(test, want)
        if name in TRUTHS:
            formula = self.truth(name)
            yes, no = (evaluate(test, {name: value}) is want for value in (True, False))
            return disj((conj((formula, yes)), conj((neg(formula), no))))
        return lit("strong" if name == "strong_signals" else name, test, want)

    def truth(self, name: str) -> Formula:
        signals = self.policy.intent.signals
        if name == "hand_raise":
            return disj(self._has("signal", signal) for signal in self.policy.mql.immediate_on if signal in signals)
        if name == "disengaged":
            return disj(self._has("signal", signal) for signal, rule in signals.items() if rule.disengagement)
        if name == "negative_signal":
            flags = (self._has("flag", flag) for flag in NEGATIVE_FLAGS if flag in self._members["flag"])
            return disj((*flags, *(self._has("list", name) for name in NEGATIVE_LISTS)))
        return lit(name, YES, True)

    def _has(self, kind: str, member: str) -> Formula:
        return lit(f"{kind}:{member}", YES, True)

    def _set(self, test: Test, want: bool) -> Formula:
        if test.operator == "known":
            return (test.value is True) is want
        if test.operator not in ("eq", "in", "ne", "not_in"):
            return False
        values = test.value if isinstance(test.value, tuple) else (test.value,)
        shared = disj(
            self._has(SETS[test.name], member)
            for member in self._members[test.name]
            if any(same(member, value) for value in values)
        )
        return shared if (test.operator in ("eq", "in")) is want else neg(shared)

    def _icp(self, test: Test, want: bool) -> Formula:
        """`icp: x` compares the level of criterion x with its `icp`. It is unknown while that level is unknown."""
        if test.operator == "known":
            return (test.value is True) is want
        if test.operator not in ("eq", "in", "ne", "not_in"):
            return False
        criteria = {str(value) for value in (test.value if isinstance(test.value, tuple) else (test.value,))}
        inside = Either(tuple(Test(name, "in", icp) for name, icp in self.policy.icp.items() if name in criteria))
        among = (test.operator in ("eq", "in")) is want
        return truth_of(inside, among, lambda comparison, truth: lit(f"level:{comparison.name}", comparison, truth))

    def _stage(self, test: Test, want: bool) -> Formula:
        def is_wanted(stage: str, reason: str | None) -> bool:
            return evaluate(test, {"stage": stage, "reason": reason}) is want

        return self.verdict(is_wanted)

    def verdict(self, is_wanted: Callable[[str, str | None], bool]) -> Formula:
        """The formula of "the verdict is one of those wanted". The order is that of `verdict.decide`."""
        self._verdicts = self._verdicts or self._chain()
        chain = [(condition, is_wanted(stage, reason)) for condition, stage, reason in self._verdicts]
        return first_match(chain, is_wanted("sql_ready", None))

    def _chain(self) -> list[tuple[Formula, str, str | None]]:
        policy, sql, mql = self.policy, self.policy.sql, self.policy.mql
        recent, hand = lit("not_now", Test("x", "eq", "recent"), True), self.truth("hand_raise")
        hand_raise_after = lit("again", YES, True) if policy.timing.not_now.hand_raise_after == "review" else False
        reached = conj((
            lit("total", Test("x", "gte", mql.threshold), True),
            lit("fit", Test("x", "gte", mql.min_fit), True),
            lit("intent", Test("x", "gte", mql.min_intent), True),
        ))  # fmt: skip
        checked = [self.rule(box.check) for box in policy.checklist]
        blocking = (neg(check) for box, check in zip(policy.checklist, checked, strict=True) if box.blocking)
        good = tuple("ABC"[: "ABC".index(sql.require.fit_grade) + 1])
        chain: list[tuple[Formula, str, str | None]] = [
            *((self.rule(rule.when), "disqualified", rule.reason) for rule in policy.disqualify),
            *((self.rule(rule.when), "diverted", rule.reason) for rule in policy.divert),
            (conj((recent, hand, hand_raise_after)), "review", "not_now_hand_raise"),
            (recent, "nurture", "not_now"),
            (conj((neg(self.enough()), hand)), "review", "incomplete_hand_raise"),
            (neg(self.enough()), "lead", "incomplete"),
            (conj((neg(hand), neg(reached))), "nurture", "below_threshold"),
            (lit("verify", YES, True) if policy.verify else False, "review", "inconsistent"),
            (neg(lit("fit_grade", Test("x", "in", good), True)), "mql", "fit_not_good"),
            (disj(blocking), "mql", "blocked"),
            (neg(at_least(len(checked) - sql.max_unchecked, checked)), "mql", "open_boxes"),
        ]
        if sql.mode != "auto":
            chain.append((neg(conj(checked)), "review", "open_boxes"))
        chain.append((False if sql.review_if is None else self.rule(sql.review_if), "review", "high_value"))
        return [*chain, (sql.mode == "manual", "review", "manual")]

    def enough(self) -> Formula:
        """The formula of FIT completeness: enough groups of criteria are known."""
        completeness = self.policy.fit.completeness
        known = Test("x", "known", True)
        groups = [disj(lit(f"level:{name}", known, True) for name in group) for group in completeness.of]
        needed = -(-completeness.minimum * len(groups) // 1)
        return at_least(int(needed), groups)
