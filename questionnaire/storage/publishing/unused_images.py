"""Images that nothing names any more. Only those are looked at that no version is known to name.

What names an image is found as text: its name has the hash of a file, and is part of nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import ColumnElement, Text, cast, delete, literal, update
from sqlmodel import Session, col, select

from questionnaire.storage.db.statements import changed
from questionnaire.storage.tables import (
    DraftEditRow,
    DraftRow,
    ImageRow,
    PublicationPlanRow,
    SurveyVersionRow,
    TrialReportRow,
    UnpublishedPictureRow,
)

Use = Literal["version", "draft", ""]
CLOCKS_DIFFER = timedelta(days=1)
"""More than the clocks of two machines do."""


@dataclass(frozen=True, slots=True)
class UnpublishedImage:
    name: str
    stored_at: datetime


def to_look_at(session: Session, before: datetime, limit: int) -> tuple[UnpublishedImage, ...]:
    """Images that were stored, or last found in use, before a moment; those that wait longest first."""
    rows = select(col(ImageRow.name), col(ImageRow.stored_at)).join(
        UnpublishedPictureRow, col(UnpublishedPictureRow.name) == col(ImageRow.name)
    )
    rows = rows.where(col(UnpublishedPictureRow.named_at) < before)
    found = session.exec(rows.order_by(col(UnpublishedPictureRow.named_at)).limit(limit)).all()
    return tuple(UnpublishedImage(*row) for row in found)


def use_of(session: Session, image: UnpublishedImage, undo_since: datetime) -> Use:
    """What names an image: a version, else a draft, a change of one since `undo_since`, a version to come or a tried
    report. A version can only name what was stored before."""
    published = col(SurveyVersionRow.published_at) >= image.stored_at - CLOCKS_DIFFER
    if _is_any(session, published, _names(SurveyVersionRow.content, image)):
        return "version"
    changes = _names(DraftEditRow.change, image) | _names(DraftEditRow.inverse, image)
    is_used = (
        _is_any(session, col(DraftRow.kind) == "survey", _names(DraftRow.content, image))
        or _is_any(session, col(DraftEditRow.at) >= undo_since, changes)
        or _is_any(session, col(PublicationPlanRow.state) == "waiting", _names(PublicationPlanRow.content, image))
        or _is_any(session, col(TrialReportRow.asked_at) >= undo_since, _names(TrialReportRow.view, image))
    )
    return "draft" if is_used else ""


def _names(column: Any, image: UnpublishedImage) -> ColumnElement[bool]:
    return cast(col(column), Text).contains(image.name, autoescape=True)


def _is_any(session: Session, *conditions: ColumnElement[bool]) -> bool:
    return session.exec(select(literal(1)).where(*conditions).limit(1)).first() is not None


def note_use(session: Session, image: UnpublishedImage, now: datetime) -> None:
    """It is looked at again later."""
    named = update(UnpublishedPictureRow).where(col(UnpublishedPictureRow.name) == image.name).values(named_at=now)
    changed(session, named)


def note_version(session: Session, image: UnpublishedImage) -> None:
    """It stays, and is looked at no more."""
    changed(session, delete(UnpublishedPictureRow).where(col(UnpublishedPictureRow.name) == image.name))


def forget(session: Session, image: UnpublishedImage, before: datetime) -> bool:
    """Deletes it, unless it was stored again since `before`. Returns whether it is gone."""
    waiting = (col(UnpublishedPictureRow.name) == image.name, col(UnpublishedPictureRow.named_at) < before)
    if not changed(session, delete(UnpublishedPictureRow).where(*waiting)):
        return False
    return changed(session, delete(ImageRow).where(col(ImageRow.name) == image.name)) > 0
