"""The scoring page of a draft: what every answer means, as one table. Each cell is a small edit as in the editor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, abort, g, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from questionnaire.actions.editing import drafts, history
from questionnaire.actions.editing.draft_check import DraftCheck, check_document
from questionnaire.actions.editing.draft_reach import draft_reach
from questionnaire.actions.editing.drafts import Draft
from questionnaire.core.checks.findings import Bounds
from questionnaire.core.editing.evidence_sources import EvidenceSource, evidence_sources
from questionnaire.web.builder.draft_frame import FrameView, frame, frame_view
from questionnaire.web.builder.draft_pages import MAY_EDIT, start_first
from questionnaire.web.builder.draft_request import EditOutcome, apply_request, read_request
from questionnaire.web.builder.grid_titles import GridTitles
from questionnaire.web.builder.options import Choosable, Options
from questionnaire.web.builder.problem_words import DraftProblem
from questionnaire.web.builder.scoring_grid import grid_groups, problems_of
from questionnaire.web.builder.scoring_totals import Totals
from questionnaire.web.builder.scoring_weights import weight_lines
from questionnaire.web.http import rate_limits
from questionnaire.web.http.access import roles
from questionnaire.web.http.context import now, toolbox
from questionnaire.web.http.rendering import page, words

blueprint = Blueprint("scoring", __name__)


@blueprint.get("/desk/surveys/<slug>/draft/scoring")
@roles(*MAY_EDIT)
def show(slug: str) -> AnyResponse:
    """A survey without a draft starts one first."""
    draft = drafts.find_draft_of(toolbox(), "survey", slug)
    return _page(draft) if draft is not None else start_first(slug)


@blueprint.post("/desk/surveys/<slug>/draft/scoring")
@roles(*MAY_EDIT)
@rate_limits.posts
def save(slug: str) -> AnyResponse:
    """With JavaScript the reply holds only the questions that are different from what the page shows."""
    draft = _draft(slug)
    posted = read_request()
    shown = history.draft_at(toolbox(), draft.id, posted.revision)
    outcome = apply_request(toolbox(), draft, posted, g.viewer.email, now())
    newest = outcome.result.draft or draft
    if "X-Builder" in request.headers or outcome.is_refused:
        return _page(newest, outcome, outcome.status, shown if "X-Builder" in request.headers else None)
    return redirect(url_for("scoring.show", slug=slug, open=request.args.get("open")), 303)


@blueprint.get("/desk/surveys/<slug>/draft/scoring/reach")
@roles(*MAY_EDIT)
def reach(slug: str) -> Response:
    """The totals alone, after a search: what answers can reach."""
    draft = _draft(slug)
    grid = _Grid.of(draft, check_document(toolbox(), draft.document))
    bounds = draft_reach(toolbox(), draft.document)
    return page("builder/scoring_reach.html", slug=slug, **grid.totals(bounds, is_asked=True))


def _draft(slug: str) -> Draft:
    draft = drafts.find_draft_of(toolbox(), "survey", slug)
    if draft is None:
        abort(404)
    return draft


@dataclass(frozen=True, slots=True)
class _Grid:
    """One state of a draft, before any line of it is made."""

    choosable: Choosable
    view: FrameView
    sources: tuple[EvidenceSource, ...]

    @classmethod
    def of(cls, draft: Draft, check: DraftCheck) -> _Grid:
        said = words()
        view = frame_view(draft, check, said)
        choosable = Choosable(draft.document, check.policy, said, view.language)
        return cls(choosable, view, evidence_sources(draft.document))

    def changed_since(self, before: _Grid) -> tuple[EvidenceSource, ...] | None:
        """The sources whose lines are different now; None where the whole table is."""
        old, new = before.choosable.document, self.choosable.document
        shared = any(old.get(key) != new.get(key) for key in ("dimensions", "languages", "policy"))
        if shared or [one.path for one in before.sources] != [one.path for one in self.sources]:
            return None
        pairs = zip(before.sources, self.sources, strict=True)
        return tuple(new for old, new in pairs if old != new or before.problems(old) != self.problems(new))

    def problems(self, source: EvidenceSource) -> tuple[DraftProblem, ...]:
        return problems_of(source, self.view.problems)

    def totals(self, bounds: Bounds | None, *, is_asked: bool) -> dict[str, Any]:
        """`is_asked`: someone wanted a search; without `bounds` errors prevented it."""
        found = Totals(GridTitles(self.choosable), self.sources, bounds)
        state = "found" if bounds is not None else "errors" if is_asked else ""
        return {
            "axes": found.axes(), "search": state, "unfed": found.unfed(), "policy": self.choosable.policy,
            "has_numbers": self.has_numbers,
        }  # fmt: skip

    @property
    def has_numbers(self) -> bool:
        """Numbers of answers are for formulas: without one, the table needs no column for them."""
        answers = (answer for source in self.sources for answer in source.answers)
        return bool(self.choosable.document.get("calculated")) or any("number" in one.content for one in answers)

    def options(self) -> dict[str, Options]:
        """The lists to choose from, each once for the whole table."""
        choosable = self.choosable
        criteria = dict.fromkeys(source.criterion for source in self.sources if source.answers)
        lists = {"criteria": choosable.criteria(), "signals": choosable.signals(), "dimensions": choosable.dimensions()}
        return {**lists, **{f"levels {name}": choosable.levels(name) or () for name in criteria}}


def _page(
    draft: Draft, outcome: EditOutcome | None = None, status: int = 200, shown: Draft | None = None
) -> Response:  # fmt: skip
    """`shown`: the state that the page shows, so that only the difference is sent."""
    check = check_document(toolbox(), draft.document)
    grid = _Grid.of(draft, check)
    changed = None
    if shown is not None:
        changed = grid.changed_since(_Grid.of(shown, check_document(toolbox(), shown.document)))
    sources = grid.sources if changed is None else changed
    is_asked = "reach" in request.args
    bounds = draft_reach(toolbox(), draft.document) if is_asked else None
    return page(
        "builder/scoring.html",
        status,
        **frame(draft, check, "scoring", grid.view.language, outcome),
        **grid.totals(bounds, is_asked=is_asked),
        view=grid.view,
        groups=grid_groups(grid.choosable, grid.view.problems, sources),
        only=changed is not None,
        counts=(sum(one.number is not None for one in grid.sources), sum(len(one.answers) for one in grid.sources)),
        options=grid.options(),
        weights=weight_lines(grid.choosable, grid.sources, grid.view.problems),
        open=request.args.get("open", ""),
    )
