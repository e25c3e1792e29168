"""Forms of the criteria of FIT and TIMING: points, words, and what finds a level: an answer, a number, a country or a
job title; and of what must be known before a lead is judged.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from questionnaire.core.base.labels import humanize
from questionnaire.core.base.translation import Translator
from questionnaire.core.documents.agreement.level_words import level_words
from questionnaire.core.editing.paths import Path, write_path
from questionnaire.core.policy import Policy
from questionnaire.core.policy.names import criterion_title
from questionnaire.web.builder.policy_blocks import CriterionBlock, LevelCell, PolicyRow, PolicyTable
from questionnaire.web.builder.policy_fields import PolicyFields

SENIORITIES = ("c_level", "vp", "director", "manager", "contributor")


def criteria_blocks(policy: Policy | None, fields: PolicyFields, above: Path) -> tuple[CriterionBlock, ...]:
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
    names = tuple((str(level), level_name(policy, fields, name, str(level))) for level in levels)
    own = fields.maker.own_problems(path, ("levels", "icp", "title", "countries", "bands", "titles"))
    more = [fields.text((*path, "title"), fields.words("Name in tables"))]
    if not isinstance(content.get("titles"), Mapping):
        by_title = (("default", words("yes, by the title table")),)
        more.append(fields.choice((*path, "titles"), words("Levels from the job title"), by_title, empty=words("no")))
    return CriterionBlock(
        title, _source(content, words), cells, fields.picks((*path, "icp"), words("Ideal customer"), names),
        tuple(more), write_path(path), write_path((*path, "levels")), own, _levels_table(fields, path, title, names),
        write_path((*path, "titles")) if isinstance(content.get("titles"), Mapping) else "",
    )  # fmt: skip


def _levels_table(fields: PolicyFields, path: Path, criterion: str, names: tuple[tuple[str, str], ...]) -> PolicyTable:
    """What each level is called in tables and in the rep’s sentence, and which numbers and countries find it."""
    words, is_fit = fields.words, path[0] == "fit"
    rows = []
    for level, title in names:
        place = (*path, "levels", level)
        cells = [
            fields.text((*place, "title"), words("Name of %(level)s", level=title)),
            fields.text((*place, "phrase"), words("%(level)s in the rep’s sentence", level=title)),
            fields.range((*path, "bands", level), words("Numbers that count as %(level)s", level=title)),
            fields.lines((*path, "countries", level), words("Countries: %(level)s", level=title)),
        ]
        if is_fit:
            label = words("%(level)s counts for", level=title)
            cells.append(fields.period((*place, "valid_for"), label, empty=words("always")))
        rows.append(PolicyRow(title, tuple(cells), ""))
    heads = [words("Level"), words("Name in tables"), words("In the rep’s sentence"), words("Numbers, like 10–49"),
             words("Countries, like DE, AT")]  # fmt: skip
    heads += [words("Counts for")] if is_fit else []
    return PolicyTable(words("Levels of %(criterion)s", criterion=criterion), tuple(heads), tuple(rows))


def must_know_table(policy: Policy | None, fields: PolicyFields, path: Path) -> PolicyTable:
    """The criteria that must be known; of several in one row, one is enough."""
    words = fields.words
    raw = fields.value(path)
    criteria = {**fields.mapping(("fit", "criteria")), **fields.mapping(("timing", "criteria"))}
    names = tuple(
        (str(name), criterion_title(policy, str(name), words) if policy is not None else humanize(str(name)))
        for name in criteria
    )
    rows = tuple(
        PolicyRow("", (fields.group((*path, number), words("Criteria of row %(n)s", n=number + 1), names),),
                  write_path((*path, number)), moves=True)
        for number in range(len(raw) if isinstance(raw, list) else 0)
    )  # fmt: skip
    note = words("Each row counts once. Of several criteria in one row, one is enough.")
    return PolicyTable(words("What must be known"), (words("Criteria"),), rows, write_path(path), words("Add a row"),
                       note=note)  # fmt: skip


def _source(content: Mapping[str, Any], words: Translator) -> str:
    if content.get("titles"):
        return words("From the job title")
    if content.get("bands"):
        return words("From a number")
    return words("From the country") if content.get("countries") else words("From an answer")


def _points(raw: Any) -> int:
    points = raw.get("points") if isinstance(raw, Mapping) else raw
    return points if isinstance(points, int) and not isinstance(points, bool) else 0


def level_name(policy: Policy | None, fields: PolicyFields, criterion: str, level: str) -> str:
    if policy is None or criterion not in policy.criteria or level not in policy.criteria[criterion].levels:
        return humanize(level).capitalize()
    return level_words(policy, criterion, level, fields.words)


def _level(policy: Policy | None, fields: PolicyFields, path: Path, raw: Any) -> LevelCell:
    words, criterion = fields.words, str(path[-3])
    title = level_name(policy, fields, criterion, str(path[-1]))
    name = criterion_title(policy, criterion, words) if policy is not None else humanize(criterion)
    place = (*path, "points") if isinstance(raw, Mapping) else path
    points = fields.number(place, words("Points for %(criterion)s, %(level)s", criterion=name, level=title))
    validity = None
    if path[0] == "timing":
        validity = fields.period(
            (*path, "valid_for"), words("%(level)s counts for", level=title), empty=words("always")
        )
    return LevelCell(title, points, validity, write_path(path), words("Remove %(name)s", name=f"{name}, {title}"))
