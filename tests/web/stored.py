"""What is stored behind pages: documents that the worker would have rendered, and links that were mailed."""

from __future__ import annotations

import hashlib

from sqlmodel import select

from questionnaire.actions.assessing.links import sign
from questionnaire.actions.toolbox import Toolbox
from questionnaire.storage.delivery import job_queue, outbox
from questionnaire.storage.responses import documents
from questionnaire.storage.tables import DocumentRow, ResponseRow
from tests.rows import delivery


def keep_document(toolbox: Toolbox, response_id: str, kind: str, content: bytes) -> None:
    """As the worker does when a file is printed."""
    document = DocumentRow(
        response_id=response_id,
        kind=kind,
        language="en",
        template_version="1",
        sha256=hashlib.sha256(content).hexdigest(),
        content=content,
        created_at=toolbox.now(),
    )
    with toolbox.database.writing() as session:
        documents.keep(session, document)


def store_report(toolbox: Toolbox) -> None:
    with toolbox.database.reading() as session:
        row = session.exec(select(ResponseRow)).one()
    keep_document(toolbox, row.id, "report", b"%PDF-1.7 the report")


def mailed_link(toolbox: Toolbox, key: str) -> tuple[ResponseRow, str]:
    """The response under this key, and the address that is mailed to its writer."""
    with toolbox.database.reading() as session:
        row = session.exec(select(ResponseRow).where(ResponseRow.key == key)).one()
    return row, f"/r/{sign(toolbox.settings.secret_keys, 'mailed', row.id, row.at)}"


def store_mail(toolbox: Toolbox, state: str) -> str:
    """A mail that was sent, or given up after ten attempts."""
    text = "Hello Anna,\n\nit is here: https://diagnostic.example/r/abc.\n<script>alert(1)</script>"
    written = {"subject": "Your report <is> ready", "text": text, "html": "<p>Hello</p>", "headers": {}, "reply_to": ""}
    row = delivery(payload=written, created_at=toolbox.now(), last_error="550 no such mailbox")
    with toolbox.database.writing() as session:
        outbox.add(session, row)
        toolbox.queue.enqueue(session, "deliver", row.job_key, {"delivery": row.id})
        if state == "sent":
            outbox.finish(session, row.id, row.destination, "sent", toolbox.now())
        else:
            job_queue.stop(session, row.job_key, "DeliveryFailed: 550 no such mailbox", toolbox.now())
    return "/desk/mailbox/m1"
