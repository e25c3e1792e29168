"""What administrators set in the browser: company name, languages, sender, replies, sites. The environment comes first.

`settings` and `theme` are those of the toolbox with what is stored put in where the environment says nothing: read
them instead of the toolbox's own wherever one of these values counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from email.utils import parseaddr
from typing import Any

from questionnaire.actions.errors import DatabaseUnavailable, SchemaOutdated
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.base.problems import Problem
from questionnaire.core.base.text_cleaning import clean_text
from questionnaire.core.base.translation import LANGUAGES
from questionnaire.core.brand.theme import Theme
from questionnaire.core.identity.email_address import clean_email
from questionnaire.core.identity.web_origin import read_sites
from questionnaire.settings import Settings
from questionnaire.storage.people import settings_store

NAME = "company"
FRESH_FOR = timedelta(seconds=2)
"""How long a process goes by what it has read; the one that stores a change goes by it at once."""
LONGEST_NAME, MOST_SITES = 80, 50
VARIABLES: Mapping[str, str] = {
    "name": "QUESTIONNAIRE_THEME_FILE",
    "sender": "QUESTIONNAIRE_MAIL_FROM",
    "reply_to": "QUESTIONNAIRE_REPLY_TO",
    "sites": "QUESTIONNAIRE_EMBED_ORIGINS",
}


@dataclass(frozen=True, slots=True)
class CompanySettings:
    """The values that count. `fixed`: field -> the variable of the environment that sets it.

    `name` is what prospects read, "" for none; `languages` are those of new surveys, the first is their own; `sender`
    is an address; `sites` are origins.
    """

    name: str
    languages: tuple[str, ...]
    sender: str
    reply_to: str
    sites: tuple[str, ...]
    fixed: Mapping[str, str]


def company(toolbox: Toolbox, *, fresh: bool = False) -> CompanySettings:
    """`fresh`: as it is stored now, for the page on which it is edited."""
    stored, given = _stored(toolbox, fresh=fresh), toolbox.settings
    fixed = {field: name for field, name in VARIABLES.items() if name in given.variables}
    if not toolbox.theme.name:
        fixed.pop("name", None)
    return CompanySettings(
        name=toolbox.theme.name if "name" in fixed else stored.get("name") or toolbox.theme.name,
        languages=tuple(stored.get("languages") or ()) or LANGUAGES[:1],
        sender=_address(given.mail_from) if "sender" in fixed else stored.get("sender") or _address(given.mail_from),
        reply_to=given.reply_to if "reply_to" in fixed else stored.get("reply_to", ""),
        sites=given.embed_origins if "sites" in fixed else tuple(stored.get("sites") or ()),
        fixed=fixed,
    )


def settings(toolbox: Toolbox) -> Settings:
    """The operator's settings, with what is stored where the environment says nothing."""
    if not _stored(toolbox):
        return toolbox.settings
    found = company(toolbox)
    sender = toolbox.settings.mail_from if "sender" in found.fixed else _named(found.name, found.sender)
    return replace(toolbox.settings, mail_from=sender, reply_to=found.reply_to, embed_origins=found.sites)


def theme(toolbox: Toolbox) -> Theme:
    """The brand, under the name that is stored where the theme file has none."""
    name = company(toolbox).name
    return toolbox.theme if name == toolbox.theme.name else toolbox.theme.model_copy(update={"name": name})


def change(toolbox: Toolbox, typed: Mapping[str, str | tuple[str, ...]], now: datetime) -> tuple[Problem, ...]:
    """Stores the fields that were entered. With a problem, nothing is stored; fields of the environment stay.

    `languages` are tags, `sites` one text with origins on lines of their own; all others are one text.
    """
    fixed = company(toolbox, fresh=True).fixed
    entered = {field: value for field, value in typed.items() if field not in fixed}
    if entered.get("sender") == _address(toolbox.settings.mail_from):
        # The default, as the page showed it: it goes on following the public address.
        entered["sender"] = ""
    problems = tuple(_problems(entered))
    if problems:
        return problems
    with toolbox.database.writing() as session:
        values = {**(settings_store.find(session, NAME) or {}), **_clean(entered)}
        settings_store.keep(session, NAME, values, now)
    toolbox.versions.company = (values, now + FRESH_FOR)
    return ()


def _problems(entered: Mapping[str, str | tuple[str, ...]]) -> Iterable[Problem]:
    for field in ("sender", "reply_to"):
        text = str(entered.get(field, "")).strip()
        if text and clean_email(text) is None:
            yield Problem("company_email", (field,), f"`{text}` is no email address", "write hello@example.com")
    if "name" in entered and len(str(entered["name"]).strip()) > LONGEST_NAME:
        yield Problem("company_name", ("name",), f"the name has more than {LONGEST_NAME} characters", "shorten it")
    if "languages" in entered and not set(entered["languages"]) & set(LANGUAGES):
        yield Problem("company_languages", ("languages",), "no language is chosen", "choose at least one")
    sites, no_site = read_sites(str(entered.get("sites", "")))
    if no_site:
        yield Problem("company_site", ("sites", no_site), f"`{no_site}` is not a site", "write www.example.com")
    if len(sites) > MOST_SITES:
        hint = "allow a domain with https://*.example.com"
        yield Problem("company_sites", ("sites",), f"there are more than {MOST_SITES} sites", hint)


def _clean(entered: Mapping[str, str | tuple[str, ...]]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for field, value in entered.items():
        if field == "languages":
            values[field] = [tag for tag in value if tag in LANGUAGES]
        elif field == "sites":
            values[field] = list(read_sites(str(value))[0])
        elif field == "name":
            values[field] = clean_text(str(value), LONGEST_NAME) or ""
        elif field in ("sender", "reply_to"):
            values[field] = clean_email(str(value)) or ""
    return values


def _address(sender: str) -> str:
    return parseaddr(sender)[1]


def _named(name: str, address: str) -> str:
    """`"Name" <address>`; what would end the quotes is left out."""
    plain = re.sub(r'["\\]', "", name)
    return f'"{plain}" <{address}>' if plain else address


def _stored(toolbox: Toolbox, *, fresh: bool = False) -> Mapping[str, Any]:
    now, known = toolbox.now(), toolbox.versions.company
    if known is not None and not fresh and now < known[1]:
        return known[0]
    try:
        with toolbox.database.reading() as session:
            values = settings_store.find(session, NAME) or {}
    except (DatabaseUnavailable, SchemaOutdated):
        # The page that says so is written with what was known last.
        return known[0] if known is not None else {}
    toolbox.versions.company = (values, now + FRESH_FOR)
    return values
