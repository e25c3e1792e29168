"""Classification of a job title: its seniority level, and the phrase that decided it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from questionnaire.core.base.problems import did_you_mean
from questionnaire.core.base.translation import ENGLISH, Translator, gettext_noop
from questionnaire.core.identity.job_titles.normalize import AND, PART, Token, fold, tokens
from questionnaire.core.identity.job_titles.phrases import DEFAULT_PHRASES, LEVELS, SUPPORT

LONGEST_TITLE = 300
GAP, END = "…", "$"
_GAP_WORDS = 6

# After a role these words begin its field or its boss: "head of partner sales", "advisor to the CEO".
_LINK_WORDS = "of for to at de du d der dem den für von vom zum zur bei beim chez au aux auprès im"
_LINKS = frozenset(fold(word) for word in _LINK_WORDS.split())
_BOSS_BEFORE = frozenset({"s", "office"})  # the director's assistant, the CEO office
_FORMER = frozenset({"former", "formerly", "ex", "ancien", "ancienne", "ehemaliger", "ehemalige", "ehem", "retired"})
_NO_TITLE = frozenset(
    {"n a", "na", "none", "nil", "tbd", "unknown", "aucun", "keine", "keine angabe", "k a", "ka", "nc", "test"}
)
_RANKS = {level: rank for rank, level in enumerate((SUPPORT, *LEVELS))}

_REASONS = {
    SUPPORT: gettext_noop("“%(matched)s” is an assistant or trainee role, counted as individual contributor."),
    "c_level": gettext_noop("“%(matched)s” counts as C-level."),
    "vp": gettext_noop("“%(matched)s” counts as vice president."),
    "director": gettext_noop("“%(matched)s” counts as director."),
    "manager": gettext_noop("“%(matched)s” counts as manager."),
    "contributor": gettext_noop("“%(matched)s” counts as individual contributor."),
}


@dataclass(frozen=True, slots=True)
class Seniority:
    """`level` is one of LEVELS, or None when unknown. `matched` are the words that decided, "" when none did."""

    level: str | None
    why: str
    matched: str


@dataclass(frozen=True, slots=True)
class TitleRule:
    """A phrase: its level, its authored text, its folded words, and its exactness.

    When phrases match the same words of a title, the one with the higher exactness wins.
    """

    level: str
    phrase: str
    words: tuple[str, ...]
    exactness: tuple[int, int]


@dataclass(frozen=True, slots=True)
class TitleTable:
    """Ordered rules. Of equal matches the later wins, so the rules of a policy come last."""

    rules: tuple[TitleRule, ...]
    by_first: Mapping[str, tuple[TitleRule, ...]] = field(init=False, repr=False, compare=False)
    endings: tuple[str, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_first: dict[str, list[TitleRule]] = {}
        for rule in self.rules:
            by_first.setdefault(rule.words[0], []).append(rule)
        object.__setattr__(self, "by_first", {first: tuple(rules) for first, rules in by_first.items()})
        object.__setattr__(self, "endings", tuple(first[1:] for first in by_first if first.startswith("*")))

    def longest(self, title: Sequence[Token], at: int) -> tuple[TitleRule, int] | None:
        """Returns the best rule that matches at this token, and the index after the match; None when no rule does."""
        word = title[at].folded
        rules = self.by_first.get(word, ())
        if word.endswith(self.endings):
            compounds = (self.by_first["*" + ending] for ending in self.endings if word.endswith(ending))
            rules = (*rules, *chain.from_iterable(compounds))
        best: tuple[int, tuple[int, int]] = (0, (0, 0))
        chosen: TitleRule | None = None
        for rule in rules:
            end = _match(rule.words, title, at)
            if end and (end, rule.exactness) >= best:
                best, chosen = (end, rule.exactness), rule
        return (chosen, best[0]) if chosen else None


def _match(phrase: Sequence[str], title: Sequence[Token], at: int) -> int:
    """Returns the index after the phrase when it matches at this token, else 0."""
    for place, word in enumerate(phrase):
        if word == GAP:
            return _match_after_gap(phrase[place + 1 :], title, at)
        if word == END:
            if at < len(title) and title[at].folded not in (PART, AND):
                return 0
        elif at < len(title) and _matches_token(word, title[at].folded):
            at += 1
        else:
            return 0
    return at


def _match_after_gap(phrase: Sequence[str], title: Sequence[Token], at: int) -> int:
    for index in range(at, min(at + _GAP_WORDS + 1, len(title))):
        if end := _match(phrase, title, index):
            return end
        if title[index].folded == PART or title[index].folded in _LINKS:
            break
    return 0


def _matches_token(word: str, token: str) -> bool:
    """Whether a phrase's word matches a token. `*leiter` needs at least two letters before it, to be a compound."""
    return word == token or (word.startswith("*") and token.endswith(word[1:]) and len(token) > len(word))


def extend(table: TitleTable, extra: Mapping[str, Sequence[str]]) -> TitleTable:
    """Returns the table with more phrases per level, which win over equal ones. Raises ValueError for a bad phrase."""
    added: list[TitleRule] = []
    for level, phrases in extra.items():
        if level not in _RANKS:
            raise ValueError(f"`{level}` is no level of seniority; {did_you_mean(level, _RANKS)}")
        added += (_rule(level, phrase) for phrase in phrases)
    return TitleTable((*table.rules, *added))


def _rule(level: str, phrase: str) -> TitleRule:
    words: list[str] = []
    for word in phrase.split():
        if word in (GAP, END):
            words.append(word)
        else:
            compound = "*" if word.startswith("*") else ""
            words += (compound + token.folded for token in tokens(word.lstrip("*")) if token.folded != PART)
    if not words or words[0] in (GAP, END) or words[-1] == GAP or words.count(GAP) > 1:
        raise ValueError(f"`{phrase}` is no phrase of a title; write words such as `head of sales` or `*leiter`")
    literal_words = [word.removeprefix("*") for word in words if word != GAP]
    exactness = (len(literal_words), sum(map(len, literal_words)) + (not words[0].startswith("*")))
    return TitleRule(level, phrase, tuple(words), exactness)


DEFAULT_TITLES = extend(
    TitleTable(()),
    {level: [" ".join(phrase.split()) for phrase in phrases.split(",")] for level, phrases in DEFAULT_PHRASES.items()},
)


def classify(title: str, table: TitleTable = DEFAULT_TITLES, words: Translator = ENGLISH) -> Seniority:
    """Classifies a title. Of several roles the highest counts. An unreadable title is unknown, which is not low."""
    title_tokens = tokens(title[:LONGEST_TITLE])
    roles = _roles(title_tokens, table)
    if roles:
        level, matched = min(roles, key=lambda role: _RANKS[role[0]])
        why = words(_REASONS[level], matched=matched)
        return Seniority("contributor" if level == SUPPORT else level, why, matched)
    if _is_readable(title_tokens):
        return Seniority("contributor", words("Nothing in the job title points to a leadership role."), "")
    return Seniority(None, words("No readable job title."), "")


def _roles(title: Sequence[Token], table: TitleTable) -> list[tuple[str, str]]:
    """Returns level and words of every current role in the title, without bosses, fields of work and former roles."""
    roles: list[tuple[str, str]] = []
    at, after_role, skipping = 0, False, False
    while at < len(title):
        word = title[at].folded
        if word in (PART, AND):
            after_role = skipping = False
        elif word in _FORMER or (after_role and word in _LINKS):
            skipping = True
        elif not skipping and (match := table.longest(title, at)):
            rule, end = match
            after_role, skipping = True, title[end - 1].folded in _LINKS
            if end == len(title) or title[end].folded not in _BOSS_BEFORE:
                roles.append((rule.level, " ".join(token.written for token in title[at:end])))
            at = end
            continue
        at += 1
    return roles


def _is_readable(title: Sequence[Token]) -> bool:
    """Whether a title has at least two different Latin letters and does not say "no title" ("n/a", "none")."""
    title_words = [token.folded for token in title if token.folded not in (PART, AND)]
    letters = "".join(letter for word in title_words for letter in word if letter.isalpha() and letter.isascii())
    return len(set(letters)) > 1 and " ".join(title_words) not in _NO_TITLE
