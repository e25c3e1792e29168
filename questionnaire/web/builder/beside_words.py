"""What is known of a tried lead besides the answers, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from questionnaire.core.base.dates import day_name
from questionnaire.core.base.labels import humanize, stage_name
from questionnaire.core.base.translation import Translator
from questionnaire.core.cases import CaseLead
from questionnaire.core.policy import Policy
from questionnaire.core.policy.names import criterion_title, signal_title


def beside_words(lead: CaseLead, policy: Policy, words: Translator) -> tuple[str, ...]:
    """Nothing for somebody of whom only the answers are known."""
    return tuple(dict.fromkeys(_parts(lead, policy, words)))


def _parts(lead: CaseLead, policy: Policy, words: Translator) -> Iterator[str]:
    for name, count in Counter(signal.name for signal in lead.signals).items():
        yield f"{signal_title(policy, name, words)} × {count}" if count > 1 else signal_title(policy, name, words)
    history = lead.history
    if history.not_now_on is not None:
        yield words("“not now” on %(day)s", day=day_name(history.not_now_on, words))
    if history.stage is not None:
        yield words("stage before: %(stage)s", stage=stage_name(str(history.stage), words))
    if history.account_owner is not None or history.owner is not None:
        owner = history.account_owner or history.owner or ""
        yield words("account owner %(name)s", name=policy.rep_names.get(owner, owner))
    if history.duplicate:
        yield words("a duplicate in the CRM")
    if history.customer:
        yield words("already a customer")
    if lead.earlier:
        yield words.ngettext("earlier answers", "%(n)s earlier times of answering", len(lead.earlier))
    filled = lead.filled
    for touch in filled.touches.values():
        yield from (f"{name} = {text}" for name, text in touch.items())
    yield from (f"{humanize(name)} = {text}" for name, text in filled.hidden.items() if text)
    for name, text in filled.claims.items():
        yield words("%(name)s = %(value)s, not signed", name=humanize(name), value=text)
    for name, value in filled.imported.items():
        known = name in policy.criteria
        yield f"{criterion_title(policy, name, words) if known else humanize(name)} = {value}"
