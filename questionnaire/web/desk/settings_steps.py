"""The list at the left of the settings: the steps of the set-up while it is open, later pages and those of channels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import url_for

from questionnaire.actions.company_settings import CompanySettings
from questionnaire.actions.integrations import slack_hooks, webhook_endpoints
from questionnaire.actions.people import first_setup
from questionnaire.actions.people.first_setup import SetupProgress
from questionnaire.templating import formats_for
from questionnaire.web.http import locale
from questionnaire.web.http.context import toolbox
from questionnaire.web.http.rendering import words

KEPT = ("company", "languages", "email", "sites")
"""Steps of the set-up that are pages of their own later."""
CHANNELS: Mapping[str, str] = {"slack": "slack_settings.show", "webhooks": "webhook_settings.show"}
"""Page -> its endpoint."""


@dataclass(frozen=True, slots=True)
class SetupStep:
    """One step of the list: its name, title, what was chosen there or will be, and where it is."""

    name: str
    title: str
    summary: str
    is_done: bool
    address: str


def settings_steps(company: CompanySettings, progress: SetupProgress) -> list[SetupStep]:
    shown = first_setup.STEPS if progress.open else KEPT
    steps = [_step(name, company, progress.done) for name in shown]
    return steps if progress.open else [*steps, *_channels()]


def _step(name: str, company: CompanySettings, done: frozenset[str]) -> SetupStep:
    said, formats = words(), formats_for(locale.current())
    titles: Mapping[str, tuple[str, str]] = {
        "company": (said("Company"), company.name or said("What prospects call you")),
        "languages": (said("Languages"), ", ".join(formats.language(tag) for tag in company.languages)),
        "email": (said("Email"), company.sender if name in done else said("Sender and test")),
        "sites": (said("Your sites"), _sites(company, said("Where a diagnostic may be embedded"))),
        "people": (said("People"), said("Marketing, sales, the two heads")),
        "survey": (said("First survey"), said("A sample, or a blank page")),
    }
    title, summary = titles[name]
    return SetupStep(name, title, summary, name in done, url_for("settings.show", step=name))


def _channels() -> list[SetupStep]:
    said = words()
    slack, endpoints = slack_hooks.view(toolbox()), webhook_endpoints.endpoints(toolbox())
    off = sum(not endpoint.is_on for endpoint in endpoints)
    hooks = said("Connected") if slack.is_used else said("Tell reps where they work")
    count = (
        said.ngettext("One endpoint", "%(n)s endpoints", len(endpoints)) if endpoints else said("For your own systems")
    )
    if off:
        count = said.ngettext("One endpoint is off", "%(n)s endpoints are off", off)
    return [
        SetupStep("slack", "Slack", hooks, is_done=False, address=url_for(CHANNELS["slack"])),
        SetupStep("webhooks", said("Webhooks"), count, is_done=False, address=url_for(CHANNELS["webhooks"])),
    ]


def _sites(company: CompanySettings, without: str) -> str:
    if not company.sites:
        return without
    return words().ngettext("One site", "%(n)s sites", len(company.sites))
