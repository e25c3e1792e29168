"""The agreement as a view value for page and paper, and its PDF, which a job renders."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any

from questionnaire.actions import company_settings
from questionnaire.actions.documents.render import renderer_of
from questionnaire.actions.editing.enforcement import HEADS, PRINT_JOB
from questionnaire.actions.editing.policy_list import find_policy_version
from questionnaire.actions.editing.signatures import signing_plan
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.base.formats import day_text, locale_of
from questionnaire.core.base.translation import NO_PHRASES, Translator
from questionnaire.core.documents.agreement import AgreementPart, agreement_parts
from questionnaire.core.policy import Policy
from questionnaire.storage.publishing import agreement_files
from questionnaire.storage.tables import AgreementFileRow
from questionnaire.templating import words_for

JOB = PRINT_JOB
DRAFT_PRINTS = timedelta(days=7)
"""How long the print of a draft is kept. It can be made again as long as the draft says the same."""


@dataclass(frozen=True, slots=True)
class AgreementSignature:
    """`name` and `on` are empty where the head has not signed. `text` says it."""

    role: str
    name: str
    on: str
    text: str


@dataclass(frozen=True, slots=True)
class AgreementView:
    """Everything that a policy says, in one language. `created` is the day of its newest change, as ISO 8601.

    `state` says which version this is and since when it is in force, `review` when it is reviewed next.
    """

    title: str
    language: str
    created: str
    on: str
    state: str
    name: str
    version: int
    is_draft: bool
    review: str
    signatures: tuple[AgreementSignature, ...]
    parts: tuple[AgreementPart, ...]


def agreement_view(
    toolbox: Toolbox, name: str, version: int | None, language: str, now: datetime, *, draft: bool = False
) -> AgreementView | None:
    """One version, by default the one in force, or the draft. None without one that can be read as a whole."""
    words = words_for(language)
    return _of_draft(toolbox, name, words, now) if draft else _of_version(toolbox, name, version, words, now)


def _of_version(
    toolbox: Toolbox, name: str, version: int | None, words: Translator, now: datetime
) -> AgreementView | None:
    found = find_policy_version(toolbox, name, version)
    if found is None:
        return None
    policy, locale = found.policy, locale_of(words.language)
    since = found.published_at.astimezone(policy.zone).date()
    state = words("Version %(n)s, in force since %(day)s", n=found.version, day=day_text(since, locale))
    signed = {one.role: one for one in policy.signed_by}
    signatures = tuple(
        _signature(role, one.name or "", day_text(one.date, locale), words) for role, one in signed.items()
    )
    return _view(policy, words, now, (name, found.version, since, state, signatures), is_draft=False)


def _of_draft(toolbox: Toolbox, name: str, words: Translator, now: datetime) -> AgreementView | None:
    plan = signing_plan(toolbox, name)
    if plan is None or plan.check.policy is None or not plan.check.is_whole:
        return None
    policy, locale = plan.check.policy, locale_of(words.language)
    changed = plan.draft.changed_at.astimezone(policy.zone).date()
    if plan.effective_on is not None:
        state = words("Draft of version %(n)s, in force from %(day)s once both have signed", n=plan.next_version,
                      day=day_text(plan.effective_on, locale))  # fmt: skip
    else:
        state = words("Draft of version %(n)s, in force once both have signed", n=plan.next_version)
    signatures = []
    for side, role in HEADS.items():
        one = plan.signatures.get(side)
        holds = one is not None and one.holds
        on = day_text(one.at.astimezone(policy.zone).date(), locale) if one is not None and holds else ""
        signatures.append(_signature(role, one.name if one and holds else "", on, words))
    facts = (name, plan.next_version, changed, state, tuple(signatures))
    return _view(policy, words, now, facts, is_draft=True)


def _signature(role: str, name: str, on: str, words: Translator) -> AgreementSignature:
    text = words("Not signed yet")
    if on:
        text = words("%(name)s, signed on %(day)s", name=name, day=on) if name else words("Signed on %(day)s", day=on)
    return AgreementSignature(role_words(role, words), name, on, text)


def role_words(role: str, words: Translator) -> str:
    known = {"head_of_marketing": words("Head of marketing"), "head_of_sales": words("Head of sales")}
    return known.get(role, role.replace("_", " "))


def _view(
    policy: Policy, words: Translator, now: datetime,
    facts: tuple[str, int, date, str, tuple[AgreementSignature, ...]], *, is_draft: bool,
) -> AgreementView:  # fmt: skip
    name, version, day, state, signatures = facts
    locale = locale_of(words.language)
    day_of_review = day_text(policy.review_due, locale) if policy.review_due else ""
    review = words("Next review on %(day)s.", day=day_of_review) if day_of_review else ""
    parts = agreement_parts(policy, words, now.astimezone(policy.zone).date())
    return AgreementView(
        words("Agreement of marketing and sales"), words.language, day.isoformat(), day_text(day, locale), state, name,
        version, is_draft, review, signatures, parts,
    )  # fmt: skip


def view_hash(view: AgreementView) -> str:
    return hashlib.sha256(_written(asdict(view))).hexdigest()


def _written(view: Mapping[str, Any]) -> bytes:
    return json.dumps(view, ensure_ascii=False).encode()


def agreement_pdf(toolbox: Toolbox, view: AgreementView) -> bytes | None:
    """The printed agreement; None until the job has rendered it. That of a version is the one that was made first."""
    with toolbox.database.reading() as session:
        if not view.is_draft:
            found = agreement_files.of_version(session, view.name, view.version, view.language)
            if found is not None:
                return found
        return agreement_files.find(session, view_hash(view), view.language)


def request_print(toolbox: Toolbox, view: AgreementView, now: datetime) -> None:
    """Queues the printing of exactly this view; asked for again, it is tried again after an hour."""
    sha256 = view_hash(view)
    args: dict[str, Any] = {"view": asdict(view), "sha256": sha256}
    with toolbox.database.writing() as session:
        toolbox.queue.enqueue(session, JOB, f"{JOB}:{sha256[:32]}:{view.language}:{now:%Y%m%d%H}", args)


def print_agreement(toolbox: Toolbox, args: Mapping[str, Any]) -> None:
    """The job: renders a view and stores the file. Of a version that has just come in force it makes the view itself.

    Rendered twice, one file is kept.
    """
    view = args.get("view") or _version_in_force(toolbox, args)
    if view is None:
        return
    language = str(view["language"])
    rendered = renderer_of(toolbox).print(
        "agreement", view, language, company_settings.theme(toolbox), {}, phrases=NO_PHRASES
    )
    now, is_draft = toolbox.now(), bool(view["is_draft"])
    sha256 = str(args.get("sha256") or hashlib.sha256(_written(view)).hexdigest())
    row = AgreementFileRow(
        sha256=sha256, language=language, content=rendered.pdf, created_at=now,
        policy=None if is_draft else view["name"], version=None if is_draft else view["version"],
        expires_at=now + DRAFT_PRINTS if is_draft else None,
    )  # fmt: skip
    with toolbox.database.writing() as session:
        agreement_files.keep(session, row)


def _version_in_force(toolbox: Toolbox, args: Mapping[str, Any]) -> dict[str, Any] | None:
    """The view of a version on the day from which it is in force."""
    name, version = str(args["policy"]), int(args["version"])
    found = find_policy_version(toolbox, name, version)
    if found is None:
        return None
    view = agreement_view(toolbox, name, version, str(args["language"]), found.published_at)
    return asdict(view) if view is not None else None
