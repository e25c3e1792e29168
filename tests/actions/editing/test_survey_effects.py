"""The effect of a survey’s draft on past leads, computed by a job, on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest

from questionnaire.actions.editing import survey_effects
from questionnaire.actions.editing.drafts import Draft, edit, find_draft_of, open_content, open_from_version
from questionnaire.actions.editing.survey_effects import compute_survey_effect, survey_effect_view
from questionnaire.jobs.registry import JOB_TYPES
from questionnaire.storage.publishing import policy_effects
from tests.actions.installation import Office, typed
from tests.cast import anna, tom

SLUG, MO = "sales-marketing-alignment", "mo@nordlicht.example"


@pytest.fixture
def draft(office: Office) -> Draft:
    """A draft of the sample survey under which every company is small, with two leads that answered the version."""
    office.accept(typed(anna().filled), anna().at)
    office.accept(typed(tom().filled), tom().at)
    opened = open_from_version(office.toolbox, "survey", SLUG, MO, office.clock.at).draft
    assert opened is not None
    return opened


def change(office: Office, path: str, value: object) -> Draft:
    draft = find_draft_of(office.toolbox, "survey", SLUG)
    assert draft is not None
    edits = [{"edit": "set", "path": path, "value": value}]
    assert edit(office.toolbox, draft.id, draft.revision, edits, MO, office.clock.at).problems == ()
    changed = find_draft_of(office.toolbox, "survey", SLUG)
    assert changed is not None
    return changed


def shrink(office: Office, draft: Draft) -> Draft:
    (asked,) = (one for page in draft.document["pages"] for one in page["questions"] if one["name"] == "employees")
    return change(office, place_of(draft, "employees"), asked | {
        "choices": [choice | {"level": "micro"} for choice in asked["choices"]]
    })  # fmt: skip


def place_of(draft: Draft, question: str) -> str:
    (page,) = (one for one in draft.document["pages"] if question in {each["name"] for each in one["questions"]})
    return f"pages/{page['name']}/questions/{question}"


def test_it_names_the_leads_that_would_be_judged_otherwise_and_why(office: Office, draft: Draft) -> None:
    box = office.toolbox
    assert survey_effect_view(box, draft).state == "waiting"
    compute_survey_effect(box, draft.id)
    same = survey_effect_view(box, draft)
    assert (same.state, same.is_newest, same.leads, same.changed, same.moved) == ("done", True, 2, (), 0)
    shrunk = shrink(office, draft)
    assert not survey_effect_view(box, shrunk).is_newest
    JOB_TYPES["survey_effect"].do(box, {"draft": draft.id}, "turn")
    view = survey_effect_view(box, shrunk)
    assert (view.is_newest, view.leads, view.is_limited) == (True, 2, False)
    assert view.moved + view.scores_only == len(view.changed) == 2
    assert all(lead.name and lead.why for lead in view.changed)
    size = {name: (levels, points) for lead in view.changed for name, levels, points in lead.shifts}["size"]
    assert size[0][1] == "micro"
    assert size[1][1] < size[1][0]
    assert all(today != drafted for lead in view.changed for today, drafted in lead.scores[:1])


def test_answers_that_are_no_longer_asked_are_counted(office: Office, draft: Draft) -> None:
    edits = [{"edit": "remove", "path": place_of(draft, "feedback"), "anyway": True}]
    assert edit(office.toolbox, draft.id, draft.revision, edits, MO, office.clock.at).problems == ()
    found = find_draft_of(office.toolbox, "survey", SLUG)
    assert found is not None
    compute_survey_effect(office.toolbox, draft.id)
    view = survey_effect_view(office.toolbox, found)
    assert (view.state, dict(view.dropped), view.unasked) == ("done", {"feedback": 2}, ())
    assert all(lead.dropped == ("feedback",) for lead in view.changed)


def test_it_looks_at_so_many_leads_of_the_version_in_force_and_no_others(
    office: Office, draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    box = office.toolbox
    monkeypatch.setattr(survey_effects, "MOST_LEADS", 1)
    compute_survey_effect(box, draft.id)
    view = survey_effect_view(box, draft)
    assert (view.leads, view.is_limited) == (1, True)
    assert (view.since, view.until) == (tom().at, tom().at), "the newest"
    office.clock.at += timedelta(days=91)
    compute_survey_effect(box, draft.id)
    assert survey_effect_view(box, draft).leads == 0
    compute_survey_effect(box, "nothing")


def test_mistakes_and_a_survey_without_a_version_say_so(office: Office, draft: Draft) -> None:
    box = office.toolbox
    compute_survey_effect(box, draft.id)
    broken = change(office, "pages", [])
    compute_survey_effect(box, draft.id)
    assert survey_effect_view(box, broken).state == "unreadable"
    new = open_content(box, {"schema": "survey/1", "id": "new-one", "policy": "default"}, None, MO, office.clock.at)
    assert new.draft is not None
    assert survey_effect_view(box, new.draft).state == "first"
    compute_survey_effect(box, new.draft.id)
    assert survey_effect_view(box, new.draft).state == "first"
    with box.database.reading() as session:
        row = policy_effects.find(session, new.draft.id)
        assert row is not None
        assert row.content["state"] == "first"
