"""Job titles of last month that no row of the title table matched: what a policy may want to add."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.identity.job_titles import DEFAULT_TITLES, TitleTable, classify
from questionnaire.core.policy import Policy
from questionnaire.storage.publishing import policy_effects

PERIOD = timedelta(days=30)
MOST_LOOKED_AT = 500
MOST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class UnmatchedTitles:
    """`titles`: (title, number of leads), most first. `looked_at`: how many titles there were."""

    titles: tuple[tuple[str, int], ...]
    looked_at: int


def title_table(policy: Policy | None) -> TitleTable:
    """The table of a policy, the default one included."""
    rules = [rule.titles for rule in policy.criteria.values()] if policy is not None else []
    return next((rule.table for rule in rules if rule is not None), DEFAULT_TITLES)


def unmatched_titles(toolbox: Toolbox, policy: Policy | None, now: datetime) -> UnmatchedTitles:
    """Of the newest leads of last month, at most 500. Writes nothing."""
    with toolbox.database.reading() as session:
        titles = policy_effects.newest_titles(session, now - PERIOD, MOST_LOOKED_AT)
    table = title_table(policy)
    counts: Counter[str] = Counter()
    spelling: dict[str, str] = {}
    for title in titles:
        key = " ".join(title.casefold().split())
        if not classify(title, table).matched:
            counts[key] += 1
            spelling.setdefault(key, title)
    found = tuple((spelling[key], count) for key, count in counts.most_common(MOST_SHOWN))
    return UnmatchedTitles(found, len(titles))
