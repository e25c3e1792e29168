"""Comparing a result with others and with earlier answers of the same person, and keeping the sums it is compared with.

What the result shows of others is frozen when the answers are accepted, as if the address were new: nothing in it says
whether there are earlier answers. What it shows once the address is confirmed is added by the job that judges the
response (safety 24a). A person counts once for each survey: with the newest response that counts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from fractions import Fraction
from typing import Any

from questionnaire.actions.assessing.history import filled_of
from questionnaire.actions.publishing.publish_version import survey_of
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.documents.benchmark import (
    ALL_PEOPLE,
    BenchmarkEntry,
    BenchmarkSum,
    benchmark_entry,
    group_words,
    is_peer,
    select_peers,
)
from questionnaire.core.documents.report import Peers, Prior
from questionnaire.core.scoring.assessment import Assessment
from questionnaire.core.survey.maturity import measure
from questionnaire.core.survey.survey import Survey
from questionnaire.storage import Session
from questionnaire.storage.responses import benchmark_sums
from questionnaire.storage.tables import LeadRow, ResponseRow

Frozen = dict[str, Any]
"""What a result shows, as JSON; under `known` what it shows once the address is confirmed."""


def compare(session: Session, survey: Survey, alone: Assessment) -> Frozen | None:
    """What the result of newly accepted answers shows of others. Reads the sums as they are, and locks nothing."""
    mine = benchmark_entry(survey, alone.evidence.journey, alone.maturity)
    return (_told(survey, mine.group, _sums(session, survey.id, mine.group)) or None) if mine else None


def remember(
    toolbox: Toolbox, session: Session, row: ResponseRow, lead: LeadRow, earlier: Sequence[ResponseRow]
) -> None:
    """Adds what a repeat shows once its address is confirmed: earlier answers, and others without them."""
    known = _prior(toolbox, session, row, earlier)
    told = row.shown_benchmark or {}
    before = benchmark_sums.benchmark_entries(session, lead.id).get(row.survey_id)
    mine = _adds(toolbox, session, row) if before else None
    if before and mine:
        survey = survey_of(toolbox, session, row.survey_id, row.survey_version)
        sums = _sums(session, row.survey_id, mine.group)
        known |= _told(survey, mine.group, _moved(sums, _counted(before[1]), -1))
    elif "peers" in told:
        known["peers"] = told["peers"]
    if before or known != {name: told[name] for name in ("peers",) if name in told}:
        row.shown_benchmark = {**told, "known": known}
        benchmark_sums.store_comparison(session, row.id, row.shown_benchmark)


def count_alone(toolbox: Toolbox, session: Session, row: ResponseRow, stage: str) -> None:
    """Counts a response without an address. No one else can know whether the same person answered before."""
    mine = _adds(toolbox, session, row) if is_peer((stage,)) else None
    if mine:
        _replace(session, row.survey_id, None, (row.id, mine))


def recount(
    toolbox: Toolbox, session: Session, lead: LeadRow, responses: Sequence[ResponseRow], stages: Sequence[str]
) -> None:
    """Has the lead count with the newest response that counts, for each survey; a lead that is no peer with none.

    Tallies are locked in the order of the surveys, and after the rows of the lead: everyone takes them in this order.
    """
    newest = {row.survey_id: row for row in responses} if is_peer((*stages, lead.stage)) else {}
    standing = benchmark_sums.benchmark_entries(session, lead.id)
    for survey_id in sorted({*standing, *newest}):
        old, row = standing.get(survey_id), newest.get(survey_id)
        if old and row and old[0] == row.id:
            continue
        mine = _adds(toolbox, session, row) if row else None
        if old or mine:
            _replace(session, survey_id, old, (row.id, mine) if row and mine else None)


def _replace(
    session: Session, survey_id: str, old: tuple[str, Mapping[str, Any]] | None, new: tuple[str, BenchmarkEntry] | None
) -> None:
    goes, comes = _counted(old[1]) if old else None, new[1] if new else None
    sums = _turn(session, survey_id, {ALL_PEOPLE, *(one.group for one in (goes, comes) if one)})
    _keep(session, survey_id, sums, _moved(_moved(sums, goes, -1), comes, 1))
    if old:
        benchmark_sums.store_entry(session, old[0], None)
    if new:
        benchmark_sums.store_entry(session, new[0], _written(new[1]))


def _adds(toolbox: Toolbox, session: Session, row: ResponseRow) -> BenchmarkEntry | None:
    """What a response adds by itself."""
    filled = filled_of(toolbox, session, row)
    journey = filled.journey()
    return benchmark_entry(filled.survey, journey, measure(filled.survey, journey))


def _prior(toolbox: Toolbox, session: Session, row: ResponseRow, earlier: Sequence[ResponseRow]) -> Frozen:
    """The last result of this survey among the earlier responses that are known to be the person's."""
    same = [one for one in earlier if one.survey_id == row.survey_id and one.confirmed_at and one.at <= row.at]
    for one in sorted(same, key=lambda one: one.at, reverse=True):
        filled = filled_of(toolbox, session, one)
        overall = measure(filled.survey, filled.journey()).overall
        if overall is not None:
            return {"prior": {"at": one.at.isoformat(), "overall": str(overall)}}
    return {}


def _told(survey: Survey, group: str, sums: Mapping[str, BenchmarkSum]) -> Frozen:
    benchmark = survey.report.benchmark
    found = select_peers(benchmark, group, sums[group], sums[ALL_PEOPLE]) if benchmark else None
    if found is None:
        return {}
    means = {name: str(mean) for name, mean in found.dimensions.items()}
    return {"peers": {"people": found.count, "group": found.group, "overall": str(found.overall), "dimensions": means}}


def prior_of(row: ResponseRow, zone: Any) -> Prior | None:
    """What the page shows of earlier answers: nothing until the address is known to be the writer's."""
    prior = _shown(row).get("prior")
    if prior is None:
        return None
    return Prior(datetime.fromisoformat(prior["at"]).astimezone(zone), Fraction(prior["overall"]))


def peers_of(row: ResponseRow, survey: Survey) -> Peers | None:
    """What it shows of others, with the group in words."""
    peers = _shown(row).get("peers")
    if peers is None:
        return None
    means = {name: Fraction(mean) for name, mean in peers["dimensions"].items()}
    words = group_words(survey, peers["group"], row.language)
    return Peers(peers["people"], Fraction(peers["overall"]), words, means)


def changes_when_confirmed(row: ResponseRow) -> bool:
    """Whether the result shows more once the address is confirmed."""
    told = row.shown_benchmark or {}
    return "known" in told and told["known"] != {name: told[name] for name in ("peers",) if name in told}


def _shown(row: ResponseRow) -> Mapping[str, Any]:
    told = row.shown_benchmark or {}
    return told["known"] if row.confirmed_at is not None and "known" in told else told


# --- sums in and out of their rows -----------------------------------------------------------------------------


def _sums(session: Session, survey_id: str, group: str) -> dict[str, BenchmarkSum]:
    """Everybody and one group, as they are now."""
    return {
        ALL_PEOPLE: BenchmarkSum(),
        group: BenchmarkSum(),
        **_read(benchmark_sums.read_sums(session, survey_id, group)),
    }


def _turn(session: Session, survey_id: str, groups: set[str]) -> dict[str, BenchmarkSum]:
    return _read(benchmark_sums.lock_sums(session, survey_id, groups))


def _read(found: Mapping[str, tuple[int, Mapping[str, Any]]]) -> dict[str, BenchmarkSum]:
    return {
        group: BenchmarkSum(
            people, sums["overall"], {name: (pair[0], pair[1]) for name, pair in sums["dimensions"].items()}
        )
        for group, (people, sums) in found.items()
    }


def _keep(
    session: Session, survey_id: str, before: Mapping[str, BenchmarkSum], now: Mapping[str, BenchmarkSum]
) -> None:
    rows = {
        group: (tally.people, {"overall": tally.overall, "dimensions": {k: [*v] for k, v in tally.dimensions.items()}})
        for group, tally in now.items()
        if tally is not before[group]
    }
    benchmark_sums.write_sums(session, survey_id, rows)


def _moved(sums: Mapping[str, BenchmarkSum], one: BenchmarkEntry | None, times: int) -> dict[str, BenchmarkSum]:
    """With one person in (or out of) everybody, and of the own group where it is among the sums."""
    if one is None:
        return dict(sums)
    concerned = {ALL_PEOPLE, one.group}
    return {group: tally.plus(one, times) if group in concerned else tally for group, tally in sums.items()}


def _written(one: BenchmarkEntry) -> dict[str, Any]:
    return {"group": one.group, "overall": one.overall, "dimensions": dict(one.dimensions)}


def _counted(written: Mapping[str, Any]) -> BenchmarkEntry:
    return BenchmarkEntry(written["group"], written["overall"], written["dimensions"])
