"""Checks of a policy's rules: pools, reps, calendars, lists, names in conditions, order of rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from questionnaire.core.base.conditions import Condition, tests
from questionnaire.core.base.problems import Where, did_you_mean
from questionnaire.core.base.roles import Role
from questionnaire.core.checks.check_context import check_unknown_context, is_context
from questionnaire.core.checks.check_segments import policies_of
from questionnaire.core.checks.findings import Notes
from questionnaire.core.checks.scopes import NameType, check_order, compare, of_facts, place
from questionnaire.core.policy import Policy
from questionnaire.core.policy.agreement import NEGATIVE_LISTS, Lists
from questionnaire.core.policy.handoff import Rule
from questionnaire.core.survey.contact import FIELD_LABELS

RECIPIENT_ROLES = (*map(str, Role), "owner")
SETTLED = ("stage", "reason")


def conditions_of(policy: Policy) -> list[tuple[Where, Condition]]:
    """Returns every condition of the policy with its path."""
    optional: list[tuple[Where, Condition | None]] = [
        *((("segments", index, "when"), segment.when) for index, segment in enumerate(policy.segments)),
        *((("disqualify", index, "when"), rule.when) for index, rule in enumerate(policy.disqualify)),
        *((("divert", index, "when"), rule.when) for index, rule in enumerate(policy.divert)),
        (("sql", "review_if"), policy.sql.review_if),
        *((("checklist", index, "check"), box.check) for index, box in enumerate(policy.checklist)),
        *((("routing", "rules", index, "when"), rule.when) for index, rule in enumerate(policy.routing.rules)),
        *((("sla", "first_contact", index, "when"), term.when) for index, term in enumerate(policy.sla.first_contact)),
    ]
    return [(where, condition) for where, condition in optional if condition is not None]


def scope_of(policy: Policy, fields: Mapping[str, NameType], answers: Mapping[str, NameType]) -> dict[str, NameType]:
    """Returns the names that conditions of the policy may use: criteria, else contact fields, else facts."""
    levels = {
        name: NameType("word", frozenset(criterion.levels), f"a level of `{name}`", is_level=True)
        for name, criterion in policy.criteria.items()
    }
    usual = {name: NameType("text") for name in FIELD_LABELS}
    return {
        **usual,
        **fields,
        **of_facts(policy),
        **levels,
        **{f"answer.{name}": type_ for name, type_ in answers.items()},
    }


def check_rules(notes: Notes, policy: Policy) -> None:
    check_order(notes, ("routing", "rules"), [rule.when for rule in policy.routing.rules])
    check_order(notes, ("sla", "first_contact"), [term.when for term in policy.sla.first_contact])
    _check_routing(notes, policy)
    _check_people(notes, policy)
    _check_lists(notes, policy)
    _check_duplicates(notes, ("routing", "rules"), "id", [rule.id for rule in policy.routing.rules])
    _check_duplicates(notes, ("checklist",), "id", [box.id for box in policy.checklist])
    _check_duplicates(notes, ("reps",), "id", [rep.id for rep in policy.reps])
    _check_duplicates(notes, ("rejection_reasons",), "code", [reason.code for reason in policy.rejection_reasons])
    for where, condition in conditions_of(policy):
        for test in tests(condition) if where[0] not in ("routing", "sla") else ():
            if test.name in SETTLED and where[0] != "segments":
                notes.error("fact_too_early", place(where, test), f"`{test.name}` is not decided yet here",
                            "use it in routing, in `sla` or in a next step")  # fmt: skip


def check_names(notes: Notes, policy: Policy, scope: Mapping[str, NameType], complete: bool) -> None:
    """Checks the names in conditions. Without a survey (`complete` is False) an unknown name may be a contact field."""
    for where, condition in conditions_of(policy):
        for test in tests(condition):
            if test.name in scope or test.name in SETTLED:
                continue
            at = place(where, test)
            if is_context(test.name):
                check_unknown_context(notes, at, test.name, scope, complete)
                continue
            if test.name.startswith("answer."):
                if complete:
                    questions = [name.removeprefix("answer.") for name in scope if name.startswith("answer.")]
                    name = test.name.removeprefix("answer.")
                    notes.warning("unknown_question", at, f"no survey asks `{name}`",
                                  did_you_mean(name, questions, "use the name of a question"))  # fmt: skip
                continue
            near = did_you_mean(test.name, scope, "use a criterion, a contact field or a fact")
            if complete or near.startswith("did"):
                notes.error("unknown_name", at, f"there is no criterion, contact field or fact `{test.name}`", near)
        compare(notes, where, condition, scope)


def _check_duplicates(notes: Notes, where: Where, key: str, ids: Sequence[str]) -> None:
    for index, id in enumerate(ids):
        if id in ids[:index]:
            notes.error("duplicate_name", (*where, index, key), f"the name `{id}` stands twice", "give it its own name")


def _check_routing(notes: Notes, policy: Policy) -> None:
    routing, reps = policy.routing, [rep.id for rep in policy.reps]
    for index, rule in enumerate(routing.rules):
        where: Where = ("routing", "rules", index, "assign")
        if rule.assign.pool is not None and rule.assign.pool not in routing.pools:
            notes.error("unknown_pool", (*where, "pool"), f"there is no pool `{rule.assign.pool}`",
                        did_you_mean(rule.assign.pool, routing.pools, "add it under `pools`"))  # fmt: skip
        if rule.assign.rep is not None and rule.assign.rep not in reps:
            notes.error("unknown_rep", (*where, "rep"), f"there is no rep `{rule.assign.rep}`",
                        did_you_mean(rule.assign.rep, reps, "add the rep under `reps`"))  # fmt: skip
    for name, members in routing.pools.items():
        at: Where = ("routing", "pools", name)
        if not members:
            notes.error("empty_pool", at, f"the pool `{name}` has no members", "write `[{rep: …}]`")
        for index, member in enumerate(members):
            if member.rep not in reps:
                notes.error("unknown_rep", (*at, index, "rep"), f"there is no rep `{member.rep}`",
                            did_you_mean(member.rep, reps, "add the rep under `reps`"))  # fmt: skip
        _check_duplicates(notes, at, "rep", [member.rep for member in members])
        if name not in {rule.assign.pool for rule in routing.rules}:
            notes.warning("unused_pool", at, f"no rule assigns to the pool `{name}`", "name it in a rule, or remove it")
    if routing.default_queue is None and not any(_matches_every_lead(rule) for rule in routing.rules):
        notes.warning("no_default_queue", ("routing",), "a lead that no rule takes waits nowhere",
                      "add `default_queue: {name: inbound, notify: manager}`")  # fmt: skip


def _matches_every_lead(rule: Rule) -> bool:
    return rule.when is None and rule.assign.owner is None


def _check_people(notes: Notes, policy: Policy) -> None:
    for index, rep in enumerate(policy.reps):
        if rep.calendar not in policy.calendars:
            notes.error("unknown_calendar", ("reps", index, "calendar"), f"there is no calendar `{rep.calendar}`",
                        did_you_mean(rep.calendar, policy.calendars, "add it under `calendars`"))  # fmt: skip
    if "default" not in policy.calendars:
        notes.error("unknown_calendar", ("calendars",), "there is no calendar `default`; queues run on it",
                    "add `default: {timezone: …, hours: …}`")  # fmt: skip
    for index, step in enumerate(policy.sla.on_breach):
        where: Where = ("sla", "on_breach", index)
        if step.notify is not None:
            _check_recipient(notes, (*where, "notify"), policy, step.notify)
        if step.reassign == "next_in_pool" and not policy.routing.pools:
            notes.warning("idle_breach", (*where, "reassign"), "there is no pool to take the next from",
                          "write `reassign: manager`")  # fmt: skip
        if step.reassign == "manager":
            _check_recipient(notes, (*where, "reassign"), policy, "manager")
    if policy.routing.default_queue is not None:
        _check_recipient(notes, ("routing", "default_queue", "notify"), policy, policy.routing.default_queue.notify)
    if all(term.when is not None for term in policy.sla.first_contact):
        notes.warning("sla_gap", ("sla", "first_contact"), "some leads are promised nothing",
                      "add a last term without `when`")  # fmt: skip


def _check_recipient(notes: Notes, where: Where, policy: Policy, who: str) -> None:
    if who == "manager" and policy.reps and not any(rep.role == "manager" for rep in policy.reps):
        notes.warning("no_manager", where, "no rep is a manager, so nobody is told", "write `role: manager` at a rep")
    known = {*RECIPIENT_ROLES, *(rep.id for rep in policy.reps)}
    if who not in known and "@" not in who:
        notes.error("unknown_rep", where, f"nobody is called `{who}`", did_you_mean(who, known, "write `manager`"))


def _check_lists(notes: Notes, policy: Policy) -> None:
    used_lists = {name for segment in policies_of(policy) for name in _values(segment, "domain_in")}
    conditions = [condition for segment in policies_of(policy) for _, condition in conditions_of(segment)]
    used = {test.name for condition in conditions for test in tests(condition)}
    for name, domains in policy.lists:
        if domains and name not in used_lists and not ("negative_signal" in used and name in NEGATIVE_LISTS):
            near = "" if name in Lists.model_fields else did_you_mean(name, Lists.model_fields, "-")
            if near.startswith("did"):
                notes.error("unknown_list", ("lists", name), f"no rule looks at the list `{name}`", near)
                continue
            notes.warning("unused_list", ("lists", name), f"no rule looks at the list `{name}`",
                          f"add a rule with `domain_in: {name}`, or empty it")  # fmt: skip


def _values(policy: Policy, name: str) -> Iterable[str]:
    for _, condition in conditions_of(policy):
        for test in tests(condition):
            if test.name == name:
                yield from map(str, test.value if isinstance(test.value, tuple) else (test.value,))
