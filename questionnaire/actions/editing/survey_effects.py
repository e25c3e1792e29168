"""The job that computes the effect of a survey’s draft on past leads, and what the publish page shows of it.

Bounded: the newest 300 leads of three months whose newest response is to the version in force, found among the newest
2000 leads. It is queued with each change of a draft and computes that of the newest revision.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from questionnaire.actions.assessing.history import filled_of
from questionnaire.actions.editing.draft_check import check_document, newest_policy
from questionnaire.actions.editing.drafts import Draft, find_draft
from questionnaire.actions.editing.past_leads import PastLead, past_leads
from questionnaire.actions.publishing.publish_version import survey_of
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.base.explanation import Explanation, read_explanation
from questionnaire.core.base.quantities import half_up
from questionnaire.core.policy import Policy
from questionnaire.core.scoring.assessment import assess
from questionnaire.core.scoring.survey_effect import (
    RereadLead,
    SurveyEffect,
    dropped_answers,
    reread,
    survey_effect_of,
    unasked_items,
)
from questionnaire.core.survey.survey import Survey
from questionnaire.storage import Session
from questionnaire.storage.publishing import policy_effects, publications

PERIOD = timedelta(days=90)
MOST_LEADS = 300
MOST_LOOKED_AT = 2000


@dataclass(frozen=True, slots=True)
class RescoredLead:
    """A lead that the draft would judge otherwise. `scores`: FIT, INTENT, TIMING and maturity, today and under the
    draft. `shifts`: (criterion or signal, levels, points), each today and under the draft."""

    id: str
    name: str
    company: str
    stages: tuple[str, str]
    scores: tuple[tuple[int | None, int | None], ...]
    shifts: tuple[tuple[str, tuple[str, str], tuple[int, int]], ...]
    why: Explanation | None
    dropped: tuple[str, ...]

    @property
    def counted(self) -> tuple[tuple[str, int], ...]:
        """What the draft does not ask it, in the shape of the totals."""
        return tuple((name, 1) for name in self.dropped)


@dataclass(frozen=True, slots=True)
class SurveyEffectView:
    """`state`: `waiting` before the first result, `first` without a version in force, `unreadable` for a draft with
    mistakes, else `done`. `is_newest`: of the draft and the versions as they are now.

    `is_limited`: there are more leads than were looked at. Pairs are (today, draft); `dropped` and `unasked`: (item,
    number of leads), most first.
    """

    state: str
    is_newest: bool
    leads: int = 0
    is_limited: bool = False
    since: datetime | None = None
    until: datetime | None = None
    mqls: tuple[int, int] = (0, 0)
    ready: tuple[int, int] = (0, 0)
    moves: tuple[tuple[str, str, int], ...] = ()
    moved: int = 0
    scores_only: int = 0
    changed: tuple[RescoredLead, ...] = ()
    dropped: tuple[tuple[str, int], ...] = ()
    unasked: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class _Basis:
    """What an effect is computed from besides the draft: the version in force, and the policies of both."""

    version: int | None
    policies: tuple[tuple[str, int | None], ...]

    @property
    def as_json(self) -> list[Any]:
        return [self.version, *([name, version] for name, version in self.policies)]


def compute_survey_effect(toolbox: Toolbox, draft_id: str) -> None:
    """The job. Computes nothing twice: of several changes the first job sees all of them."""
    draft = find_draft(toolbox, draft_id)
    if draft is None:
        return
    with toolbox.database.reading() as session:
        basis = _basis(session, draft)
        known = policy_effects.find(session, draft_id)
    is_known = known is not None and known.revision == draft.revision and known.content.get("basis") == basis.as_json
    if known is not None and is_known and known.at > toolbox.now() - timedelta(minutes=1):
        return
    content = _content(toolbox, draft, basis.version) | {"basis": basis.as_json}
    with toolbox.database.writing() as session:
        policy_effects.keep(session, draft_id, draft.revision, toolbox.now(), content)


def _basis(session: Session, draft: Draft) -> _Basis:
    row = publications.find(session, "survey", draft.name)
    documents = (row.content, draft.document) if row is not None else ()
    names = tuple(str(one.get("policy") or "") for one in documents)
    policies = tuple((name, publications.newest_version(session, "policy", name)) for name in names)
    return _Basis(row.version if row is not None else None, policies)


def _content(toolbox: Toolbox, draft: Draft, version: int | None) -> dict[str, Any]:
    if version is None:
        return {"state": "first"}
    check = check_document(toolbox, draft.document)
    with toolbox.database.reading() as session:
        before = survey_of(toolbox, session, draft.name, version)
    policy, _problems = newest_policy(toolbox, before.policy)
    if check.survey is None or not check.is_whole or check.policy is None or policy is None:
        return {"state": "unreadable"}
    leads = tuple(_leads(toolbox, version, before, check.survey, (policy, check.policy)))
    # One more than the most is looked for, to know whether there are more.
    return _written(survey_effect_of(leads[-MOST_LEADS:]), is_limited=len(leads) > MOST_LEADS)


def _leads(
    toolbox: Toolbox, version: int, before: Survey, after: Survey, policies: tuple[Policy, Policy]
) -> Iterator[RereadLead]:  # fmt: skip
    """In order of arrival."""
    with toolbox.database.reading() as session:
        ids = policy_effects.newest_leads(session, toolbox.now() - PERIOD, MOST_LOOKED_AT)
    found: list[str] = []
    for _session, lead in past_leads(toolbox, ids):
        newest = lead.responses[-1]
        if (newest.survey_id, newest.survey_version) == (before.id, version):
            found.append(lead.id)
            if len(found) > MOST_LEADS:
                break
    for session, lead in past_leads(toolbox, found[::-1]):
        yield _judged_again(toolbox, session, lead, after, policies)


def _judged_again(
    toolbox: Toolbox, session: Session, lead: PastLead, after: Survey, policies: tuple[Policy, Policy]
) -> RereadLead:  # fmt: skip
    """Its answers to the version in force as the draft reads them; those to other surveys stay as they are."""
    newest = lead.responses[-1]
    old = [filled_of(toolbox, session, row) for row in lead.responses]
    new = [
        reread(one, row.answers, after)
        if (row.survey_id, row.survey_version) == (newest.survey_id, newest.survey_version) else one
        for one, row in zip(old, lead.responses, strict=True)
    ]  # fmt: skip
    before, drafted = (
        assess(policy, filled, (), lead.history, newest.at, toolbox.domains)
        for policy, filled in zip(policies, (old, new), strict=True)
    )
    return RereadLead(
        lead.id, before, drafted, dropped_answers(old[-1], new[-1]), unasked_items(old[-1], new[-1])
    )  # fmt: skip


def _written(effect: SurveyEffect, *, is_limited: bool) -> dict[str, Any]:
    return {
        "state": "done", "leads": effect.leads, "is_limited": is_limited,
        "since": effect.since.isoformat() if effect.since else None,
        "until": effect.until.isoformat() if effect.until else None,
        "mqls": effect.mqls, "ready": effect.ready, "moves": effect.moves,
        "moved": sum(count for _, _, count in effect.moves), "scores_only": effect.scores_only,
        "changed": [_changed(lead) for lead in effect.changed],
        "dropped": _counted(effect.dropped), "unasked": _counted(effect.unasked),
    }  # fmt: skip


def _counted(counts: Mapping[str, int]) -> list[list[Any]]:
    return sorted(([name, count] for name, count in counts.items()), key=lambda one: -one[1])


def _changed(lead: RereadLead) -> dict[str, Any]:
    """Without name and company, which are read with the page, so that an erased lead is nowhere."""
    stages = [str(one.verdict.stage) for one in (lead.before, lead.after)]
    why = lead.after.verdict.why
    scores = [[None if one is None else half_up(one) for one in pair] for pair in zip(*lead.scores, strict=True)]
    return {
        "id": lead.id, "stages": stages, "scores": scores, "shifts": [one.as_json for one in lead.shifts],
        "why": why.as_json if why is not None else None, "dropped": list(lead.dropped),
    }  # fmt: skip


def survey_effect_view(toolbox: Toolbox, draft: Draft) -> SurveyEffectView:
    """Writes nothing."""
    with toolbox.database.reading() as session:
        row = policy_effects.find(session, draft.id)
        basis = _basis(session, draft)
        ids = sorted({one["id"] for one in row.content.get("changed", ())}) if row is not None else []
        leads = policy_effects.leads_of(session, ids)
    if row is None:
        return SurveyEffectView("waiting" if basis.version is not None else "first", is_newest=False)
    stored: Mapping[str, Any] = row.content
    is_newest = row.revision == draft.revision and stored.get("basis") == basis.as_json
    view = SurveyEffectView(str(stored["state"]), is_newest)
    if view.state != "done":
        return view if is_newest or basis.version is None else replace(view, state="waiting")
    changed = tuple(
        RescoredLead(
            lead.id, lead.name, lead.company, (one["stages"][0], one["stages"][1]),
            tuple((today, draft) for today, draft in one["scores"]),
            tuple((name, (old, new), (was, would)) for name, old, new, was, would in one["shifts"]),
            read_explanation(one["why"]) if one["why"] else None, tuple(one["dropped"]),
        )
        for one in stored["changed"]
        if (lead := leads.get(one["id"])) is not None
    )  # fmt: skip
    return replace(
        view, leads=stored["leads"], is_limited=stored["is_limited"], since=_moment(stored["since"]),
        until=_moment(stored["until"]), mqls=(stored["mqls"][0], stored["mqls"][1]),
        ready=(stored["ready"][0], stored["ready"][1]),
        moves=tuple((before, after, count) for before, after, count in stored["moves"]), moved=stored["moved"],
        scores_only=stored["scores_only"], changed=changed,
        dropped=tuple((name, count) for name, count in stored["dropped"]),
        unasked=tuple((name, count) for name, count in stored["unasked"]),
    )  # fmt: skip


def _moment(raw: str | None) -> datetime | None:
    return datetime.fromisoformat(raw) if raw else None
