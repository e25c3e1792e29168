"""What decides about a lead: thresholds, exclusions, checklist and lists."""

from __future__ import annotations

from collections.abc import Mapping

from questionnaire.core.base.labels import CHECKLIST, REASONS, TEAMS, heading, label
from questionnaire.core.base.translation import Translator
from questionnaire.core.base.translation import gettext_noop as _
from questionnaire.core.documents.agreement.parts import AgreementPart, AgreementTable, PolicySection
from questionnaire.core.policy import Policy
from questionnaire.core.policy.agreement import Box
from questionnaire.core.policy.names import signal_title

AXES: Mapping[str, str] = {"fit": "FIT", "intent": "INTENT", "timing": "TIMING"}
MODES: Mapping[str, str] = {
    "assisted": _("With open items, a person decides; with none, the lead goes to sales at once."),
    "auto": _("The lead goes to sales at once."),
    "manual": _("A person decides about every lead."),
}
CONFIRMATIONS = (
    ("problem", _("problem")), ("budget", _("budget")), ("interest", _("interest")), ("timeline", _("timeline")),
    ("authority", _("authority")),
)  # fmt: skip
"""What sales fills in to confirm an SQL."""
CHECKS: Mapping[str, str] = {
    "company_equals_name": _("A lead whose company is named like the person is looked at by a person.")
}


def axes_text(axes: tuple[str, ...], words: Translator) -> str:
    names = [AXES[axis] for axis in axes]
    text = names[0]
    for name in names[1:]:
        text = words("%(a)s and %(b)s", a=text, b=name)
    return text


def thresholds_part(section: PolicySection) -> AgreementPart:
    words, mql, sql = section.words, section.policy.mql, section.policy.sql
    lines = [words("MQL: %(axes)s together at least %(n)s, FIT at least %(fit)s, INTENT at least %(intent)s.",
                   axes=axes_text(mql.total_of, words), n=mql.threshold, fit=mql.min_fit,
                   intent=mql.min_intent)]  # fmt: skip
    if mql.immediate_on:
        signals = section.condition.listed([signal_title(section.policy, name, words) for name in mql.immediate_on])
        lines.append(words("MQL at once, whatever the total, when the lead %(signals)s.", signals=signals))
    grade = section.policy.fit.grades
    least = {"A": grade.A, "B": grade.B, "C": grade.C}[sql.require.fit_grade]
    lines.append(
        words(
            "SQL-ready: FIT grade %(grade)s or better (%(n)s points), at most %(open)s checklist items open, "
            "none of them blocking.",
            grade=sql.require.fit_grade,
            n=least,
            open=sql.max_unchecked,
        )
    )
    return section.part("thresholds", (*lines, *_sql_lines(section)))


def _sql_lines(section: PolicySection) -> list[str]:
    words, sql = section.words, section.policy.sql
    lines = [words(MODES[sql.mode])]
    if sql.review_if is not None:
        lines.append(
            words("Always looked at by a person: %(condition)s.", condition=section.condition.text(sql.review_if))
        )
    if sql.confirm:
        confirmed = ", ".join(words(text) for one, text in CONFIRMATIONS if one in sql.confirm)
        lines.append(words("To confirm an SQL, sales fills in: %(fields)s.", fields=confirmed))
    lines.append(
        words("An SQL counts from the moment sales confirms it.")
        if sql.basis == "sales_confirmed"
        else words("An SQL counts from the moment it is SQL-ready.")
    )
    if sql.promise is not None:
        lines.append(
            words.ngettext(
                "Marketing promises %(n)s MQL a month.",
                "Marketing promises %(n)s MQLs a month.",
                sql.promise.mqls_per_month,
            )
        )
    return lines


def rules_part(section: PolicySection) -> AgreementPart:
    words, policy = section.words, section.policy
    out = tuple((section.condition.sentence(rule.when), heading(REASONS, rule.reason, words))
                for rule in policy.disqualify)  # fmt: skip
    away = tuple(
        (section.condition.sentence(rule.when), policy.rep_names.get(rule.to) or heading(TEAMS, rule.to, words),
         heading(REASONS, rule.reason, words) if rule.reason else "")
        for rule in policy.divert
    )  # fmt: skip
    lines = tuple(words(CHECKS[name]) for name in policy.verify)
    when = words("When")
    return section.part("rules", lines, (
        AgreementTable(words("Disqualified, first match decides"), (when, words("Reason")), out),
        AgreementTable(words("Rerouted, first match decides"), (when, words("To"), words("Reason")), away),
    ))  # fmt: skip


def team_label(policy: Policy, to: str, words: Translator) -> str:
    """The name of a rep, or a team as it is said inside a sentence."""
    return policy.rep_names.get(to) or label(TEAMS, to, words)


def checklist_part(section: PolicySection) -> AgreementPart:
    words = section.words
    rows = tuple(
        (box.id, box_text(box, words), section.condition.sentence(box.check),
         words("blocking") if box.blocking else "")
        for box in section.policy.checklist
    )  # fmt: skip
    heads = (words("Item"), words("Text"), words("Met when"), words("Note"))
    return section.part("checklist", (words("What isn’t known counts as open."),) if rows else (),
                        (AgreementTable(words("Checklist"), heads, rows),))  # fmt: skip


def box_text(box: Box, words: Translator) -> str:
    text = box.text.say(words.language)
    return words(CHECKLIST[text]) if text in CHECKLIST else text


def lists_part(section: PolicySection) -> AgreementPart:
    words = section.words
    rows = tuple((heading({}, name, words), ", ".join(domains)) for name, domains in section.policy.lists if domains)
    return section.part("lists", (), (AgreementTable(words("Lists"), (words("List"), words("Domains")), rows),))
