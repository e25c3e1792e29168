"""The worst contents of each document: what a survey and a person can type at most, in one direction or the other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from questionnaire.core.documents.dossier import Dossier, PastEvent
from questionnaire.core.documents.report import Report, ReportContext, build_report
from questionnaire.core.scoring.evidence import ResponseEvidence
from questionnaire.core.survey.answers import read_answers
from questionnaire.core.survey.maturity import measure
from questionnaire.core.survey.survey import Survey
from questionnaire.templating import words_for
from tests.documents import samples
from tests.proof.size import sized

# Small, enough that each list goes on over a page.
DIMENSIONS = sized(16, 40)
MATRIX_CHOICES, MATRIX_ROWS = 12, 12
LINES = 60
VISITS, EVENTS = sized((30, 50), (70, 200))


@dataclass(frozen=True, slots=True)
class Hand:
    """Someone who writes too much. `word` has 120 letters without a space."""

    language: str
    word: str
    sentence: str


LATIN = Hand(
    "en", "Donaudampfschifffahrt" * 5 + "sgesellschaften"[:15], "Every team keeps its own list of accounts and rules. "
)
ARABIC = Hand("ar", "المستشفياتوالمدارس" * 7, "لكل فريق قائمته الخاصة من العملاء والقواعد. ")
JAPANESE = Hand("ja", "営業部門統合管理責任者株式会社" * 8, "各チームは顧客とルールの独自の一覧を持っています。")
HANDS = {hand.language: hand for hand in (LATIN, ARABIC, JAPANESE)}


def _text(hand: Hand, words: str) -> dict[str, str]:
    return {"en": words, "fr": words} | ({hand.language: words} if hand.language not in ("en", "fr") else {})


def survey(hand: Hand) -> Survey:
    raw = samples.raw("survey")
    if hand.language not in raw["languages"]:
        raw["languages"].append(hand.language)
    raw["title"] = _text(hand, hand.sentence * 3)
    questions = [_question(hand, number) for number in range(DIMENSIONS)]
    names = [f"d{number}" for number in range(DIMENSIONS)]
    raw["dimensions"] += [
        {"name": name, "title": _text(hand, _title(hand, number)), "weight": 1} for number, name in enumerate(names)
    ]
    raw["pages"] += [{"name": "many", "questions": questions}, {"name": "grid", "questions": [_matrix(hand)]}]
    raw["report"]["dimensions"] |= {name: [{"from": 0, "text": _text(hand, hand.sentence * 2)}] for name in names}
    for number, band in enumerate(raw["report"]["overall"]):
        band["name"] = _text(hand, (hand.sentence if number else hand.word[:40]).strip())
        band["text"] = _text(hand, f"{hand.sentence * 4}{{{{company}}}} {{{{first_name}}}}")
    raw["report"]["blocks"]["book"] |= {
        "text": _text(hand, hand.sentence * 5 + "{{company}}"),
        "url": f"https://sender.example/{'long-path-' * 20}",
    }
    return samples.changed(raw)


def _title(hand: Hand, number: int) -> str:
    return (hand.word if number % 3 == 0 else hand.sentence * 2)[:120].strip()


def _question(hand: Hand, number: int) -> dict[str, Any]:
    choices = [
        {"value": f"c{level}", "maturity": level, "text": _text(hand, f"{hand.sentence}{level}")} for level in range(4)
    ]
    return {
        "name": f"q{number}", "type": "single_choice", "dimension": f"d{number}",
        "title": _text(hand, f"{hand.sentence}{number}"), "choices": choices,
    }  # fmt: skip


def _matrix(hand: Hand) -> dict[str, Any]:
    choices = [
        {"value": f"c{level}", "text": _text(hand, f"{hand.sentence}{level}")} for level in range(MATRIX_CHOICES)
    ]
    rows = [{"name": f"r{row}", "text": _text(hand, f"{hand.sentence}{row}")} for row in range(MATRIX_ROWS)]
    return {"name": "grid", "type": "matrix", "title": _text(hand, hand.sentence), "choices": choices, "rows": rows}


def filled(hand: Hand) -> ResponseEvidence:
    one = survey(hand)
    grid = {f"grid.r{row}": f"c{row % MATRIX_CHOICES}" for row in range(MATRIX_ROWS)}
    chosen = {f"q{number}": f"c{number % 4}" for number in range(DIMENSIONS)}
    problem = "\n".join(f"{line} {hand.sentence[:28] if line % 20 else hand.word}" for line in range(LINES))[:2000]
    answers, mistakes = read_answers(one, {**samples.SOME, **chosen, **grid, "problem": problem})
    assert not mistakes, mistakes
    contact = {
        **samples.ANNA, "first_name": hand.word, "last_name": hand.word, "company": hand.word,
        "job_title": hand.sentence * 4, "email": f"{'anna' * 15}@{'nordwind' * 7}.example",
    }  # fmt: skip
    hidden = {"utm_campaign": "x" * 300}
    return ResponseEvidence(
        one, answers, datetime.fromisoformat(samples.AT), contact, hidden=hidden, language=hand.language
    )


def report(hand: Hand) -> Report:
    one = filled(hand)
    journey = one.journey
    return build_report(
        ReportContext(
            one.survey, journey, one.contact, measure(one.survey, journey), one.at, one.language,
            words_for(one.language), block=one.survey.report.blocks["book"], peers=samples.peers(),
            prior=samples.prior(),
        )
    )  # fmt: skip


def dossier(hand: Hand) -> Dossier:
    at = datetime.fromisoformat(samples.AT)
    visits = tuple((at - timedelta(hours=5 * number)).isoformat() for number in range(1, VISITS))
    earlier = tuple(
        PastEvent(at - timedelta(days=number), f"{hand.word}: {hand.sentence}") for number in range(1, EVENTS)
    )
    return samples.dossier(filled(hand), visits=visits, earlier=earlier)
