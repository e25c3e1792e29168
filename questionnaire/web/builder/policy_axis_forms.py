"""Forms of the axes of a policy: FIT, INTENT, TIMING and the title table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from questionnaire.core.base.labels import STRENGTHS, group_name, humanize
from questionnaire.core.base.translation import Translator
from questionnaire.core.editing.paths import Path, write_path
from questionnaire.core.policy import Policy
from questionnaire.core.policy.names import signal_title
from questionnaire.web.builder.form_fields import BuilderField
from questionnaire.web.builder.policy_blocks import PolicyForm, PolicyRow, PolicyTable
from questionnaire.web.builder.policy_criterion_form import SENIORITIES, criteria_blocks, level_name, must_know_table
from questionnaire.web.builder.policy_fields import PolicyFields


def fit_form(policy: Policy | None, fields: PolicyFields) -> PolicyForm:
    words, part = fields.words, ("fit",)
    head = (
        fields.number((*part, "max"), words("Most points")),
        fields.number((*part, "grades", "A"), words("Grade A from")),
        fields.number((*part, "grades", "B"), words("Grade B from")),
        fields.word((*part, "completeness", "minimum"), words("Share that must be known"), required=True),
    )
    blocks = criteria_blocks(policy, fields, (*part, "criteria"))
    tables = (must_know_table(policy, fields, (*part, "completeness", "of")),)
    return PolicyForm(fields=head, criteria=blocks, adds_criterion=write_path((*part, "criteria")), tables=tables)


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
    blocks = criteria_blocks(policy, fields, (*part, "criteria"))
    return PolicyForm(fields=head, criteria=blocks, adds_criterion=write_path((*part, "criteria")))


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
    more = _more_of_signal(fields, path, is_fading=bool(content.get("decay")))
    own = fields.maker.own_problems(path, (*keys, "title", "phrase", "max", "disengagement"))
    return PolicyRow(title, cells, write_path(path), problems=own, note=_notes(content, words), more=more)


def _more_of_signal(fields: PolicyFields, path: Path, *, is_fading: bool) -> tuple[BuilderField, ...]:
    """What few signals have: words, repeats that make them stronger, a limit, points that fade."""
    words = fields.words
    found = [
        fields.text((*path, "title"), words("Name in tables")),
        fields.text((*path, "phrase"), words("In the rep’s sentence")),
        fields.number((*path, "max"), words("Most points in total"), required=False),
    ]
    for key, often, lately, several in (
        (
            "strong_at",
            words("Strong when seen this often"),
            words("Strong: seen within"),
            words("Strong from this many different ones"),
        ),
        (
            "medium_at",
            words("Medium when seen this often"),
            words("Medium: seen within"),
            words("Medium from this many different ones"),
        ),
    ):
        found += [
            fields.number((*path, key, "count"), often, required=False),
            fields.period((*path, key, "within"), lately, empty=words("as long as it counts")),
            fields.number((*path, key, "assets"), several, required=False),
        ]
    if is_fading:
        found.append(fields.period((*path, "window"), words("Counts for"), empty=words("always")))
    else:
        found.append(fields.word((*path, "decay", "by"), words("Share lost each period")))
    found.append(fields.period((*path, "decay", "every"), words("Length of a period"), empty=words("never")))
    found.append(fields.switch((*path, "disengagement"), words("The person turns away: it ends interest")))
    return tuple(found)


def _notes(content: Mapping[str, Any], words: Translator) -> str:
    """What the row has that few have, in words."""
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
                PolicyRow(level_name(policy, fields, str(name), level),
                          (fields.lines((*path, level), words("Titles that count as %(level)s",
                           level=level_name(policy, fields, str(name), level))),), "")
                for level in SENIORITIES
            )  # fmt: skip
            note = words("Separate titles with commas. They win over the product’s own table.")
            found.append(
                PolicyTable(words("Titles of your own"), (words("Level"), words("Job titles")), rows, note=note)
            )
    return PolicyForm(tables=tuple(found))
