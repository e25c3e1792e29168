"""The form of an edit page as a browser without JavaScript would send it."""

from __future__ import annotations

from html.parser import HTMLParser

from flask.testing import FlaskClient
from werkzeug.test import TestResponse


class _Form(HTMLParser):
    """The fields of the form with an id, in their order, with what they say."""

    def __init__(self, id: str) -> None:
        super().__init__()
        self.id, self.inside, self.select, self.text = id, False, "", ""
        self.sent: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = given.get("id") == self.id
        if not self.inside:
            return
        if tag == "input" and given.get("name"):
            if given.get("type") not in ("checkbox", "radio") or "checked" in given:
                self.sent.append((given["name"], given.get("value", "")))
        elif tag in ("select", "textarea"):
            self.select, self.text = given.get("name", ""), tag
            self.sent.append((self.select, ""))
        elif tag == "option" and "selected" in given:
            self.sent[-1] = (self.select, given.get("value", ""))

    def handle_data(self, data: str) -> None:
        if self.inside and self.text == "textarea":
            name, before = self.sent[-1]
            self.sent[-1] = (name, before + data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False
        elif tag == self.text:
            if tag == "textarea":
                name, text = self.sent[-1]
                self.sent[-1] = (name, text.removeprefix("\n"))
            self.text = ""


def fields_of(page: TestResponse, id: str = "form") -> list[tuple[str, str]]:
    form = _Form(id)
    form.feed(page.text)
    assert form.sent, page.text
    return form.sent


def send(client: FlaskClient, page: TestResponse, do: str = "save", **typed: str) -> TestResponse:
    """Sends the question's form. `typed`: the end of a field's name, with __ for a slash -> what is typed there."""
    sent: dict[str, list[str]] = {}
    for name, text in fields_of(page):
        sent.setdefault(name, []).append(text)
    for ending, text in typed.items():
        names = [name for name in sent if name.endswith(ending.replace("__", "/"))]
        assert names, (ending, sorted(sent))
        sent |= {name: [text] for name in names}
    return client.post(page.request.full_path.rstrip("?"), data={**sent, "do": do})
