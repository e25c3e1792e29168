"""Counting somebody among the others, and freezing what their result says of them and of earlier answers.

Both happen in the transaction that accepts the answers, so that page and paper say the same for ever. Of a repeat two
things are frozen: what anybody sees, and what is shown once the address is known to be the writer's (safety 24a). The
first is as if the address were new: nothing in it tells that there are earlier answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from fractions import Fraction
from typing import Any

from questionnaire.actions.publishing import survey_of
from questionnaire.actions.records import filled_of
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.assessment import Assessment
from questionnaire.core.maturity import measure
from questionnaire.core.peers import EVERYBODY, Counted, Tally, counted, group_words, is_a_peer, peers_among, settled
from questionnaire.core.report import Peers, Prior
from questionnaire.core.survey import Survey
from questionnaire.storage import Session, responses, tallies
from questionnaire.storage.tables import Lead, Response

Frozen = dict[str, Any]
"""What a result shows, as JSON; under `known` what it shows once the address is confirmed."""


def count(toolbox: Toolbox, session: Session, row: Response, lead: Lead | None, fresh: bool, made: Assessment) -> None:
    """Freezes what the result of a newly accepted response shows, and lets it count for those who come after."""
    survey, known_from = survey_of(toolbox, session, row.survey_id, row.survey_version), None if fresh else lead
    known = _earlier(toolbox, session, row, known_from) if known_from else {}
    new = _adds(toolbox, session, row) if known_from else counted(survey, made.evidence.journey, made.maturity)
    if new is None:
        if known:
            tallies.freeze(session, row.id, {"known": known}, None)
        return
    before = tallies.standing(session, known_from.id, row.survey_id) if known_from else None
    old = _counted(before[1]) if before else None
    sums = _turn(session, row.survey_id, {EVERYBODY, new.group, *((old.group,) if old else ())})
    told = _told(survey, new.group, sums)
    if known_from:
        told["known"] = {**known, **_told(survey, new.group, _moved(sums, old, -1))}
    peer = is_a_peer((str(made.verdict.stage), lead.stage if lead else ""))
    goes, comes = settled(old, new, peer, sure=known_from is None or row.confirmed_at is not None)
    if before and goes:
        tallies.count(session, before[0], None)
    _keep(session, row.survey_id, sums, _moved(_moved(sums, goes, -1), comes, 1))
    tallies.freeze(session, row.id, told or None, _written(comes) if comes else None)


def _adds(toolbox: Toolbox, session: Session, row: Response) -> Counted | None:
    """What a repeat adds by itself: the judgement was made on the lead's contact data, and paths may hang on those."""
    filled = filled_of(toolbox, session, row, True, None)
    journey = filled.journey()
    return counted(filled.survey, journey, measure(filled.survey, journey))


def withdraw(session: Session, row: Response, lead: Lead, made: Assessment) -> None:
    """Once an address is confirmed, answers that are no peer's take the person out of the sums."""
    if is_a_peer((str(made.verdict.stage), lead.stage)):
        return
    standing = tallies.standing(session, lead.id, row.survey_id)
    if standing is not None:
        gone = _counted(standing[1])
        sums = _turn(session, row.survey_id, {EVERYBODY, gone.group})
        _keep(session, row.survey_id, sums, _moved(sums, gone, -1))
        tallies.count(session, standing[0], None)


def _earlier(toolbox: Toolbox, session: Session, row: Response, lead: Lead) -> Frozen:
    """The person's last result of this survey before this one, of the answers that are known to be theirs."""
    everything = responses.of_lead(session, lead.id)
    sure = [one for one in everything if one.id == everything[0].id or one.confirmed_at is not None]
    same = [one for one in sure if one.survey_id == row.survey_id and one.id != row.id and one.at <= row.at]
    for one in reversed(same):
        filled = filled_of(toolbox, session, one, True, None)
        overall = measure(filled.survey, filled.journey()).overall
        if overall is not None:
            return {"prior": {"at": one.at.isoformat(), "overall": str(overall)}}
    return {}


def _told(survey: Survey, group: str, sums: Mapping[str, Tally]) -> Frozen:
    benchmark = survey.report.benchmark
    found = peers_among(benchmark, group, sums[group], sums[EVERYBODY]) if benchmark else None
    if found is None:
        return {}
    means = {name: str(mean) for name, mean in found.dimensions.items()}
    return {"peers": {"people": found.count, "group": found.group, "overall": str(found.overall), "dimensions": means}}


def prior_of(row: Response, zone: Any) -> Prior | None:
    """What the page shows of earlier answers: nothing until the address is known to be the writer's."""
    prior = _shown(row).get("prior")
    if prior is None:
        return None
    return Prior(datetime.fromisoformat(prior["at"]).astimezone(zone), Fraction(prior["overall"]))


def peers_of(row: Response, survey: Survey) -> Peers | None:
    """What it shows of others, with the group in words."""
    peers = _shown(row).get("peers")
    if peers is None:
        return None
    means = {name: Fraction(mean) for name, mean in peers["dimensions"].items()}
    words = group_words(survey, peers["group"], row.language)
    return Peers(peers["people"], Fraction(peers["overall"]), words, means)


def changes_when_confirmed(row: Response) -> bool:
    """Whether the result shows more once the address is confirmed."""
    told = row.told or {}
    return "known" in told and told["known"] != {name: told[name] for name in ("peers",) if name in told}


def _shown(row: Response) -> Mapping[str, Any]:
    told = row.told or {}
    return told["known"] if row.confirmed_at is not None and "known" in told else told


# --- sums in and out of their rows -----------------------------------------------------------------------------


def _turn(session: Session, survey_id: str, groups: set[str]) -> dict[str, Tally]:
    found = tallies.turn(session, survey_id, groups)
    return {
        group: Tally(people, sums["overall"], {name: (pair[0], pair[1]) for name, pair in sums["dimensions"].items()})
        for group, (people, sums) in found.items()
    }


def _keep(session: Session, survey_id: str, before: Mapping[str, Tally], now: Mapping[str, Tally]) -> None:
    rows = {
        group: (tally.people, {"overall": tally.overall, "dimensions": {k: [*v] for k, v in tally.dimensions.items()}})
        for group, tally in now.items()
        if tally is not before[group]
    }
    tallies.keep(session, survey_id, rows)


def _moved(sums: Mapping[str, Tally], one: Counted | None, times: int) -> dict[str, Tally]:
    """With one person in (or out of) everybody, and of the own group."""
    if one is None:
        return dict(sums)
    concerned = {EVERYBODY, one.group}
    return {group: tally.plus(one, times) if group in concerned else tally for group, tally in sums.items()}


def _written(one: Counted) -> dict[str, Any]:
    return {"group": one.group, "overall": one.overall, "dimensions": dict(one.dimensions)}


def _counted(written: Mapping[str, Any]) -> Counted:
    return Counted(written["group"], written["overall"], written["dimensions"])
