"""Forms of what decides about a lead: thresholds, exclusions, checklist, segments, lists, figures and the review."""

from __future__ import annotations

from zoneinfo import available_timezones

from questionnaire.core.base.labels import REASONS, heading, humanize
from questionnaire.core.documents.agreement.decision_parts import CONFIRMATIONS, axes_text
from questionnaire.core.documents.agreement.figure_parts import FIGURES, LEAST_LEADS
from questionnaire.core.editing.outline import entries
from questionnaire.core.editing.paths import Path, write_path
from questionnaire.core.policy import Policy
from questionnaire.core.policy.names import signal_title
from questionnaire.web.builder.form_fields import BuilderField
from questionnaire.web.builder.policy_blocks import PolicyForm, PolicyRow, PolicyTable, ThresholdBlock
from questionnaire.web.builder.policy_condition_form import policy_condition_form
from questionnaire.web.builder.policy_fields import PolicyFields

USUAL_LISTS = ("competitors", "blacklist", "partners", "customers")


def thresholds_form(policy: Policy | None, fields: PolicyFields) -> PolicyForm:
    words = fields.words
    axes = (("fit", "FIT"), ("intent", "INTENT"), ("timing", "TIMING"))
    signals = tuple(
        (str(name), signal_title(policy, str(name), words) if policy is not None else humanize(str(name)))
        for name in fields.mapping(("intent", "signals"))
    )
    total = axes_text(policy.mql.total_of if policy is not None else ("fit", "intent"), words)
    mql = ThresholdBlock(words("MQL"), (
        (words("%(axes)s together at least", axes=total),
         fields.number(("mql", "threshold"), words("Least total of an MQL"))),
        (words("FIT at least"), fields.number(("mql", "min_fit"), words("Least FIT of an MQL"), required=False),
         words("and INTENT at least"),
         fields.number(("mql", "min_intent"), words("Least INTENT of an MQL"), required=False)),
        (words("At once, whatever the total, when the lead"),),
        (fields.picks(("mql", "immediate_on"), words("Signals that make an MQL at once"), signals),),
        (words("The total is made of"), fields.picks(("mql", "total_of"), words("Axes of the total"), axes)),
    ))  # fmt: skip
    return PolicyForm(gates=(mql, _ready(fields), _review(policy, fields), _handed(fields)))


def _ready(fields: PolicyFields) -> ThresholdBlock:
    words = fields.words
    grades = tuple((grade, grade) for grade in "ABC")
    return ThresholdBlock(words("SQL-ready"), (
        (words("FIT grade"), fields.choice(("sql", "require", "fit_grade"), words("Least FIT grade"), grades,
                                            empty="A"),
         words("or better")),
        (words("and at most"), fields.number(("sql", "max_unchecked"), words("Most open items"), required=False),
         words("checklist items open, none of them blocking")),
    ))  # fmt: skip


def _review(policy: Policy | None, fields: PolicyFields) -> ThresholdBlock:
    words = fields.words
    modes = (("assisted", words("if some items are open")), ("auto", words("never")), ("manual", words("always")))
    line = (words("A person decides"), fields.choice(("sql", "mode"), words("When a person decides"), modes,
                                                     empty=words("if some items are open")))  # fmt: skip
    condition = policy_condition_form(policy, fields, ("sql", "review_if"))
    return ThresholdBlock(words("In review"), (line,), condition, words("and always if"))


def _handed(fields: PolicyFields) -> ThresholdBlock:
    words = fields.words
    basis = (("sales_confirmed", words("sales confirms it")), ("sql_ready", words("it is SQL-ready")))
    confirmed = tuple((code, words(text)) for code, text in CONFIRMATIONS)
    return ThresholdBlock(words("SQL"), (
        (words("An SQL counts once"), fields.choice(("sql", "basis"), words("When an SQL counts"), basis,
                                                    empty=words("sales confirms it"))),
        (words("Sales fills in"), fields.picks(("sql", "confirm"), words("What sales fills in"), confirmed)),
        (words("Marketing promises"),
         fields.number(("sql", "promise", "mqls_per_month"), words("MQLs promised a month"), required=False),
         words("MQLs a month")),
    ))  # fmt: skip


def rules_form(policy: Policy | None, fields: PolicyFields) -> PolicyForm:
    words = fields.words
    checks = (("company_equals_name", words("the company is named like the person")),)
    return PolicyForm(
        fields=(fields.picks(("verify",), words("A person looks when"), checks),),
        tables=(disqualify_table(policy, fields, ("disqualify",)), divert_table(policy, fields, ("divert",))),
    )


def disqualify_table(policy: Policy | None, fields: PolicyFields, at: Path) -> PolicyTable:
    words = fields.words
    rows = tuple(_rule(policy, fields, path, (fields.choice((*path, "reason"), words("Reason"), _reasons(fields)),))
                 for path, _raw in entries(fields.document, at))  # fmt: skip
    return PolicyTable(words("Disqualified, first match decides"), (words("When"), words("Reason")), rows,
                       write_path(at), words("Add a rule"))  # fmt: skip


def divert_table(policy: Policy | None, fields: PolicyFields, at: Path) -> PolicyTable:
    words = fields.words
    rows = tuple(
        _rule(policy, fields, path, (fields.choice((*path, "to"), words("To"), _teams(fields)),
                                     fields.choice((*path, "reason"), words("Reason"), _reasons(fields),
                                                   empty=words("none"))))
        for path, _raw in entries(fields.document, at)
    )  # fmt: skip
    return PolicyTable(words("Rerouted, first match decides"), (words("When"), words("To"), words("Reason")), rows,
                       write_path(at), words("Add a rule"))  # fmt: skip


def _reasons(fields: PolicyFields) -> tuple[tuple[str, str], ...]:
    return tuple((code, heading(REASONS, code, fields.words)) for code in REASONS)


def _teams(fields: PolicyFields) -> tuple[tuple[str, str], ...]:
    words = fields.words
    reps = tuple((str(raw.get("id")), str(raw.get("name"))) for _path, raw in entries(fields.document, ("reps",)))
    return (("partner_team", words("the partner team")), ("account_owner", words("the account owner")), *reps)


def _rule(
    policy: Policy | None, fields: PolicyFields, path: Path, cells: tuple[BuilderField, ...], title: str = ""
) -> PolicyRow:  # fmt: skip
    condition = policy_condition_form(policy, fields, (*path, "when"))
    keys = ("when", *(cell.name.rpartition("/")[2] for cell in cells))
    return PolicyRow(title, cells, write_path(path), moves=True, condition=condition,
                     problems=fields.maker.own_problems(path, keys))  # fmt: skip


def checklist_form(policy: Policy | None, fields: PolicyFields) -> PolicyForm:
    return PolicyForm(tables=(checklist_table(policy, fields, ("checklist",)),))


def checklist_table(policy: Policy | None, fields: PolicyFields, at: Path) -> PolicyTable:
    words = fields.words
    rows = []
    for path, raw in entries(fields.document, at):
        cells = (fields.word((*path, "id"), words("Item"), required=True),
                 fields.text((*path, "text"), words("Text"), required=True),
                 fields.switch((*path, "blocking"), words("Blocking")))  # fmt: skip
        condition = policy_condition_form(policy, fields, (*path, "check"))
        own = fields.maker.own_problems(path, ("id", "text", "blocking", "check"))
        rows.append(PolicyRow(str(raw.get("id", "")), cells, write_path(path), True, condition, own))
    heads = (words("Item"), words("Text"), words("Blocking"))
    return PolicyTable(words("Checklist"), heads, tuple(rows), write_path(at), words("Add an item"))


def lists_form(_policy: Policy | None, fields: PolicyFields) -> PolicyForm:
    words = fields.words
    names = dict.fromkeys([*USUAL_LISTS, *map(str, fields.mapping(("lists",)))])
    rows = tuple(
        PolicyRow(
            humanize(name).capitalize(),
            (fields.lines(("lists", name), words("Domains on %(list)s", list=name)),),
            "" if name in USUAL_LISTS else write_path(("lists", name)),
        )
        for name in names
    )
    table = PolicyTable(words("Lists"), (words("List"), words("Domains")), rows, "lists", words("New list"), named=True,
                        note=words("Separate domains with commas."))  # fmt: skip
    return PolicyForm(tables=(table,))


def kpis_form(_policy: Policy | None, fields: PolicyFields) -> PolicyForm:
    words = fields.words
    head = (fields.number(("kpi_bands", "min_sample"), words(LEAST_LEADS), required=False),)
    rows = []
    for name in ("mql_to_sql", "sql_to_opportunity"):
        path, title = ("kpi_bands", name), words(FIGURES[name])
        cells = tuple(fields.word((*path, key), f"{title}, {text}") if key in ("red_below", "low_below", "high_above")
                      else fields.lines((*path, key), f"{title}, {text}")
                      for key, text in (("red_below", words("alarming below")), ("low_below", words("low below")),
                                        ("sweet", words("healthy from, to")), ("high_above", words("too high above")),
                                        ("target", words("target from, to"))))  # fmt: skip
        rows.append(PolicyRow(title, cells, ""))
    heads = (words("Figure"), words("Alarming below"), words("Low below"), words("Healthy from, to"),
             words("Too high above"), words("Target from, to"))  # fmt: skip
    note = words("Write each share with a per cent sign.")
    rates = PolicyTable(words("Conversion rates"), heads, tuple(rows), note=note)
    return PolicyForm(fields=head, tables=(rates, _customers(fields), _days(fields)))


def _customers(fields: PolicyFields) -> PolicyTable:
    words, name = fields.words, "mql_to_customer"
    kinds = (("mid_market", words("Mid-market")), ("enterprise_named", words("Named enterprises")))
    rows = tuple(
        PolicyRow(title, (fields.lines(("kpi_bands", name, kind), f"{words(FIGURES[name])}, {title}"),), "")
        for kind, title in kinds
    )
    return PolicyTable(words(FIGURES[name]), (words("Companies"), words("Healthy from, to")), rows)


def _days(fields: PolicyFields) -> PolicyTable:
    words, rows = fields.words, []
    aim, limit = words("target from, to"), words("broken above")
    for name in ("days_mql_to_sql", "days_sql_to_opportunity"):
        path, title = ("kpi_bands", name), words(FIGURES[name])
        target = fields.range((*path, "target"), f"{title}, {aim}")
        broken = fields.number((*path, "broken_above"), f"{title}, {limit}", required=False)
        rows.append(PolicyRow(title, (target, broken), ""))
    heads = (words("Figure"), words("Target, like 1–3"), words("Broken above"))
    return PolicyTable(words("Days between stages"), heads, tuple(rows))


def basics_form(policy: Policy | None, fields: PolicyFields) -> PolicyForm:
    words = fields.words
    zones = tuple((zone, zone.replace("_", " ")) for zone in sorted(available_timezones()) if "/" in zone)
    return PolicyForm(fields=(
        fields.word(("review_due",), words("Next review (year-month-day)")),
        fields.choice(("timezone",), words("Time zone of days and months"), zones, empty="UTC"),
        *words_form(policy, fields).fields,
    ))  # fmt: skip


def words_form(_policy: Policy | None, fields: PolicyFields) -> PolicyForm:
    words = fields.words
    said = (("standard", words("the product’s words for its standard names")),)
    return PolicyForm(fields=(
        fields.choice(("phrases",), words("Words for levels and signals"), said,
                      empty=words("the words of the answers")),
    ))  # fmt: skip
