"""Texts of events in the reader's language."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from questionnaire.actions.assessing.event_texts import EventNames, event_text
from questionnaire.storage.tables import EventRow
from questionnaire.storage.tables.leads import EVENT_KINDS
from questionnaire.templating import words_for
from tests.actions.installation import Office, typed
from tests.cast import anna

NAMES = EventNames({"lena": "Lena Vogt"}, {("alignment", 2): "Sales and marketing alignment"})
SURVEY = {"survey": "alignment", "version": 2}
TURN = {"code": "pool_turn", "params": {"rule": "dach", "pool": "dach", "rep": "lena"}}
OLD_WHY = {"en": "it is the turn of lena", "fr": "c’est le tour de lena"}
NO_RULE = {"code": "no_rule", "params": {"queue": "inbound"}}


def text(kind: str, data: dict[str, Any], language: str = "en", **becomes: Any) -> str:
    event = EventRow(id="e", lead_id="l", kind=kind, at=datetime(2026, 10, 2, tzinfo=UTC), actor="system", data=data,
                  becomes=becomes)  # fmt: skip
    return event_text(event, NAMES, words_for(language))


@pytest.mark.parametrize(
    ("kind", "data", "english", "french"),
    [
        ("submitted", SURVEY, "Completed Sales and marketing alignment (version 2)",
         "A rempli Sales and marketing alignment (version 2)"),
        ("submitted", {"survey": "gone", "version": 1}, "Completed gone (version 1)", "A rempli gone (version 1)"),
        ("assigned", {"rep": "lena", "why": TURN},
         "Assigned to Lena Vogt: rule dach routes to pool dach; Lena Vogt is next",
         "Attribué à Lena Vogt : la règle dach l’envoie au pool dach ; c’est au tour de Lena Vogt"),
        ("assigned", {"rep": "lena", "why": OLD_WHY}, "Assigned to Lena Vogt: it is the turn of lena",
         "Attribué à Lena Vogt : c’est le tour de lena"),
        ("assigned", {"rep": None, "queue": "inbound", "why": NO_RULE},
         "Added to queue inbound: no rule matches; waiting in queue inbound",
         "Ajouté à la file inbound : aucune règle ne s’applique : le lead attend dans la file inbound"),
        ("notified", {"what": "lead_in_queue"}, "Managers notified by email: lead in queue",
         "Responsables commerciaux prévenus par e-mail : lead en file d’attente"),
        ("notified", {"what": "of_tomorrow"}, "Notification sent by email", "Notification envoyée par e-mail"),
        ("viewed", {}, "Dossier viewed", "Dossier consulté"),
        ("warned", {}, "SLA reminder: first response due", "Rappel SLA : premier contact à faire"),
        ("assessed", {"stage": "nurture", "held_back": True},
         "New answers would move it to Nurturing once the email address is confirmed",
         "De nouvelles réponses le feraient passer à « En nurturing » dès que l’adresse e-mail sera confirmée"),
    ],
)  # fmt: skip
def test_an_event_is_a_sentence_with_names_in_the_language_of_the_reader(
    kind: str, data: dict[str, Any], english: str, french: str
) -> None:
    assert text(kind, data) == english
    assert text(kind, data, "fr").replace("\xa0", " ").replace("\u202f", " ") == french


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("kind", EVENT_KINDS)
def test_every_kind_of_event_has_a_sentence(kind: str, language: str) -> None:
    sentence = text(kind, {}, language)
    assert sentence
    assert sentence != kind
    assert "_" not in sentence


def test_the_activity_of_a_lead_shows_names_instead_of_ids(office: Office) -> None:
    from questionnaire.actions.handoff import lead_list
    from questionnaire.actions.views import Person

    office.accept(typed(anna().filled), anna().at)
    for language, turn in (("en", "Lena Vogt is next"), ("fr", "c’est au tour de Lena Vogt")):
        view = lead_list.lead(office.toolbox, Person("x", "Ada", "ada@n.example", "admin", language=language),
                         office.lead().id)  # fmt: skip
        assert view is not None
        said = " ".join(line.text for line in view.events)
        assert turn in said
        assert "sales-marketing-alignment" not in said
        assert "lena " not in said
        assert turn in view.dossier.section("brief").routed
