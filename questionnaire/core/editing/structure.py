"""The one table of what names something in a document and what mentions it.

A new key of an authored value that holds a name, a condition or a formula gets its place here; a test compares this
table with the schemas. Texts need no place: their placeholders are found in every text of a survey.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

Kind = Literal[
    "answer", "row", "choice", "choice_set", "page", "dimension", "ending", "consent", "block", "content_block",
    "criterion", "level", "signal", "group", "list", "rule", "pool", "rep", "calendar", "box", "segment", "code",
    "case",
]  # fmt: skip
"""What can have a name. Questions, contact fields, hidden fields and calculated values share the names of answers."""


@dataclass(frozen=True, slots=True)
class Mention:
    """One name, or a list of names."""

    kind: Kind


@dataclass(frozen=True, slots=True)
class Items:
    """A list whose items are named by their `key`. `mentions`: the items are named after something else."""

    kind: Kind
    key: str
    part: Mapping[str, Part] = field(default_factory=dict)
    mentions: bool = False


@dataclass(frozen=True, slots=True)
class Names:
    """A mapping whose keys are names; with `mentions` they are names of something that is defined elsewhere."""

    kind: Kind
    part: Part = None
    mentions: bool = False


@dataclass(frozen=True, slots=True)
class Each:
    """A list without names, or a mapping whose keys name nothing."""

    part: Part


@dataclass(frozen=True, slots=True)
class Choices:
    """Choices of a question: a list of them, the name of a choice set, or a set with changes."""

    items: Items


@dataclass(frozen=True, slots=True)
class CaseAnswers:
    """Answers in a case: name -> value."""


Part: TypeAlias = (
    None | Literal["condition", "formula", "words"] | Mention | Items | Names | Each | Choices | CaseAnswers
    | Mapping[str, "Part"]
)  # fmt: skip
"""What is known of a place. `words` are texts whose braces hold values of the product, not names of the survey."""

CHOICE: Mapping[str, Part] = {"show_if": "condition", "level": Mention("level"), "emits": Mention("signal")}
CHOICES = Items("choice", "value", CHOICE)
ROWS = Items(
    "row", "name",
    {"dimension": Mention("dimension"), "show_if": "condition", "advice": Names("choice", mentions=True)},
)  # fmt: skip
QUESTION: Mapping[str, Part] = {
    "show_if": "condition", "dimension": Mention("dimension"), "criterion": Mention("criterion"),
    "choices": Choices(CHOICES), "rows": ROWS,
}  # fmt: skip
WHEN: Part = Each({"when": "condition"})

SURVEY: Mapping[str, Part] = {
    "hidden_fields": Items("answer", "name", {"criterion": Mention("criterion")}),
    "dimensions": Items("dimension", "name", {"dimensions": Items("dimension", "name")}),
    "choice_sets": Names("choice_set", CHOICES),
    "pages": Items("page", "name", {"show_if": "condition", "questions": Items("answer", "name", QUESTION)}),
    "endings": Items("ending", "name", {"when": "condition"}),
    "calculated": Items(
        "answer", "name",
        {"formula": "formula", "criterion": Mention("criterion"),
         "cases": Each({"when": "condition", "formula": "formula"})},
    ),
    "contact": {
        "fields": Items("answer", "name", QUESTION),
        "consents": Items("consent", "name", {"show_if": "condition"}),
    },
    "report": {
        "figures": Mention("answer"),
        "dimensions": Names("dimension", mentions=True),
        "next_step": Each({"when": "condition", "block": Mention("block")}),
        "blocks": Names("block"),
        "benchmark": {"group_by": Mention("answer")},
        "content_blocks": Items("content_block", "id", {"when": "condition"}),
    },
    "wording": "words",
}  # fmt: skip

LEVELS: Mapping[str, Part] = {
    "levels": Names("level"),
    "icp": Mention("level"),
    "bands": Names("level", mentions=True),
    "countries": Names("level", mentions=True),
}
CRITERIA = Names("criterion", LEVELS)
CHANGEABLE: Mapping[str, Part] = {
    "fit": {"criteria": CRITERIA, "completeness": {"of": Mention("criterion")}},
    "intent": {"groups": Names("group"), "signals": Names("signal", {"group": Mention("group")})},
    "timing": {"criteria": CRITERIA},
    "mql": {"immediate_on": Mention("signal")},
    "sql": {"review_if": "condition"},
    "disqualify": WHEN,
    "divert": WHEN,
    "checklist": Items("box", "id", {"check": "condition"}),
    "routing": {
        "default_queue": {"notify": Mention("rep")},
        "rules": Items("rule", "id", {"when": "condition", "assign": {"pool": Mention("pool"), "rep": Mention("rep")}}),
        "pools": Names("pool", Items("rep", "rep", mentions=True)),
    },
    "sla": {"first_contact": WHEN, "on_breach": Each({"notify": Mention("rep")})},
}
"""The keys of a policy that a segment may change."""
CHANGED_LEVELS: Mapping[str, Part] = {**LEVELS, "levels": Names("level", mentions=True)}
MENTIONED: Mapping[str, Part] = {
    "fit": {
        "criteria": Names("criterion", CHANGED_LEVELS, mentions=True),
        "completeness": {"of": Mention("criterion")},
    },
    "timing": {"criteria": Names("criterion", CHANGED_LEVELS, mentions=True)},
    "intent": {
        "groups": Names("group", mentions=True),
        "signals": Names("signal", {"group": Mention("group")}, mentions=True),
    },
}
"""In a segment the same keys name what the policy has."""
POLICY: Mapping[str, Part] = {
    **CHANGEABLE,
    "lists": Names("list"),
    "calendars": Names("calendar"),
    "reps": Items("rep", "id", {"calendar": Mention("calendar")}),
    "rejection_reasons": Items("code", "code"),
    "segments": Items("segment", "id", {**CHANGEABLE, **MENTIONED, "when": "condition"}),
}

ANSWERS: Mapping[str, Part] = {
    "answers": CaseAnswers(),
    "hidden": Names("answer", mentions=True),
    "claims": Names("answer", mentions=True),
}
CASES: Mapping[str, Part] = {
    "cases": Items("case", "name", {
        **ANSWERS,
        "contact": CaseAnswers(),
        "responses": Each(ANSWERS),
        "signals": Each({"name": Mention("signal")}),
        "history": {"owner": Mention("rep"), "account_owner": Mention("rep")},
        "expect": {
            "fit": {"contributions": Each({"criterion": Mention("criterion")})},
            "timing": {"contributions": Each({"criterion": Mention("criterion")})},
            "intent": {"groups": Each({"group": Mention("group")}), "signals": Each({"signal": Mention("signal")})},
            "calculated": Names("answer", mentions=True),
            "segment": Mention("segment"),
            "open": Mention("box"),
            "route": {"rule": Mention("rule"), "pool": Mention("pool"), "rep": Mention("rep")},
            "maturity": {"dimensions": Names("dimension", mentions=True), "order": Mention("dimension")},
            "next_step": Mention("block"),
            "content_blocks": Mention("block"),
            "ending": Mention("ending"),
        },
    }),
}  # fmt: skip

STRUCTURES: Mapping[str, Mapping[str, Part]] = {"survey": SURVEY, "policy": POLICY, "cases": CASES}


CHANGED_CHOICES: Mapping[str, Part] = {"set": Mention("choice_set"), "with": Names("choice", CHOICE, mentions=True)}


def below(part: Part, step: str | int, container: object) -> Part:
    """What is known of the place one step below `container`, of which `part` is known."""
    if isinstance(part, Choices):
        part = part.items if isinstance(container, list) else CHANGED_CHOICES
    if isinstance(part, Items | Names | Each):
        return part.part
    return part.get(str(step)) if isinstance(part, Mapping) else None
