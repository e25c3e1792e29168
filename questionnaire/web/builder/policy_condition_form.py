"""A condition of a policy as a form: criteria with their levels, and the facts that a policy knows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from questionnaire.core.base.conditions import parse
from questionnaire.core.base.labels import FACT_VALUES
from questionnaire.core.base.translation import Translator
from questionnaire.core.documents.agreement.level_words import level_words
from questionnaire.core.documents.agreement.policy_condition import YES, PolicyCondition
from questionnaire.core.editing.condition_groups import UNKNOWN
from questionnaire.core.editing.form_edits import value_at
from questionnaire.core.editing.paths import Path, write_path
from questionnaire.core.policy import Policy
from questionnaire.core.policy.names import criterion_title, signal_title
from questionnaire.web.builder.condition_form import NUMBERS, ConditionForm, build_form
from questionnaire.web.builder.form_fields import field_id
from questionnaire.web.builder.options import Options
from questionnaire.web.builder.policy_fields import PolicyFields

FIGURES = ("fit", "intent", "timing", "total", "strong_signals")
GRADES = ("A", "B", "C")
OFFERED = ("country", "language", "hand_raise", "fit_grade", "fit", "intent", "timing", "total", "signal", "icp",
           "flag", "domain_in", "email_kind", "account_owner", "negative_signal", "customer", "not_now")  # fmt: skip
DECIDED_LATER = frozenset({"fit_grade", "fit", "intent", "timing", "total"})
"""Facts that no condition of a segment may use."""


def policy_condition_form(policy: Policy | None, fields: PolicyFields, path: Path) -> ConditionForm:
    raw = value_at(fields.document, path)
    if policy is None:
        return ConditionForm(write_path(path), field_id("rule", path), str(raw or ""), None, ())
    said = PolicyCondition(policy, fields.words)
    return build_form(
        raw, path, condition_sentence(said, raw), PolicyVocabulary(policy, said, fields.words),
        _offered(policy, said, path), fields.maker.problems_at(path),
    )  # fmt: skip


def condition_sentence(said: PolicyCondition, raw: Any) -> str:
    """What cannot be read is shown as it stands; “Every lead” without a condition."""
    condition, problems = parse(raw) if raw is not None else (None, ())
    return str(raw) if problems else said.sentence(condition)


def _offered(policy: Policy, said: PolicyCondition, path: Path) -> Options:
    criteria = tuple((name, criterion_title(policy, name, said.words)) for name in policy.criteria)
    late = DECIDED_LATER if path[:1] == ("segments",) and path[2:] == ("when",) else frozenset()
    facts = ((name, said.name(name)) for name in OFFERED if name not in late)
    return (*criteria, *((name, label[:1].upper() + label[1:]) for name, label in facts))


@dataclass(frozen=True, slots=True)
class PolicyVocabulary:
    """The names that a condition of a policy can compare."""

    policy: Policy
    sentences: PolicyCondition
    words: Translator

    @property
    def answered(self) -> tuple[str, str]:
        return self.words("is known"), self.words("isn’t known")

    def label(self, name: str) -> str:
        return self.sentences.name(name)

    def choices(self, name: str) -> Options:
        return _choices(self.policy, self.sentences, name)

    def operators(self, name: str, *, is_listed: bool) -> Options:
        if name in YES:
            return (("in", self.words("is")),)
        if name in FIGURES:
            return tuple((one, "") for one in NUMBERS)
        return (("in", ""), ("not_in", ""), ("known", ""), (UNKNOWN, ""))


def _choices(policy: Policy, said: PolicyCondition, name: str) -> Options:
    words = said.words
    if name in policy.criteria:
        return tuple((level, level_words(policy, name, level, words)) for level in policy.criteria[name].levels)
    if name in YES:
        return (("true", words("yes")), ("false", words("no")))
    if name == "fit_grade":
        return tuple((grade, grade) for grade in GRADES)
    if name == "signal":
        return tuple((signal, signal_title(policy, signal, words)) for signal in policy.intent.signals)
    if name == "icp":
        return tuple((criterion, criterion_title(policy, criterion, words)) for criterion in policy.icp)
    if name == "domain_in":
        return tuple((one, one) for one in policy.lists.names)
    if name == "account_owner":
        return tuple(policy.rep_names.items())
    return tuple((value, words(text)) for value, text in FACT_VALUES.get(name, {}).items())
