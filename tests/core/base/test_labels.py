from __future__ import annotations

from questionnaire.core.base.labels import event_name, mail_state_name, notification_name, role_name, sort_name
from questionnaire.core.base.translation import ENGLISH


def test_roles_states_and_sort_orders_have_a_label() -> None:
    assert role_name("ops", ENGLISH) == "Marketing Ops"
    assert event_name("won", ENGLISH) == "Deal won"
    assert notification_name("lead_assigned", ENGLISH) == "Rep notified by email"
    assert mail_state_name("dead", ENGLISH) == "Failed"
    assert sort_name("urgency", ENGLISH) == "Call by"
