"""Two leads of one person: proposed by what they have in common, merged by a person, and separated again."""

from __future__ import annotations

from datetime import timedelta

from questionnaire.actions.handoff import lead_list, merging
from questionnaire.actions.handoff.merging import MergeResult
from questionnaire.actions.views import LeadView, Person
from questionnaire.storage.responses import responses
from questionnaire.storage.tables import LeadRow
from tests.actions.installation import Office, own, typed
from tests.cast import anna, anna_again

OLGA = Person("olga", "Olga Maier", "olga@nordlicht.example", "ops")
LENA = Person("lena", "Lena Vogt", "lena@nordlicht.example", "rep", "lena")
OTHER = {"email": "anna.keller@gmail.example", "phone": "+49305550199", "last_name": "Keller"}
"""Anna once more: with another address and number, and the same name and company."""


def _both(office: Office) -> tuple[LeadRow, LeadRow]:
    """Anna's lead, which Lena has, and a second one from another address twenty minutes later."""
    own(office, typed(anna().filled), anna().at)
    own(office, typed(anna().filled, **OTHER), anna().at + timedelta(minutes=20))
    office.work()
    return _lead(office, str(anna().filled.contact["email"])), _lead(office, OTHER["email"])


def _lead(office: Office, email: str) -> LeadRow:
    return next(lead for lead in office.leads() if lead.canonical_email == email)


def _page(office: Office, lead: LeadRow, viewer: Person = OLGA) -> LeadView:
    view = lead_list.lead(office.toolbox, viewer, lead.id)
    assert view is not None
    return view


def _merge(office: Office, lead: LeadRow, other: str) -> MergeResult:
    done = merging.merge_leads(office.toolbox, OLGA, lead.id, other)
    assert done is not None
    office.work()
    return done


def test_a_second_lead_of_one_person_waits_for_review_and_says_whose_it_may_be(office: Office) -> None:
    first, second = _both(office)
    assert (first.stage, second.stage, second.reason) == ("assigned", "review", "open_boxes")
    (maybe,) = _page(office, second).people.maybe
    assert (maybe.id, maybe.evidence) == (first.id, ("the same name at the same company",))
    # The rep sees their own lead, and no one else's.
    assert _page(office, first, LENA).people.maybe == ()


def test_merged_leads_are_one_with_the_answers_of_both_and_one_owner(office: Office) -> None:
    first, second = _both(office)
    done = _merge(office, second, first.id)
    assert (done.refusal, done.lead_id) == (None, first.id)
    first, second = _lead(office, first.canonical_email), _lead(office, second.canonical_email)
    assert (first.stage, first.owner, second.stage, second.merged_into) == ("assigned", "lena", "merged", first.id)
    assert [event.kind for event in office.events("merged")] == ["merged", "merged"]
    assert [one.email for one in _page(office, first).people.merged] == [OTHER["email"]]
    with office.toolbox.database.reading() as session:
        answered = responses.of_leads(session, [first.id])
        assert answered == {first.id: responses.of_lead(session, first.id)}
    assert len(answered[first.id]) == 2
    stays = _page(office, second).people.stays
    assert stays is not None
    assert stays.id == first.id
    assert office.is_what_the_events_say()


def test_new_answers_from_either_address_count_for_the_lead_that_stays(office: Office) -> None:
    first, second = _both(office)
    _merge(office, second, str(anna().filled.contact["email"]))
    later = typed(anna_again(), last_name="Keller", email=OTHER["email"])
    own(office, later, anna().at + timedelta(minutes=40))
    office.work()
    first = _lead(office, first.canonical_email)
    assert first.newest_at == anna().at + timedelta(minutes=40)
    newest = max(office.events("submitted"), key=lambda event: event.at)
    assert newest.lead_id == first.id
    # The response itself stays with its address, so that it can be separated again.
    with office.toolbox.database.reading() as session:
        kept = responses.get(session, newest.response_id or "")
    assert kept is not None
    assert kept.lead_id == second.id


def test_separated_leads_are_what_they_were_and_stay_apart(office: Office) -> None:
    first, second = _both(office)
    _merge(office, second, first.id)
    done = merging.separate_lead(office.toolbox, OLGA, second.id)
    assert done is not None
    assert done.refusal is None
    office.work()
    second = _lead(office, second.canonical_email)
    # Nobody asks about the two again, so that nothing keeps the second one from a rep.
    assert (second.merged_into, second.stage) == (None, "assigned")
    assert second.owner
    assert _page(office, second).people.maybe == ()
    assert office.is_what_the_events_say()


def test_different_people_are_said_once_and_the_lead_goes_on(office: Office) -> None:
    first, second = _both(office)
    done = merging.keep_apart(office.toolbox, OLGA, second.id, first.id)
    assert done is not None
    office.work()
    assert _lead(office, second.canonical_email).stage == "assigned"
    assert _lead(office, first.canonical_email).owner == "lena"


def test_who_may_not_or_names_nobody_is_told_so(office: Office) -> None:
    first, second = _both(office)
    assert _code(merging.merge_leads(office.toolbox, LENA, second.id, first.id)) == "not_for_you"
    assert _code(merging.keep_apart(office.toolbox, LENA, second.id, first.id)) == "not_for_you"
    assert _code(merging.separate_lead(office.toolbox, OLGA, second.id)) == "wrong_stage"
    assert _code(merging.merge_leads(office.toolbox, OLGA, second.id, "nobody@firm.example")) == "lead_missing"
    assert _code(merging.merge_leads(office.toolbox, OLGA, second.id, second.id)) == "same_lead"
    assert merging.merge_leads(office.toolbox, OLGA, "unknown", first.id) is None
    assert merging.separate_lead(office.toolbox, OLGA, "unknown") is None
    assert merging.keep_apart(office.toolbox, OLGA, second.id, "unknown") is None


def _code(done: MergeResult | None) -> str:
    assert done is not None
    assert done.refusal is not None
    return done.refusal.code
