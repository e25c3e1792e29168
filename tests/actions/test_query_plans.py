"""No request and no job reads a whole table that grows: the plan of every statement is asked of both databases."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, event

from questionnaire.actions import retention
from questionnaire.actions.delivery import failed_jobs, outbox_view
from questionnaire.actions.editing import drafts, history, survey_list
from questionnaire.actions.handoff import lead_list
from questionnaire.actions.respond import resume
from questionnaire.actions.views import SORTS, LeadQuery, Person
from questionnaire.storage.db.engine import Database
from questionnaire.storage.delivery import job_queue
from questionnaire.storage.publishing import drafts as authored
from questionnaire.storage.publishing import images
from tests.actions.installation import Office, typed
from tests.cast import anna, tom

GROWING = {
    "assessment", "assignment", "authored_draft_edit", "consent", "delivery", "document", "draft", "event", "job",
    "lead", "lead_text", "notice", "rate_count", "response", "visit", "visit_count",
}  # fmt: skip
Statement = tuple[str, Any]
MANAGER, LENA = Person("m", "Ines", "ines@n.example", "manager"), Person("l", "Lena", "l@n.example", "rep", "lena")


@contextmanager
def recorded(database: Database) -> Iterator[dict[str, Statement]]:
    """The statements of everything that happens meanwhile, each once."""
    statements: dict[str, Statement] = {}

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, many: bool) -> None:
        if re.match(r"SELECT|UPDATE|DELETE|WITH", statement.lstrip()):
            statements.setdefault(statement, (statement, parameters[0] if many else parameters))

    engines = {database.write_engine, database.read_engine}
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    yield statements
    for engine in engines:
        event.remove(engine, "before_cursor_execute", note)


def scans(connection: Connection, statement: Statement, is_sqlite: bool) -> list[str]:
    """The steps of the plan that read a whole table that grows, or sort what they read of it in an index."""
    text, parameters = statement
    prefix = "EXPLAIN QUERY PLAN " if is_sqlite else "EXPLAIN "
    steps = [str(row[-1]) for row in connection.exec_driver_sql(prefix + text, parameters)]
    found = []
    for step in steps:
        seen = re.search(r"^SCAN (\w+)(?! VIRTUAL)" if is_sqlite else r"Seq Scan on (\w+)", step)
        if seen is None or seen[1] not in GROWING:
            continue
        # In the order of an index, as far as the page goes.
        in_order = "USING" in step and "LIMIT" in text and not any("TEMP B-TREE FOR ORDER" in one for one in steps)
        if not in_order:
            found.append(step.strip())
    return found


def everything(office: Office) -> None:
    """What people and workers do all day."""
    box = office.toolbox
    first = office.accept(typed(anna().filled), anna().at)
    office.confirm(first, anna().at + timedelta(minutes=1))
    office.accept(typed(anna().filled, company="Nordwind GmbH"), anna().at + timedelta(minutes=2))
    office.accept(typed(tom().filled), anna().at + timedelta(minutes=3))
    office.hire("olga", "ops")
    office.work()
    filters: tuple[dict[str, str], ...] = (
        {}, {"stage": "mql"}, {"label": "A1"}, {"owner": "lena"}, {"stage": "assigned", "label": "A1"},
        {"owner": "lena", "stage": "assigned"}, {"owner": "lena", "label": "A1"}, {"search": "anna kell"},
        {"search": "nord", "stage": "assigned"},
    )  # fmt: skip
    for viewer in (MANAGER, LENA):
        for chosen in filters:
            for sort in SORTS:
                page = lead_list.leads(box, viewer, LeadQuery(sort=sort, **chosen))
                assert page.total
    leads = lead_list.leads(box, LENA, LeadQuery()).rows
    assert lead_list.lead(box, LENA, leads[0].id)
    lead_list.dossier_pdf(box, LENA, leads[0].id)
    lead_list.queue_dossier(box, LENA, leads[0].id)
    outbox_view.mails(box)
    failed_jobs.dead_jobs(box)
    failed_jobs.oldest_due(box)
    with box.database.writing() as session:
        images.keep_unpublished(session, f"{'a' * 32}-8x8.webp", b"webp", office.clock.at - timedelta(days=2))
    retention.plan(box)
    retention.clean_up(box)
    _author(office)
    with box.database.writing() as session:
        job_queue.next_due(session, ("judge",))
        job_queue.running_jobs(session)


def _author(office: Office) -> None:
    """What people do in the builder, and what its lists count."""
    box, survey, at = office.toolbox, office.publication.survey, office.clock.at
    resume.save(box, resume.PartialResponse(survey, "en", visit="a" * 32, typed={"industry": ["saas"]}), at)
    draft = drafts.open_from_version(box, "survey", survey.id, "mo", at).draft
    assert draft is not None
    for number in range(3):
        change = [{"edit": "set", "path": "title", "value": f"Title {number}"}]
        assert drafts.edit(box, draft.id, number, change, "mo", at, f"key-{number}").problems == ()
    assert history.draft_at(box, draft.id, 1) is not None
    assert history.undo(box, draft.id, "mo", at).problems == ()
    assert history.next_steps(box, draft.id, "mo").redo is not None
    assert history.history(box, draft.id, before=3)
    assert [one.starts for one in survey_list.list_all(box, at) if one.name == survey.id] == [1]
    with box.database.writing() as session:
        assert authored.forget_edits(session, 1, 10) == 3


def test_no_statement_of_a_request_or_a_job_reads_a_whole_table(office: Office) -> None:
    database = office.toolbox.database
    with recorded(database) as statements:
        everything(office)
    assert len(statements) > 60
    with database.write_engine.connect() as connection:
        if not database.is_sqlite:
            # The tables are small: the question is whether an index could be used.
            connection.exec_driver_sql("SET enable_seqscan = off")
        wrong = {
            text: steps
            for text, statement in statements.items()
            if (steps := scans(connection, statement, database.is_sqlite))
        }
        connection.rollback()
    assert not wrong, "\n\n".join(f"{text}\n   {steps}" for text, steps in wrong.items())


def test_the_list_of_a_stage_is_read_along_the_index_of_stages(office: Office) -> None:
    """PostgreSQL preferred the index of the whole list, where a million other leads came first."""
    database = office.toolbox.database
    with recorded(database) as statements:
        office.accept(typed(anna().filled), anna().at)
        assert lead_list.leads(office.toolbox, MANAGER, LeadQuery(sort="urgency", stage="assigned")).total
    (page,) = [
        one for text, one in statements.items()
        if "ORDER BY" in text and "LIMIT" in text and ".stage" in text.partition("WHERE")[2].partition("ORDER BY")[0]
        and "urgency" in text.partition("ORDER BY")[2] and ".owner" not in text.partition("WHERE")[2]
        and ".label" not in text.partition("WHERE")[2]
    ]  # fmt: skip
    with database.write_engine.connect() as connection:
        if not database.is_sqlite:
            connection.exec_driver_sql("SET enable_seqscan = off")
            connection.exec_driver_sql("SET enable_sort = off")
        prefix = "EXPLAIN QUERY PLAN " if database.is_sqlite else "EXPLAIN "
        plan = "\n".join(str(row[-1]) for row in connection.exec_driver_sql(prefix + page[0], page[1]))
        connection.rollback()
    assert "ix_lead_stage_urgency" in plan, plan


def test_a_statement_that_reads_a_whole_table_is_found(office: Office) -> None:
    from sqlalchemy import text

    database = office.toolbox.database
    found: Callable[[str], list[str]] = lambda words: scans(connection, (words, ()), database.is_sqlite)  # noqa: E731 (one line)
    with database.write_engine.connect() as connection:
        if not database.is_sqlite:
            connection.execute(text("SET enable_seqscan = off"))
        assert found("SELECT * FROM lead WHERE name LIKE 'x'")
        assert not found("SELECT * FROM lead WHERE id = 'x'")
        connection.rollback()
