"""Problems: path, message and hint."""

from __future__ import annotations

from questionnaire.core.base.problems import WARNING, Problem, did_you_mean, errors, path_text

PROBLEM = Problem("unknown_key", ("pages", 0, "titel"), "`titel` is not a key here", "did you mean `title`?")


def test_a_problem_shows_its_file_and_line() -> None:
    said = str(PROBLEM.at("survey.yaml", 12))
    assert said == "survey.yaml:12: unknown_key: `titel` is not a key here — did you mean `title`?"


def test_without_a_file_a_problem_shows_its_path() -> None:
    assert str(PROBLEM).startswith("unknown_key: pages[0].titel: ")
    assert str(Problem("empty", (), "nothing is here")) == "empty: nothing is here"


def test_a_warning_is_marked_and_is_no_error() -> None:
    warning = Problem("unused", ("policy",), "nobody asks for it", severity=WARNING)
    assert str(warning).startswith("warning: unused")
    assert errors([warning, PROBLEM]) == (PROBLEM,)


def test_a_problem_of_a_nested_value_gets_the_path_of_its_parent() -> None:
    assert PROBLEM.under("survey", 2).where == ("survey", 2, "pages", 0, "titel")
    assert path_text(()) == ""
    assert path_text(("pages", 0, "questions", 2, "title")) == "pages[0].questions[2].title"


def test_the_nearest_known_name_is_suggested() -> None:
    assert did_you_mean("timelin", ["timeline", "budget"]) == "did you mean `timeline`?"
    assert did_you_mean("rown", ["row1", "row2", "column"]) == "did you mean `row2` or `row1`?"
    assert did_you_mean("xyz", ["timeline", "budget"]) == "write one of: `budget`, `timeline`"
    assert did_you_mean("xyz", ["timeline"], "leave it out") == "leave it out"
    assert did_you_mean("xyz", map(str, range(1000, 1020))) == ""
    assert did_you_mean("xyz", []) == ""
