"""The moments at which a respondent may be judged: on finishing, and later, when what was said has begun to expire.

A level is valid for a while (`valid_for`), a signal counts inside its window or while decay leaves points, a "not now"
is recent for a while. Between two such ends nothing changes, so one moment of each interval stands for all. Which of
two periods ends first (`P90D` or `P3M`) can depend on the day: people finish on the first and last day of each month.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from questionnaire.core.base.quantities import PeriodOfTime
from questionnaire.core.policy import Policy
from questionnaire.core.policy.intent import Decay

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
AN_INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Moment:
    """`answered` is when the survey was finished, `at` when the lead is judged.

    `expired`: per criterion the levels of answers that are no longer valid. `silent`: signals that no longer count if
    an answer emitted them; `faded`: those that no longer make a signal strong. `is_past`: an answer's "not now" is.
    `is_any` stands for every later moment together: each of these levels may have expired, or not yet.
    """

    answered: datetime = NOW
    at: datetime = NOW
    expired: Mapping[str, frozenset[str]] = field(default_factory=dict)
    silent: frozenset[str] = frozenset()
    faded: frozenset[str] = frozenset()
    is_past: bool = False
    is_any: bool = False

    @property
    def is_later(self) -> bool:
        return self.at > self.answered

    def levels(self, criterion: str, level: str | None) -> tuple[str | None, ...]:
        """What a level of an answer may be by now: unknown once it has expired."""
        if level is None or level not in self.expired.get(criterion, ()):
            return (level,)
        return (level, None) if self.is_any else (None,)

    def effect_on(
        self, criteria: Collection[str], signals: Collection[str] = (), strength: bool = False, not_now: bool = False
    ) -> object:
        """What is different of these: the same for two moments that need not both be searched."""
        expired = {(name, levels) for name, levels in self.expired.items() if name in criteria}
        faded = self.faded.intersection(signals) if strength else frozenset()
        past = (self.is_later, self.is_past) if not_now else (False, False)
        return frozenset(expired), self.silent.intersection(signals), faded, past

    def in_words(self) -> tuple[str, ...]:
        days = round((self.at - self.answered) / timedelta(days=1))
        return (f"judged {days} {'day' if days == 1 else 'days'} later",) if self.is_later else ()


ON_FINISHING = Moment()


def later_moments(policy: Policy) -> tuple[Moment, ...]:
    """One moment for each set of levels, signals and "not now" that can have expired together, earliest first."""
    ends = _Ends(policy)
    found: dict[object, Moment] = {}
    for answered in _starts(policy, ends):
        for moment in ends.moments(answered):
            key = (frozenset(moment.expired.items()), moment.silent, moment.faded, moment.is_past)
            found.setdefault(key, moment)
    return tuple(sorted(found.values(), key=lambda one: one.at - one.answered))


def some_later_moment(policy: Policy) -> Moment:
    """All later moments in one: whatever can expire may have done so, whichever end comes first."""
    *_, last = _Ends(policy).moments(NOW)
    return replace(last, is_any=True)


def _starts(policy: Policy, ends: _Ends) -> Iterator[datetime]:
    """When respondents finish. Just after midnight, a period of days may end on the day before, by summer time."""
    yield NOW
    if any(period.months for period in ends.periods) and any(period.days for period in ends.periods):
        for month in range(12):
            first = datetime(2027, month + 1, 1, 0, 10, tzinfo=policy.zone)
            yield first
            yield first - timedelta(days=1)


class _Ends:
    """The periods of a policy, each once, and what ends with them."""

    def __init__(self, policy: Policy) -> None:
        self._zone = policy.zone
        self._levels = [(name, level, rule.valid_for) for name, criterion in policy.criteria.items()
                        for level, rule in criterion.levels.items() if rule.valid_for is not None]  # fmt: skip
        signals = policy.intent.signals.items()
        self._windows = [(name, rule.window) for name, rule in signals if rule.window is not None]
        self._decays = [(name, _life(rule.decay)) for name, rule in signals if rule.decay is not None]
        self._rises = [(name, rule.strong_at.within) for name, rule in signals
                       if rule.strong_at is not None and rule.strong_at.within is not None]  # fmt: skip
        self._lasts = policy.timing.not_now.lasts
        of_signals = (period for _, period in (*self._windows, *self._decays, *self._rises))
        self.periods = {*(period for *_, period in self._levels), *of_signals, self._lasts}

    def around(self, answered: datetime, period: PeriodOfTime) -> Iterator[datetime]:
        """Right before and after a period ends: with the day for a level, to the instant for a signal."""
        end = period.past(answered, self._zone)
        day = period.after(answered.astimezone(self._zone).date())
        midnight = datetime(day.year, day.month, day.day, tzinfo=self._zone).astimezone(UTC)
        yield from (end, end + AN_INSTANT, midnight, midnight + timedelta(days=3))

    def moments(self, answered: datetime) -> Iterator[Moment]:
        """The moments that differ for people who finish now, earliest first."""
        day = answered.astimezone(self._zone).date()
        days = {period: period.after(day) for period in self.periods}
        spent = {name: period.past(answered, self._zone) for name, period in self._decays}
        for at in sorted({at for period in self.periods for at in self.around(answered, period)}):
            yield self._moment(answered, at, days, spent)

    def _moment(
        self, answered: datetime, at: datetime, days: Mapping[PeriodOfTime, date], spent: Mapping[str, datetime]
    ) -> Moment:
        today = at.astimezone(self._zone).date()
        over = {period for period in self.periods if _before(period, at, self._zone) > answered}
        lapsed = {period for period, day in days.items() if today >= day}
        expired: dict[str, frozenset[str]] = {}
        for name, level, period in self._levels:
            if period in lapsed:
                expired[name] = expired.get(name, frozenset()) | {level}
        silent = frozenset(name for name, period in self._windows if period in over)
        silent |= {name for name, end in spent.items() if end <= at}
        faded = frozenset(name for name, period in self._rises if period in over)
        return Moment(answered, at, expired, silent, faded, self._lasts in lapsed)


def _before(period: PeriodOfTime, at: datetime, zone: ZoneInfo) -> datetime:
    """Without months it needs no calendar, which saves most of the time."""
    return period.before(at, zone) if period.months else at - timedelta(days=period.days)


def _life(decay: Decay) -> PeriodOfTime:
    """How long a signal counts until nothing is left of its points. Before that, any amount may be left."""
    times = -(-1 // decay.by)
    return PeriodOfTime(decay.every.months * times, decay.every.days * times)
