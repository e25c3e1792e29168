"""What each choice of a survey puts into the rep's headline, for authors to read before a rep does.

The same functions word the headline itself (core/scoring/lead_reason), so the list cannot differ from it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from questionnaire.core.base.quantities import Exact
from questionnaire.core.base.texts import LocalizedText, listed
from questionnaire.core.base.translation import Translator, gettext_noop
from questionnaire.core.policy import Policy
from questionnaire.core.policy.axes import Criterion
from questionnaire.core.policy.names import criterion_title, level_phrase, level_title, quotation
from questionnaire.core.policy.names import signal_title as title_of_signal
from questionnaire.core.scoring.lead_reason import (
    NO_INTENT,
    favourable,
    spoken_signal,
    words_of_phrase,
)
from questionnaire.core.scoring.lead_traits import PERSON, PLANS, is_trait
from questionnaire.core.survey.questions import Choice, Question
from questionnaire.core.survey.survey import Survey

POLICY, PRODUCT, ANSWER = (
    gettext_noop("the policy’s phrase"), gettext_noop("the product’s words"), gettext_noop("the answer, quoted"),
)  # fmt: skip
ICP_COMPANY, ICP_CRITERION = gettext_noop("an ICP company"), gettext_noop("one of the ICP criteria")
ALONE = gettext_noop("%(source)s, only if nothing else is known")


@dataclass(frozen=True, slots=True)
class ChoiceWords:
    """One choice or level: what the headline says of it, and where the words come from; both "" when it is silent."""

    choice: str
    words: str
    source: str


@dataclass(frozen=True, slots=True)
class QuestionWords:
    """A question or field that is evidence of something; the last one of a survey has the signals from elsewhere."""

    title: str
    about: str
    choices: tuple[ChoiceWords, ...]


def headline_words(survey: Survey, policy: Policy, words: Translator) -> tuple[QuestionWords, ...]:
    """Every choice that can put something into the headline. Answers stand in the survey's first language."""
    reader = _Reader(survey, policy, words)
    questions = [reader.question(_text(item.title, survey), item) for item in survey.items.values()]
    questions += [
        reader.question(field.label(survey.languages[0], words), field.question, quotes=False)
        for field in survey.contact_fields
    ]
    emitted = {choice.emits for item in survey.items.values() for choice in item.answer_choices}
    elsewhere = [name for name in policy.intent.signals if name not in emitted]
    signals = tuple(_line(title_of_signal(policy, name, words), _signal(policy, name, None), words)
                    for name in elsewhere)  # fmt: skip
    others = QuestionWords(words("Signals from elsewhere"), "", signals)
    return tuple(question for question in (*questions, others) if question.choices)


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a headline: a phrase as it is stored, or the sign of an ICP criterion (None)."""

    source: str
    phrase: object = None
    alone: bool = False


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the questions of one survey under one policy."""

    survey: Survey
    policy: Policy
    words: Translator

    def question(self, title: str, item: Question, quotes: bool = True) -> QuestionWords:
        """`quotes`: the answer may stand in the headline. A contact field is never quoted."""
        name = item.criterion if item.criterion in self.policy.criteria else None
        about = criterion_title(self.policy, name, self.words) if name else ""
        if item.answer_choices:
            choices = (choice for choice in item.answer_choices if name or choice.emits)
            lines = [self._choice(choice, item, quotes and item.quotable) for choice in choices]
        else:
            lines = [self._level(name, level) for level in self.policy.criteria[name].levels] if name else []
        return QuestionWords(title, about, tuple(lines))

    def _choice(self, choice: Choice, item: Question, quotable: bool) -> ChoiceWords:
        policy, text = self.policy, _text(choice.text, self.survey)
        quote = quotation(text, self.survey.languages[0]) if quotable else None
        criterion = policy.criteria.get(item.criterion or "")
        parts: list[_Part] = []
        if criterion is not None and choice.level in criterion.levels and choice.level and not choice.unknown:
            parts += _level(policy, item.criterion or "", choice.level, quote)
        if choice.emits is not None and choice.emits in policy.intent.signals:
            parts += _signal(policy, choice.emits, quote)
        return _line(text, parts, self.words)

    def _level(self, name: str, level: str) -> ChoiceWords:
        """A level of a question without choices: its numbers or countries, else its title."""
        reached_by = _range(self.policy.criteria[name], level) or level_title(self.policy, name, level, self.words)
        return _line(reached_by, list(_level(self.policy, name, level, None)), self.words)


def _level(policy: Policy, criterion: str, level: str, quote: object) -> Iterator[_Part]:
    rule = policy.criteria[criterion].levels[level]
    phrase = level_phrase(policy, criterion, level) or (quote if favourable(policy, criterion, level) else None)
    is_spoken = criterion in (*PERSON, *PLANS, *policy.timing.criteria) or is_trait(policy, criterion, level)
    is_ideal = criterion in policy.fit.criteria and level in policy.criteria[criterion].icp
    if is_ideal:
        yield _Part(ICP_CRITERION)
    if phrase is not None and (is_spoken or not is_ideal):
        source = POLICY if rule.phrase is not None else ANSWER if phrase is quote else PRODUCT
        yield _Part(source, phrase, alone=not is_spoken)


def _signal(policy: Policy, signal: str, quote: object) -> list[_Part]:
    rule = policy.intent.signals[signal]
    if signal in NO_INTENT or rule.disengagement or rule.points < 0:
        return []
    phrase = spoken_signal(policy, signal, quote, rule.strength)
    source = POLICY if rule.phrase is not None else ANSWER if phrase is quote else PRODUCT
    return [_Part(source, phrase)] if phrase is not None else []


def _line(choice: str, parts: Sequence[_Part], words: Translator) -> ChoiceWords:
    said = (words(ICP_COMPANY) if part.phrase is None else words_of_phrase(part.phrase, words) for part in parts)
    sources = (words(ALONE, source=words(part.source)) if part.alone else words(part.source) for part in parts)
    return ChoiceWords(choice, listed(said, words.language), listed(dict.fromkeys(sources), words.language))


def _text(text: LocalizedText, survey: Survey) -> str:
    return " ".join(text.say(survey.languages[0]).split())


def _range(criterion: Criterion, level: str) -> str:
    """The numbers or countries of a level, "" when it has neither."""
    if level in criterion.bands:
        return "–".join(_end(end) for end in criterion.bands[level])
    return ", ".join(criterion.countries.get(level, ()))


def _end(end: Exact | None) -> str:
    return "…" if end is None else f"{float(end):g}"
