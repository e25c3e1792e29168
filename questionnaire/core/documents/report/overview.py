"""Overview sections of a report: cover, summary and comparison."""

from __future__ import annotations

from dataclasses import dataclass

from questionnaire.core.base.quantities import half_up
from questionnaire.core.documents.report.advice import advice_line, planned_advice
from questionnaire.core.documents.report.bars import bars_of, level_colour, level_name, overall_figure
from questionnaire.core.documents.report.context import ReportContext
from questionnaire.core.documents.report.radar import Radar, radar
from questionnaire.core.documents.view_parts import BandStep, Bar, share_of, steps

MOST_OF_A_SIDE = 3


@dataclass(frozen=True, slots=True)
class Cover:
    """The cover. `score` is None without any scored answer."""

    survey: str
    company: str
    person: str
    score: int | float | None
    level: str


@dataclass(frozen=True, slots=True)
class ScoreChange:
    """The change from an earlier report, in points. `on` is its date (ISO)."""

    points: int
    on: str


@dataclass(frozen=True, slots=True)
class DimensionRank:
    """The strongest or the weakest dimensions; several when they are equal."""

    titles: tuple[str, ...]
    rounded: int | float


@dataclass(frozen=True, slots=True)
class Summary:
    """`strongest` and `weakest` are None when no dimension stands out. `first` is the advice to begin with.

    `colour` is that of the band, "" without one; `radar` is None unless the survey wants one.
    """

    score: int | float | None
    share: float
    level: str
    colour: str
    meaning: str
    scale: tuple[BandStep, ...]
    bars: tuple[Bar, ...]
    strongest: DimensionRank | None
    weakest: DimensionRank | None
    first: str
    since: ScoreChange | None
    radar: Radar | None


@dataclass(frozen=True, slots=True)
class FirstAdvice:
    """The authored advice to follow first, the dimension it is about, and how to tell that it is done ("": unsaid)."""

    about: str
    advice: str
    done_when: str = ""


@dataclass(frozen=True, slots=True)
class PeerComparison:
    """A dimension compared with the average of its peers, both percentages; `ahead` in rounded points."""

    bar: Bar
    peers: float
    peers_rounded: int
    ahead: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """`group` is "" for all people. `lines[0]` is the overall score. `ahead` and `behind`: the largest differences."""

    count: int
    group: str
    lines: tuple[PeerComparison, ...]
    ahead: PeerComparison | None
    behind: PeerComparison | None


def cover(context: ReportContext) -> Cover:
    return Cover(
        survey=context.say(context.survey.title),
        company=context.company,
        person=context.person,
        score=overall_figure(context),
        level=level_name(context),
    )


def _since(context: ReportContext) -> ScoreChange | None:
    if context.prior is None or context.maturity.overall is None:
        return None
    points = context.maturity.overall - context.prior.overall
    # Rounded half away from zero, so that +9.5 and -9.5 have the same figure.
    rounded = half_up(abs(points))
    return ScoreChange(rounded if points >= 0 else -rounded, context.prior.at.date().isoformat())


def _sides(bars: tuple[Bar, ...]) -> tuple[DimensionRank, DimensionRank] | None:
    """The weakest and the strongest dimensions; None when all are equal, or so many that none stands out."""
    shares = [bar.share for bar in bars]
    if len(set(shares)) < 2:
        return None
    sides = _side(bars, min(shares)), _side(bars, max(shares))
    return None if any(len(side.titles) > MOST_OF_A_SIDE for side in sides) else sides


def _side(bars: tuple[Bar, ...], share: float) -> DimensionRank:
    best = [bar for bar in bars if bar.share == share]
    return DimensionRank(tuple(bar.title for bar in best), best[0].rounded)


def first_advice(context: ReportContext) -> FirstAdvice | None:
    """The first action of the plan that the answers make; without any, the text of the weakest dimension with one."""
    planned = planned_advice(context)
    if planned:
        line = advice_line(context, planned[0].advice)
        return FirstAdvice(context.title_of(planned[0].dimension), line.text, line.done_when)
    weakest = sorted(context.maturity.ordered, key=lambda score: score.value)
    advices = ((score.name, score.band.text.say(context.language)) for score in weakest if score.band)
    return next((FirstAdvice(context.title_of(name), advice) for name, advice in advices if advice), None)


def summary(context: ReportContext) -> Summary:
    bars, first = bars_of(context), first_advice(context)
    overall, reached = context.maturity.overall, context.maturity.band
    sides = _sides(bars)
    return Summary(
        score=overall_figure(context),
        share=share_of(overall) if overall is not None else 0.0,
        level=level_name(context),
        colour=level_colour(context),
        meaning=reached.text.say(context.language) if reached else "",
        scale=steps(context.survey.report.overall, overall, context.language, context.fills),
        bars=bars,
        strongest=sides[1] if sides else None,
        weakest=sides[0] if sides else None,
        first=first.advice if first else "",
        since=_since(context),
        radar=radar(context),
    )


def comparison(context: ReportContext) -> Comparison | None:
    """Returns None without peers, or with fewer than `hide_below`: no figure without enough data."""
    benchmark, peers, overall = context.survey.report.benchmark, context.peers, context.maturity.overall
    if benchmark is None or peers is None or peers.count < benchmark.hide_below or overall is None:
        return None
    bars = {score.name: bar for score, bar in zip(context.maturity.ordered, bars_of(context), strict=True)}
    overall_bar = Bar(
        context.words("Overall score"), share_of(overall), overall_figure(context) or 0, level_name(context)
    )
    values = {score.name: score.value for score in context.maturity.dimensions}
    pairs = [(overall_bar, overall, peers.overall)]
    pairs += [(bar, values[name], peers.dimensions[name]) for name, bar in bars.items() if name in peers.dimensions]
    lines = tuple(
        PeerComparison(bar, share_of(mean), shown := half_up(mean), half_up(value) - shown)
        for bar, value, mean in pairs
    )
    single = sorted(lines[1:], key=lambda line: line.ahead)
    return Comparison(
        peers.count,
        peers.group,
        lines,
        ahead=single[-1] if single and single[-1].ahead > 0 else None,
        behind=single[0] if single and single[0].ahead < 0 else None,
    )
