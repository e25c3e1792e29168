"""Places of a policy in a reader’s words: “Thresholds, MQL, least total”, and the part to which each belongs."""

from __future__ import annotations

from questionnaire.core.base.labels import fact_name, group_name, humanize, stage_name
from questionnaire.core.base.translation import Translator
from questionnaire.core.documents.agreement import PARTS
from questionnaire.core.documents.agreement.figure_parts import FIGURES
from questionnaire.core.documents.agreement.handoff_parts import reason_name
from questionnaire.core.documents.agreement.key_words import KEYS, SKIPPED
from questionnaire.core.documents.agreement.level_words import level_words
from questionnaire.core.editing.paths import Document, Path, condition_of, find, has
from questionnaire.core.policy import Policy
from questionnaire.core.policy.names import criterion_title, signal_title

_OF_KEYS = {key: part.name for part in PARTS for key in part.keys}


def part_of_path(path: Path) -> str:
    """The name of the part to which a place belongs."""
    if "titles" in path[3:4]:
        return "titles"
    return _OF_KEYS.get(str(path[0]), "basics") if path else "basics"


def policy_place(document: Document, policy: Policy | None, path: Path, words: Translator) -> str:
    """The place as one phrase. Of a condition no parts are named."""
    path = condition_of(document, path)
    if not path:
        return words("Policy")
    title = next(words(part.title) for part in PARTS if part.name == part_of_path(path))
    steps = [text for depth in range(len(path)) if (text := _step(document, policy, path[: depth + 1], words))]
    return ", ".join([title, *dict.fromkeys(steps)])


def _step(document: Document, policy: Policy | None, path: Path, words: Translator) -> str:
    step, above = path[-1], path[-2:-1]
    name = str(step)
    if path[:1] == ("segments",) and len(path) > 2:
        return _step(document, policy, path[2:], words)
    if isinstance(step, int):
        return words("row %(n)s", n=step + 1)
    if above == ("criteria",):
        return criterion_title(policy, name, words) if policy is not None else humanize(name)
    if above in (("levels",), ("bands",), ("countries",)) and path[1:2] == ("criteria",):
        criterion = str(path[2])
        known = policy is not None and criterion in policy.criteria and name in policy.criteria[criterion].levels
        return level_words(policy, criterion, name, words) if policy is not None and known else humanize(name)
    if above == ("signals",):
        return signal_title(policy, name, words) if policy is not None else humanize(name)
    if above == ("groups",):
        return group_name(name, words)
    if above == ("rejection_reasons",):
        return reason_name(name, words)
    if above == ("kpi_bands",) and name in FIGURES:
        return words(FIGURES[name])
    if name in SKIPPED:
        return ""
    holder = find(document, path[:-1]) if has(document, path[:-1]) else None
    if isinstance(holder, list) or above in (("pools",), ("calendars",), ("lists",)):
        return _named(policy, path, name)
    if name in ("mql", "sql"):
        return stage_name(name, words)
    return words(KEYS[name]) if name in KEYS else fact_name(name, words)


def _named(policy: Policy | None, path: Path, name: str) -> str:
    is_person = path[:1] == ("reps",) or path[1:2] == ("pools",)
    return policy.rep_names.get(name, name) if policy is not None and is_person else name
