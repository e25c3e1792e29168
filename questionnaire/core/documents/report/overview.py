"""Cover, summary, comparison: what someone could hand to their boss."""

from __future__ import annotations

from dataclasses import dataclass

from questionnaire.core.base.quantities import half_up
from questionnaire.core.documents.report.context import ReportContext
from questionnaire.core.documents.view_parts import BandStep, Bar, share_of, steps
from questionnaire.core.survey.report_texts import band


@dataclass(frozen=True, slots=True)
class Cover:
    """`score` is None when nothing could be scored."""

    survey: str
    company: str
    person: str
    score: int | None
    level: str


@dataclass(frozen=True, slots=True)
class Since:
    """The change against an earlier report, in points; `on` is its date (ISO)."""

    points: int
    on: str


@dataclass(frozen=True, slots=True)
class Side:
    """The best or the weakest dimensions; several when they stand level."""

    titles: tuple[str, ...]
    shown: int


@dataclass(frozen=True, slots=True)
class Summary:
    """`strongest` and `weakest` are None when all dimensions stand level; `first` is the advice to begin with."""

    score: int | None
    share: float
    level: str
    meaning: str
    scale: tuple[BandStep, ...]
    bars: tuple[Bar, ...]
    strongest: Side | None
    weakest: Side | None
    first: str
    since: Since | None


@dataclass(frozen=True, slots=True)
class Beginning:
    """What to do first (authored), and the dimension it is about."""

    about: str
    advice: str


@dataclass(frozen=True, slots=True)
class PeerComparison:
    """A dimension beside its peers' mean, both as percentages; `ahead` in shown points."""

    bar: Bar
    peers: float
    peers_shown: int
    ahead: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """`group` is "" for everybody. `lines[0]` is the overall score; `ahead` and `behind` are the widest gaps."""

    count: int
    group: str
    lines: tuple[PeerComparison, ...]
    ahead: PeerComparison | None
    behind: PeerComparison | None


def cover(told: ReportContext) -> Cover:
    return Cover(
        survey=told.survey.title.say(told.language),
        company=told.company,
        person=told.person,
        score=told.maturity.shown,
        level=level_name(told),
    )


def level_name(told: ReportContext) -> str:
    reached = told.maturity.band
    return reached.label(told.language) if reached else ""


def bars_of(told: ReportContext) -> tuple[Bar, ...]:
    scale = told.survey.report.overall
    made = []
    for score in told.maturity.ordered:
        reached = band(scale, score.value)
        level = reached.label(told.language) if reached else ""
        made.append(Bar(told.title_of(score.name), share_of(score.value), score.shown, level))
    return tuple(made)


def _since(told: ReportContext) -> Since | None:
    if told.prior is None or told.maturity.overall is None:
        return None
    points = told.maturity.overall - told.prior.overall
    # Rounded half away from zero, so that +9.5 and -9.5 read alike.
    whole = half_up(abs(points))
    return Since(whole if points >= 0 else -whole, told.prior.at.date().isoformat())


def _side(bars: tuple[Bar, ...], share: float) -> Side:
    best = [bar for bar in bars if bar.share == share]
    return Side(tuple(bar.title for bar in best), best[0].shown)


def beginning(told: ReportContext) -> Beginning | None:
    """What the weakest dimension that has a text says to do; None when none has."""
    weakest = sorted(told.maturity.ordered, key=lambda score: score.value)
    said = ((score.name, score.band.text.say(told.language)) for score in weakest if score.band)
    return next((Beginning(told.title_of(name), advice) for name, advice in said if advice), None)


def summary(told: ReportContext) -> Summary:
    bars, first = bars_of(told), beginning(told)
    overall, reached = told.maturity.overall, told.maturity.band
    level = len({bar.share for bar in bars}) < 2
    return Summary(
        score=told.maturity.shown,
        share=share_of(overall) if overall is not None else 0.0,
        level=level_name(told),
        meaning=reached.text.say(told.language) if reached else "",
        scale=steps(told.survey.report.overall, overall, told.language),
        bars=bars,
        strongest=None if level else _side(bars, max(bar.share for bar in bars)),
        weakest=None if level else _side(bars, min(bar.share for bar in bars)),
        first=first.advice if first else "",
        since=_since(told),
    )


def comparison(told: ReportContext) -> Comparison | None:
    """None without peers, or with fewer than the survey's `hide_below`: a figure is never made up."""
    benchmark, peers, overall = told.survey.report.benchmark, told.peers, told.maturity.overall
    if benchmark is None or peers is None or peers.count < benchmark.hide_below or overall is None:
        return None
    bars = {score.name: bar for score, bar in zip(told.maturity.ordered, bars_of(told), strict=True)}
    whole = Bar(told.words("Overall score"), share_of(overall), told.maturity.shown or 0, level_name(told))
    pairs = [(whole, peers.overall)]
    pairs += [(bar, peers.dimensions[name]) for name, bar in bars.items() if name in peers.dimensions]
    lines = tuple(PeerComparison(bar, share_of(mean), shown := half_up(mean), bar.shown - shown) for bar, mean in pairs)
    single = sorted(lines[1:], key=lambda line: line.ahead)
    return Comparison(
        peers.count,
        peers.group,
        lines,
        ahead=single[-1] if single and single[-1].ahead > 0 else None,
        behind=single[0] if single and single[0].ahead < 0 else None,
    )
