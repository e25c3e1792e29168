"""Signatures of both heads under a policy’s draft, and putting it in force exactly once, on both databases."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlmodel import select

from questionnaire.actions.editing import policy_files, signatures
from questionnaire.actions.editing.drafts import edit, find_draft_of, open_from_version
from questionnaire.actions.editing.history import undo
from questionnaire.actions.editing.policy_list import find_policy_version, list_policies, policy_versions
from questionnaire.actions.editing.signatures import SigningResult, propose, put_in_force, sign, signing_plan
from questionnaire.actions.people.accounts import set_signs
from questionnaire.actions.people.staff import person
from questionnaire.actions.publishing.publish_version import publish
from questionnaire.actions.toolbox import Toolbox
from questionnaire.actions.views import Person
from questionnaire.core.base.roles import Role
from questionnaire.storage.db.engine import Database
from questionnaire.storage.people import staff
from questionnaire.storage.tables import JobRow, StaffRow
from tests.authored import authored_file
from tests.rows import FRIDAY
from tests.searches import search_drafts
from tests.toolboxes import Clock, still_toolbox

SLUG = "sales-marketing-alignment"
MIA, INES = "mia@nordlicht.example", "ines@nordlicht.example"


@pytest.fixture
def toolbox(database: Database) -> Toolbox:
    return policy_toolbox(database, Clock())


def policy_toolbox(database: Database, clock: Clock) -> Toolbox:
    """The sample policy with a draft, and two heads: Mia of marketing, Ines of sales."""
    box = still_toolbox(database, clock)
    assert publish(box, "policy", authored_file("policies/default.yaml"), FRIDAY) is None
    assert publish(box, "survey", authored_file(f"{SLUG}/survey.yaml"), FRIDAY) is None
    assert open_from_version(box, "policy", "default", MIA, FRIDAY).problems == ()
    with box.database.writing() as session:
        for email, name, role in ((MIA, "Mia Lorenz", Role.MARKETING), (INES, "Ines Morel", Role.MANAGER)):
            staff.add(session, StaffRow(id=name[:4], email=email, name=name, role=role, created_at=FRIDAY))
    assert set_signs(box, MIA, "marketing") == ()
    assert set_signs(box, INES, "sales") == ()
    return box


def head(toolbox: Toolbox, email: str) -> Person:
    with toolbox.database.reading() as session:
        row = staff.by_email(session, email)
        assert row is not None
        return person(row)


def change(toolbox: Toolbox, path: str, value: object) -> None:
    draft = find_draft_of(toolbox, "policy", "default")
    assert draft is not None
    edits = [{"edit": "set", "path": path, "value": value}]
    assert edit(toolbox, draft.id, draft.revision, edits, MIA, FRIDAY).problems == ()


def signed(toolbox: Toolbox, email: str, after: timedelta = timedelta()) -> SigningResult:
    """Someone signs what they read just now, once it is searched."""
    search_drafts(toolbox)
    plan = signing_plan(toolbox, "default")
    assert plan is not None
    return sign(toolbox, "default", plan.draft.revision, plan.sha256, head(toolbox, email), FRIDAY + after)


def holding(toolbox: Toolbox) -> int:
    plan = signing_plan(toolbox, "default")
    assert plan is not None
    return plan.holding


def test_with_both_signatures_a_draft_is_in_force_with_the_names_of_the_heads(toolbox: Toolbox) -> None:
    change(toolbox, "mql/threshold", 65)
    change(toolbox, "reps/max/name", "Max B. Brandt")
    assert propose(toolbox, "default", None, "Fewer, better leads", MIA, FRIDAY) == ()
    assert signed(toolbox, MIA) == SigningResult(is_signed=True)
    assert signed(toolbox, INES, timedelta(hours=1)) == SigningResult(is_signed=True, version=6)
    version = find_policy_version(toolbox, "default")
    assert version is not None
    assert (version.version, version.note, version.policy.mql.threshold) == (6, "Fewer, better leads", 65)
    assert [(one.role, one.name, one.date) for one in version.signed_by] == [
        ("head_of_marketing", "Mia Lorenz", date(2026, 10, 2)), ("head_of_sales", "Ines Morel", date(2026, 10, 2)),
    ]  # fmt: skip
    assert [one.version for one in policy_versions(toolbox, "default")] == [6, 5]
    (listed,) = list_policies(toolbox)
    assert (listed.version, listed.changes, listed.surveys) == (6, 0, (SLUG,)), "the draft goes on from it"
    with toolbox.database.reading() as session:
        assert staff.by_rep(session, "lena") is not None, "new reps get an account"


def test_a_change_makes_both_signatures_void_and_so_does_another_day(toolbox: Toolbox) -> None:
    change(toolbox, "mql/threshold", 65)
    signed(toolbox, MIA)
    assert holding(toolbox) == 1
    change(toolbox, "mql/threshold", 66)
    plan = signing_plan(toolbox, "default")
    assert plan is not None
    assert (plan.holding, plan.signatures["marketing"].holds) == (0, False)
    undo(toolbox, plan.draft.id, MIA, FRIDAY)
    assert holding(toolbox) == 0, "nobody signed again"
    signed(toolbox, MIA)
    propose(toolbox, "default", date(2026, 12, 1), "", MIA, FRIDAY)
    assert holding(toolbox) == 0


def test_only_what_was_read_is_signed(toolbox: Toolbox) -> None:
    change(toolbox, "mql/threshold", 65)
    plan = signing_plan(toolbox, "default")
    assert plan is not None
    change(toolbox, "mql/threshold", 66)
    result = sign(toolbox, "default", plan.draft.revision, plan.sha256, head(toolbox, MIA), FRIDAY)
    assert result == SigningResult(is_outdated=True)
    assert holding(toolbox) == 0


def test_errors_unchanged_drafts_and_strangers_cannot_be_signed(toolbox: Toolbox) -> None:
    assert not signed(toolbox, MIA).is_signed, "nothing has changed"
    change(toolbox, "mql/threshold", "many")
    assert [problem.where for problem in signed(toolbox, MIA).problems] == [("mql", "threshold")]
    change(toolbox, "mql/threshold", 65)
    assert set_signs(toolbox, MIA, "") == ()
    assert [problem.code for problem in signed(toolbox, MIA).problems] == ["not_a_signer"]
    assert [problem.code for problem in set_signs(toolbox, "no@one.example", "sales")] == ["staff_unknown"]


def test_a_draft_that_a_published_survey_cannot_live_with_is_not_signed(toolbox: Toolbox) -> None:
    draft = find_draft_of(toolbox, "policy", "default")
    assert draft is not None
    edits = [{"edit": "remove", "path": "fit/criteria/digital_maturity/levels/advanced", "anyway": True}]
    assert edit(toolbox, draft.id, draft.revision, edits, MIA, FRIDAY).problems == ()
    plan = signing_plan(toolbox, "default")
    assert plan is not None
    assert {one.name for one in plan.check.broken} == {SLUG}
    assert not signed(toolbox, MIA).is_signed


def test_a_draft_is_signed_only_once_it_is_searched_with_every_survey_in_force(toolbox: Toolbox) -> None:
    change(toolbox, "mql/threshold", 115)
    change(toolbox, "mql/immediate_on", [])
    plan = signing_plan(toolbox, "default")
    assert plan is not None
    assert plan.proof.search.is_waiting
    early = sign(toolbox, "default", plan.draft.revision, plan.sha256, head(toolbox, MIA), FRIDAY)
    assert early == SigningResult(is_unproved=True)
    assert signed(toolbox, MIA).is_signed, "a warning doesn't block"
    plan = signing_plan(toolbox, "default")
    assert plan is not None
    assert [problem.code for problem in plan.proof.search.problems] == ["rule_never"]
    survey = {**authored_file(f"{SLUG}/survey.yaml"), "version": 5}
    assert publish(toolbox, "survey", survey, FRIDAY + timedelta(seconds=1)) is None
    plan = signing_plan(toolbox, "default")
    assert plan is not None
    assert (plan.holding, plan.proof.search.is_waiting, plan.may_be_signed) == (1, True, False)


def test_a_draft_that_fails_only_with_the_surveys_in_force_is_not_signed(toolbox: Toolbox) -> None:
    change(toolbox, "routing/rules/dach/when", {"answer.industry": "no such answer"})
    plan = signing_plan(toolbox, "default")
    assert plan is not None
    assert plan.check.may_be_signed
    result = signed(toolbox, MIA)
    assert (result.is_signed, result.is_unproved) == (False, False)
    assert [problem.code for problem in result.problems] == ["unknown_comparison"]


def test_a_signed_draft_waits_for_its_day_and_is_put_in_force_once(toolbox: Toolbox) -> None:
    change(toolbox, "mql/threshold", 65)
    assert [one.code for one in propose(toolbox, "default", date(2026, 10, 1), "", MIA, FRIDAY)] == ["date_past"]
    assert propose(toolbox, "default", date(2026, 12, 1), "", MIA, FRIDAY) == ()
    signed(toolbox, MIA)
    assert signed(toolbox, INES).version is None
    with toolbox.database.reading() as session:
        (job,) = session.exec(select(JobRow).where(JobRow.name == signatures.JOB)).all()
    assert job.not_before.isoformat() == "2026-11-30T23:00:00+00:00", "midnight in Paris"
    for _ in range(2):
        put_in_force(toolbox, job.args["draft"], job.args["sha256"])
        assert [one.version for one in policy_versions(toolbox, "default")] == [6, 5]


def test_a_change_before_the_day_keeps_the_version_in_force(toolbox: Toolbox) -> None:
    change(toolbox, "mql/threshold", 65)
    propose(toolbox, "default", date(2026, 12, 1), "", MIA, FRIDAY)
    signed(toolbox, MIA)
    signed(toolbox, INES)
    with toolbox.database.reading() as session:
        (job,) = session.exec(select(JobRow).where(JobRow.name == signatures.JOB)).all()
    change(toolbox, "mql/threshold", 66)
    put_in_force(toolbox, job.args["draft"], job.args["sha256"])
    assert [one.version for one in policy_versions(toolbox, "default")] == [5]


def test_a_version_that_came_from_a_file_meanwhile_makes_signatures_void(toolbox: Toolbox) -> None:
    change(toolbox, "mql/threshold", 65)
    signed(toolbox, MIA)
    assert publish(toolbox, "policy", {**authored_file("policies/default.yaml"), "version": 6}, FRIDAY) is None
    assert holding(toolbox) == 0


def test_a_policy_goes_out_as_yaml_and_comes_back_equal_as_one_change(toolbox: Toolbox) -> None:
    text = policy_files.policy_yaml(toolbox, "default", draft=True)
    assert text is not None
    assert policy_files.policy_yaml(toolbox, "nothing") is None
    same = policy_files.policy_from_yaml(toolbox, text.encode(), "default", MIA, FRIDAY)
    assert same.draft is not None
    assert same.draft.revision == 0, "nothing differs"
    changed = text.replace("threshold: 50", "threshold: 70")
    result = policy_files.policy_from_yaml(toolbox, changed.encode(), "default", MIA, FRIDAY)
    assert result.draft is not None
    assert (result.draft.revision, result.draft.document["mql"]["threshold"]) == (1, 70)
    undone = undo(toolbox, result.draft.id, MIA, FRIDAY).draft
    assert undone is not None
    assert undone.document == authored_file("policies/default.yaml")


def test_files_that_are_no_such_policy_change_nothing(toolbox: Toolbox) -> None:
    for text in ("id: [", "schema: survey/1\nid: default", "schema: policy/1\nid: other", "just a text"):
        result = policy_files.policy_from_yaml(toolbox, text.encode(), "default", MIA, FRIDAY)
        assert result.problems, text
    draft = find_draft_of(toolbox, "policy", "default")
    assert draft is not None
    assert draft.revision == 0


def test_a_part_is_edited_as_yaml_without_touching_the_others(toolbox: Toolbox) -> None:
    document = authored_file("policies/default.yaml")
    text = policy_files.part_yaml(document, ("mql", "sql"))
    assert policy_files.part_edits(document, ("mql", "sql"), text) == ((), ())
    change, problems = policy_files.part_edits(document, ("mql", "sql"), text.replace("threshold: 50", "threshold: 51"))
    assert ([one.path for one in change], problems) == ([("mql",)], ())
    change, _problems = policy_files.part_edits(document, ("lists",), "")
    assert [(one.kind, one.path) for one in change] == [("remove", ("lists",))]
    for wrong in ("sla: {}", "- a list", "id: ["):
        assert policy_files.part_edits(document, ("mql",), wrong)[1], wrong


def test_a_second_policy_starts_as_a_copy_or_from_a_file(toolbox: Toolbox) -> None:
    copy = policy_files.copy_policy(toolbox, "default", "Enterprise", MIA, FRIDAY).draft
    assert copy is not None
    assert (copy.name, copy.document["version"], "signed_by" in copy.document) == ("enterprise", 1, False)
    assert policy_files.copy_policy(toolbox, "default", " ", MIA, FRIDAY).problems
    assert policy_files.copy_policy(toolbox, "nothing", "Name", MIA, FRIDAY).problems
    text = policy_files.policy_yaml(toolbox, "default") or ""
    new = policy_files.policy_from_yaml(toolbox, text.replace("id: default", "id: second").encode(), "", MIA, FRIDAY)
    assert new.draft is not None
    assert new.draft.name == "second"
    again = policy_files.policy_from_yaml(toolbox, text.replace("id: default", "id: second").encode(), "", MIA, FRIDAY)
    assert [problem.code for problem in again.problems] == ["name_taken"]
    assert [one.name for one in list_policies(toolbox)] == ["default", "enterprise", "second"]
