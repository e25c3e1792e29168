"""What Alembic runs a step in: the connection it was given, and the tables of the product alone."""

from __future__ import annotations

from alembic import context
from sqlmodel import SQLModel

from questionnaire.storage import tables

assert tables.LeadRow.metadata is SQLModel.metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
    # One transaction over all steps is opened by whoever calls.
    transactional_ddl=False,
)
context.run_migrations()
