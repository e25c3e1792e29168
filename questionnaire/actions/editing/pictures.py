"""Pictures that authors upload: re-encoded in a limited process, stored, and named in the draft as one edit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from threading import BoundedSemaphore

from questionnaire.actions.editing import drafts
from questionnaire.actions.editing.drafts import Draft, DraftResult
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.base.problems import Problem
from questionnaire.core.editing.form_edits import FormValue, form_edits
from questionnaire.core.editing.keys import keys_at
from questionnaire.core.editing.paths import Path, has
from questionnaire.core.survey.questions.picture import PICTURE_KEYS
from questionnaire.library.imports.limited_process import read_picture
from questionnaire.storage.publishing import images

WAIT_SECONDS = 10
_one_at_a_time = BoundedSemaphore(1)
"""A picture may take 512 MB and seconds of a processor: a web process reads one after the other."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came. `ratio` is what it is cropped to, "" for all of it; `path` the place that names it."""

    content: bytes
    path: Path
    ratio: str = ""


def put_picture(
    toolbox: Toolbox, draft: Draft, upload: Upload, revision: int, key: str | None, actor: str, now: datetime
) -> DraftResult:  # fmt: skip
    path = upload.path
    if not _takes_picture(draft, path):
        return DraftResult(draft, problems=(Problem("no_such_place", path, "no picture can stand here", "reload"),))
    if not upload.content:
        return DraftResult(draft, problems=(Problem("picture_missing", path, "no file was sent", "choose a file"),))
    if not _one_at_a_time.acquire(timeout=WAIT_SECONDS):
        problem = Problem("import_busy", path, "another file is being read", "try again in a moment")
        return DraftResult(draft, problems=(problem,))
    try:
        picture = read_picture(upload.content, upload.ratio)
    finally:
        _one_at_a_time.release()
    if isinstance(picture, Problem):
        return DraftResult(draft, problems=(picture,))
    with toolbox.database.writing() as session:
        images.keep_unpublished(session, picture.name, picture.content, now)
    change = form_edits(draft.document, [FormValue(path, "word", picture.name)], ())
    if not change:
        return DraftResult(draft)
    return drafts.edit(toolbox, draft.id, revision, [edit.as_json for edit in change], actor, now, key)


def _takes_picture(draft: Draft, path: Path) -> bool:
    """The mappings of a theme are made when they are needed; every other place has to exist."""
    above, name = path[:-1], path[-1] if path else ""
    is_there = above[:1] == ("theme",) or has(draft.document, above)
    return is_there and name in PICTURE_KEYS and any(one.key == name for one in keys_at(draft.document, above))
