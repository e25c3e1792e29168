"""Who gets a lead, how fast, and what a rejection does: routing, SLA and reasons."""

from __future__ import annotations

from collections.abc import Mapping

from questionnaire.core.base.formats import language_name
from questionnaire.core.base.labels import REASONS, heading, humanize, role_name
from questionnaire.core.base.translation import Translator
from questionnaire.core.base.translation import gettext_noop as _
from questionnaire.core.documents.agreement.decision_parts import team_label
from questionnaire.core.documents.agreement.parts import AgreementPart, AgreementTable, PolicySection
from questionnaire.core.documents.agreement.quantity_words import period_text, share_text, term_text
from questionnaire.core.policy import Policy
from questionnaire.core.policy.handoff import Consequence, Member, OnBreach, RejectionReason, Target

REASON_NAMES: Mapping[str, str] = {
    "not_icp": _("Outside the ICP"), "wrong_persona": _("Wrong contact"), "wrong_use_case": _("Wrong use case"),
    "no_authority": _("No authority"), "no_budget": _("No budget"), "bad_timing": _("Bad timing"),
    "chose_competitor": _("Chose a competitor"), "unreachable": _("Unreachable"),
    "already_customer": _("Already a customer"), "duplicate": _("Duplicate lead"), "competitor": _("Competitor"),
    "invalid_contact": _("Invalid contact details"), "other": _("Other"),
}  # fmt: skip
REASSIGNMENTS: Mapping[str, str] = {
    "next_in_pool": _("the next in the pool gets the lead"),
    "manager": _("the manager gets the lead"),
    "queue": _("the lead goes to the queue"),
}


def reason_text(code: str | None, words: Translator) -> str:
    """Why a lead has its stage, in words: a reason of reps or of the policy's verdict; "" without one."""
    if not code:
        return ""
    return reason_name(code, words) if code in REASON_NAMES else heading(REASONS, code, words)


def reason_name(code: str, words: Translator) -> str:
    return words(REASON_NAMES[code]) if code in REASON_NAMES else humanize(code).capitalize()


def routing_part(section: PolicySection) -> AgreementPart:
    words, policy = section.words, section.policy
    routing = policy.routing
    rules = tuple(
        (str(number), section.condition.sentence(rule.when), target_text(policy, rule.assign, words))
        for number, rule in enumerate(routing.rules, 1)
    )
    members = tuple(
        (name, policy.rep_names.get(member.rep, member.rep), ", ".join(_member(section, member)), str(member.weight))
        for name, pool in routing.pools.items()
        for member in pool
    )
    people = tuple((rep.name, role_name(rep.role, words), rep.email, rep.calendar) for rep in policy.reps)
    queue = routing.default_queue
    lines: tuple[str, ...] = ()
    if queue is not None:
        who = recipient(policy, queue.notify, words)
        lines = (
            words(
                "Leads that no one can take wait in the queue “%(name)s”. Notified: %(who)s.", name=queue.name, who=who
            ),
        )
    if routing.skip_on_holiday:
        lines = (*lines, words("A rep takes no leads on a holiday of their calendar."))
    return section.part("routing", lines, (
        AgreementTable(words("Rules, first match decides"), (words("No."), words("When"), words("Goes to")), rules),
        AgreementTable(
            words("Pools"), (words("Pool"), words("Rep"), words("Terms"), words("Share of leads")), members, (3,)
        ),
        AgreementTable(words("People"), (words("Name"), words("Role"), words("Email"), words("Calendar")), people),
    ))  # fmt: skip


def target_text(policy: Policy, target: Target, words: Translator) -> str:
    if target.owner is not None:
        return words("the owner of the account")
    if target.rep is not None:
        return policy.rep_names.get(target.rep, target.rep)
    return words("pool %(name)s", name=target.pool)


def recipient(policy: Policy, who: str, words: Translator) -> str:
    if who == "owner":
        return words("the owner")
    return policy.rep_names.get(who) or role_name(who, words).lower()


def _member(section: PolicySection, member: Member) -> list[str]:
    words = section.words
    found = [words("at most %(n)s open leads", n=member.max_open)] if member.max_open is not None else []
    if member.languages:
        found.append(", ".join(language_name(tag, section.locale) for tag in member.languages))
    found += [words("senior")] if member.senior else []
    return found + ([words("backup")] if member.backup else [])


def sla_part(section: PolicySection) -> AgreementPart:
    words, sla = section.words, section.policy.sla
    terms = [
        (words("Assign a ready lead"), words("at once"), sla.assign_within),
        *((words("First contact"), section.condition.sentence(term.when), term.within) for term in sla.first_contact),
        (words("Decide a lead in review"), "", sla.review_within),
        (words("Accept or reject"), "", sla.feedback_within),
    ]
    rows = tuple((what, when if what != terms[0][0] else "", term_text(term, words))
                 for what, when, term in terms if term is not None)  # fmt: skip
    lines = []
    if sla.warn_at:
        shares = ", ".join(share_text(share, words, section.locale) for share in sla.warn_at)
        lines.append(words("The rep is reminded when %(shares)s of the time has passed.", shares=shares))
    lines += [_breach(section, step) for step in sla.on_breach]
    lines.append(
        words.ngettext(
            "After %(n)s reassignment a lead stays with the manager.",
            "After %(n)s reassignments a lead stays with the manager.",
            sla.max_reassignments,
        )
    )
    heads = (words("Action"), words("When"), words("Within"))
    return section.part("sla", tuple(lines), (AgreementTable(words("Terms, first match decides"), heads, rows),))


def _breach(section: PolicySection, step: OnBreach) -> str:
    words = section.words
    acts = []
    if step.notify:
        acts.append(words("notified: %(who)s", who=recipient(section.policy, step.notify, words)))
    if step.reassign:
        acts.append(words(REASSIGNMENTS[step.reassign]))
    what = ", ".join(acts)
    if step.after is not None:
        return words(
            "%(time)s after the deadline: %(what)s.", time=term_text(step.after, words).capitalize(), what=what
        )
    return words("At the deadline: %(what)s.", what=what)


def reasons_part(section: PolicySection) -> AgreementPart:
    words = section.words
    rows = tuple(
        (reason_name(reason.code, words), consequence_text(section.policy, reason.then, words), _needs(section, reason))
        for reason in section.policy.rejection_reasons
    )
    heads = (words("Reason"), words("Then"), words("Needs"))
    return section.part("reasons", (words("A rejection needs a reason and a sentence of detail."),) if rows else (),
                        (AgreementTable(words("Reasons"), heads, rows),))  # fmt: skip


def consequence_text(policy: Policy, then: Consequence, words: Translator) -> str:
    if then.nurture is not None:
        text = words("nurturing for %(period)s", period=period_text(then.nurture, words))
        return words("%(text)s, noted as “not now”", text=text) if then.set else text
    if then.divert is not None:
        return words("goes to %(team)s", team=team_label(policy, then.divert, words))
    return {"disqualify": words("disqualified"), "merge": words("merged with the other lead"),
            "review": words("a person decides")}.get(then.do, then.do)  # fmt: skip


def _needs(section: PolicySection, reason: RejectionReason) -> str:
    if reason.needs is None:
        return ""
    return section.words.ngettext("%(n)s attempt to reach them", "%(n)s attempts to reach them", reason.needs.attempts)
