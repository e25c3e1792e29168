"""Questions as authors write them: the order of their keys, no points left out, equal choices written once."""

from __future__ import annotations

from typing import Any

from questionnaire.core.importing.names import FreeNames, plain_name

ORDER = (
    "name", "label", "type", "title", "text", "help", "placeholder", "required", "show_if", "dimension", "criterion",
    "weight", "from", "to", "min", "max", "step", "unit", "max_length", "labels", "top", "shuffle", "rows", "choices",
)  # fmt: skip
FEWEST_CHOICES = 3


def in_order(question: dict[str, Any]) -> dict[str, Any]:
    """A question with its keys as authors write them."""
    return {key: question[key] for key in (*ORDER, *question) if key in question}


def complete_maturity(question: dict[str, Any]) -> None:
    """Where some choices have points, the others have none of them: 0."""
    choices = question.get("choices")
    if not question.get("dimension") or not isinstance(choices, list):
        return
    if any("maturity" in choice for choice in choices):
        for choice in choices:
            if not choice.get("unknown") and not choice.get("not_applicable"):
                choice.setdefault("maturity", 0)


def share_choices(document: dict[str, Any]) -> dict[str, Any]:
    """The document with equal choices of several questions written once, in `choice_sets`."""
    questions = [question for page in document["pages"] for question in page["questions"]]
    groups: list[tuple[list[Any], list[dict[str, Any]]]] = []
    for question in questions:
        choices = question.get("choices")
        is_plain = isinstance(choices, list) and not any("show_if" in choice for choice in choices)
        if not is_plain or len(choices) < FEWEST_CHOICES:
            continue
        known = next((members for same, members in groups if same == choices), None)
        if known is None:
            groups.append((choices, [question]))
        else:
            known.append(question)
    names, sets = FreeNames(), dict[str, Any]()
    for choices, members in groups:
        if len(members) > 1:
            name = names.take(plain_name(f"{members[0]['name'][:40]}_choices", "choices"))
            sets[name] = choices
            for question in members:
                question["choices"] = name
    return {**document, "choice_sets": sets} if sets else document
