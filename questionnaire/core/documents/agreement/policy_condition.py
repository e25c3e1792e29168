"""Conditions of a policy as a sentence: “Region is other and Company size is 1–9”."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from questionnaire.core.base.conditions import All, Condition, Either, Not, Test
from questionnaire.core.base.formats import country_name, language_name, locale_of
from questionnaire.core.base.labels import FACT_VALUES, humanize, stage_name
from questionnaire.core.base.translation import Translator
from questionnaire.core.base.translation import gettext_noop as _
from questionnaire.core.documents.agreement.level_words import level_words
from questionnaire.core.policy import Policy
from questionnaire.core.policy.names import criterion_title, signal_title
from questionnaire.core.scoring.fact_names import fact_in_words

OPERATORS: Mapping[str, str] = {
    "eq": _("%(name)s is %(value)s"), "in": _("%(name)s is one of %(value)s"), "ne": _("%(name)s isn’t %(value)s"),
    "not_in": _("%(name)s is none of %(value)s"), "lt": _("%(name)s is less than %(value)s"),
    "lte": _("%(name)s is at most %(value)s"), "gt": _("%(name)s is more than %(value)s"),
    "gte": _("%(name)s is at least %(value)s"),
}  # fmt: skip
CONTAINS: Mapping[str, str] = {
    "icp": _("%(value)s matches the ideal customer"),
    "domain_in": _("the email domain is on the list %(value)s"),
    "flag": _("an answer is marked %(value)s"),
    "signal": _("the lead %(value)s"),
}
"""Facts that are sets: what it means that they contain something."""
CONTACT: Mapping[str, str] = {
    "country": _("Country"), "phone": _("Phone"), "email": _("Email"), "company": _("Company"), "title": _("Job title"),
    "first_name": _("First name"), "last_name": _("Last name"), "linkedin": _("LinkedIn profile"),
}  # fmt: skip
"""Contact fields that every installation has."""
JOINTS = (_("%(a)s and %(b)s"), _("%(a)s, or %(b)s"))
_YES_OR_NO = (
    ("hand_raise", _("the lead asked for contact"), _("the lead didn’t ask for contact")),
    ("disengaged", _("the lead is disengaged"), _("the lead isn’t disengaged")),
    ("duplicate", _("the lead is a duplicate"), _("the lead is no duplicate")),
    ("customer", _("the company is a customer"), _("the company is no customer")),
    ("negative_signal", _("there is a negative signal"), _("there is no negative signal")),
)
YES: Mapping[str, str] = {fact: sentence for fact, sentence, _opposite in _YES_OR_NO}
NO: Mapping[str, str] = {fact: opposite for fact, _sentence, opposite in _YES_OR_NO}
"""Facts that are true or false, as sentences."""


class PolicyCondition:
    """The words of one policy for its conditions."""

    def __init__(self, policy: Policy, words: Translator) -> None:
        self.policy, self.words = policy, words
        self.locale = locale_of(words.language)

    def text(self, condition: Condition, *, inside: bool = False) -> str:
        if isinstance(condition, Test):
            return self._test(condition)
        if isinstance(condition, Not):
            return self.words("not (%(condition)s)", condition=self.text(condition.part))
        parts = [self.text(part, inside=True) for part in condition.parts]
        joined = self._joined(parts, is_all=isinstance(condition, All))
        return f"({joined})" if inside and len(parts) > 1 and isinstance(condition, Either) else joined

    def sentence(self, condition: Condition | None) -> str:
        """Begins with a capital; “every lead” without a condition."""
        text = self.words("every lead") if condition is None else self.text(condition)
        return text[:1].upper() + text[1:]

    def _joined(self, parts: Sequence[str], *, is_all: bool) -> str:
        text = parts[0] if parts else ""
        for part in parts[1:]:
            text = self.words(JOINTS[not is_all], a=text, b=part)
        return text

    def _test(self, test: Test) -> str:
        if test.operator == "known":
            known = self.words("%(name)s is known") if test.value else self.words("%(name)s isn’t known")
            return known % {"name": self.name(test.name)}
        if test.name in YES and isinstance(test.value, bool):
            return self.words((YES if test.value is (test.operator == "eq") else NO)[test.name])
        values = test.value if isinstance(test.value, tuple) else (test.value,)
        said = self.listed([self.value(test.name, value) for value in values])
        if test.name in CONTAINS and test.operator in ("eq", "in"):
            return self.words(CONTAINS[test.name], value=said)
        operator = {"in": "eq", "not_in": "ne"}.get(test.operator, test.operator) if len(values) < 2 else test.operator
        return self.words(OPERATORS[operator], name=self.name(test.name), value=said)

    def listed(self, values: Sequence[str]) -> str:
        """“a, b or c”."""
        if len(values) < 2:
            return "".join(values)
        return self.words("%(a)s or %(b)s", a=", ".join(values[:-1]), b=values[-1])

    def name(self, name: str) -> str:
        if name in self.policy.criteria:
            return criterion_title(self.policy, name, self.words)
        return self.words(CONTACT[name]) if name in CONTACT else fact_in_words(name, self.words)

    def value(self, name: str, value: Any) -> str:
        text = str(value)
        criterion = self.policy.criteria.get(name)
        if criterion is not None and text in criterion.levels:
            return level_words(self.policy, name, text, self.words)
        if isinstance(value, bool):
            return self.words("yes") if value else self.words("no")
        if name == "country":
            return country_name(text, self.locale)
        if name == "language":
            return language_name(text, self.locale)
        if name == "icp" and text in self.policy.criteria:
            return criterion_title(self.policy, text, self.words)
        if name == "signal" and text in self.policy.intent.signals:
            return signal_title(self.policy, text, self.words)
        if name == "stage":
            return stage_name(text, self.words)
        if name == "account_owner":
            return self.policy.rep_names.get(text, text)
        if text in FACT_VALUES.get(name, {}):
            return self.words(FACT_VALUES[name][text])
        quoted = name in ("flag", "domain_in")
        return self.words("“%(value)s”", value=humanize(text)) if quoted else humanize(text)
