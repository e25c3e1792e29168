"""What the buttons of the report page do to a document."""

from __future__ import annotations

from typing import Any

import pytest

from questionnaire.core.editing.apply import apply_all
from questionnaire.core.editing.commands import Command, command_edits
from questionnaire.core.editing.form_edits import form_edits
from questionnaire.core.editing.paths import EditError, find, has, read_path
from questionnaire.core.editing.report_edits import sections_of
from questionnaire.core.editing.typed_values import FormValue
from tests.core.editing.small_draft import survey


def do(verb: str, path: str, argument: str = "", start: Any = None) -> Any:
    document = survey() if start is None else start
    edited = apply_all(document, command_edits(document, Command(verb, read_path(path), argument)))
    assert apply_all(edited.document, edited.inverse).document == document
    return edited.document


def arrange(argument: str, start: Any = None) -> tuple[str, ...]:
    return sections_of(do("section", "report/sections", argument, start))


def typed(document: Any, path: str, reading: str, text: str, *, initial: bool = False) -> Any:
    value = FormValue(read_path(path), reading, text, initial=initial)
    return apply_all(document, form_edits(document, [value], ["en"])).document


def test_sections_begin_with_those_that_every_report_has() -> None:
    assert arrange("add:comparison") == ("cover", "summary", "comparison", "dimensions", "plan", "next_step", "method")
    assert arrange("add:figures")[2] == "figures"
    assert arrange("remove:cover")[0] == "summary"
    assert arrange("down:cover")[:2] == ("summary", "cover")
    assert arrange("up:cover") == sections_of(survey())
    assert arrange("up:comparison") == arrange("sideways:cover") == sections_of(survey())
    bare = {"schema": "survey/1"}
    written = do("section", "report/sections", "up:method", bare)
    assert written["report"]["sections"][-2:] == ["method", "next_step"]
    assert arrange("add:figures", {"schema": "survey/1", "report": {"sections": ["method"]}}) == ("figures", "method")
    assert arrange("add:method", {"schema": "survey/1", "report": {"sections": ["plan"]}}) == ("plan", "method")
    with pytest.raises(EditError):
        arrange("add:nothing")


def test_the_comparison_is_switched_off_and_on_with_its_section() -> None:
    off = do("switch", "report/benchmark", "off")
    assert not has(off, ("report", "benchmark"))
    assert do("switch", "report/benchmark", "off", off) == off
    again = do("switch", "report/benchmark", "on", off)
    assert find(again, ("report", "benchmark")) == {}
    assert "comparison" in sections_of(again)
    assert do("switch", "report/benchmark", "on", again) == again
    kept = do("switch", "report/benchmark", "on", {"schema": "survey/1", "report": {"sections": ["comparison"]}})
    assert sections_of(kept) == ("comparison",)
    assert do("switch", "report/benchmark", "on", {"schema": "survey/1"})["report"]["benchmark"] == {}
    with pytest.raises(EditError):
        do("switch", "report/charts", "off")


def test_a_new_band_divides_the_widest_one() -> None:
    first = do("add", "report/overall")
    assert find(first, ("report", "overall")) == [{"from": 0, "text": ""}]
    second = do("add", "report/overall", start=first)
    third = do("add", "report/overall", start=second)
    assert [band["from"] for band in find(third, ("report", "overall"))] == [0, 25, 50]
    odd = do("add", "report/dimensions/data", start={"schema": "survey/1", "report": {"dimensions": {"data": ["odd"]}}})
    assert find(odd, read_path("report/dimensions/data/#1/from")) == 50
    assert find(do("add", "report/dimensions/data"), read_path("report/dimensions/data/#0/from")) == 0


def test_an_offer_is_named_after_its_words() -> None:
    named = do("name", "report/blocks", "Book a call")
    assert find(named, read_path("report/blocks/book_a_call")) == {"text": "Book a call"}
    french = {"schema": "survey/1", "languages": ["en", "fr"]}
    assert do("name", "report/blocks", "Call", french)["report"] == {"blocks": {"call": {"text": {"en": "Call"}}}}


def test_a_step_of_the_plan_may_be_a_text_alone_or_one_where_a_list_may_stand() -> None:
    plan = {"schema": "survey/1", "report": {"plan": [{"days": 14, "items": "Count"}, {"days": 30, "items": ["Tell"]}]}}
    assert typed(plan, "report/plan/#1/items/#0/text", "text", "Tell all")["report"]["plan"][1]["items"] == ["Tell all"]
    assert typed(plan, "report/plan/#1/items/#0/effort", "word", "low")["report"]["plan"][1]["items"] == [
        {"text": "Tell", "effort": "low"}
    ]
    assert typed(plan, "report/plan/#0/items/text", "text", "Count") == plan
    more = do("add", "report/plan/#0/items", start=plan)
    assert more["report"]["plan"][0]["items"] == ["Count", {"text": ""}]


def test_where_nothing_is_written_every_place_of_a_block_is_ticked() -> None:
    block = {"schema": "survey/1", "report": {"content_blocks": [{"id": "b", "text": "B"}]}}
    at = "report/content_blocks/b/on"
    assert typed(block, at, "picks", "page\npdf", initial=True) == block
    page = typed(block, at, "picks", "page", initial=True)
    assert page["report"]["content_blocks"][0]["on"] == ["page"]
    alone = {"schema": "survey/1", "report": {"content_blocks": [{"id": "b", "text": "B", "on": "pdf"}]}}
    assert typed(alone, at, "picks", "pdf", initial=True) == alone
    assert typed(block, "report/content_blocks/b/odd", "picks", "page", initial=True) != block
