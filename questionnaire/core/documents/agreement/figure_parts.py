"""The ranges in which the figures of marketing and sales are healthy."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from questionnaire.core.base.translation import gettext_noop as _
from questionnaire.core.documents.agreement.parts import AgreementPart, AgreementTable, PolicySection
from questionnaire.core.documents.agreement.quantity_words import range_text, share_text

LEAST_LEADS = _("Least number of leads")
FIGURES: Mapping[str, str] = {
    "mql_to_sql": _("MQL to SQL"), "sql_to_opportunity": _("SQL to opportunity"),
    "mql_to_customer": _("MQL to customer"), "days_mql_to_sql": _("Days from MQL to SQL"),
    "days_sql_to_opportunity": _("Days from SQL to opportunity"), "min_sample": LEAST_LEADS,
}  # fmt: skip
LIMITS: Mapping[str, str] = {
    "red_below": _("alarming below %(value)s"), "low_below": _("low below %(value)s"),
    "sweet": _("healthy at %(value)s"), "high_above": _("too high above %(value)s"), "target": _("target %(value)s"),
    "mid_market": _("mid-market %(value)s"), "enterprise_named": _("named enterprises %(value)s"),
    "broken_above": _("broken above %(value)s"),
}  # fmt: skip


def kpis_part(section: PolicySection) -> AgreementPart:
    words, bands = section.words, section.policy.kpi_bands
    if bands is None:
        return section.part("kpis")
    rows = []
    for name in FIGURES:
        limits = getattr(bands, name)
        if limits is not None and name != "min_sample":
            rows.append((words(FIGURES[name]), _limits(section, limits)))
    lines = (words("A rate appears from %(n)s leads.", n=bands.min_sample),)
    return section.part("kpis", lines, (AgreementTable(words("KPIs"), (words("Figure"), words("Range")), tuple(rows)),))


def _limits(section: PolicySection, limits: object) -> str:
    words = section.words
    found = []
    for name, sentence in LIMITS.items():
        value = getattr(limits, name, None)
        if value is not None:
            ends = [_figure(section, one) for one in (value if isinstance(value, tuple) else (value,))]
            found.append(words(sentence, value=range_text(*ends) if len(ends) > 1 else ends[0]))
    return ", ".join(found)


def _figure(section: PolicySection, value: object) -> str:
    return share_text(value, section.words, section.locale) if isinstance(value, Fraction) else str(value)
