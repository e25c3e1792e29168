"""Builds the respondent of an example and judges it with the product's own functions, before it is reported."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from questionnaire.core.base.conditions import evaluate
from questionnaire.core.checks.example_words import conditions_in_words, counting_signals
from questionnaire.core.checks.field_variables import CLAIMED
from questionnaire.core.checks.findings import ExampleLead, Witness
from questionnaire.core.checks.journey_order import complete
from questionnaire.core.checks.model import CONTACT, HIDDEN, ITEM, Model
from questionnaire.core.checks.moments import Moment
from questionnaire.core.identity.email_address import Domains, canonical_email
from questionnaire.core.policy import Policy
from questionnaire.core.policy.agreement import Lists
from questionnaire.core.scoring.assessment import content_blocks, next_step
from questionnaire.core.scoring.checklist import Ticked
from questionnaire.core.scoring.collect_evidence import gather
from questionnaire.core.scoring.context_facts import CAMPAIGN_PARTS, counted_facts
from questionnaire.core.scoring.evidence import Evidence, History, ResponseEvidence, Signal
from questionnaire.core.scoring.facts import known_facts, policy_facts, survey_facts
from questionnaire.core.scoring.scorecard import Scorecard, score
from questionnaire.core.scoring.segmentation import segment_of
from questionnaire.core.scoring.verdict import Verdict, decide
from questionnaire.core.survey.answers import Answers
from questionnaire.core.survey.survey import Survey

LONG_AGO = date(1900, 1, 1)
_NO_LISTS = Lists()
KINDS = Domains(frozenset({"free.example"}), frozenset({"disposable.example"}), lambda domain: domain)


@dataclass(frozen=True, slots=True)
class JudgedExample:
    """The product's assessment of an example. `step` is the index of the rule of the next step, None without one."""

    facts: Mapping[str, Any]
    scorecard: Scorecard
    boxes: tuple[Ticked, ...]
    verdict: Verdict
    step: int | None
    block: str | None
    content_blocks: tuple[str, ...] = ()
    segment: str | None = None


def build_example(
    model: Model, policy: Policy, choices: Mapping[str, Any], base: Policy | None = None
) -> tuple[Witness, JudgedExample]:
    """Returns the respondent that the search's choices describe, and its assessment.

    `policy` is what was searched; `base` is the policy of which that is a segment's.
    """
    chosen, claims = _answers_and_claims(choices)
    values = complete(model, chosen)
    kinds = {
        kind: {variable.name for variable in model.variables if variable.kind == kind}
        for kind in (CONTACT, HIDDEN, ITEM)
    }
    contact = {name: value for name, value in values.items() if name in kinds[CONTACT]}
    contact, lists = _with_email(contact, choices)
    filled = ResponseEvidence(
        survey=model.survey,
        answers=Answers({name: value for name, value in values.items() if name in kinds[ITEM]}),
        at=model.moment.answered,
        contact=contact,
        hidden={
            name: str(value)
            for name, value in values.items()
            if name in kinds[HIDDEN] and f"claimed:{name}" not in choices
        },
        claims=claims,
        id="example",
        language=choices.get("language") or model.survey.languages[0],
        touches={"last": _touch("campaign", choices), "first": _touch("first_campaign", choices)},
    )
    moment = model.moment
    signals, history = _signals(model, policy, filled, choices), _history(choices, moment)

    def gathered(under: Policy) -> Evidence:
        return gather(under, [filled], signals, history, moment.at, KINDS)

    outside = (*moment.in_words(), *conditions_in_words(choices, filled, moment))
    known = ExampleLead(filled, tuple(signals), history, moment.at, tuple(name for name, domains in lists if domains))
    witness = Witness(dict(filled.answers), contact, dict(filled.hidden), outside, known)
    return witness, judge(base or policy, gathered, model.survey, lists)


def _answers_and_claims(choices: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """The answers and fields that the choices name, and the hidden fields that no personal link brought."""
    parts = [(*source.partition(":")[::2], value) for source, value in choices.items()]
    chosen = {name: value for kind, name, value in parts if kind in ("value", "claimed")}
    claims = {name: str(value) for kind, name, value in parts if kind == "claimed"}
    further = {source.removeprefix(CLAIMED): str(value) for source, value in choices.items()
               if source.startswith(CLAIMED) and value is not None}  # fmt: skip
    return chosen, claims | further


def judge(
    policy: Policy, gathered: Callable[[Policy], Evidence], survey: Survey, lists: Lists = _NO_LISTS
) -> JudgedExample:
    """Judges a lead as `assess` does, under a policy with these lists. `gathered`: its evidence under a policy."""
    under = policy.model_copy(update={"lists": lists})
    evidence = gathered(under)
    counted = counted_facts(evidence.latest.maturity, evidence.latest.calculated)
    segment = segment_of(under, evidence, counted)
    if segment is not None:
        under = policy.for_segment(segment.id).model_copy(update={"lists": lists})
        evidence = gathered(under)
    judged = _judged(under, evidence, survey, counted)
    return judged if segment is None else replace(judged, segment=segment.id)


def _judged(policy: Policy, evidence: Evidence, survey: Survey, counted: Mapping[str, Any]) -> JudgedExample:
    scorecard = score(policy, evidence)
    known = known_facts(policy, evidence, scorecard)
    facts = policy_facts(policy, evidence, scorecard, known, counted)
    boxes = tuple(
        Ticked(box.id, box.text, "checked" if evaluate(box.check, facts) is True else "open", "", box.blocking)
        for box in policy.checklist
    )
    verdict = decide(policy, evidence, scorecard, boxes, facts)
    outcome = {"stage": str(verdict.stage), "reason": verdict.reason}
    step_facts = {**survey_facts(policy, evidence, scorecard, known, counted), **outcome}
    steps = enumerate(survey.report.next_step)
    step = next((index for index, rule in steps if rule.when is None or evaluate(rule.when, step_facts) is True), None)
    block, blocks = next_step(survey, step_facts), content_blocks(survey, step_facts)
    return JudgedExample({**facts, **outcome}, scorecard, boxes, verdict, step, block, blocks)


def _touch(campaign: str, choices: Mapping[str, Any]) -> dict[str, str]:
    found = {parameter: choices.get(f"{campaign}.{part}") for part, parameter in CAMPAIGN_PARTS.items()}
    return {parameter: str(value) for parameter, value in found.items() if value is not None}


def _with_email(contact: dict[str, Any], choices: Mapping[str, Any]) -> tuple[dict[str, Any], Lists]:
    """Returns the contact data with an email address of the chosen kind, and lists with or without its domain."""
    result = dict(contact)
    kind = choices.get("email_kind")
    on = [name.removeprefix("list:") for name, value in choices.items() if name.startswith("list:") and value]
    mail = result.get("email")
    domain = f"{kind or 'company'}.example"
    if mail is not None and canonical_email(str(mail)) is not None and (kind or on):
        result["email"] = f"somebody@{domain}"
    if choices.get("verify"):
        name = result.get("first_name") or result.get("last_name")
        result |= {"company": name} if name and "company" in result else {}
    return result, Lists(**dict.fromkeys(on, (domain,)))


def _history(choices: Mapping[str, Any], moment: Moment) -> History:
    now, today = choices.get("not_now"), moment.at.date()
    recent = today - timedelta(days=1) if choices.get("again") else today
    not_now_on = {"recent": recent, "past": LONG_AGO}.get(str(now))
    owner = choices.get("account_owner")
    duplicate, customer = bool(choices.get("duplicate")), bool(choices.get("customer"))
    return History(not_now_on, account_owner=owner, duplicate=duplicate, customer=customer)


def _signals(model: Model, policy: Policy, filled: ResponseEvidence, choices: Mapping[str, Any]) -> list[Signal]:
    """The signals besides the answers, dated now, or earlier where they must not count as strong."""
    emitted, now, result = counting_signals(filled, model.moment), model.moment.at, list[Signal]()
    for source, pick in choices.items():
        name = source.removeprefix("signal:")
        if source == name or not isinstance(pick, tuple):
            continue
        count, strong = pick
        rise = policy.intent.signals[name].strong_at
        old = now - timedelta(days=1)
        if strong is False and rise is not None and rise.within is not None:
            old = rise.within.before(now, policy.zone) - timedelta(days=1)
        asset = None if strong is False else "asset {}"
        for index in range(count - emitted.count(name)):
            at = old if strong is False else now
            result.append(Signal(name, at, asset=asset.format(index) if asset else None, source="seen before"))
    return result
