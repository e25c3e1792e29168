"""The logic of a draft: the map of its journey, and each condition as a sentence, with a link to where it is edited."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

from flask import Blueprint, Response

from questionnaire.actions.editing import draft_check
from questionnaire.actions.editing.drafts import Draft
from questionnaire.actions.respond import resume
from questionnaire.core.base.labels import humanize
from questionnaire.core.base.translation import Translator
from questionnaire.core.base.translation import gettext_noop as _
from questionnaire.core.editing.journey_map import ConditionEntry, JourneyMap, condition_entries, journey_map
from questionnaire.core.editing.outline import languages_of, text_in
from questionnaire.core.editing.paths import find, write_path
from questionnaire.core.survey.journey_shares import JourneyShares
from questionnaire.web.builder.condition_words import condition_text
from questionnaire.web.builder.draft_pages import MAY_EDIT
from questionnaire.web.builder.logic_map import Drawing, drawing
from questionnaire.web.builder.options import Choosable
from questionnaire.web.builder.place_words import place_name
from questionnaire.web.builder.tabs import tabs_of
from questionnaire.web.builder.trial_pages import find_draft
from questionnaire.web.http.access import roles
from questionnaire.web.http.context import now, toolbox
from questionnaire.web.http.rendering import page, words

PARTS = {
    "pages": _("Questions and answers"), "contact": _("Contact step"), "endings": _("Endings"),
    "calculated": _("Calculated values"), "report": _("After the result"),
}  # fmt: skip
"""Part of a survey -> the heading of its conditions."""

blueprint = Blueprint("draft_logic", __name__)


@blueprint.get("/desk/surveys/<slug>/draft/logic")
@roles(*MAY_EDIT)
def show(slug: str) -> Response:
    draft, said = find_draft(slug), words()
    document, language = draft.document, languages_of(draft.document)[0]
    policy, _missing = draft_check.newest_policy(toolbox(), str(document.get("policy") or ""))
    found, shares = journey_map(document, language), _shares(draft)
    return page(
        "builder/logic.html",
        slug=slug,
        title=text_in(document.get("title"), language) or said("Untitled survey"),
        tab="logic",
        tabs=tabs_of(slug, said, published=draft.based_on is not None),
        map=_drawing(draft, found, shares, language),
        shares=shares,
        version=draft.based_on,
        groups=_groups(Choosable(document, policy, said, language), said),
        write_path=write_path,
    )


def _shares(draft: Draft) -> JourneyShares:
    """Of the version that the draft is based on; of nobody before the first."""
    return resume.shares(toolbox(), draft.name, draft.based_on, now()) if draft.based_on else JourneyShares(0)


def _drawing(draft: Draft, found: JourneyMap, shares: JourneyShares, language: str) -> Drawing:
    titles = {end.name: text_in(end.title, language) for end in found.endings}
    return drawing(found, titles, shares.skipped, shares.ended, has_contact=bool(draft.document.get("contact")))


def _groups(choosable: Choosable, said: Translator) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """Heading -> (address of the place, its name, its condition as a sentence) of each condition."""
    parts = groupby(condition_entries(choosable.document), key=lambda one: str(one.path[0]))
    return [(said(PARTS.get(part, part)), [_line(choosable, one) for one in some]) for part, some in parts]


def _line(choosable: Choosable, one: ConditionEntry) -> tuple[str, str, str]:
    """The heading says already which part of the survey it is."""
    name = place_name(choosable.document, one.owner, choosable.words, choosable.language)
    short = name.partition(", ")[2] if one.path[0] not in ("pages", "contact") else ""
    return (
        write_path(one.owner),
        _sentence(_next_step(choosable, one) or short or name),
        _sentence(condition_text(one.raw, choosable)),
    )


def _next_step(choosable: Choosable, one: ConditionEntry) -> str:
    """A next step is called by its block."""
    item = find(choosable.document, one.owner) if one.path[:2] == ("report", "next_step") else {}
    block = item.get("block") if isinstance(item, Mapping) else None
    return choosable.words("Next step: %(name)s", name=humanize(str(block))) if block else ""


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
