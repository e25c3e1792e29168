"""Overview sections of a report: cover, summary and comparison."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from questionnaire.core.base.quantities import half_up
from questionnaire.core.documents.report.context import ReportContext
from questionnaire.core.documents.view_parts import BandStep, Bar, UpperBar, share_of, steps
from questionnaire.core.survey.maturity import DimensionScore
from questionnaire.core.survey.report_texts import band


@dataclass(frozen=True, slots=True)
class Cover:
    """The cover. `score` is None without any scored answer."""

    survey: str
    company: str
    person: str
    score: int | None
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
    rounded: int


@dataclass(frozen=True, slots=True)
class Summary:
    """`strongest` and `weakest` are None when all dimensions are equal. `first` is the advice to begin with."""

    score: int | None
    share: float
    level: str
    meaning: str
    scale: tuple[BandStep, ...]
    bars: tuple[Bar, ...]
    strongest: DimensionRank | None
    weakest: DimensionRank | None
    first: str
    since: ScoreChange | None


@dataclass(frozen=True, slots=True)
class FirstAdvice:
    """The authored advice to follow first, and the dimension it is about."""

    about: str
    advice: str


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
        score=context.maturity.rounded,
        level=level_name(context),
    )


def level_name(context: ReportContext) -> str:
    reached = context.maturity.band
    return reached.label(context.language, context.fills) if reached else ""


def bars_of(context: ReportContext) -> tuple[Bar, ...]:
    """A bar per upper dimension in the report's order; those of its parts come with it."""
    return tuple(bar_of(context, score) for score in context.maturity.ordered)


def bar_of(context: ReportContext, score: DimensionScore) -> Bar:
    reached = band(context.survey.report.overall, score.value)
    level = reached.label(context.language, context.fills) if reached else ""
    title, share = context.title_of(score.name), share_of(score.value)
    if not score.parts:
        return Bar(title, share, score.rounded, level)
    parts = context.maturity.in_order(score.parts, context.survey.report.order)
    return UpperBar(title, share, score.rounded, level, tuple(bar_of(context, part) for part in parts))


def _since(context: ReportContext) -> ScoreChange | None:
    if context.prior is None or context.maturity.overall is None:
        return None
    points = context.maturity.overall - context.prior.overall
    # Rounded half away from zero, so that +9.5 and -9.5 have the same figure.
    rounded = half_up(abs(points))
    return ScoreChange(rounded if points >= 0 else -rounded, context.prior.at.date().isoformat())


def _side(bars: tuple[Bar, ...], share: float) -> DimensionRank:
    best = [bar for bar in bars if bar.share == share]
    return DimensionRank(tuple(bar.title for bar in best), best[0].rounded)


def first_advice(context: ReportContext) -> FirstAdvice | None:
    """Returns the advice of the weakest dimension that has one; None when none has."""
    weakest = sorted(context.maturity.ordered, key=lambda score: score.value)
    advices = ((name, text) for score in weakest for name, text in advices_of(context, score))
    return next((FirstAdvice(context.title_of(name), advice) for name, advice in advices if advice), None)


def advices_of(context: ReportContext, score: DimensionScore) -> Iterator[tuple[str, str]]:
    """Dimension and advice: of the dimension itself, else of its parts, the weakest first."""
    if score.band is not None:
        yield score.name, score.band.text.say(context.language)
    else:
        for part in sorted(score.parts, key=lambda part: part.value):
            yield from advices_of(context, part)


def summary(context: ReportContext) -> Summary:
    bars, first = bars_of(context), first_advice(context)
    overall, reached = context.maturity.overall, context.maturity.band
    level = len({bar.share for bar in bars}) < 2
    return Summary(
        score=context.maturity.rounded,
        share=share_of(overall) if overall is not None else 0.0,
        level=level_name(context),
        meaning=reached.text.say(context.language) if reached else "",
        scale=steps(context.survey.report.overall, overall, context.language, context.fills),
        bars=bars,
        strongest=None if level else _side(bars, max(bar.share for bar in bars)),
        weakest=None if level else _side(bars, min(bar.share for bar in bars)),
        first=first.advice if first else "",
        since=_since(context),
    )


def comparison(context: ReportContext) -> Comparison | None:
    """Returns None without peers, or with fewer than `hide_below`: no figure without enough data."""
    benchmark, peers, overall = context.survey.report.benchmark, context.peers, context.maturity.overall
    if benchmark is None or peers is None or peers.count < benchmark.hide_below or overall is None:
        return None
    bars = {score.name: bar for score, bar in zip(context.maturity.ordered, bars_of(context), strict=True)}
    overall_bar = Bar(
        context.words("Overall score"), share_of(overall), context.maturity.rounded or 0, level_name(context)
    )
    pairs = [(overall_bar, peers.overall)]
    pairs += [(bar, peers.dimensions[name]) for name, bar in bars.items() if name in peers.dimensions]
    lines = tuple(
        PeerComparison(bar, share_of(mean), shown := half_up(mean), bar.rounded - shown) for bar, mean in pairs
    )
    single = sorted(lines[1:], key=lambda line: line.ahead)
    return Comparison(
        peers.count,
        peers.group,
        lines,
        ahead=single[-1] if single and single[-1].ahead > 0 else None,
        behind=single[0] if single and single[0].ahead < 0 else None,
    )
