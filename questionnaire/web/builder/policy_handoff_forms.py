"""Forms of who gets a lead and how fast: routing and people, SLA, calendars, reasons."""

from __future__ import annotations

from collections.abc import Mapping

from questionnaire.core.base.labels import role_name
from questionnaire.core.base.quantities import read_period
from questionnaire.core.base.translation import Translator
from questionnaire.core.documents.agreement.calendar_parts import days_text
from questionnaire.core.documents.agreement.handoff_parts import reason_name
from questionnaire.core.documents.agreement.quantity_words import period_text
from questionnaire.core.editing.outline import entries
from questionnaire.core.editing.paths import Path, write_path
from questionnaire.core.policy import Policy
from questionnaire.core.policy.calendar import DAYS
from questionnaire.web.builder.options import Options
from questionnaire.web.builder.policy_blocks import PolicyForm, PolicyRow, PolicyTable, ThresholdBlock
from questionnaire.web.builder.policy_condition_form import policy_condition_form
from questionnaire.web.builder.policy_fields import PolicyFields

NURTURED = ("P1M", "P3M", "P6M", "P9M", "P12M")


def routing_form(policy: Policy | None, fields: PolicyFields) -> PolicyForm:
    words, reps = fields.words, reps_of(fields)
    pools = fields.mapping(("routing", "pools"))
    tables = [rules_table(policy, fields, ("routing", "rules"))]
    tables += [pool_table(fields, ("routing", "pools", str(name)), reps) for name in pools]
    tables += [PolicyTable(words("New pool"), (), (), "routing/pools", words("Name of the pool"), named=True)]
    return PolicyForm(fields=(
        fields.word(("routing", "default_queue", "name"), words("Queue for leads that no one can take")),
        fields.choice(("routing", "default_queue", "notify"), words("Notified about the queue"), _recipients(fields)),
        fields.switch(("routing", "skip_on_holiday"), words("No leads on a holiday of the rep’s calendar")),
    ), tables=(*tables, _people(fields)))  # fmt: skip


def rules_table(policy: Policy | None, fields: PolicyFields, at: Path) -> PolicyTable:
    words = fields.words
    targets = (
        ("owner account", words("the owner of the account")),
        *((f"pool {name}", words("pool %(name)s", name=name)) for name in fields.mapping(("routing", "pools"))),
        *((f"rep {rep}", name) for rep, name in reps_of(fields)),
    )
    rows = tuple(
        PolicyRow(str(raw.get("id", "")), (fields.pairs((*path, "assign"), words("Goes to"), targets),
                                           fields.word((*path, "id"), words("Name of the rule"), required=True)),
                  write_path(path), True, policy_condition_form(policy, fields, (*path, "when")),
                  fields.maker.own_problems(path, ("assign", "when", "id")))
        for path, raw in entries(fields.document, at)
    )  # fmt: skip
    heads = (words("When"), words("Goes to"), words("Name of the rule"))
    return PolicyTable(words("Rules, first match decides"), heads, rows, write_path(at), words("Add a rule"))


def reps_of(fields: PolicyFields) -> Options:
    people = entries(fields.document, ("reps",))
    return tuple((str(raw.get("id", "")), str(raw.get("name") or raw.get("id", ""))) for _path, raw in people)


def _recipients(fields: PolicyFields) -> Options:
    words = fields.words
    return (("manager", words("the sales manager")), ("ops", words("Marketing Ops")), ("owner", words("the owner")),
            *reps_of(fields))  # fmt: skip


def pool_table(fields: PolicyFields, at: Path, reps: Options) -> PolicyTable:
    words, names, name = fields.words, dict(reps), str(at[-1])
    rows = []
    for path, raw in entries(fields.document, at):
        rep = names.get(str(raw.get("rep")), str(raw.get("rep", "")))
        cells = (
            fields.choice((*path, "rep"), words("Rep"), reps),
            fields.number((*path, "weight"), words("Share of turns of %(rep)s", rep=rep), required=False),
            fields.number((*path, "max_open"), words("Most open leads of %(rep)s", rep=rep), required=False),
            fields.lines((*path, "languages"), words("Languages of %(rep)s", rep=rep)),
            fields.switch((*path, "senior"), words("Senior")),
            fields.switch((*path, "backup"), words("Backup")),
        )
        own = fields.maker.own_problems(path, ("rep", "weight", "max_open", "languages", "senior", "backup"))
        rows.append(PolicyRow("", cells, write_path(path), True, problems=own))
    heads = (words("Rep"), words("Share of turns"), words("Most open leads"), words("Languages"), words("Senior"),
             words("Backup"))  # fmt: skip
    return PolicyTable(words("Pool %(name)s", name=name), heads, tuple(rows), write_path(at), words("Add a rep"),
                       path=write_path(at))  # fmt: skip


def _people(fields: PolicyFields) -> PolicyTable:
    words = fields.words
    calendars = tuple((str(name), str(name)) for name in fields.mapping(("calendars",)))
    roles = tuple((role, role_name(role, words)) for role in ("rep", "manager"))
    rows = []
    for path, _raw in entries(fields.document, ("reps",)):
        cells = (
            fields.word((*path, "name"), words("Name"), required=True),
            fields.word((*path, "email"), words("Email"), required=True),
            fields.choice((*path, "calendar"), words("Calendar"), calendars, empty="default"),
            fields.choice((*path, "role"), words("Role"), roles, empty=role_name("rep", words)),
            fields.word((*path, "id"), words("Short name in rules"), required=True),
        )
        own = fields.maker.own_problems(path, ("name", "email", "calendar", "role", "id"))
        rows.append(PolicyRow("", cells, write_path(path), True, problems=own))
    heads = (words("Name"), words("Email"), words("Calendar"), words("Role"), words("Short name in rules"))
    note = words("New people get an account when the policy is in force. An administrator sets their password.")
    return PolicyTable(words("People"), heads, tuple(rows), "reps", words("Name of the new person"), True, note)


def sla_form(policy: Policy | None, fields: PolicyFields) -> PolicyForm:
    words, part = fields.words, ("sla",)
    none = words("no limit")
    gate = ThresholdBlock(words("Terms"), (
        (words("A ready lead is assigned within"),
         fields.term((*part, "assign_within"), words("Assign within"), empty=none)),
        (words("A lead in review is decided within"),
         fields.term((*part, "review_within"), words("Review within"), empty=none)),
        (words("Sales accepts or rejects within"),
         fields.term((*part, "feedback_within"), words("Feedback within"), empty=none)),
        (words("Reminders when this much of the time has passed:"),
         fields.lines((*part, "warn_at"), words("Reminders"))),
        (words("A lead is reassigned at most"),
         fields.number((*part, "max_reassignments"), words("Most reassignments"), required=False), words("times")),
    ))  # fmt: skip
    tables = (terms_table(policy, fields, (*part, "first_contact")), steps_table(fields, (*part, "on_breach")))
    return PolicyForm(gates=(gate,), tables=tables)


def terms_table(policy: Policy | None, fields: PolicyFields, at: Path) -> PolicyTable:
    words = fields.words
    rows = tuple(
        PolicyRow(words("First contact"), (fields.term((*path, "within"), words("First contact within")),),
                  write_path(path), True, policy_condition_form(policy, fields, (*path, "when")),
                  fields.maker.own_problems(path, ("within", "when")))
        for path, _raw in entries(fields.document, at)
    )  # fmt: skip
    return PolicyTable(words("First contact, first match decides"), (words("When"), words("Within")), rows,
                       write_path(at), words("Add a term"))  # fmt: skip


def steps_table(fields: PolicyFields, at: Path) -> PolicyTable:
    words = fields.words
    rows = tuple(
        PolicyRow("", (fields.term((*path, "after"), words("After the deadline"), empty=words("at the deadline")),
                       fields.choice((*path, "notify"), words("Notified"), _recipients(fields), empty=words("no one")),
                       fields.choice((*path, "reassign"), words("Reassigned to"), _reassigned(fields),
                                     empty=words("no one"))),
                  write_path(path), True, problems=fields.maker.own_problems(path, ("after", "notify", "reassign")))
        for path, _raw in entries(fields.document, at)
    )  # fmt: skip
    heads = (words("After the deadline"), words("Notified"), words("Reassigned to"))
    return PolicyTable(words("When the first contact is late"), heads, rows, write_path(at), words("Add a step"))


def _reassigned(fields: PolicyFields) -> Options:
    words = fields.words
    return (("next_in_pool", words("the next in the pool")), ("manager", words("the sales manager")),
            ("queue", words("the queue")))  # fmt: skip


def calendars_form(_policy: Policy | None, fields: PolicyFields) -> PolicyForm:
    words = fields.words
    tables = []
    for name, raw in fields.mapping(("calendars",)).items():
        path: Path = ("calendars", str(name))
        hours = raw.get("hours") if isinstance(raw, Mapping) else None
        days = tuple(map(str, hours)) if isinstance(hours, Mapping) else ()
        cells = (
            fields.word((*path, "timezone"), words("Time zone"), required=True),
            fields.word((*path, "holidays"), words("Holidays of")),
            *(fields.word((*path, "hours", day), words("Hours %(days)s", days=days_text(day, words))) for day in days),
            fields.lines((*path, "closed"), words("Also closed on")),
        )
        heads = tuple(cell.label for cell in cells)
        own = fields.maker.own_problems(path, ("timezone", "holidays", "hours", "closed"))
        rows = (PolicyRow("", cells, write_path(path), problems=own),)
        note = words("Days without hours are closed.")
        tables.append(PolicyTable(str(name), heads, rows, write_path((*path, "hours")), words("Hours of further days"),
                                  named=True, note=note, options=_days(fields, days)))  # fmt: skip
    new = PolicyTable(words("New calendar"), (), (), "calendars", words("Name of the calendar"), named=True)
    return PolicyForm(tables=(*tables, new))


def _days(fields: PolicyFields, taken: tuple[str, ...]) -> Options:
    return tuple((days, days_text(days, fields.words)) for days in (*DAYS, "mon-fri", "mon-thu", "sat-sun")
                 if days not in taken)  # fmt: skip


def reasons_form(_policy: Policy | None, fields: PolicyFields) -> PolicyForm:
    words = fields.words
    rows = tuple(
        PolicyRow(reason_name(str(raw.get("code", "")), words),
                  (fields.pairs((*path, "then"), words("Then"), _consequences(words)),
                   fields.number((*path, "needs", "attempts"), words("Attempts needed"), required=False),
                   fields.word((*path, "code"), words("Code"), required=True)),
                  write_path(path), True, problems=fields.maker.own_problems(path, ("then", "needs", "code")))
        for path, raw in entries(fields.document, ("rejection_reasons",))
    )  # fmt: skip
    heads = (words("Reason"), words("Then"), words("Attempts needed"), words("Code"))
    table = PolicyTable(words("Reasons"), heads, rows, "rejection_reasons", words("New reason"), named=True)
    return PolicyForm(tables=(table,))


def _consequences(words: Translator) -> Options:
    periods = [(raw, period_text(read_period(raw), words)) for raw in NURTURED]
    return (
        ("disqualify", words("disqualified")), ("merge", words("merged with the other lead")),
        ("review", words("a person decides")), ("divert account_owner", words("goes to the account owner")),
        ("divert partner_team", words("goes to the partner team")),
        *((f"nurture {raw}", words("nurturing for %(period)s", period=text)) for raw, text in periods),
        *((f"nurture {raw} set not_now", words("%(text)s, noted as “not now”",
                                               text=words("nurturing for %(period)s", period=text)))
          for raw, text in periods),
    )  # fmt: skip
