"""Alembic environment: runs a step on the given connection, for the product's tables only."""

from __future__ import annotations

from alembic import context
from sqlmodel import SQLModel

from questionnaire.storage import tables

assert tables.LeadRow.metadata is SQLModel.metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
    # The caller opens one transaction over all steps.
    transactional_ddl=False,
)
context.run_migrations()
