"""The surveys of single features, published with their pictures, and what is answered in each of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sqlmodel import col, select

from questionnaire.actions.publishing import publish_version
from questionnaire.actions.toolbox import Toolbox
from questionnaire.library.load import load_policy, load_survey
from questionnaire.settings import bundle_dir
from questionnaire.storage.tables import ResponseRow

FOLDER = bundle_dir("surveys") / "features"
FILES = sorted(path for path in FOLDER.glob("*.yaml") if "schema: survey/1" in path.read_text("utf-8"))


@dataclass(frozen=True)
class Given:
    """What is done at one question: `act` names the gesture, `what` the words somebody would point at."""

    question: str
    act: str
    what: Any


@dataclass(frozen=True)
class Walk:
    """The questions of one feature in their order, and the answers that must arrive."""

    feature: str
    given: tuple[Given, ...]
    arrives: dict[str, Any] = field(default_factory=dict)

    @property
    def address(self) -> str:
        return f"/s/feature-{self.feature}"


def _walk(feature: str, *given: tuple[str, str, Any], **arrives: Any) -> Walk:
    return Walk(feature, tuple(Given(*one) for one in given), {k.replace("__", "."): v for k, v in arrives.items()})


WALKS = (
    _walk("single-choice", ("tool", "row", "A spreadsheet"), tool="sheet"),
    _walk("multiple-choice", ("channels", "rows", ["The site", "Partners"]), channels=["site", "partners"]),
    _walk("picture-choice", ("shape", "row", "Flat"), shape="flat"),
    _walk("yes-no", ("measured", "row", "No"), ("written", "row", "I don’t know"), measured="no", written="dont_know"),
    _walk("dropdown", ("city", "select", "Lyon"), city="lyon"),
    _walk("country", ("market", "select", "Germany"), market="DE"),
    _walk("scale", ("agreement", "point", 4), agreement=4),
    _walk("rating", ("handoff", "point", 3), handoff=3),
    _walk("nps", ("recommend", "point", 9), recommend=9),
    _walk("slider", ("share", "slide", 60), share=60),
    _walk("number", ("leads", "type", "120"), ("rate", "type", "12,5"), leads=120, rate="12.5"),
    _walk("text", ("name_of_lead", "type", "hot"), ("story", "type", "A long one."), name_of_lead="hot",
          story="A long one."),
    _walk("addresses", ("site", "type", "nordlicht.example"), ("colleague", "type", "b@firm.example"),
          ("switchboard", "type", "+33 1 42 68 53 00"), colleague="b@firm.example"),
    _walk("date", ("start", "date", "2027-01-04"), start="2027-01-04"),
    _walk("matrix", ("teams", "cells", {"Marketing": "Every month", "Sales": "Never", "Finance": "Every week"}),
          teams__marketing="monthly", teams__sales="never", teams__finance="weekly"),
    _walk("ranking", ("wishes", "rank", ["Data", "Speed"]), wishes=["data", "speed"]),
    _walk("consent", ("recorded", "tick", None), ("again", "row", "Yes"), recorded=True, again="yes"),
)  # fmt: skip


def publish_features(toolbox: Toolbox) -> None:
    """All of them, as `questionnaire run` would publish a shelf."""
    policy, _ = load_policy(FOLDER / "policy.yaml")
    assert policy is not None
    assert publish_version.publish(toolbox, "policy", policy.source.raw, toolbox.now()) is None
    for path in FILES:
        sheet, problems = load_survey(path)
        assert sheet is not None, problems
        wrong = [one for one in publish_version.publish_survey(toolbox, sheet, toolbox.now()) if one.is_error]
        assert not wrong, wrong


def newest_answers(toolbox: Toolbox) -> dict[str, Any]:
    with toolbox.database.reading() as session:
        row = session.exec(select(ResponseRow).order_by(col(ResponseRow.id).desc()).limit(1)).one()
        return dict(row.answers)
