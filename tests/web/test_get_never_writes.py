"""GET and HEAD change nothing: link scanners and previews open every link."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text
from sqlmodel import SQLModel, select

from questionnaire.actions.assessing.links import sign
from questionnaire.actions.integrations import webhook_endpoints
from questionnaire.actions.toolbox import Toolbox
from questionnaire.storage.tables import LeadRow, ResponseRow
from tests.web.client import SLUG, submit


def _database_hash(toolbox: Toolbox) -> str:
    digest = hashlib.sha256()
    with toolbox.database.reading() as session:
        for table in sorted(SQLModel.metadata.tables):
            for row in session.execute(text(f'SELECT * FROM "{table}" ORDER BY 1, 2')):
                digest.update(repr(tuple(row)).encode())
    return digest.hexdigest()


OTHERS = {
    "tag": "en", "page": "practice", "mail_id": "m1", "staff_id": "nobody", "step": "email", "kind": "csv",
    "report": "r1", "act": "reject", "decision": "approve", "event_id": "e1", "filename": "css/tokens.css",
    "name": "0" * 32 + "-1x1.webp", "endpoint_id": "w1", "sample": SLUG,
}  # fmt: skip
"""Values of the other parts of addresses."""


def test_get_and_head_of_every_page_change_nothing_in_the_database(
    app: Flask, client: FlaskClient, as_role: Callable[[str], FlaskClient], toolbox: Toolbox
) -> None:
    address = submit(client)
    webhook_endpoints.add(toolbox, "w1", "https://crm.example/hook", ["lead.mql"], toolbox.now())
    with toolbox.database.reading() as session:
        lead, response = session.exec(select(LeadRow)).one().id, session.exec(select(ResponseRow)).one()
    mailed = sign(toolbox.settings.secret_keys, "mailed", response.id, response.at)
    shared = sign(toolbox.settings.secret_keys, "shared", response.id, response.at)
    people = [client, as_role("admin"), as_role("rep")]
    before = _database_hash(toolbox)
    for token in (address.removeprefix("/r/"), mailed, shared):
        known: dict[str, Any] = {
            "slug": SLUG,
            "token": token,
            "lead_id": lead,
            **OTHERS,
        }
        with app.test_request_context():
            pages = [
                app.url_for(rule.endpoint, **{name: values[name] for name in rule.arguments})
                for rule in app.url_map.iter_rules()
                for values in (known if rule.endpoint == "images.show" else {**known, "name": "default"},)
                if "GET" in (rule.methods or ())
            ]
        for who in people:
            for page in pages:
                for method in ("GET", "HEAD"):
                    with who.open(page, method=method) as seen:
                        assert seen.status_code < 500, page
    assert _database_hash(toolbox) == before
