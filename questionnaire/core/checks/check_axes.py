"""Checks of a policy's axes: levels, bands, countries, groups, caps, thresholds."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from questionnaire.core.base.country_codes import country_hint
from questionnaire.core.base.problems import Where, did_you_mean
from questionnaire.core.checks.check_band_holes import decimal_text
from questionnaire.core.checks.findings import Notes
from questionnaire.core.identity.job_titles.phrases import LEVELS
from questionnaire.core.policy import Policy
from questionnaire.core.policy.axes import Criterion
from questionnaire.core.policy.intent import SignalRule
from questionnaire.core.survey.questions.country import CODES


def check_axes(notes: Notes, policy: Policy) -> None:
    for axis, criteria in (("fit", policy.fit.criteria), ("timing", policy.timing.criteria)):
        for name, criterion in criteria.items():
            _check_criterion(notes, (axis, "criteria", name), criterion)
    for name in policy.timing.criteria:
        if name in policy.fit.criteria:
            notes.error("duplicate_name", ("timing", "criteria", name), f"`{name}` is a criterion of FIT already",
                        "give it another name")  # fmt: skip
    for index, group in enumerate(policy.fit.completeness.of):
        for name in group:
            if name not in policy.criteria:
                notes.error("unknown_criterion", ("fit", "completeness", "of", index),
                            f"there is no criterion `{name}`", did_you_mean(name, policy.criteria))  # fmt: skip
    _check_caps(notes, policy)
    _check_signals(notes, policy)
    _check_thresholds(notes, policy)


def _check_criterion(notes: Notes, where: Where, criterion: Criterion) -> None:
    for key, names in (("icp", criterion.icp), ("bands", criterion.bands), ("countries", criterion.countries)):
        for name in names:
            if name not in criterion.levels:
                notes.error("unknown_level", (*where, key), f"`{name}` is not a level of `{where[-1]}`",
                            did_you_mean(name, criterion.levels))  # fmt: skip
    _check_bands(notes, (*where, "bands"), criterion)
    _check_countries(notes, where, criterion)
    if criterion.titles is not None:
        for level in LEVELS:
            if level not in criterion.levels:
                notes.warning("title_level", (*where, "levels"), f"titles of `{level}` find no level here",
                              f"add `{level}: 0` or its points")  # fmt: skip


def _check_bands(notes: Notes, where: Where, criterion: Criterion) -> None:
    bounded = [(name, low, high) for name, (low, high) in criterion.bands.items()]
    for name, low, high in bounded:
        if low is not None and high is not None and low > high:
            notes.error("band_order", (*where, name), f"the band of `{name}` ends before it starts", "swap its ends")
    ordered = sorted(bounded, key=lambda band: (band[1] is not None, band[1] or 0))
    for previous, band in pairwise(ordered):
        if previous[2] is None or band[1] is None or previous[2] >= band[1]:
            notes.error("band_overlap", (*where, band[0]), f"the bands of `{previous[0]}` and `{band[0]}` overlap",
                        "start each band after the end of the one before")  # fmt: skip
        elif band[1] > previous[2] + 1:
            notes.warning("band_gap", (*where, band[0]), f"nothing holds what lies between "
                          f"{decimal_text(previous[2])} and {decimal_text(band[1])}",
                          f"start `{band[0]}` at {decimal_text(previous[2] + 1)}")  # fmt: skip


def _check_countries(notes: Notes, where: Where, criterion: Criterion) -> None:
    listed: dict[str, str] = {}
    for level, codes in criterion.countries.items():
        for code in codes:
            at = (*where, "countries", level)
            if code not in CODES:
                notes.error("unknown_country", at, f"`{code}` is not the code of a country", country_hint(code))
            elif code in listed:
                hint = "keep it in one level"
                notes.error("country_twice", at, f"`{code}` stands under `{listed[code]}` already", hint)
            listed.setdefault(code, level)
    if criterion.countries and criterion.elsewhere is None:
        notes.warning("country_rest", (*where, "countries"), "countries that are not listed find no level",
                      "add the level `other: 0`")  # fmt: skip


def _check_caps(notes: Notes, policy: Policy) -> None:
    for axis, most, criteria in (
        ("fit", policy.fit.max, policy.fit.criteria),
        ("timing", policy.timing.max, policy.timing.criteria),
    ):
        total = sum(criterion.best for criterion in criteria.values())
        if total > most:
            notes.warning("points_lost", (axis, "max"), f"the criteria give up to {total}, and {axis.upper()} ends at"
                          f" {most}: what lies above changes nothing", f"write `max: {total}`")  # fmt: skip
    intent = policy.intent
    for group, cap in intent.groups.items():
        if group not in {rule.group for rule in intent.signals.values()}:
            notes.warning("unused_group", ("intent", "groups", group), f"no signal belongs to the group `{group}`",
                          f"write `group: {group}` at a signal, or remove it")  # fmt: skip
        elif cap > intent.max:
            notes.warning("points_lost", ("intent", "groups", group), f"the cap {cap} is above the {intent.max} of"
                          " INTENT: what lies above changes nothing", f"write {intent.max} or less")  # fmt: skip


def _check_signals(notes: Notes, policy: Policy) -> None:
    intent = policy.intent
    for name, rule in intent.signals.items():
        where: Where = ("intent", "signals", name)
        if rule.group is not None and rule.group not in intent.groups:
            notes.error("unknown_group", (*where, "group"), f"there is no group `{rule.group}`",
                        did_you_mean(rule.group, intent.groups, "add it under `groups` with its cap"))  # fmt: skip
        cap = _cap_of(policy, rule)
        if rule.points > cap:
            notes.warning("points_lost", (*where, "points"), f"the signal gives {rule.points}, and its cap is {cap}:"
                          " what lies above changes nothing", f"write `points: {cap}`, or raise the cap")  # fmt: skip
    for index, name in enumerate(policy.mql.immediate_on):
        if name not in intent.signals:
            notes.error("unknown_signal", ("mql", "immediate_on", index), f"there is no signal `{name}`",
                        did_you_mean(name, intent.signals))  # fmt: skip


def _cap_of(policy: Policy, rule: SignalRule) -> int:
    caps = [policy.intent.max]
    caps += [rule.max] if rule.max is not None else []
    caps += [policy.intent.groups[rule.group]] if rule.group in policy.intent.groups and rule.group else []
    return min(caps)


def most_of(policy: Policy, rules: Iterable[SignalRule]) -> int:
    """The maximum INTENT of these signals together, after every cap."""
    sums: dict[str | None, int] = {}
    for rule in rules:
        single = rule.points if rule.count == "once" else policy.intent.max if rule.points else 0
        sums[rule.group] = sums.get(rule.group, 0) + (single if rule.max is None else min(single, rule.max))
    groups = policy.intent.groups
    capped = (min(points, groups[name]) if name in groups else points for name, points in sums.items())
    return min(sum(capped), policy.intent.max)


def _check_thresholds(notes: Notes, policy: Policy) -> None:
    """Reports thresholds that no lead can reach under any survey, by the sums of the policy alone."""
    most = {
        "fit": min(policy.fit.max, sum(criterion.best for criterion in policy.fit.criteria.values())),
        "timing": min(policy.timing.max, sum(criterion.best for criterion in policy.timing.criteria.values())),
        "intent": most_of(policy, policy.intent.signals.values()),
    }
    ranks, mql = policy.intent.ranks, policy.mql
    for key, rank in (("1", ranks.one), ("2", ranks.two)):
        if rank > most["intent"]:
            notes.warning("rank_unreachable", ("intent", "ranks", key), f"rank {key} starts at {rank}, and the signals"
                          f" give {most['intent']} at most", "lower it, or raise the caps")  # fmt: skip
    total = sum(most[axis] for axis in mql.total_of)
    for key, least, top in (
        ("threshold", mql.threshold, total),
        ("min_fit", mql.min_fit, most["fit"]),
        ("min_intent", mql.min_intent, most["intent"]),
    ):
        if least > top:
            notes.warning("mql_unreachable", ("mql", key), f"`{key}` is {least}, and no lead has more than {top}",
                          f"write {top} or less")  # fmt: skip
