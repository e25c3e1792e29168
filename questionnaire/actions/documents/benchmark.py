"""Compares a result with other people and with the person's earlier result, and updates the benchmark sums.

The comparison on a result is frozen when the response is accepted, as if the address were new: it must not reveal
whether the address has earlier responses. The comparison shown after the address is confirmed is added by the job that
judges the response (safety 24a). A person counts once per survey: with the newest response that counts.
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
from questionnaire.core.survey.survey import Survey
from questionnaire.storage import Session
from questionnaire.storage.responses import benchmark_sums
from questionnaire.storage.tables import LeadRow, ResponseRow

Frozen = dict[str, Any]
"""The comparison on a result, as JSON; `known` holds the one shown after the address is confirmed."""


def compare(session: Session, survey: Survey, alone: Assessment) -> Frozen | None:
    """The comparison with others for a newly accepted response. Reads the current sums without a lock."""
    entry = benchmark_entry(survey, alone.evidence.journey, alone.maturity)
    return (_peers(survey, entry.group, _sums(session, survey.id, entry.group)) or None) if entry else None


def remember(
    toolbox: Toolbox, session: Session, row: ResponseRow, lead: LeadRow, earlier: Sequence[ResponseRow]
) -> None:
    """For a repeat, stores the comparison shown after the address is confirmed: the person's earlier result, and the
    others without that result."""
    known = _prior(toolbox, session, row, earlier)
    frozen = row.shown_benchmark or {}
    before = benchmark_sums.benchmark_entries(session, lead.id).get(row.survey_id)
    entry = _entry(toolbox, session, row) if before else None
    if before and entry:
        survey = survey_of(toolbox, session, row.survey_id, row.survey_version)
        sums = _sums(session, row.survey_id, entry.group)
        known |= _peers(survey, entry.group, _plus(sums, _read_entry(before[1]), -1))
    elif "peers" in frozen:
        known["peers"] = frozen["peers"]
    if before or known != {name: frozen[name] for name in ("peers",) if name in frozen}:
        row.shown_benchmark = {**frozen, "known": known}
        benchmark_sums.store_comparison(session, row.id, row.shown_benchmark)


def count_alone(toolbox: Toolbox, session: Session, row: ResponseRow, stage: str) -> None:
    """Adds a response without an email address to the sums. Whether the person answered before cannot be known."""
    entry = _entry(toolbox, session, row) if is_peer((stage,)) else None
    if entry:
        _replace(session, row.survey_id, None, (row.id, entry))


def recount(
    toolbox: Toolbox, session: Session, lead: LeadRow, responses: Sequence[ResponseRow], stages: Sequence[str]
) -> None:
    """Sets the lead's entry in the sums of each survey to its newest response that counts. A non-peer has no entry.

    Sums are locked in the order of survey ids, after the rows of the lead. All callers keep this order: no deadlocks.
    """
    newest = {row.survey_id: row for row in responses} if is_peer((*stages, lead.stage)) else {}
    standing = benchmark_sums.benchmark_entries(session, lead.id)
    for survey_id in sorted({*standing, *newest}):
        old, row = standing.get(survey_id), newest.get(survey_id)
        if old and row and old[0] == row.id:
            continue
        entry = _entry(toolbox, session, row) if row else None
        if old or entry:
            _replace(session, survey_id, old, (row.id, entry) if row and entry else None)


def _replace(
    session: Session, survey_id: str, old: tuple[str, Mapping[str, Any]] | None, new: tuple[str, BenchmarkEntry] | None
) -> None:
    removed, added = _read_entry(old[1]) if old else None, new[1] if new else None
    sums = _lock_sums(session, survey_id, {ALL_PEOPLE, *(entry.group for entry in (removed, added) if entry)})
    _store_changes(session, survey_id, sums, _plus(_plus(sums, removed, -1), added, 1))
    if old:
        benchmark_sums.store_entry(session, old[0], None)
    if new:
        benchmark_sums.store_entry(session, new[0], _write_entry(new[1]))


def _entry(toolbox: Toolbox, session: Session, row: ResponseRow) -> BenchmarkEntry | None:
    """The entry that a response adds to the sums; None if it has no maturity to compare."""
    filled = filled_of(toolbox, session, row)
    return benchmark_entry(filled.survey, filled.journey, filled.maturity)


def _prior(toolbox: Toolbox, session: Session, row: ResponseRow, earlier: Sequence[ResponseRow]) -> Frozen:
    """The last result of this survey among the person's confirmed earlier responses."""
    same = [
        other for other in earlier if other.survey_id == row.survey_id and other.confirmed_at and other.at <= row.at
    ]
    for other in sorted(same, key=lambda other: other.at, reverse=True):
        filled = filled_of(toolbox, session, other)
        overall = filled.maturity.overall
        if overall is not None:
            return {"prior": {"at": other.at.isoformat(), "overall": str(overall)}}
    return {}


def _peers(survey: Survey, group: str, sums: Mapping[str, BenchmarkSum]) -> Frozen:
    benchmark = survey.report.benchmark
    peers = select_peers(benchmark, group, sums[group], sums[ALL_PEOPLE]) if benchmark else None
    if peers is None:
        return {}
    means = {name: str(mean) for name, mean in peers.dimensions.items()}
    return {"peers": {"people": peers.count, "group": peers.group, "overall": str(peers.overall), "dimensions": means}}


def prior_of(row: ResponseRow, zone: Any) -> Prior | None:
    """The earlier result that the page shows; None until the address is confirmed."""
    prior = _visible(row).get("prior")
    if prior is None:
        return None
    return Prior(datetime.fromisoformat(prior["at"]).astimezone(zone), Fraction(prior["overall"]))


def peers_of(row: ResponseRow, survey: Survey) -> Peers | None:
    """The comparison with others that the page shows, with the name of the group."""
    peers = _visible(row).get("peers")
    if peers is None:
        return None
    means = {name: Fraction(mean) for name, mean in peers["dimensions"].items()}
    words = group_words(survey, peers["group"], row.language)
    return Peers(peers["people"], Fraction(peers["overall"]), words, means)


def changes_when_confirmed(row: ResponseRow) -> bool:
    """Whether the result shows more once the address is confirmed."""
    frozen = row.shown_benchmark or {}
    return "known" in frozen and frozen["known"] != {name: frozen[name] for name in ("peers",) if name in frozen}


def _visible(row: ResponseRow) -> Mapping[str, Any]:
    frozen = row.shown_benchmark or {}
    return frozen["known"] if row.confirmed_at is not None and "known" in frozen else frozen


# --- reading and writing the sums ------------------------------------------------------------------------------


def _sums(session: Session, survey_id: str, group: str) -> dict[str, BenchmarkSum]:
    """The current sums of all people and of one group."""
    return {
        ALL_PEOPLE: BenchmarkSum(),
        group: BenchmarkSum(),
        **_read(benchmark_sums.read_sums(session, survey_id, group)),
    }


def _lock_sums(session: Session, survey_id: str, groups: set[str]) -> dict[str, BenchmarkSum]:
    return _read(benchmark_sums.lock_sums(session, survey_id, groups))


def _read(rows: Mapping[str, tuple[int, Mapping[str, Any]]]) -> dict[str, BenchmarkSum]:
    return {
        group: BenchmarkSum(
            people, sums["overall"], {name: (pair[0], pair[1]) for name, pair in sums["dimensions"].items()}
        )
        for group, (people, sums) in rows.items()
    }


def _store_changes(
    session: Session, survey_id: str, before: Mapping[str, BenchmarkSum], now: Mapping[str, BenchmarkSum]
) -> None:
    rows = {
        group: (tally.people, {"overall": tally.overall, "dimensions": {k: [*v] for k, v in tally.dimensions.items()}})
        for group, tally in now.items()
        if tally is not before[group]
    }
    benchmark_sums.write_sums(session, survey_id, rows)


def _plus(sums: Mapping[str, BenchmarkSum], entry: BenchmarkEntry | None, times: int) -> dict[str, BenchmarkSum]:
    """The sums after adding an entry (`times` = 1) or removing it (-1): in all people, and in its group if present."""
    if entry is None:
        return dict(sums)
    groups = {ALL_PEOPLE, entry.group}
    return {group: tally.plus(entry, times) if group in groups else tally for group, tally in sums.items()}


def _write_entry(entry: BenchmarkEntry) -> dict[str, Any]:
    return {"group": entry.group, "overall": entry.overall, "dimensions": dict(entry.dimensions)}


def _read_entry(content: Mapping[str, Any]) -> BenchmarkEntry:
    return BenchmarkEntry(content["group"], content["overall"], content["dimensions"])
