"""An example made real: the respondent is built and judged by the product itself before it is called one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from questionnaire.core.base.conditions import evaluate
from questionnaire.core.checks.findings import Witness
from questionnaire.core.checks.model import CONTACT, HIDDEN, ITEM, Model
from questionnaire.core.checks.plan import complete
from questionnaire.core.identity.email_address import Domains, canonical_email
from questionnaire.core.policy import Policy
from questionnaire.core.policy.agreement import Lists
from questionnaire.core.scoring.assessment import next_step
from questionnaire.core.scoring.checklist import Ticked
from questionnaire.core.scoring.collect_evidence import COMPLETED, gather
from questionnaire.core.scoring.evidence import Evidence, History, ResponseEvidence, Signal
from questionnaire.core.scoring.facts import known_facts, policy_facts, survey_facts
from questionnaire.core.scoring.scorecard import Scorecard, score
from questionnaire.core.scoring.verdict import Verdict, decide
from questionnaire.core.survey.answers import Answers
from questionnaire.core.survey.survey import Survey

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
LONG_AGO = date(1900, 1, 1)
KINDS = Domains(frozenset({"free.example"}), frozenset({"disposable.example"}), lambda domain: domain)


@dataclass(frozen=True, slots=True)
class Judged:
    """What the product makes of an example. `step` is the index of the next step's rule."""

    facts: Mapping[str, Any]
    scorecard: Scorecard
    boxes: tuple[Ticked, ...]
    verdict: Verdict
    step: int | None
    block: str | None


def real(model: Model, policy: Policy, picks: Mapping[str, Any]) -> tuple[Witness, Judged]:
    """The respondent these picks describe, and the assessment of it."""
    given = {name.removeprefix("value:"): value for name, value in picks.items() if name.startswith("value:")}
    whole = complete(model, given)
    kinds = {kind: {one.name for one in model.variables if one.kind == kind} for kind in (CONTACT, HIDDEN, ITEM)}
    contact = {name: value for name, value in whole.items() if name in kinds[CONTACT]}
    contact, lists = _addressed(contact, picks)
    filled = ResponseEvidence(
        survey=model.survey,
        answers=Answers({name: value for name, value in whole.items() if name in kinds[ITEM]}),
        at=NOW,
        contact=contact,
        hidden={name: str(value) for name, value in whole.items() if name in kinds[HIDDEN]},
        id="example",
    )
    judged_under = policy.model_copy(update={"lists": lists})
    evidence = gather(judged_under, [filled], _signals(model, policy, filled, picks), _history(picks), NOW, KINDS)
    witness = Witness(dict(filled.answers), contact, dict(filled.hidden), _said(picks, filled))
    return witness, _judged(judged_under, evidence, model.survey)


def _judged(policy: Policy, evidence: Evidence, survey: Survey) -> Judged:
    scorecard = score(policy, evidence)
    known = known_facts(policy, evidence, scorecard)
    facts = policy_facts(policy, evidence, scorecard, known)
    boxes = tuple(
        Ticked(box.id, box.text, "checked" if evaluate(box.check, facts) is True else "open", "", box.blocking)
        for box in policy.checklist
    )
    verdict = decide(policy, evidence, scorecard, boxes, facts)
    settled = {"stage": str(verdict.stage), "reason": verdict.reason}
    told = {**survey_facts(policy, evidence, scorecard, known), **settled}
    steps = enumerate(survey.report.next_step)
    step = next((index for index, one in steps if one.when is None or evaluate(one.when, told) is True), None)
    return Judged({**facts, **settled}, scorecard, boxes, verdict, step, next_step(survey, told))


def _addressed(contact: dict[str, Any], picks: Mapping[str, Any]) -> tuple[dict[str, Any], Lists]:
    """The contact data with a mail address of the right kind, and lists that hold its domain or do not."""
    found = dict(contact)
    kind = picks.get("email_kind")
    on = [name.removeprefix("list:") for name, value in picks.items() if name.startswith("list:") and value]
    mail = found.get("email")
    domain = f"{kind or 'company'}.example"
    if mail is not None and canonical_email(str(mail)) is not None and (kind or on):
        found["email"] = f"somebody@{domain}"
    if picks.get("verify"):
        name = found.get("first_name") or found.get("last_name")
        found |= {"company": name} if name and "company" in found else {}
    return found, Lists(**dict.fromkeys(on, (domain,)))


def _history(picks: Mapping[str, Any]) -> History:
    now = picks.get("not_now")
    recent = NOW.date() - timedelta(days=1) if picks.get("again") else NOW.date()
    said = {"recent": recent, "past": LONG_AGO}.get(str(now))
    owner = picks.get("account_owner")
    duplicate, customer = bool(picks.get("duplicate")), bool(picks.get("customer"))
    return History(said, account_owner=owner, duplicate=duplicate, customer=customer)


def _signals(model: Model, policy: Policy, filled: ResponseEvidence, picks: Mapping[str, Any]) -> list[Signal]:
    """What was seen beside the answers, at this moment; longer ago where it must not count as strong."""
    items, found = model.survey.items, list[Signal]()
    emitted = [COMPLETED, *(one for name, value in filled.answers.items() for one in items[name].emits(value))]
    for source, pick in picks.items():
        name = source.removeprefix("signal:")
        if source == name or not isinstance(pick, tuple):
            continue
        count, strong = pick
        rise = policy.intent.signals[name].strong_at
        old = NOW - timedelta(days=1)
        if strong is False and rise is not None and rise.within is not None:
            old = rise.within.before(NOW, policy.zone) - timedelta(days=1)
        asset = None if strong is False else "asset {}"
        for index in range(count - emitted.count(name)):
            at = old if strong is False else NOW
            found.append(Signal(name, at, asset=asset.format(index) if asset else None, source="seen before"))
    return found


def _said(picks: Mapping[str, Any], filled: ResponseEvidence) -> tuple[str, ...]:
    """What must be true of the lead beside its answers, in words."""
    said: list[str] = []
    emitted = [one for name, value in filled.answers.items() for one in filled.survey.items[name].emits(value)]
    for source, value in picks.items():
        kind, _, name = source.partition(":")
        if kind == "signal" and isinstance(value, tuple):
            count = value[0] - [COMPLETED, *emitted].count(name)
            said += [f"signal {name}" + (f" × {count}" if count > 1 else "")] if count > 0 else []
        elif kind == "list" and value:
            said.append(f"e-mail domain in {name}")
        elif kind in ("duplicate", "customer") and value:
            said.append(f"a {kind}" + (" in the CRM" if kind == "duplicate" else ""))
        elif kind == "email_kind" and value not in (None, "business"):
            said.append(f"a {value} e-mail")
        elif kind == "not_now" and value in ("recent", "past"):
            said.append(f"a {value} “not now”")
        elif kind == "account_owner" and value:
            said.append(f"account owner {value}")
        elif kind == "verify" and value:
            said.append("the company called like the person")
    return tuple(said)
