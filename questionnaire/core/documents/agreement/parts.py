"""The parts of a policy: what each is called, what it does in one sentence, and how the agreement shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from babel import Locale

from questionnaire.core.base.formats import day_text, locale_of
from questionnaire.core.base.translation import Translator
from questionnaire.core.base.translation import gettext_noop as _
from questionnaire.core.documents.agreement.policy_condition import PolicyCondition
from questionnaire.core.policy import Policy


@dataclass(frozen=True, slots=True)
class PolicyPart:
    """`keys` are those of the document that belong to the part; a part without keys shares those of another."""

    name: str
    title: str
    what: str
    keys: tuple[str, ...]


PARTS = (
    PolicyPart("thresholds", _("Thresholds"), _("What a lead needs to move on. Every threshold is inclusive."),
               ("mql", "sql")),
    PolicyPart("fit", _("FIT"), _("How well company and person match the ideal customer."), ("fit",)),
    PolicyPart("intent", _("INTENT"), _("What a lead did lately, and how much each act shows interest."), ("intent",)),
    PolicyPart("timing", _("TIMING"), _("When a lead wants to act, and how long an answer counts."), ("timing",)),
    PolicyPart("titles", _("Title table"), _("Which job titles count as which seniority."), ()),
    PolicyPart("routing", _("Routing"), _("Who gets a lead that is ready. The first rule that matches decides."),
               ("routing", "reps")),
    PolicyPart("sla", _("SLA"), _("How fast each step is done, and what happens when it isn’t."), ("sla",)),
    PolicyPart("calendars", _("Calendars"), _("When the clock of each team runs: hours and holidays."),
               ("calendars",)),
    PolicyPart("reasons", _("Reasons"), _("Why sales may reject a lead, and what happens to it then."),
               ("rejection_reasons",)),
    PolicyPart("rules", _("Exclusions"), _("Who is never handed to sales, and who goes to another team."),
               ("disqualify", "divert", "verify")),
    PolicyPart("checklist", _("Checklist"), _("What is looked at before a lead is SQL-ready."), ("checklist",)),
    PolicyPart("segments", _("Segments"), _("Kinds of leads for which some points or terms are others."),
               ("segments",)),
    PolicyPart("lists", _("Lists"), _("Email domains that rules refer to. A list covers subdomains too."), ("lists",)),
    PolicyPart("kpis", _("KPIs"), _("The range in which each figure is healthy."), ("kpi_bands",)),
    PolicyPart("basics", _("Review and words"), _("When the agreement is reviewed, and whose words reps read."),
               ("review_due", "timezone", "phrases")),
)  # fmt: skip
"""In the order in which they change most often."""


@dataclass(frozen=True, slots=True)
class AgreementTable:
    """`figures` are the columns of numbers. A row may be shorter than the heads."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    figures: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class AgreementPart:
    name: str
    title: str
    what: str
    lines: tuple[str, ...] = ()
    tables: tuple[AgreementTable, ...] = ()


@dataclass(frozen=True)
class PolicySection:
    """What every part is made of."""

    policy: Policy
    words: Translator
    today: date

    @cached_property
    def condition(self) -> PolicyCondition:
        return PolicyCondition(self.policy, self.words)

    @cached_property
    def locale(self) -> Locale:
        return locale_of(self.words.language)

    def day(self, day: date) -> str:
        return day_text(day, self.locale)

    def part(self, name: str, lines: tuple[str, ...] = (), tables: tuple[AgreementTable, ...] = ()) -> AgreementPart:
        known = next(part for part in PARTS if part.name == name)
        shown = tuple(table for table in tables if table.rows)
        return AgreementPart(name, self.words(known.title), self.words(known.what), lines, shown)
