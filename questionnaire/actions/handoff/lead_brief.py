"""The first lines of every notification about a lead, from the first page of its dossier."""

from __future__ import annotations

from questionnaire.actions.assessing.event_texts import rep_names
from questionnaire.actions.assessing.history import filled_by, filled_of
from questionnaire.actions.delivery.staff_links import lead_link
from questionnaire.actions.documents.dossiers import case_of
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.base.translation import Translator
from questionnaire.core.documents.dossier import DossierContext, summary
from questionnaire.core.identity.contact_details import dialled
from questionnaire.core.identity.phone_number import phone_link
from questionnaire.core.scoring.lead_reason import signal_text
from questionnaire.core.scoring.signals import SignalScore
from questionnaire.notify.brief import Brief, Headline
from questionnaire.notify.channel import message_id
from questionnaire.storage import Session
from questionnaire.storage.tables import LeadRow, ResponseRow, StaffRow


def brief_of(toolbox: Toolbox, session: Session, lead: LeadRow, row: ResponseRow, reader: StaffRow) -> Brief:
    """The five lines a rep wants first, from the first page of the dossier."""
    case = case_of(toolbox, session, lead, row, reader.language, reader.timezone)
    first = summary.brief(case)
    size = next((fact.text for fact in first.facts if not fact.country), "")
    country = next((fact.country for fact in first.facts if fact.country), "")
    due_at = case.due if lead.owner else lead.next_at
    return Brief(
        headline=Headline(lead.name, first.job_title, first.company, size, country, _wants(case)),
        link=lead_link(toolbox, reader, lead.id, due_at if lead.owner else None, toolbox.now()),
        thread=message_id(f"lead {lead.id}", "leads"),
        zone=reader.timezone,
        why=first.why,
        label=first.label,
        due_at=due_at,
        phone=case.phone,
        phone_link=phone_link(dialled(lead.contact)) if case.phone else "",
        linkedin=str(lead.contact.get("linkedin") or ""),
        email=lead.email,
        pain=first.pain,
        open=first.unknown[:3],
        opener=next(iter(first.open_with), ""),
        confirmed=case.confirmed,
        page=f"{toolbox.settings.public_url}/desk/leads/{lead.id}",
        owner=rep_names(session).get(lead.owner, lead.owner) if lead.owner else "",
    )


def _wants(case: DossierContext) -> str:
    """What the person asked for, if anything: the newest hand-raise."""
    policy = case.assessment.policy
    raised = [seen for seen in case.assessment.scorecard.intent.signals if seen.signal in policy.mql.immediate_on]
    newest: SignalScore | None = max(raised, key=lambda seen: seen.last, default=None)
    return signal_text(policy, case.assessment.evidence, newest, case.words) if newest is not None else ""


def changes_of(toolbox: Toolbox, session: Session, lead: LeadRow, row: ResponseRow, words: Translator) -> list[str]:
    """What the newest answers say differently from the last ones to the same survey."""
    earlier = [one for one in filled_by(toolbox, session, lead, row.at) if one.survey.id == row.survey_id]
    last = next((one for one in reversed(earlier) if one.id != row.id), None)
    if last is None:
        return []
    mine = filled_of(toolbox, session, row)
    before, after, survey = last.journey.answers, mine.journey.answers, mine.survey
    said: list[str] = []
    for name, value in after.items():
        item = survey.items[name]
        if name in before and before[name] != value:
            new, old = mine.value_words(item, value), last.value_words(item, before[name])
            title = mine.say(item.title)
            said.append(words("%(question)s “%(new)s” (was “%(old)s”)", question=title, new=new, old=old))
    return said
