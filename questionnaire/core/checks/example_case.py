"""A respondent that a search has found, as a case: the answers, and what else has to be true of the lead."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from questionnaire.core.cases.trial import plain
from questionnaire.core.checks.findings import ExampleLead, Witness
from questionnaire.core.identity.email_address import Domains
from questionnaire.core.policy import Policy
from questionnaire.core.scoring.context_facts import CAMPAIGN_PARTS
from questionnaire.core.scoring.evidence import History, Signal

MAIL = "email"
KINDS = {"free.example": "free", "disposable.example": "disposable"}
"""The domains that an example was judged with, by what they stand for."""
FAMILIAR = ("gmail.com", "mailinator.com")


def case_of_witness(witness: Witness, policy: Policy, domains: Domains, now: datetime) -> dict[str, Any]:
    """The case in the notation of a file, judged now; its visits and its history are as long ago as in the example."""
    contact = {name: plain(value) for name, value in witness.contact.items() if value is not None}
    known = witness.known
    if MAIL in contact:
        on = known.lists if known is not None else ()
        contact[MAIL] = _address(str(contact[MAIL]), on, policy, domains)
    case: dict[str, Any] = {
        "answers": {name: plain(value) for name, value in witness.answers.items() if value is not None},
        "contact": contact,
        "hidden": dict(witness.hidden),
    }
    if known is not None:
        case |= _beside(known, now)
    return {key: value for key, value in case.items() if value}


def _address(address: str, lists: Iterable[str], policy: Policy, domains: Domains) -> str:
    """An address of the same kind with a domain that is really on these lists, and of that kind."""
    name, _, domain = address.partition("@")
    listed = next((one for on in lists for one in dict(policy.lists).get(on, ())), None)
    known = {"free": domains.free - domains.disposable, "disposable": domains.disposable}.get(KINDS.get(domain, ""))
    familiar = sorted(known or (), key=lambda one: (one not in FAMILIAR, one))
    return f"{name}@{listed or next(iter(familiar), domain)}"


def _beside(known: ExampleLead, now: datetime) -> dict[str, Any]:
    filled, later = known.filled, now - known.at
    survey = filled.survey
    parts: dict[str, Any] = {
        "language": filled.language if len(survey.languages) > 1 else None,
        "answered_at": (filled.at + later).isoformat() if filled.at != known.at else None,
        "claims": dict(filled.claims),
        "signals": [_signal(one, later) for one in known.signals],
        "history": _history(known.history, later),
        "campaign": _campaign(filled.touches.get("last", {})),
        "first_campaign": _campaign(filled.touches.get("first", {})),
    }
    return {key: value for key, value in parts.items() if value}


def _signal(signal: Signal, later: timedelta) -> dict[str, Any]:
    asset = {"asset": signal.asset} if signal.asset else {}
    return {"name": signal.name, "at": (signal.at + later).isoformat(), **asset}


def _history(history: History, later: timedelta) -> dict[str, Any]:
    said = history.not_now_on
    day = _day(said, later).isoformat() if said is not None else None
    parts = {"not_now_on": day, "account_owner": history.account_owner, "duplicate": history.duplicate,
             "customer": history.customer}  # fmt: skip
    return {key: value for key, value in parts.items() if value}


def _day(said: date, later: timedelta) -> date:
    """Long ago stays long ago."""
    return said if said.year < 1950 else said + timedelta(days=later.days)


def _campaign(touch: Mapping[str, str]) -> dict[str, str]:
    names = {parameter: part for part, parameter in CAMPAIGN_PARTS.items()}
    return {names[parameter]: value for parameter, value in touch.items()}
