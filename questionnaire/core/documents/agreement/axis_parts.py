"""What answers and acts are worth: FIT, INTENT, TIMING and the title table."""

from __future__ import annotations

from questionnaire.core.base.formats import country_name, signed
from questionnaire.core.base.labels import group_name, strength_name
from questionnaire.core.documents.agreement.level_words import level_words
from questionnaire.core.documents.agreement.parts import AgreementPart, AgreementTable, PolicySection
from questionnaire.core.documents.agreement.quantity_words import period_text, share_text
from questionnaire.core.policy.axes import Criterion, Level
from questionnaire.core.policy.intent import SignalRule
from questionnaire.core.policy.names import criterion_title, signal_title


def fit_part(section: PolicySection) -> AgreementPart:
    words, fit = section.words, section.policy.fit
    grades = words("FIT counts up to %(max)s points. Grade A from %(a)s, B from %(b)s, C below.",
                   max=fit.max, a=fit.grades.A, b=fit.grades.B)  # fmt: skip
    names = [section.condition.listed([_criterion(section, name) for name in group]) for group in fit.completeness.of]
    share = share_text(fit.completeness.minimum, words, section.locale)
    known = words("A lead is judged once %(share)s of these are known: %(names)s.",
                  share=share, names=", ".join(names))  # fmt: skip
    places = tuple(line for name, rule in fit.criteria.items() for line in _countries(section, name, rule))
    return section.part("fit", (grades, known, *places), (_criteria(section, fit.criteria),))


def timing_part(section: PolicySection) -> AgreementPart:
    words, timing = section.words, section.policy.timing
    levels = words("TIMING counts up to %(max)s points. Hot from %(hot)s, warm from %(warm)s, cold below.",
                   max=timing.max, hot=timing.levels.hot, warm=timing.levels.warm)  # fmt: skip
    lasts = period_text(timing.not_now.lasts, words)
    after = (
        words(
            "A “not now” holds for %(period)s. If the lead asks for contact meanwhile, a person decides.", period=lasts
        )
        if timing.not_now.hand_raise_after == "review"
        else words("A “not now” holds for %(period)s, even if the lead asks for contact meanwhile.", period=lasts)
    )
    return section.part("timing", (levels, after), (_criteria(section, timing.criteria),))


def _criterion(section: PolicySection, name: str) -> str:
    return criterion_title(section.policy, name, section.words)


def _criteria(section: PolicySection, criteria: dict[str, Criterion]) -> AgreementTable:
    words = section.words
    rows = tuple(
        (_criterion(section, name), _levels(section, name, rule), str(rule.best)) for name, rule in criteria.items()
    )
    heads = (words("Criterion"), words("Levels and points"), words("At most"))
    return AgreementTable(words("Criteria"), heads, rows, (2,))


def _levels(section: PolicySection, name: str, rule: Criterion) -> str:
    ordered = sorted(rule.levels, key=rule.points, reverse=True)
    return " · ".join(_level(section, name, rule, level) for level in ordered)


def _level(section: PolicySection, name: str, rule: Criterion, level: str) -> str:
    words = section.words
    text = f"{level_words(section.policy, name, level, words)}\N{NO-BREAK SPACE}{signed(rule.points(level))}"
    notes = [words("ideal customer")] if level in rule.icp else []
    notes += _validity(section, rule.levels[level])
    return f"{text} ({', '.join(notes)})" if notes else text


def _validity(section: PolicySection, level: Level) -> list[str]:
    return [] if level.valid_for is None else [period_text(level.valid_for, section.words)]


def _countries(section: PolicySection, name: str, rule: Criterion) -> list[str]:
    words = section.words
    return [
        words("%(criterion)s, %(level)s: %(countries)s.", criterion=_criterion(section, name),
              level=level_words(section.policy, name, level, words),
              countries=", ".join(country_name(code, section.locale) for code in codes))
        for level, codes in rule.countries.items()
    ]  # fmt: skip


def intent_part(section: PolicySection) -> AgreementPart:
    words, intent = section.words, section.policy.intent
    ranks = words("INTENT counts up to %(max)s points. Rank 1 from %(one)s, 2 from %(two)s, 3 below.",
                  max=intent.max, one=intent.ranks.one, two=intent.ranks.two)  # fmt: skip
    heads = (words("Signal"), words("Group"), words("Strength"), words("Counts for"), words("Points"))
    rows = tuple(_signal(section, name, rule) for name, rule in intent.signals.items())
    caps = tuple((group_name(name, words), str(most)) for name, most in intent.groups.items())
    groups = AgreementTable(words("Most points per group"), (words("Group"), words("At most")), caps, (1,))
    return section.part("intent", (ranks,), (AgreementTable(words("Signals"), heads, rows, (4,)), groups))


def _signal(section: PolicySection, name: str, rule: SignalRule) -> tuple[str, ...]:
    words = section.words
    title = signal_title(section.policy, name, words)
    group = group_name(rule.group, words) if rule.group else ""
    strength = words("ends interest") if rule.disengagement else strength_name(rule.strength, words)
    points = signed(rule.points)
    if rule.count == "once":
        points = words("%(points)s once", points=points)
    if rule.max is not None:
        points = words("%(points)s, at most %(max)s", points=points, max=rule.max)
    return (
        title[:1].upper() + title[1:],
        group,
        ", ".join([strength, *_rises(section, rule)]),
        _age(section, rule),
        points,
    )


def _rises(section: PolicySection, rule: SignalRule) -> list[str]:
    words, found = section.words, []
    for name, rise in (("strong", rule.strong_at), ("medium", rule.medium_at)):
        if rise is None:
            continue
        strength = strength_name(name, words)
        if rise.assets is not None:
            found.append(words("%(strength)s from %(n)s different ones", strength=strength, n=rise.assets))
        elif rise.within is not None:
            found.append(words("%(strength)s from %(n)s within %(period)s", strength=strength, n=rise.count,
                               period=period_text(rise.within, words)))  # fmt: skip
        else:
            found.append(words("%(strength)s from %(n)s", strength=strength, n=rise.count))
    return found


def _age(section: PolicySection, rule: SignalRule) -> str:
    words = section.words
    if rule.window is not None:
        return period_text(rule.window, words)
    if rule.decay is not None:
        share = share_text(rule.decay.by, words, section.locale)
        return words("loses %(share)s every %(period)s", share=share, period=period_text(rule.decay.every, words))
    return words("always")


def titles_part(section: PolicySection) -> AgreementPart:
    words, policy = section.words, section.policy
    rules = [(name, rule.titles) for name, rule in policy.criteria.items() if rule.titles is not None]
    lines = tuple(
        words("%(criterion)s is read from the job title, by the product’s table and the titles below.",
              criterion=_criterion(section, name))
        for name, _titles in rules
    )  # fmt: skip
    rows = tuple(
        (level_words(policy, name, level, words), ", ".join(getattr(titles, level)))
        for name, titles in rules
        for level in ("c_level", "vp", "director", "manager", "contributor")
        if getattr(titles, level)
    )
    table = AgreementTable(words("Titles of your own"), (words("Level"), words("Job titles")), rows)
    return section.part("titles", lines, (table,))
