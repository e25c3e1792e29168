"""The SQL-ready checklist: each box checked, open or unknown, with its evidence. Unknown counts as open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

from questionnaire.core.base.conditions import FACTS, Members, Test, judge
from questionnaire.core.base.labels import CHECKLIST, FACT_VALUES, label
from questionnaire.core.base.quantities import half_up
from questionnaire.core.base.texts import LocalizedText, listed
from questionnaire.core.base.translation import ENGLISH, Translator, gettext_noop
from questionnaire.core.policy import Policy
from questionnaire.core.policy.names import criterion_title, level_title
from questionnaire.core.scoring.evidence import ANSWER, CALCULATED, CONTACT, HIDDEN, IMPORT, Evidence
from questionnaire.core.scoring.fact_names import fact_in_words

State = Literal["checked", "open", "unknown"]
_SOURCES: Mapping[str, str] = {
    ANSWER: gettext_noop("answer %(fact)s"), CONTACT: gettext_noop("contact field %(fact)s"),
    HIDDEN: gettext_noop("hidden field %(fact)s"), IMPORT: gettext_noop("import %(fact)s"),
    CALCULATED: gettext_noop("calculated %(fact)s"),
}  # fmt: skip
_STATES: Mapping[bool | None, State] = {True: "checked", False: "open", None: "unknown"}


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
        return words(CHECKLIST[text]) if text in CHECKLIST else text

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
            text = plain(facts.get(name), words, name)
            yield name, words("%(name)s: %(text)s", name=fact_in_words(name, words), text=text)


def _criterion(policy: Policy, evidence: Evidence, name: str, words: Translator) -> str:
    item, called = evidence.known.get(name), criterion_title(policy, name, words)
    if item is not None:
        source = words(_SOURCES[item.kind], fact=item.source.removeprefix(f"{item.kind} "))
        level = level_title(policy, name, item.level, words)
        return words("%(name)s: %(level)s (%(source)s)", name=called, level=level, source=source)
    lapsed = evidence.stale.get(name)
    if lapsed is not None:
        day = lapsed.at.astimezone(policy.zone).date().isoformat()
        return words("%(name)s: answered on %(day)s, expired", name=called, day=day)
    return words("%(name)s: unknown", name=called)


def plain(value: Any, words: Translator = ENGLISH, name: str = "") -> str:
    """A fact as a person reads it."""
    if value is None:
        return words("none") if FACTS.get(name) == "set" else words("unknown")
    if isinstance(value, bool):
        said = words("yes") if value else words("no")
        return label(FACT_VALUES[name], str(value), words) if value and name in FACT_VALUES else said
    if isinstance(value, Fraction):
        return str(half_up(value))
    if isinstance(value, Members):
        return ", ".join(sorted(value.sure)) or words("none")
    if isinstance(value, frozenset | tuple):
        return ", ".join(sorted(map(str, value))) or words("none")
    return label(FACT_VALUES[name], str(value), words) if name in FACT_VALUES else str(value)
