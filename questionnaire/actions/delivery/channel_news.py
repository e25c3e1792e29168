"""The job that tells administrators by email that a Slack hook or an endpoint of webhooks is off."""

from __future__ import annotations

from questionnaire.actions.delivery import delivery
from questionnaire.actions.delivery.channel_health import administrators, name_and_error
from questionnaire.actions.toolbox import Toolbox
from questionnaire.notify import compose_events

PAGES = {"slack": "/desk/settings/slack", "webhook": "/desk/settings/webhooks"}


def tell_administrators(toolbox: Toolbox, channel: str, address: str, cause: str) -> None:
    """`cause` is the same each time this switch-off is told."""
    with toolbox.database.reading() as session:
        people = administrators(session)
        name, error = name_and_error(session, channel, address)
    link = toolbox.settings.public_url + PAGES[channel]
    composed = [
        compose_events.channel_off(person.email, channel, name, error, link, person.language) for person in people
    ]
    messages = [message for one in composed for message in delivery.render(toolbox, one)]
    with toolbox.database.writing() as session:
        delivery.post(toolbox, session, messages, cause)
