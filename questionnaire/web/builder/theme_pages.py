"""The theme of a survey: its colours with their contrast, logos, font and corners, beside the real page."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import Blueprint, Response, g, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from questionnaire.actions import company_settings
from questionnaire.actions.editing import drafts
from questionnaire.actions.editing.draft_check import check_document
from questionnaire.actions.editing.drafts import Draft
from questionnaire.core.base.translation import Translator
from questionnaire.core.base.translation import gettext_noop as _
from questionnaire.core.brand.colours import READABLE
from questionnaire.core.brand.theme import Theme
from questionnaire.core.editing.keys import survey_keys
from questionnaire.core.editing.paths import Document, Path, find, has, write_path
from questionnaire.core.survey.questions.editor import EditorField
from questionnaire.core.survey.questions.picture import picture_size
from questionnaire.core.survey.survey_theme import ColourPair, SurveyTheme, colour_pairs, theme_of
from questionnaire.templating import formats_for
from questionnaire.web.builder.draft_frame import frame, frame_view
from questionnaire.web.builder.draft_pages import MAY_EDIT, start_first
from questionnaire.web.builder.draft_request import EditOutcome, apply_request, read_request
from questionnaire.web.builder.form_fields import BuilderField, FieldMaker
from questionnaire.web.builder.options import Choosable
from questionnaire.web.builder.trial_pages import find_draft
from questionnaire.web.http import rate_limits
from questionnaire.web.http.access import roles
from questionnaire.web.http.context import now, toolbox
from questionnaire.web.http.rendering import logo_address, page, words

COLOURS = ("accent", "ink", "paper")
LOGO_WIDTH, LOGO_HEIGHT = 200, 40
"""The most that a page gives a logo, in pixels (static/css)."""
HINTS = {"accent": _("Buttons, links, selected answers"), "ink": _("Text"), "paper": _("The page")}

blueprint = Blueprint("draft_theme", __name__)


@dataclass(frozen=True, slots=True)
class ColourField:
    """`value` is the colour as it is drawn. `ratio`: with one decimal, "" for the background."""

    field: BuilderField
    hint: str
    value: str
    ratio: str
    is_readable: bool


@dataclass(frozen=True, slots=True)
class ColourSide:
    title: str
    colours: tuple[ColourField, ...]


@dataclass(frozen=True, slots=True)
class LogoField:
    """`removed` is the place that goes with this logo, `remark` whose logo is shown instead of one of its own.

    `source` is the address of what is shown on `paper`, "" for nothing; `width` and `height` are pixels.
    """

    title: str
    field: BuilderField
    removed: str
    remark: str
    source: str
    width: int
    height: int
    paper: str


@blueprint.get("/desk/surveys/<slug>/draft/theme")
@roles(*MAY_EDIT)
def show(slug: str) -> AnyResponse:
    """A survey without a draft starts one first."""
    draft = drafts.find_draft_of(toolbox(), "survey", slug)
    return _page(draft) if draft is not None else start_first(slug)


@blueprint.post("/desk/surveys/<slug>/draft/theme")
@roles(*MAY_EDIT)
@rate_limits.posts
def save(slug: str) -> AnyResponse:
    draft = find_draft(slug)
    outcome = apply_request(toolbox(), draft, read_request(), g.viewer.email, now())
    newest = outcome.result.draft or draft
    if outcome.is_refused or "X-Builder" in request.headers:
        return _page(newest, outcome, outcome.status)
    return redirect(url_for("draft_theme.show", slug=slug), 303)


def _page(draft: Draft, outcome: EditOutcome | None = None, status: int = 200) -> Response:
    box, said, sender = toolbox(), words(), company_settings.theme(toolbox())
    check = check_document(box, draft.document)
    view = frame_view(draft, check, said)
    maker = FieldMaker(Choosable(draft.document, check.policy, said, view.language), view.problems)
    own = check.survey.theme if check.survey is not None else None
    pairs = {pair.where: pair for pair in colour_pairs(sender, own or SurveyTheme())}
    keys = {key.key: key for key in next(one for one in survey_keys() if one.key == "theme").fields}
    sides = tuple(
        ColourSide(title, tuple(_colour(maker, keys["accent"], (*above, name), pairs[(*above, name)], said)
                                for name in COLOURS))
        for title, above in ((said("Light"), ("theme",)), (said("Dark"), ("theme", "dark")))
    )  # fmt: skip
    return page(
        "builder/theme.html",
        status,
        **frame(draft, check, "theme", view.language, outcome),
        view=view,
        sides=sides,
        logos=_logos(maker, keys["logo"], theme_of(sender, own), said),
        fields=[_with_reference(maker.field(key, ("theme", name)), sender, said)
                for name, key in keys.items() if name not in (*COLOURS, "dark", "logo")],
        problems=maker.own_problems(("theme",), keys),
        has_theme="theme" in draft.document,
        sender=sender.name,
        added="",
    )  # fmt: skip


def _colour(maker: FieldMaker, key: EditorField, path: Path, pair: ColourPair, said: Translator) -> ColourField:
    name = str(path[-1])
    named = EditorField(name, key.input, required=False, own=True)
    # Cut, not rounded: what is below 4.5 never reads as 4.5.
    ratio = "" if name == "paper" else formats_for(said.language).number(int(pair.ratio * 10) / 10, 1)
    field = maker.field(named, path)
    problems = tuple(one for one in maker.problems if _is_about(one.path, path, pair, one.code))
    placed = replace(field, reference=pair.colour, problems=problems or field.problems)
    return ColourField(placed, said(HINTS[name]), pair.colour, ratio, pair.is_readable and pair.ratio >= READABLE)


def _logos(maker: FieldMaker, key: EditorField, look: Theme, said: Translator) -> tuple[LogoField, ...]:
    """That for light mode, and that for dark mode as it is there, where the one for light mode may have to do."""
    light, dark = look.logo_pictures.light, look.logo_pictures.dark
    first = (f"/pictures/{light}", picture_size(light)) if light else (logo_address(look), look.logo_size)
    second = (f"/pictures/{dark}", picture_size(dark)) if dark else first
    senders = said("The sender’s logo") if first[0] else said("No logo: the name is shown")
    borrowed = said("The logo for light mode") if light else senders
    return (
        _logo(maker, key, ("theme", "logo"), said("For light mode"), "" if light else senders, first, look.paper),
        _logo(maker, key, ("theme", "dark", "logo"), said("For dark mode"), "" if dark else borrowed, second,
              look.dark.paper),
    )  # fmt: skip


def _logo(
    maker: FieldMaker, key: EditorField, path: Path, title: str, remark: str,
    shown: tuple[str, tuple[int, int] | None], paper: str,
) -> LogoField:  # fmt: skip
    source, size = shown
    width, height = size or (LOGO_WIDTH, LOGO_HEIGHT)
    field = replace(maker.field(key, path), label=title)
    return LogoField(title, field, write_path(_removed_with(maker.document, path)), remark, source,
                     min(width, LOGO_WIDTH), min(height, LOGO_HEIGHT), paper)  # fmt: skip


def _removed_with(document: Document, path: Path) -> Path:
    """A mapping goes with its last key."""
    while len(path) > 1 and has(document, path[:-1]) and len(find(document, path[:-1])) == 1:
        path = path[:-1]
    return path


def _is_about(found: Path, path: Path, pair: ColourPair, code: str) -> bool:
    """A colour that is not written here has its problem at the place above it."""
    is_above = len(found) < len(path) and path[: len(found)] == found and found[:1] == ("theme",)
    return found == path or (is_above and not pair.is_readable and code in ("theme_contrast", "theme_paper"))


def _with_reference(field: BuilderField, base: Theme, said: Translator) -> BuilderField:
    """Without a value of its own a survey has that of the sender, which is named."""
    if field.control != "select":
        return replace(field, reference=str(getattr(base, field.name.rpartition("/")[2], "")))
    return replace(field, options=(("", said("As the sender’s theme")), *(one for one in field.options if one[0])))
