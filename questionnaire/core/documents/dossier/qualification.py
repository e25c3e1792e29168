"""Qualification sections of a dossier: BANT and MEDDIC with known and inferred facts, and questions for gaps."""

from __future__ import annotations

from dataclasses import dataclass

from questionnaire.core.base.dates import day_name
from questionnaire.core.base.formats import locale_of, number_text
from questionnaire.core.base.quantities import Exact
from questionnaire.core.documents.dossier.context import DossierContext
from questionnaire.core.documents.view_parts import clipped, items_to_answer
from questionnaire.core.survey.maturity import item_worth
from questionnaire.core.survey.questions import Question, Value
from questionnaire.core.survey.score_figure import dimension_figure
from questionnaire.core.survey.survey import Survey

MOST_GROUNDS = 4
"""Answers that explain a low score, of each dimension."""
KNOWN, INFERRED, UNKNOWN = "known", "inferred", "unknown"


@dataclass(frozen=True, slots=True)
class Ground:
    """The source of a statement: its text, and the number of the answer (None without a numbered answer).

    `question`: what was asked, where the answer says nothing alone, such as "Some" in a row of a table.
    """

    text: str
    number: int | None
    question: str = ""


@dataclass(frozen=True, slots=True)
class Need:
    """A line of BANT or MEDDIC. `ask` is the question that closes the gap, "" when there is none."""

    name: str
    state: str
    what: str
    grounds: tuple[Ground, ...]
    ask: str


@dataclass(frozen=True, slots=True)
class Qualification:
    lines: tuple[Need, ...]


def _ground(case: DossierContext, criterion: str) -> Ground | None:
    """The declaration behind a criterion, in the prospect's words; None when the level is unknown."""
    known = case.assessment.evidence.known.get(criterion)
    if known is None:
        return None
    return Ground(case.words_of(known), case.number_of(known))


def _declared(case: DossierContext, criterion: str, ask: str) -> Need:
    words = case.words
    known = case.assessment.evidence.known.get(criterion)
    name = case.criterion_title(criterion)
    if known is not None and (ground := _ground(case, criterion)) is not None:
        return Need(name, KNOWN, ground.text, (ground,), "")
    stale = case.assessment.evidence.stale.get(criterion)
    if stale is not None:
        what = words(
            "“%(answer)s”, answered on %(day)s and now out of date.",
            answer=case.words_of(stale),
            day=day_name(stale.at.date(), words),
        )
        return Need(name, UNKNOWN, what, (), ask)
    return Need(name, UNKNOWN, "", (), ask)


def _authority(case: DossierContext) -> Need:
    words, known = case.words, case.assessment.evidence.known
    name = words("Authority")
    role, rank = _ground(case, "buying_role"), _ground(case, "seniority")
    grounds = tuple(ground for ground in (role, rank) if ground is not None)
    ask = words("Who else decides or signs?")
    if role is not None:
        return Need(name, KNOWN, role.text, grounds, "" if known["buying_role"].level == "decision_maker" else ask)
    if rank is not None:
        what = words("%(level)s, based on job title", level=case.level_title("seniority", known["seniority"].level))
        return Need(name, INFERRED, what[:1].upper() + what[1:], grounds, ask)
    return Need(name, UNKNOWN, "", (), ask)


def need_of(case: DossierContext) -> Need:
    """The need: the weakest dimensions and the free-text answers."""
    words, maturity = case.words, case.assessment.maturity
    ask = words("What’s driving this now?")
    weakest = sorted(maturity.dimensions, key=lambda score: score.value)[:2]
    language = case.assessment.survey.language(words.language)
    grounds = tuple(ground for score in weakest for ground in grounds_of(case, score.items))
    if not weakest:
        return Need(words("Need"), UNKNOWN, "", (), ask)
    fills = case.responses[0].fills
    report, locale = case.assessment.survey.report, locale_of(words.language)
    figures = (number_text(dimension_figure(report, score), locale, 1) for score in weakest)
    names = (score.dimension.title.fill(language, fills) for score in weakest)
    titles = ", ".join(f"{name} {figure}/100" for name, figure in zip(names, figures, strict=True))
    return Need(words("Need"), INFERRED, words("Lowest scores: %(dimensions)s", dimensions=titles), grounds, ask)


def grounds_of(case: DossierContext, names: tuple[str, ...]) -> tuple[Ground, ...]:
    """The answers of the newest response that cost most points, with their numbers; the best ones are left out."""
    response = case.responses[0]
    journey, survey = response.journey, response.survey
    items = [survey.items[name] for name in names if name in survey.items and name in journey.answers]
    lost = {item.name: _lost(survey, item, journey.answers[item.name]) for item in items}
    costly = [item for item in sorted(items, key=lambda item: -lost[item.name]) if lost[item.name]]
    return tuple(
        Ground(
            response.answer_words(item),
            case.numbers.get((response.at, item.name)),
            "" if item.quotable else response.say(item.title),
        )
        for item in (costly or items)[:MOST_GROUNDS]
    )


def _lost(survey: Survey, item: Question, value: Value) -> Exact:
    worth = item_worth(survey, item, value)
    return worth[1] - worth[0] if worth else 0


def bant(case: DossierContext) -> Qualification:
    words = case.words
    return Qualification(
        (
            _declared(case, "budget", words("What budget is set aside, and who owns it?")),
            _authority(case),
            need_of(case),
            _declared(case, "timeline", words("What happens if this is not solved in three months?")),
        )
    )


def free_text(case: DossierContext) -> tuple[Ground, ...]:
    """The free-text answers, newest response first."""
    texts = []
    for response in case.responses:
        journey = response.journey
        for item in items_to_answer(journey):
            answer = response.answer_words(item)
            if answer and is_prose(response.survey, item.name):
                texts.append(Ground(clipped(answer), case.numbers.get((response.at, item.name))))
    return tuple(texts)


def is_prose(survey: Survey, name: str) -> bool:
    item = survey.question(name)
    return item is not None and item.open_ended


def meddic(case: DossierContext) -> Qualification:
    """The lines of MEDDIC: what is known, and the question for the first call."""
    words, known = case.words, case.assessment.evidence.known
    prose, need = free_text(case), need_of(case)
    role = known.get("buying_role")
    signs = role is not None and role.level == "decision_maker"
    buyer = _ground(case, "buying_role")
    return Qualification(
        (
            Need(words("Metrics"), UNKNOWN, "", (), words("What number would tell you it worked?")),
            Need(
                words("Economic buyer"),
                KNOWN if signs else UNKNOWN,
                buyer.text if signs and buyer else "",
                (buyer,) if signs and buyer else (),
                words("Who else signs?") if signs else words("Who signs?"),
            ),
            Need(
                words("Decision criteria"),
                UNKNOWN,
                "",
                (),
                words("What would make you choose one vendor over another?"),
            ),
            Need(words("Decision process"), UNKNOWN, "", (), words("What steps are left before you can sign?")),
            Need(
                words("Identified pain"),
                KNOWN if prose else need.state,
                "" if prose else need.what,
                prose or need.grounds,
                words("What does the problem cost you?"),
            ),
            Need(words("Champion"), UNKNOWN, "", (), words("Who would champion this in your company?")),
        )
    )
