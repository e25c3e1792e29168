"""The effect of a draft on past leads, computed by a job, and last month’s unmatched titles, on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest

from questionnaire.actions.editing import policy_effects
from questionnaire.actions.editing.drafts import Draft, edit, find_draft_of, open_from_version
from questionnaire.actions.editing.policy_effects import compute_effect, effect_view, request_effect
from questionnaire.actions.editing.unmatched_titles import unmatched_titles
from questionnaire.core.scoring import policy_effect
from tests.actions.installation import Office, typed
from tests.cast import anna, example_policy, tom

MO = "mo@nordlicht.example"


@pytest.fixture
def draft(office: Office, monkeypatch: pytest.MonkeyPatch) -> Draft:
    """A draft of the sample policy with a threshold that no one reaches; two leads are enough to say something."""
    monkeypatch.setattr(policy_effect, "LEAST_LEADS", 2)
    monkeypatch.setattr(policy_effects, "LEAST_LEADS", 2)
    box, now = office.toolbox, office.clock.at
    opened = open_from_version(box, "policy", "default", MO, now).draft
    assert opened is not None
    edits: list[dict[str, object]] = [{"edit": "set", "path": "mql/threshold", "value": 200},
             {"edit": "set", "path": "mql/immediate_on", "value": []}]  # fmt: skip
    assert edit(box, opened.id, 0, edits, MO, now).problems == ()
    found = find_draft_of(box, "policy", "default")
    assert found is not None
    return found


def test_the_effect_names_the_leads_that_would_change_and_why(office: Office, draft: Draft) -> None:
    box = office.toolbox
    assert effect_view(box, draft.id, draft.revision).state == "waiting"
    office.accept(typed(anna().filled))
    office.accept(typed(tom().filled, job_title="Wizard of Light Bulb Moments"))
    request_effect(box, draft.id, draft.revision, office.clock.at)
    request_effect(box, draft.id, draft.revision, office.clock.at)
    compute_effect(box, draft.id)
    view = effect_view(box, draft.id, draft.revision)
    assert (view.state, view.is_newest, view.leads, view.moved) == ("done", True, 2, len(view.changed))
    assert view.mqls[1] == 0
    assert view.mqls[0] >= 1
    assert view.promise == 60
    assert {lead.after for lead in view.changed} == {"nurture"}
    assert all(lead.why_after is not None and lead.name for lead in view.changed)
    assert [today > drafted for _rep, today, drafted in view.reps] == [True] * len(view.reps)
    (anna_lead,) = view.rerouted
    assert (anna_lead.before, anna_lead.after, anna_lead.why) == ("Lena Vogt", "", None)
    compute_effect(box, draft.id)
    assert effect_view(box, draft.id, draft.revision + 1).is_newest is False


def test_too_few_leads_old_ones_and_mistakes_say_so(office: Office, draft: Draft) -> None:
    box = office.toolbox
    office.accept(typed(anna().filled))
    office.clock.at += timedelta(days=91)
    compute_effect(box, draft.id)
    view = effect_view(box, draft.id, draft.revision)
    assert (view.state, view.leads) == ("few", 0), "the lead is older than three months"
    edits = [{"edit": "set", "path": "mql/threshold", "value": "many"}]
    edit(box, draft.id, draft.revision, edits, MO, office.clock.at)
    compute_effect(box, draft.id)
    assert effect_view(box, draft.id, draft.revision + 1).state == "unreadable"
    compute_effect(box, "nothing")


def test_titles_that_no_row_matched_are_counted(office: Office) -> None:
    office.accept(typed(tom().filled, job_title="Wizard of Light Bulb Moments"))
    office.accept(typed(anna().filled))
    found = unmatched_titles(office.toolbox, example_policy(), office.clock.at)
    assert found.titles == (("Wizard of Light Bulb Moments", 1),)
    assert found.looked_at == 2
    assert unmatched_titles(office.toolbox, None, office.clock.at + timedelta(days=31)).looked_at == 0
