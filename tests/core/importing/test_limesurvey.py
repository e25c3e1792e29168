"""Corners of LimeSurvey that the examples do not have."""

from __future__ import annotations

from tests.core.importing.small_sources import codes, limesurvey, questions, said

SETTINGS = [{"language": "en", "assessments": "Y", "format": "A"}]


def answers(qid: str, *codes_: str) -> list[dict[str, str]]:
    return [
        {
            "qid": qid,
            "code": code,
            "answer": f"Answer {code}",
            "sortorder": str(at),
            "assessment_value": str(at),
        }
        for at, code in enumerate(codes_)
    ]


def parts(qid: str, *titles: str, **keys: str) -> list[dict[str, str]]:
    return [
        {"qid": f"{qid}{at}", "parent_qid": qid, "title": title, "question": f"Part {title}", "type": "T", **keys}
        for at, title in enumerate(titles, 1)
    ]


def test_a_list_with_a_comment_becomes_two_questions() -> None:
    found = questions(limesurvey({"type": "O", "title": "why"}, answers=answers("1", "a", "b")))
    assert [question["type"] for question in found.values()] == ["single_choice", "long_text"]


def test_lists_and_arrays_without_answers_are_named() -> None:
    imported = limesurvey({"type": "T"}, {"type": "M"}, {"type": "F"}, {"type": "F", "qid": "44"},
                          subquestions=parts("44", "a"))  # fmt: skip
    assert codes(imported).count("choice_missing") == 3


def test_boxes_count_what_their_question_says() -> None:
    imported = limesurvey(
        {"type": "M"}, subquestions=parts("1", "a", "b", relevance="rand() > 1"), surveys=SETTINGS,
        question_attributes=[{"qid": "1", "attribute": "assessment_value", "value": "3"}],
    )  # fmt: skip
    found = questions(imported)["q1"]
    assert [choice["maturity"] for choice in found["choices"]] == [3, 3]
    assert found["dimension"] == "points"
    assert codes(imported).count("condition_left_out") == 2


def test_numbers_beside_each_other_keep_their_limits() -> None:
    imported = limesurvey(
        {"type": "K"}, subquestions=parts("1", "a"),
        question_attributes=[
            {"qid": "1", "attribute": "min_num_value_n", "value": "2"},
            {"qid": "1", "attribute": "suffix", "value": "km", "language": ""},
        ],
    )  # fmt: skip
    assert questions(imported)["q1_a"] == {
        "name": "q1_a", "type": "number", "title": "What? – Part a", "min": 2, "unit": "km",
    }  # fmt: skip


def test_a_date_may_have_no_format_and_a_hidden_question_names_its_parts() -> None:
    imported = limesurvey(
        {"type": "D"}, {"type": "L"}, answers=answers("2", "a"),
        question_attributes=[{"qid": "2", "attribute": "hidden", "value": "1"}],
    )  # fmt: skip
    assert questions(imported)["q1"]["type"] == "date"
    assert "Answer a" in said(imported)


def test_older_conditions_on_boxes_and_their_opposite() -> None:
    condition = {"qid": "2", "cqid": "1", "cfieldname": "9X1X1", "value": "a", "scenario": "1"}
    asked = {"type": "M"}, {"type": "T"}
    found = questions(limesurvey(*asked, subquestions=parts("1", "a"), conditions=[{**condition, "method": "=="}]))
    assert found["q2"]["show_if"] == {"q1": "a"}
    found = questions(limesurvey(*asked, subquestions=parts("1", "a"), conditions=[{**condition, "method": "!="}]))
    assert found["q2"]["show_if"] == {"any": [{"q1": {"ne": "a"}}, {"q1": {"known": False}}]}


def test_groups_with_ranges_of_their_own_weigh_what_they_are_worth() -> None:
    low = {"scope": "G", "name": "Low", "minimum": "0", "maximum": "9", "message": "Begin.", "language": "en"}
    ranges = [{**low, "id": gid, "gid": gid} for gid in ("1", "2")]
    groups = [{"gid": gid, "group_name": f"Group {gid}", "group_order": gid, "language": "en"} for gid in ("1", "2")]
    imported = limesurvey(
        {"type": "L"}, {"type": "L", "gid": "2"}, {"type": "T", "gid": "2", "parent_qid": "2"},
        answers=answers("1", "a", "b", "c") + answers("2", "a", "b"), surveys=SETTINGS, assessments=ranges,
        groups=groups,
    )  # fmt: skip
    assert imported.document is not None
    weights = {one["name"]: one.get("weight") for one in imported.document["dimensions"]}
    assert weights == {"group_1": 2, "group_2": 1}
    assert imported.document["display"]["mode"] == "single_page"
