"""Results to which the builder looks for a way, in words, and what a search for one has found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from questionnaire.actions.editing.way_search import WayCase
from questionnaire.core.base.labels import humanize, stage_name
from questionnaire.core.base.translation import Translator
from questionnaire.core.base.translation import gettext_noop as _
from questionnaire.core.checks.ways import Way, ways
from questionnaire.core.survey.survey import Survey

FIRST = ("sql_ready", "disqualified")
GROUPS: Mapping[str, str] = {
    "stage": _("Stages"), "ending": _("Endings"), "step": _("Next steps"), "block": _("Parts of the report"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class WayLabel:
    """`value` is what its button sends."""

    value: str
    text: str


@dataclass(frozen=True, slots=True)
class WayChoice:
    """`first` are offered at once, the others below the title of their group."""

    first: tuple[WayLabel, ...]
    groups: tuple[tuple[str, tuple[WayLabel, ...]], ...]


def way_choice(survey: Survey, words: Translator, language: str) -> WayChoice:
    every = ways(survey)
    labels = {way: WayLabel(f"{way.kind} {way.name}", way_text(survey, way, words, language)) for way in every}
    groups: dict[str, list[WayLabel]] = {}
    for way, label in labels.items():
        if way.name not in FIRST and label.text not in [other.text for other in groups.get(way.kind, ())]:
            groups.setdefault(way.kind, []).append(label)
    return WayChoice(
        tuple(labels[Way("stage", name)] for name in FIRST),
        tuple((words(GROUPS[kind]), tuple(found)) for kind, found in groups.items()),
    )


def read_way(survey: Survey, raw: str) -> Way | None:
    """The way that a button names; None for anything else."""
    kind, _space, name = raw.partition(" ")
    if kind == "gap":
        return Way("gap")
    if kind == "twice":
        return Way("twice", name) if name in survey.items else None
    return next((way for way in ways(survey) if (way.kind, way.name) == (kind, name)), None)


def way_text(survey: Survey, way: Way, words: Translator, language: str) -> str:
    report = survey.report
    if way.kind == "stage":
        return stage_name(way.name, words)
    if way.kind == "ending":
        return next(one.title.say(language) for one in survey.endings if one.name == way.name)
    if way.kind == "block":
        block = next(one for one in report.content_blocks if one.id == way.name)
        return block.title.say(language) if block.title else _plain(way.name)
    if way.kind == "step":
        name = report.next_step[int(way.name)].block
        label = report.blocks[name].label if name in report.blocks else None
        return label.say(language) if label else _plain(name)
    return words("no next step") if way.kind == "gap" else words("two answers for one criterion")


def _plain(name: str) -> str:
    text = humanize(name)
    return text[:1].upper() + text[1:]


def found_text(text: str, found: WayCase, words: Translator) -> str:
    """What came of a search for the way to `text`."""
    if found.has_errors:
        return words("A way can be looked for once the errors of the draft are mended.")
    if found.empty_lists:
        lists = ", ".join(humanize(name) for name in found.empty_lists)
        return words(
            "The way to “%(result)s” takes an email domain on this list of the policy, which is empty: %(lists)s.",
            result=text, lists=lists,
        )  # fmt: skip
    if found.case:
        return words("The preview is answered: this is a short way to “%(result)s”.", result=text)
    if found.outcome == "impossible":
        return words("There is no way to “%(result)s”: no answers lead there.", result=text)
    return words("No way to “%(result)s” was found. There may be one: the search did not look everywhere.", result=text)
