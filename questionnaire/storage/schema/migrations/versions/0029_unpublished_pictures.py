"""Pictures of drafts can be deleted: what no version names is noted, and a picture may go. It still never changes.

All pictures are noted, those of versions too: the first look finds out which they are.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from questionnaire.storage.db.column_types import UTCDateTime

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "unpublished_picture",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("named_at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_unpublished_picture")),
    )
    op.execute("INSERT INTO unpublished_picture (name, named_at) SELECT name, stored_at FROM picture")
    op.create_index("ix_unpublished_picture_named_at", "unpublished_picture", ["named_at"])
    op.create_index("ix_survey_version_published_at", "survey_version", ["published_at"])
    op.create_index("ix_authored_draft_edit_at", "authored_draft_edit", ["at"])
    if op.get_context().dialect.name != "postgresql":
        op.execute("DROP TRIGGER picture_refuses_delete")
        return
    op.execute("DROP TRIGGER picture_is_never_changed ON picture")
    op.execute(
        "CREATE TRIGGER picture_is_never_changed BEFORE UPDATE ON picture "
        "FOR EACH ROW EXECUTE FUNCTION rows_are_never_changed()"
    )
