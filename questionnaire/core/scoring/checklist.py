"""The SQL-ready checklist: each box checked, open or unknown, with its evidence. Unknown counts as open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

from questionnaire.core.base.conditions import FACTS, Members, Test, judge
from questionnaire.core.base.quantities import half_up
from questionnaire.core.base.texts import LocalizedText, listed
from questionnaire.core.base.translation import ENGLISH, Translator, gettext_noop
from questionnaire.core.policy import Policy
from questionnaire.core.scoring.evidence import ANSWER, CONTACT, HIDDEN, IMPORT, Evidence

State = Literal["checked", "open", "unknown"]
_SOURCES: Mapping[str, str] = {
    ANSWER: gettext_noop("answer %(fact)s"),
    CONTACT: gettext_noop("contact field %(fact)s"),
    HIDDEN: gettext_noop("hidden field %(fact)s"),
    IMPORT: gettext_noop("import %(fact)s"),
}
_FACTS: Mapping[str, str] = {
    "stage": gettext_noop("stage"),
    "reason": gettext_noop("reason"),
    "fit_grade": gettext_noop("FIT grade"),
    "label": gettext_noop("label"),
    "fit": gettext_noop("FIT"),
    "intent": gettext_noop("INTENT"),
    "timing": gettext_noop("TIMING"),
    "total": gettext_noop("total"),
    "hand_raise": gettext_noop("contact request"),
    "signal": gettext_noop("signal"),
    "strong_signals": gettext_noop("strong signals"),
    "disengaged": gettext_noop("disengaged"),
    "duplicate": gettext_noop("duplicate"),
    "customer": gettext_noop("customer"),
    "not_now": gettext_noop("not now"),
    "email_kind": gettext_noop("email type"),
    "domain_in": gettext_noop("domain on list"),
    "flag": gettext_noop("flag"),
    "negative_signal": gettext_noop("negative signal"),
    "account_owner": gettext_noop("account owner"),
}
_VALUES: Mapping[str, str] = {
    "never": gettext_noop("never"),
    "recent": gettext_noop("recent"),
    "past": gettext_noop("past"),
    "business": gettext_noop("business"),
    "free": gettext_noop("personal (free)"),
    "disposable": gettext_noop("disposable"),
}
_STATES: Mapping[bool | None, State] = {True: "checked", False: "open", None: "unknown"}


THE_ELEVEN = (
    gettext_noop("Company matches the ICP"),
    gettext_noop("Contact is decision-maker or influencer"),
    gettext_noop("No negative signal (competitor, partner, blocklist)"),
    gettext_noop("At least one strong INTENT signal"),
    gettext_noop("No recent unsubscribe or disengagement"),
    gettext_noop("INTENT reaches the SQL threshold"),
    gettext_noop("Project or need mentioned"),
    gettext_noop('No recent "not now"'),
    gettext_noop("Valid work email"),
    gettext_noop("Phone or LinkedIn available"),
    gettext_noop("No duplicate in the CRM"),
)
"""The boxes nearly every policy has, in the words of the field. Written so, they are said in every language."""


@dataclass(frozen=True, slots=True)
class Ticked:
    """One box of one lead. `grounds` are the facts that decided it, by name; `evidence` says them in one line."""

    id: str
    text: LocalizedText
    state: State
    evidence: str
    blocking: bool
    grounds: tuple[tuple[str, str], ...] = ()

    def say(self, words: Translator) -> str:
        """The box in a reader's language."""
        text = self.text.say(words.language)
        return words(text) if text in THE_ELEVEN else text

    @property
    def is_open(self) -> bool:
        return self.state != "checked"


def tick(
    policy: Policy, evidence: Evidence, facts: Mapping[str, Any], words: Translator = ENGLISH
) -> tuple[Ticked, ...]:
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
    policy: Policy, evidence: Evidence, facts: Mapping[str, Any], test: Test, words: Translator
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


def _criterion(policy: Policy, evidence: Evidence, name: str, words: Translator) -> str:
    item = evidence.known.get(name)
    if item is not None:
        source = words(_SOURCES[item.kind], fact=item.source.removeprefix(f"{item.kind} "))
        level = item.level.replace("_", " ")
        return words("%(name)s: %(level)s (%(source)s)", name=name.replace("_", " "), level=level, source=source)
    lapsed = evidence.stale.get(name)
    if lapsed is not None:
        day = lapsed.at.astimezone(policy.zone).date().isoformat()
        return words("%(name)s: answered on %(day)s, expired", name=name.replace("_", " "), day=day)
    return words("%(name)s: unknown", name=name.replace("_", " "))


def plain(value: Any, words: Translator = ENGLISH, name: str = "") -> str:
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
