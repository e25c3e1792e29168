"""The list of policies: what is in force since when, who signed it, when it is reviewed, and what is a draft."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from questionnaire.actions.publishing.publish_version import policy_of
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.editing.differences import differences
from questionnaire.core.policy import Policy
from questionnaire.core.policy.agreement import Signature
from questionnaire.storage import Session
from questionnaire.storage.people import staff
from questionnaire.storage.publishing import drafts, publications
from questionnaire.storage.tables import DraftRow, PolicyVersionRow, PublicationRow

UNSIGNED = ("version", "signed_by")
"""Keys that each version has of its own, and that no head signs."""
MOST_VERSIONS = 200


@dataclass(frozen=True, slots=True)
class ListedPolicy:
    """`changes`: how many differences a draft has from the version in force, None without a draft."""

    name: str
    version: int | None
    since: datetime | None
    signed_by: tuple[Signature, ...]
    review_due: date | None
    surveys: tuple[str, ...]
    changes: int | None
    changed_at: datetime
    changed_by: str


@dataclass(frozen=True, slots=True)
class PolicyVersion:
    """A version of a policy. `published_by` is empty for one that came from a file."""

    version: int
    published_at: datetime
    published_by: str
    note: str
    signed_by: tuple[Signature, ...]
    content: Mapping[str, Any]
    policy: Policy


def content_to_sign(document: Mapping[str, Any]) -> dict[str, Any]:
    """The document without what each version has of its own."""
    return {key: value for key, value in document.items() if key not in UNSIGNED}


def list_policies(toolbox: Toolbox) -> tuple[ListedPolicy, ...]:
    """By id. Writes nothing."""
    with toolbox.database.reading() as session:
        published = {row.id: row for row in publications.newest_of_all(session, "policy")}
        opened = {row.name: row for row in drafts.every(session, "policy")}
        people = {row.email: row.name for row in staff.all_staff(session)}
        users: dict[str, list[str]] = {}
        for row in publications.newest_of_all(session, "survey"):
            users.setdefault(str(row.content.get("policy")), []).append(row.id)
        read = {name: policy_of(toolbox, session, name, row.version) for name, row in published.items()}
    return tuple(
        _listed(name, published.get(name), opened.get(name), read.get(name), tuple(users.get(name, ())), people)
        for name in sorted({*published, *opened})
    )


def _listed(
    name: str, row: PublicationRow | None, draft: DraftRow | None, policy: Policy | None, surveys: tuple[str, ...],
    people: Mapping[str, str],
) -> ListedPolicy:  # fmt: skip
    changed = [(draft.changed_at, draft.changed_by)] if draft is not None else []
    changed += [(row.published_at, row.published_by)] if row is not None else []
    at, by = max(changed)
    changes = None if draft is None else 0
    if draft is not None and row is not None:
        changes = len(differences(content_to_sign(row.content), content_to_sign(draft.content)))
    return ListedPolicy(
        name, row.version if row is not None else None, row.published_at if row is not None else None,
        policy.signed_by if policy is not None else (), policy.review_due if policy is not None else None, surveys,
        changes, at, people.get(by, by),
    )  # fmt: skip


def find_policy_version(toolbox: Toolbox, name: str, version: int | None = None) -> PolicyVersion | None:
    """One version, by default the one in force."""
    with toolbox.database.reading() as session:
        row = publications.find(session, "policy", name, version)
        if not isinstance(row, PolicyVersionRow):
            return None
        people = {one.email: one.name for one in staff.all_staff(session)}
        return _version(toolbox, session, row, people)


def policy_versions(toolbox: Toolbox, name: str) -> tuple[PolicyVersion, ...]:
    """Newest first."""
    with toolbox.database.reading() as session:
        people = {one.email: one.name for one in staff.all_staff(session)}
        rows = publications.versions_of(session, "policy", name, MOST_VERSIONS)
        return tuple(_version(toolbox, session, row, people) for row in rows)


def _version(toolbox: Toolbox, session: Session, row: PublicationRow, people: Mapping[str, str]) -> PolicyVersion:
    policy = policy_of(toolbox, session, row.id, row.version)
    by = people.get(row.published_by, row.published_by)
    return PolicyVersion(row.version, row.published_at, by, row.note, policy.signed_by, row.content, policy)
