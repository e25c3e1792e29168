"""The SQL-ready checklist: each box checked, open or unknown, with its evidence. Unknown counts as open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

from questionnaire.core.base.conditions import FACTS, Members, Test, judge
from questionnaire.core.base.quantities import half_up
from questionnaire.core.base.texts import Text, listed
from questionnaire.core.base.translation import ENGLISH, Words, later
from questionnaire.core.policy import Policy
from questionnaire.core.scoring.evidence import ANSWER, CONTACT, HIDDEN, IMPORT, Evidence

State = Literal["checked", "open", "unknown"]
_SOURCES: Mapping[str, str] = {
    ANSWER: later("answer %(fact)s"), CONTACT: later("contact %(fact)s"), HIDDEN: later("hidden %(fact)s"),
    IMPORT: later("import %(fact)s"),
}  # fmt: skip
_FACTS: Mapping[str, str] = {
    "stage": later("stage"), "reason": later("reason"), "fit_grade": later("fit grade"), "label": later("label"),
    "fit": later("fit"), "intent": later("intent"), "timing": later("timing"), "total": later("total"),
    "hand_raise": later("hand raise"), "signal": later("signal"), "strong_signals": later("strong signals"),
    "disengaged": later("disengaged"), "duplicate": later("duplicate"), "customer": later("customer"),
    "not_now": later("not now"), "email_kind": later("email kind"), "domain_in": later("domain in"),
    "flag": later("flag"), "negative_signal": later("negative signal"), "account_owner": later("account owner"),
}  # fmt: skip
_VALUES: Mapping[str, str] = {
    "never": later("never"), "recent": later("recent"), "past": later("past"),
    "business": later("business"), "free": later("free"), "disposable": later("disposable"),
}  # fmt: skip
_STATES: Mapping[bool | None, State] = {True: "checked", False: "open", None: "unknown"}


THE_ELEVEN = (
    later("Company matches the ICP"),
    later("Contact is decision-maker or influencer"),
    later("No negative signal (competitor, partner, blacklist)"),
    later("At least one strong INTENT signal"),
    later("No recent unsubscribe or disengagement"),
    later("INTENT reaches the SQL threshold"),
    later("Project or need mentioned"),
    later('No recent "not now"'),
    later("Valid professional e-mail"),
    later("Phone or LinkedIn available"),
    later("No duplicate in the CRM"),
)
"""The boxes nearly every policy has, in the words of the field. Written so, they are said in every language."""


@dataclass(frozen=True, slots=True)
class Ticked:
    """One box of one lead. `grounds` are the facts that decided it, by name; `evidence` says them in one line."""

    id: str
    text: Text
    state: State
    evidence: str
    blocking: bool
    grounds: tuple[tuple[str, str], ...] = ()

    def say(self, words: Words) -> str:
        """The box in a reader's language."""
        text = self.text.say(words.language)
        return words(text) if text in THE_ELEVEN else text

    @property
    def is_open(self) -> bool:
        return self.state != "checked"


def tick(policy: Policy, evidence: Evidence, facts: Mapping[str, Any], words: Words = ENGLISH) -> tuple[Ticked, ...]:
    """Every box of the policy's checklist."""
    boxes: list[Ticked] = []
    for box in policy.checklist:
        truth, tests = judge(box.check, facts)
        grounds = dict(ground for test in tests for ground in _grounds(policy, evidence, facts, test, words))
        said = listed(grounds.values(), words.language)
        boxes.append(Ticked(box.id, box.text, _STATES[truth], said, box.blocking, tuple(grounds.items())))
    return tuple(boxes)


def open_boxes(boxes: tuple[Ticked, ...]) -> tuple[Ticked, ...]:
    return tuple(box for box in boxes if box.is_open)


def _grounds(
    policy: Policy, evidence: Evidence, facts: Mapping[str, Any], test: Test, words: Words
) -> Iterator[tuple[str, str]]:
    """What a comparison rests on: the name of each criterion or fact, and what is known of it."""
    wanted = test.value if isinstance(test.value, tuple) else (test.value,)
    names = [str(name) for name in wanted] if test.name == "icp" else [test.name]
    for name in names:
        if name in policy.criteria:
            yield name, _criterion(policy, evidence, name, words)
        else:
            called = words(_FACTS[name]) if name in _FACTS else name.replace("_", " ")
            yield name, words("%(name)s: %(text)s", name=called, text=plain(facts.get(name), words, name))


def _criterion(policy: Policy, evidence: Evidence, name: str, words: Words) -> str:
    item = evidence.known.get(name)
    if item is not None:
        source = words(_SOURCES[item.kind], fact=item.source.removeprefix(f"{item.kind} "))
        level = item.level.replace("_", " ")
        return words("%(name)s: %(level)s (%(source)s)", name=name.replace("_", " "), level=level, source=source)
    lapsed = evidence.stale.get(name)
    if lapsed is not None:
        day = lapsed.at.astimezone(policy.zone).date().isoformat()
        return words("%(name)s: declared on %(day)s, out of date", name=name.replace("_", " "), day=day)
    return words("%(name)s: unknown", name=name.replace("_", " "))


def plain(value: Any, words: Words = ENGLISH, name: str = "") -> str:
    """A fact as a person reads it."""
    if value is None:
        return words("none") if FACTS.get(name) == "set" else words("unknown")
    if isinstance(value, bool):
        return words("yes") if value else words("no")
    if isinstance(value, Fraction):
        return str(half_up(value))
    if isinstance(value, Members):
        return ", ".join(sorted(value.sure)) or words("none")
    if isinstance(value, frozenset | tuple):
        return ", ".join(sorted(map(str, value))) or words("none")
    return words(_VALUES[value]) if name in ("not_now", "email_kind") and value in _VALUES else str(value)
