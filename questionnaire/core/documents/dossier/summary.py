"""Summary section of a dossier: person, deadline, verdict, openers, gaps and warnings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from questionnaire.core.base.dates import day_name
from questionnaire.core.base.labels import heat_name, stage_name
from questionnaire.core.documents.dossier.context import DossierContext, zone_name
from questionnaire.core.documents.dossier.qualification import UNKNOWN, bant, meddic, need_of
from questionnaire.core.handoff.routing import routing_text
from questionnaire.core.scoring.verdict_reason import verdict_text

LISTED = ("size", "sector", "zone")
REACH = ("email", "phone", "linkedin")
MOST_CLAIMS = 4


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and its value. `country` is the ISO 3166-1 code when the value is a country, for its localised name."""

    label: str
    text: str
    country: str = ""


@dataclass(frozen=True, slots=True)
class DossierSummary:
    """`call_by` is ISO 8601 in the reader's zone, "" without a deadline; `zone` is the name of the zone for people.

    `rep_call_by` and `rep_zone` are the same moment in the rep's zone, "" where its clock shows the same time.
    """

    person: str
    job_title: str
    seniority: str
    company: str
    facts: tuple[Fact, ...]
    reach: tuple[Fact, ...]
    rep: str
    routed: str
    call_by: str
    zone: str
    rep_call_by: str
    rep_zone: str
    label: str
    timing: str
    stage: str
    why: str
    pain: str
    open_with: tuple[str, ...]
    unknown: tuple[str, ...]
    careful: tuple[str, ...]


def brief(case: DossierContext) -> DossierSummary:
    assessment, words = case.assessment, case.words
    card, verdict = assessment.scorecard, assessment.verdict
    rank = assessment.evidence.known.get("seniority")
    rep_call_by, rep_zone = _rep_deadline(case)
    return DossierSummary(
        person=case.person,
        job_title=case.contact_text("job_title"),
        seniority=case.level_title("seniority", rank.level) if rank else "",
        company=case.contact_text("company"),
        facts=tuple(_facts(case)),
        reach=tuple(Fact(case.field_label(name), text) for name, text in _reach(case) if text),
        rep=case.rep,
        routed=routing_text(case.assignment.why, words, case.rep_names) if case.assignment else "",
        call_by=case.local(case.due) if case.due else "",
        zone=zone_name(case.zone, words),
        rep_call_by=rep_call_by,
        rep_zone=rep_zone,
        label=card.label,
        timing=heat_name(card.timing.level, words),
        stage=case.stage or stage_name(verdict.stage, words),
        why=verdict_text(verdict.why, words),
        pain=need_of(case).what,
        open_with=tuple(_openers(case)),
        unknown=tuple(dict.fromkeys(_gaps(case)))[:5],
        careful=tuple(_warnings(case)),
    )


def _reach(case: DossierContext) -> Iterator[tuple[str, str]]:
    for name in REACH:
        yield name, case.phone if name == "phone" else case.contact_text(name)


def _rep_deadline(case: DossierContext) -> tuple[str, str]:
    """The deadline on the rep's clock and the name of its zone; empty where the reader's clock shows the same."""
    if case.due is None or case.rep_zone is None:
        return "", ""
    theirs = case.due.astimezone(case.rep_zone)
    if theirs.utcoffset() == case.due.astimezone(case.zone).utcoffset():
        return "", ""
    return theirs.isoformat(timespec="seconds"), zone_name(case.rep_zone, case.words)


def _facts(case: DossierContext) -> Iterator[Fact]:
    evidence = case.assessment.evidence
    for name in LISTED:
        known = evidence.known.get(name)
        if known is None:
            continue
        declared = next((response.survey.question(known.name) for response in case.responses), None)
        fields = {field.name: field.question for response in case.responses for field in response.survey.contact_fields}
        asked = declared or fields.get(known.name)
        is_country = asked is not None and asked.kind == "country"
        code = str(known.value).upper() if is_country else ""
        yield Fact(case.criterion_title(name), case.spoken_words(known), code)


def _openers(case: DossierContext) -> Iterator[str]:
    """The conversation openers: the weakest dimension as a question, then what the person asked for."""
    words, maturity = case.words, case.assessment.maturity
    language = case.assessment.survey.language(words.language)
    weakest = min(maturity.dimensions, key=lambda score: score.value, default=None)
    if weakest is not None:
        title = weakest.dimension.title.fill(language, case.responses[0].fills)
        yield words("Your report puts “%(title)s” first. What made you look into this now?", title=title)
    block = case.assessment.survey.report.blocks.get(case.assessment.next_step or "")
    if block is not None and case.assessment.facts.get("hand_raise"):
        yield words("You asked us to get in touch. What would make this call worth your time?")


def _gaps(case: DossierContext) -> Iterator[str]:
    for need in (*bant(case).lines, *meddic(case).lines):
        if need.ask and need.state == UNKNOWN:
            yield need.ask
    for name in case.assessment.scorecard.fit.completeness.missing:
        yield case.words("%(name)s: not known yet.", name=case.criterion_title(name))


def _warnings(case: DossierContext) -> Iterator[str]:
    assessment, words = case.assessment, case.words
    evidence = assessment.evidence
    if not case.confirmed:
        yield words("The email address isn’t confirmed: someone else may have entered it.")
    yield from _claims(case)
    for box in assessment.checklist:
        if box.is_open:
            word = case.waivers.get(box.id)
            text = box.say(words)
            if word:
                yield words("Not met, waived: %(box)s (“%(word)s”)", box=text, word=word)
            else:
                yield words("Not met: %(box)s.", box=text)
    card = assessment.scorecard
    for contribution in (*card.fit.contributions, *card.timing.contributions):
        if contribution.points < 0:
            answer = case.words_of(evidence.known[contribution.criterion])
            name = case.criterion_title(contribution.criterion)
            yield words("Counts against this lead: %(name)s, “%(answer)s”.", name=name, answer=answer)
    for declaration in assessment.scorecard.timing.lapsed:
        name = case.criterion_title(declaration.criterion)
        yield words(
            "%(name)s: answered on %(day)s, now out of date.",
            name=name,
            day=day_name(declaration.declared_on, words),
        )
    if evidence.not_now_on:
        yield words("Said “not now” on %(day)s.", day=day_name(evidence.not_now_on, words))
    if owner := evidence.history.account_owner:
        yield words("Account owner: %(owner)s.", owner=case.rep_names.get(owner, owner))
    for name in sorted(evidence.claims):
        if _scores(case, name):
            yield words("“%(name)s” came from an unverified link, so it earned no points.", name=name)
    if len(evidence.filled) > 1:
        yield words.ngettext(
            "Has answered once before. Check the answer dates.",
            "Has answered %(n)s times before. Check the answer dates.",
            len(evidence.filled) - 1,
        )


def _claims(case: DossierContext) -> Iterator[str]:
    """The other, unconfirmed responses under this address: the newest MOST_CLAIMS, then the number of the others."""
    words = case.words
    for claim in case.claims[:MOST_CLAIMS]:
        day = day_name(claim.at.astimezone(case.zone).date(), words)
        if claim.who:
            yield words("Also answered on %(day)s, unconfirmed: %(who)s.", day=day, who=claim.who)
        else:
            yield words("Also answered on %(day)s, unconfirmed and without a name.", day=day)
    more = len(case.claims) - MOST_CLAIMS
    if more > 0:
        yield words.ngettext("And %(n)s more unconfirmed response.", "And %(n)s more unconfirmed responses.", more)


def _scores(case: DossierContext, name: str) -> bool:
    return any(
        field.criterion for response in case.responses for field in response.survey.hidden_fields if field.name == name
    )
