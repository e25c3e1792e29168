"""When clocks run: calendars with their hours, and the holidays of the next twelve months."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from questionnaire.core.base.translation import Translator
from questionnaire.core.base.translation import gettext_noop as _
from questionnaire.core.documents.agreement.parts import AgreementPart, AgreementTable, PolicySection
from questionnaire.core.policy.calendar import DAYS, Calendar, public_holidays

DAY_NAMES: Mapping[str, str] = {
    "mon": _("Mon"), "tue": _("Tue"), "wed": _("Wed"), "thu": _("Thu"), "fri": _("Fri"), "sat": _("Sat"),
    "sun": _("Sun"),
}  # fmt: skip


def calendars_part(section: PolicySection) -> AgreementPart:
    words = section.words
    rows = tuple(
        (
            name,
            calendar.timezone.replace("_", " "),
            week_text(calendar.hours, words),
            calendar.holidays or words("none"),
        )
        for name, calendar in section.policy.calendars.items()
    )
    heads = (words("Calendar"), words("Time zone"), words("Business hours"), words("Holidays of"))
    lines = tuple(
        words("%(name)s, the next twelve months: %(days)s.", name=name,
              days=", ".join(section.day(day) for day in coming_holidays(calendar, section.today)) or words("none"))
        for name, calendar in section.policy.calendars.items()
    )  # fmt: skip
    return section.part("calendars", lines, (AgreementTable(words("Calendars"), heads, rows),))


def week_text(hours: Mapping[str, str], words: Translator) -> str:
    return ", ".join(f"{days_text(days, words)} {times.replace('-', '–')}" for days, times in hours.items())


def days_text(days: str, words: Translator) -> str:
    """`mon-fri` -> “Mon–Fri”."""
    for day in DAYS:
        days = days.replace(day, words(DAY_NAMES[day]))
    return days.replace("-", "–")


def coming_holidays(calendar: Calendar, today: date) -> tuple[date, ...]:
    """The working days of the next twelve months that are holidays or closed."""
    until = date(today.year + 1, today.month, min(today.day, 28))
    public = (
        (public_holidays(calendar.holidays, year) for year in (today.year, today.year + 1)) if calendar.holidays else ()
    )
    found = calendar.company_holidays.union(*public)
    return tuple(sorted(day for day in found if today <= day < until and calendar.week[day.weekday()]))
