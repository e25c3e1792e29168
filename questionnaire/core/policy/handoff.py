"""The handoff part of a policy: routing, SLA terms, reps, rejection reasons and KPI bands."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from questionnaire.core.base.authored import Authored, When, mistake
from questionnaire.core.base.durations import SlaTime
from questionnaire.core.base.patterns import Pattern
from questionnaire.core.base.quantities import Period, Share
from questionnaire.core.policy.axes import Code
from questionnaire.core.survey.questions import Slug

RepId = Annotated[
    str, Pattern(r"^[a-z0-9][a-z0-9_.-]{0,59}$", "use lower-case letters, digits, `.`, `_` and `-`, such as `lena`")
]


class Queue(Authored):
    """The queue of a lead that no rule or rep takes. `notify` names who is notified."""

    name: str
    notify: str = "manager"


class Target(Authored):
    """Whom a routing rule assigns: exactly one of a pool, a rep, or the account owner."""

    pool: str | None = None
    rep: str | None = None
    owner: Literal["account"] | None = None

    def model_post_init(self, context: Any) -> None:
        if sum(value is not None for value in (self.pool, self.rep, self.owner)) != 1:
            raise mistake("assign", "name one of `pool`, `rep` or `owner`", "write `assign: {pool: dach}`")


class Rule(Authored):
    id: Slug
    when: When | None = None
    assign: Target


class Member(Authored):
    """A rep in a pool. `weight` is the share of round-robin turns, `max_open` the maximum of open leads.

    While some member who can take the lead speaks one of its `languages`, only these take part in the turn.
    """

    rep: str
    weight: int = Field(default=1, ge=1, le=100)
    max_open: int | None = Field(default=None, ge=1)
    senior: bool = False
    languages: tuple[str, ...] = ()
    backup: bool = False


class Routing(Authored):
    """`skip_on_holiday`: a rep takes no leads on a holiday of their calendar, as if absent."""

    default_queue: Queue | None = None
    rules: tuple[Rule, ...] = ()
    pools: dict[str, tuple[Member, ...]] = Field(default_factory=dict)
    skip_on_holiday: bool = False


class SlaTerm(Authored):
    """The time allowed for leads that match `when`; without `when`, for every lead."""

    when: When | None = None
    within: SlaTime


class OnBreach(Authored):
    notify: str | None = None
    after: SlaTime | None = None
    reassign: Literal["next_in_pool", "manager", "queue"] | None = None


class Sla(Authored):
    assign_within: SlaTime | None = None
    first_contact: tuple[SlaTerm, ...] = Field(min_length=1)
    review_within: SlaTime | None = None
    feedback_within: SlaTime | None = None
    warn_at: tuple[Share, ...] = ()
    on_breach: tuple[OnBreach, ...] = ()
    max_reassignments: int = Field(default=2, ge=0)


class Rep(Authored):
    id: RepId
    name: str
    email: str
    calendar: str = "default"
    role: Literal["rep", "manager"] = "rep"


class Consequence(Authored):
    """The effect of a rejection: disqualify, merge, review, nurture for a period, or divert."""

    do: Literal["disqualify", "merge", "review", "nurture", "divert"]
    nurture: Period | None = None
    divert: str | None = None
    set: Literal["not_now"] | None = None


def _consequence(raw: Any) -> Any:
    if isinstance(raw, str):
        return {"do": raw}
    if isinstance(raw, dict) and "do" not in raw:
        if "nurture" not in raw and "divert" not in raw:
            hint = "write `disqualify`, `merge`, `review`, `{nurture: P3M}` or `{divert: account_owner}`"
            raise mistake("consequence", "this does not say what happens then", hint)
        return {**raw, "do": "nurture" if "nurture" in raw else "divert"}
    return raw


class Needs(Authored):
    attempts: int = Field(ge=1)


class RejectionReason(Authored):
    code: Code
    then: Annotated[Consequence, BeforeValidator(_consequence)]
    needs: Needs | None = None


class Bands(Authored):
    red_below: Share | None = None
    low_below: Share | None = None
    sweet: tuple[Share, Share] | None = None
    high_above: Share | None = None
    target: tuple[Share, Share] | None = None


class Segments(Authored):
    mid_market: tuple[Share, Share] | None = None
    enterprise_named: tuple[Share, Share] | None = None


class Days(Authored):
    target: tuple[int, int]
    broken_above: int | None = None


class KpiBands(Authored):
    mql_to_sql: Bands | None = None
    sql_to_opportunity: Bands | None = None
    mql_to_customer: Segments | None = None
    days_mql_to_sql: Days | None = None
    days_sql_to_opportunity: Days | None = None
    min_sample: int = Field(default=30, ge=1)
