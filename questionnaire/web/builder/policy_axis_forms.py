"""Forms of the axes of a policy: FIT, INTENT, TIMING and the title table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from questionnaire.core.base.labels import STRENGTHS, group_name, humanize
from questionnaire.core.base.translation import Translator
from questionnaire.core.documents.agreement.level_words import level_words
from questionnaire.core.editing.paths import Path, write_path
from questionnaire.core.policy import Policy
from questionnaire.core.policy.names import criterion_title, signal_title
from questionnaire.web.builder.policy_blocks import CriterionBlock, LevelCell, PolicyForm, PolicyRow, PolicyTable
from questionnaire.web.builder.policy_fields import PolicyFields

SENIORITIES = ("c_level", "vp", "director", "manager", "contributor")


def fit_form(policy: Policy | None, fields: PolicyFields) -> PolicyForm:
    words, part = fields.words, ("fit",)
    head = (
        fields.number((*part, "max"), words("Most points")),
        fields.number((*part, "grades", "A"), words("Grade A from")),
        fields.number((*part, "grades", "B"), words("Grade B from")),
        fields.word((*part, "completeness", "minimum"), words("Share that must be known"), required=True),
    )
    blocks = _criteria(policy, fields, (*part, "criteria"))
    return PolicyForm(fields=head, criteria=blocks, adds_criterion=write_path((*part, "criteria")))


def timing_form(policy: Policy | None, fields: PolicyFields) -> PolicyForm:
    words, part = fields.words, ("timing",)
    asks = (("review", words("a person decides")), ("nurture", words("it stays in nurturing")))
    head = (
        fields.number((*part, "max"), words("Most points")),
        fields.number((*part, "levels", "hot"), words("Hot from")),
        fields.number((*part, "levels", "warm"), words("Warm from")),
        fields.period((*part, "not_now", "lasts"), words("“Not now” holds for")),
        fields.choice((*part, "not_now", "hand_raise_after"), words("Asks for contact meanwhile"), asks,
                      empty=words("a person decides")),
    )  # fmt: skip
    blocks = _criteria(policy, fields, (*part, "criteria"))
    return PolicyForm(fields=head, criteria=blocks, adds_criterion=write_path((*part, "criteria")))


def _criteria(policy: Policy | None, fields: PolicyFields, above: Path) -> tuple[CriterionBlock, ...]:
    return tuple(_criterion(policy, fields, (*above, name), raw) for name, raw in fields.mapping(above).items())


def _criterion(policy: Policy | None, fields: PolicyFields, path: Path, raw: Any) -> CriterionBlock:
    name, words = str(path[-1]), fields.words
    content: Mapping[str, Any] = raw if isinstance(raw, Mapping) else {}
    known = policy is not None and name in policy.criteria
    title = criterion_title(policy, name, words) if policy is not None and known else humanize(name).capitalize()
    levels = fields.mapping((*path, "levels"))
    ordered = sorted(levels, key=lambda level: -_points(levels[level]))
    ideal = content.get("icp")
    cells = tuple(
        replace(_level(policy, fields, (*path, "levels", str(level)), levels[level]),
                is_ideal=isinstance(ideal, list) and level in ideal)
        for level in ordered
    )  # fmt: skip
    names = tuple((str(level), _level_title(policy, fields, name, str(level))) for level in levels)
    is_fit = path[0] == "fit"
    more = [fields.text((*path, "title"), words("Name in tables"))]
    more += [fields.lines((*path, "countries", level), words("Countries: %(level)s", level=text))
             for level, text in names if level in fields.mapping((*path, "countries"))]  # fmt: skip
    own = fields.maker.own_problems(path, ("levels", "icp", "title", "countries"))
    return CriterionBlock(
        title, _source(content, words), cells,
        fields.picks((*path, "icp"), words("Ideal customer"), names) if is_fit else None,
        tuple(more), write_path(path), write_path((*path, "levels")), own,
    )  # fmt: skip


def _source(content: Mapping[str, Any], words: Translator) -> str:
    if content.get("titles"):
        return words("From the job title")
    if content.get("bands"):
        return words("From a number")
    return words("From the country") if content.get("countries") else words("From an answer")


def _points(raw: Any) -> int:
    points = raw.get("points") if isinstance(raw, Mapping) else raw
    return points if isinstance(points, int) and not isinstance(points, bool) else 0


def _level_title(policy: Policy | None, fields: PolicyFields, criterion: str, level: str) -> str:
    if policy is None or criterion not in policy.criteria or level not in policy.criteria[criterion].levels:
        return humanize(level).capitalize()
    return level_words(policy, criterion, level, fields.words)


def _level(policy: Policy | None, fields: PolicyFields, path: Path, raw: Any) -> LevelCell:
    words, criterion = fields.words, str(path[-3])
    title = _level_title(policy, fields, criterion, str(path[-1]))
    name = criterion_title(policy, criterion, words) if policy is not None else humanize(criterion)
    place = (*path, "points") if isinstance(raw, Mapping) else path
    points = fields.number(place, words("Points for %(criterion)s, %(level)s", criterion=name, level=title))
    validity = None
    if path[0] == "timing":
        label = words("%(level)s counts for", level=title)
        validity = (
            fields.period((*path, "valid_for"), label, empty=words("always")) if isinstance(raw, Mapping) else None
        )
    return LevelCell(title, points, validity, write_path(path), words("Remove %(name)s", name=f"{name}, {title}"))


def intent_form(policy: Policy | None, fields: PolicyFields) -> PolicyForm:
    words, part = fields.words, ("intent",)
    head = (
        fields.number((*part, "max"), words("Most points")),
        fields.number((*part, "ranks", "1"), words("Rank 1 from")),
        fields.number((*part, "ranks", "2"), words("Rank 2 from")),
    )
    groups = fields.mapping((*part, "groups"))
    names = tuple((str(name), group_name(str(name), words)) for name in groups)
    signals = tuple(
        _signal(policy, fields, (*part, "signals", str(name)), raw, names)
        for name, raw in fields.mapping((*part, "signals")).items()
    )
    caps = tuple(
        PolicyRow(title, (fields.number((*part, "groups", name), words("Most points of %(group)s", group=title)),),
                  write_path((*part, "groups", name)))
        for name, title in names
    )  # fmt: skip
    heads = (
        words("Signal"),
        words("Points"),
        words("Strength"),
        words("Group"),
        words("Counts for"),
        words("How often"),
    )
    return PolicyForm(fields=head, tables=(
        PolicyTable(words("Signals"), heads, signals, write_path((*part, "signals")), words("New signal"), named=True),
        PolicyTable(words("Most points per group"), (words("Group"), words("At most")), caps,
                    write_path((*part, "groups")), words("New group"), named=True),
    ))  # fmt: skip


def _signal(
    policy: Policy | None, fields: PolicyFields, path: Path, raw: Any, groups: tuple[tuple[str, str], ...]
) -> PolicyRow:  # fmt: skip
    words, name = fields.words, str(path[-1])
    known = policy is not None and name in policy.intent.signals
    title = signal_title(policy, name, words) if policy is not None and known else humanize(name)
    title = title[:1].upper() + title[1:]
    content: Mapping[str, Any] = raw if isinstance(raw, Mapping) else {}
    strengths = tuple((code, words(text)) for code, text in STRENGTHS.items())
    often = (("each", words("each time")), ("once", words("once")))
    age = (
        fields.word((*path, "decay", "by"), words("%(signal)s loses each period", signal=title))
        if content.get("decay")
        else fields.period((*path, "window"), words("%(signal)s counts for", signal=title), empty=words("always"))
    )
    cells = (
        fields.number((*path, "points"), words("Points of %(signal)s", signal=title)),
        fields.choice((*path, "strength"), words("Strength of %(signal)s", signal=title), strengths,
                      empty=words("weak")),
        fields.choice((*path, "group"), words("Group of %(signal)s", signal=title), groups, empty=words("none")),
        age,
        fields.choice((*path, "count"), words("How often %(signal)s counts", signal=title), often,
                      empty=words("each time")),
    )  # fmt: skip
    shown = [cell.name.partition(" ")[2] for cell in cells]
    keys = [place.rpartition("/")[2] for place in shown]
    note = _notes(content, words)
    return PolicyRow(title, cells, write_path(path), problems=fields.maker.own_problems(path, keys), note=note)


def _notes(content: Mapping[str, Any], words: Translator) -> str:
    """What the row has besides its fields; it is changed in the YAML of the part."""
    found = []
    if content.get("disengagement"):
        found.append(words("ends interest"))
    for key, text in (("strong_at", words("stronger when repeated")), ("medium_at", words("stronger when repeated"))):
        if content.get(key):
            found.append(text)
    if content.get("max") is not None:
        found.append(words("at most %(n)s", n=content["max"]))
    return ", ".join(dict.fromkeys(found))


def titles_form(policy: Policy | None, fields: PolicyFields) -> PolicyForm:
    """The titles that the policy adds. A table written as `default` has none yet."""
    words = fields.words
    found: list[PolicyTable] = []
    for axis in ("fit", "timing"):
        for name, raw in fields.mapping((axis, "criteria")).items():
            if not (isinstance(raw, Mapping) and raw.get("titles")):
                continue
            path = (axis, "criteria", str(name), "titles")
            rows = tuple(
                PolicyRow(_level_title(policy, fields, str(name), level),
                          (fields.lines((*path, level), words("Titles that count as %(level)s",
                           level=_level_title(policy, fields, str(name), level))),), "")
                for level in SENIORITIES
            )  # fmt: skip
            note = words("Separate titles with commas. They win over the product’s own table.")
            found.append(
                PolicyTable(words("Titles of your own"), (words("Level"), words("Job titles")), rows, note=note)
            )
    return PolicyForm(tables=tuple(found))
