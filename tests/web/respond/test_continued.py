"""Where somebody came from, and what their link said, on whichever device they go on."""

from __future__ import annotations

import html
import json

import pytest
from flask.testing import FlaskClient

from questionnaire.actions.respond import resume
from questionnaire.actions.toolbox import Toolbox
from questionnaire.storage.tables import PartialResponseRow, ResponseRow
from tests.web.client import ANSWERS, PAGE, answered, press
from tests.web.test_on_the_way import SAVE, rows, saved

CAME = "utm_source=ads&utm_campaign=spring&gclid=g1&trigger_event=hiring"


def _went_on(client: FlaskClient, toolbox: Toolbox, **more: str) -> ResponseRow:
    row = rows(toolbox, PartialResponseRow)[0]
    address = resume.resume_link(toolbox, row).replace("http://localhost", "")
    source = {"source": json.dumps({place: {"landing": f"http://localhost{PAGE}"} for place in ("first", "last")})}
    assert client.get(address).status_code == 200
    form = {**answered(), "draft": "f" * 32, **source, **more}
    assert client.post(address, data=form).status_code == 303
    done: ResponseRow = rows(toolbox, ResponseRow)[0]
    return done


@pytest.mark.parametrize("source", [{}, {"source": json.dumps({"first": {"utm_source": "ads", "gclid": "g1"}})}])
def test_campaign_and_hidden_fields_go_with_the_mailed_link(
    client: FlaskClient, toolbox: Toolbox, source: dict[str, str]
) -> None:
    client.post(f"{SAVE}?{CAME}", data=saved(employees="50_199", **source))
    done = _went_on(client, toolbox)
    assert (done.source["first"]["utm_source"], done.source["first"]["gclid"]) == ("ads", "g1")
    assert done.claims["trigger_event"] == "hiring"


def test_a_later_campaign_is_the_last_touch_and_the_first_one_stays(client: FlaskClient, toolbox: Toolbox) -> None:
    client.post(f"{SAVE}?{CAME}", data=saved(employees="50_199"))
    client.post(f"{SAVE}?utm_source=letter", data=saved(employees="50_199"))
    client.post(SAVE, data=saved(employees="50_199"))
    done = _went_on(client, toolbox)
    assert (done.source["first"]["utm_source"], done.source["last"]["utm_source"]) == ("ads", "letter")


def test_the_mailed_link_goes_on_without_a_script_too(client: FlaskClient, toolbox: Toolbox) -> None:
    client.post(
        f"{SAVE}?{CAME}", data=saved(**{name: ANSWERS[name] for name in ("employees", "scoring")}, at="scoring")
    )
    row = rows(toolbox, PartialResponseRow)[0]
    query = resume.resume_link(toolbox, row).partition("?")[2]
    page = client.get(f"{PAGE}?{query}").text
    assert f"{PAGE}/start?{query}" in html.unescape(page)
    step = client.get(f"{PAGE}/start?{query}", follow_redirects=True)
    assert f'value="{ANSWERS["scoring"]}" checked' in step.text
    back = press(client, step, {}, "back")
    assert f'value="{ANSWERS["employees"]}" checked' in back.text
