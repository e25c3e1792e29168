"""Thresholds and rules of a policy: MQL, SQL, disqualification, diversion, verification, checklist, domains."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from questionnaire.core.base.authored import Authored, When
from questionnaire.core.base.patterns import Pattern
from questionnaire.core.base.texts import LocalizedText
from questionnaire.core.identity.email_address import in_list
from questionnaire.core.policy.axes import Code

Axis = Literal["fit", "intent", "timing"]


class Signature(Authored):
    role: str
    name: str | None = None
    date: date


class Mql(Authored):
    """The MQL threshold. A hand-raise (a signal in `immediate_on`) makes a lead an MQL whatever its score."""

    total_of: tuple[Axis, ...] = ("fit", "intent")
    threshold: int = Field(ge=0)
    min_fit: int = Field(default=0, ge=0)
    min_intent: int = Field(default=0, ge=0)
    immediate_on: tuple[str, ...] = ()


class Promise(Authored):
    mqls_per_month: int = Field(ge=0)


class Require(Authored):
    fit_grade: Literal["A", "B", "C"] = "A"


class Sql(Authored):
    """The rules of SQL-ready. With more than `max_unchecked` checklist items not met the lead stays an MQL."""

    require: Require = Require()
    mode: Literal["auto", "assisted", "manual"] = "assisted"
    max_unchecked: int = Field(default=2, ge=0)
    review_if: When | None = None
    confirm: tuple[Literal["problem", "budget", "interest", "timeline", "authority"], ...] = ()
    basis: Literal["sales_confirmed", "sql_ready"] = "sales_confirmed"
    promise: Promise | None = None


class Disqualify(Authored):
    when: When
    reason: Code


class Divert(Authored):
    when: When
    to: str
    reason: str | None = None


class Box(Authored):
    """One checklist item. While a blocking item is not met, the lead is never handed to sales."""

    id: Annotated[str, Pattern(r"^[A-Z0-9][A-Z0-9-]{0,19}$", "use capitals, digits and hyphens, such as `FIT-1`")]
    text: LocalizedText
    check: When
    blocking: bool = False


Verification = Literal["company_equals_name"]


class Lists(Authored):
    """Lists of email domains. An entry also covers its subdomains. Besides these four a policy may have its own."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[Code, tuple[str, ...]] = Field(init=False)

    competitors: tuple[str, ...] = ()
    blacklist: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    customers: tuple[str, ...] = ()

    def holding(self, domain: str) -> frozenset[str]:
        """Returns the names of the lists that contain the domain."""
        return frozenset(name for name, domains in self if in_list(domain, domains))

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(name for name, _ in self)


NEGATIVE_LISTS = ("competitors", "partners", "blacklist")
NEGATIVE_FLAGS = ("competitor", "partner")
