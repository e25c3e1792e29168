"""Long lists and long histories at the desk, page by page."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlmodel import select

from questionnaire.actions.handoff import lead_list
from questionnaire.actions.toolbox import Toolbox
from questionnaire.storage.leads import events
from questionnaire.storage.tables import LeadRow
from tests.rows import add_lead
from tests.web.client import FRIDAY, submit

Desk = Callable[[str], FlaskClient]


def test_a_long_history_is_read_page_by_page(
    client: FlaskClient, as_role: Desk, toolbox: Toolbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lead_list, "MOST_EVENTS", 3)
    submit(client)
    with toolbox.database.writing() as session:
        lead_id = session.exec(select(LeadRow)).one().id
        for number in range(5):
            events.append(session, f"e{number}", lead_id, "assessed", FRIDAY, data={"stage": "mql"})
    desk = as_role("rep")
    address, seen = f"/desk/leads/{lead_id}", list[int]()
    page = desk.get(address).text
    assert "Latest activity" not in page
    while True:
        seen.append(page.count("<li><time"))
        found = re.search(r'<a href="([^"]+)#history">Earlier activity', page)
        if found is None:
            break
        page = desk.get(found[1]).text
        assert "Latest activity" in page
    assert seen[:2] == [3, 3]
    assert sum(seen) == 8
    assert desk.get(f"{address}?before=99999999999999999999").status_code == 200


def test_pages_of_the_desk_lead_forward_and_back_without_scripts(
    client: FlaskClient, as_role: Desk, toolbox: Toolbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lead_list, "PER_PAGE", 2)
    with toolbox.database.writing() as session:
        for number in range(5):
            add_lead(session, f"p{number}", newest_at=FRIDAY + timedelta(minutes=number))
    desk = as_role("manager")

    def follow(page: str, rel: str) -> str:
        found = re.search(rf'<a rel="{rel}" href="([^"]+)"', page)
        assert found, rel
        return desk.get(found[1].replace("&amp;", "&")).text

    first = desk.get("/desk?sort=newest").text
    assert ("5 leads" in first, "First page" in first, 'rel="prev"' in first) == (True, False, False)
    second = follow(first, "next")
    assert "P2" in second
    third = follow(second, "next")
    assert 'rel="next"' not in third
    assert "P0" in third
    assert "P2" in follow(third, "prev")
    assert "P4" in follow(follow(third, "prev"), "prev")
