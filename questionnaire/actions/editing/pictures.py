"""Pictures that authors upload: re-encoded in a limited process, stored, and named in the draft as one edit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from threading import BoundedSemaphore

from questionnaire.actions.editing import drafts
from questionnaire.actions.editing.drafts import Draft, DraftResult
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.base.problems import Problem
from questionnaire.core.editing.edit import set_
from questionnaire.core.editing.keys import keys_at
from questionnaire.core.editing.paths import Path, has
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
    if not has(draft.document, path[:-1]) or not _takes_picture(draft, path):
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
        images.keep(session, picture.name, picture.content, now)
    return drafts.edit(toolbox, draft.id, revision, [set_(path, picture.name).as_json], actor, now, key)


def _takes_picture(draft: Draft, path: Path) -> bool:
    return path[-1:] == ("image",) and any(one.key == "image" for one in keys_at(draft.document, path[:-1]))
