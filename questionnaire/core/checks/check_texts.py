"""Checks of a survey's texts and report: languages, placeholders, bands, blocks, next steps, benchmark."""

from __future__ import annotations

from collections.abc import Iterator

from questionnaire.core.base.problems import Where, did_you_mean
from questionnaire.core.base.texts import LocalizedText
from questionnaire.core.checks.calculated_inputs import values_too_early
from questionnaire.core.checks.check_next_steps import check_report_context, check_steps, report_scope
from questionnaire.core.checks.check_placeholders import check_placeholders, check_scores
from questionnaire.core.checks.check_report_parts import check_report_parts, report_part_texts
from questionnaire.core.checks.ending_texts import ending_texts
from questionnaire.core.checks.findings import Notes
from questionnaire.core.policy import Policy
from questionnaire.core.survey.report_texts import Band
from questionnaire.core.survey.survey import Survey


def check_texts(notes: Notes, survey: Survey) -> None:
    for where, text, early in (*_question_texts(survey), *ending_texts(survey), *_contact_texts(survey)):
        _check_text(notes, where, survey, text)
        check_placeholders(notes, where, survey, text, early | values_too_early(survey, early))
        check_scores(notes, where, survey, text)
    for where, text in (*_report_texts(survey), *report_part_texts(survey)):
        _check_text(notes, where, survey, text)
        check_placeholders(notes, where, survey, text, frozenset())


def _question_texts(survey: Survey) -> Iterator[tuple[Where, LocalizedText, frozenset[str]]]:
    """Yields the texts before and at the questions, with the names that have no value there yet."""
    later = frozenset(survey.items)
    gate = survey.display.gate
    fields = frozenset(field.name for field in survey.contact_fields) if gate != "before_start" else frozenset()
    yield ("title",), survey.title, later | fields
    if survey.description:
        yield ("description",), survey.description, later | fields
    for number, page in enumerate(survey.pages):
        if page.title:
            yield ("pages", number, "title"), page.title, later | fields
        for index, question in enumerate(page.questions):
            for key, text in question.texts:
                path = (int(step) if step.isdecimal() else step for step in key.split("."))
                yield ("pages", number, "questions", index, *path), text, later | fields
            later -= {item.name for item in question.items}


def _contact_texts(survey: Survey) -> Iterator[tuple[Where, LocalizedText, frozenset[str]]]:
    contact = survey.contact
    if contact is None:
        return
    later = frozenset(survey.items) if survey.display.gate == "before_start" else frozenset()
    early = later | {field.name for field in contact.fields}
    for key, text in (("title", contact.title), ("text", contact.text)):
        if text:
            yield ("contact", key), text, early
    for index, field in enumerate(contact.fields):
        for key, text in (("title", field.title), ("help", field.help), ("placeholder", field.placeholder)):
            if text:
                yield ("contact", "fields", index, key), text, early
        for at, choice in enumerate(field.choices or ()):
            yield ("contact", "fields", index, "choices", at, "text"), choice.text, early
    for index, consent in enumerate(contact.consents):
        yield ("contact", "consents", index, "text"), consent.text, early
        if consent.why:
            yield ("contact", "consents", index, "why"), consent.why, early


def _report_texts(survey: Survey) -> Iterator[tuple[Where, LocalizedText]]:
    for index, dimension in enumerate(survey.dimensions):
        yield ("dimensions", index, "title"), dimension.title
        for nth, part in enumerate(dimension.parts):
            yield ("dimensions", index, "dimensions", nth, "title"), part.title
    for index, value in enumerate(survey.calculated):
        for key, text in (("title", value.title), ("help", value.help), ("unit", value.unit)):
            if text:
                yield ("calculated", index, key), text
    for where, bands in _bands(survey):
        for index, band in enumerate(bands):
            if band.name:
                yield (*where, index, "name"), band.name
            yield (*where, index, "text"), band.text
    for name, block in survey.report.blocks.items():
        yield ("report", "blocks", name, "text"), block.text
        if block.label:
            yield ("report", "blocks", name, "label"), block.label


def _bands(survey: Survey) -> list[tuple[Where, tuple[Band, ...]]]:
    overall = [(("report", "overall"), survey.report.overall)] if survey.report.overall else []
    return [*overall, *((("report", "dimensions", name), of) for name, of in survey.report.dimensions.items())]


def _check_text(notes: Notes, where: Where, survey: Survey, text: LocalizedText) -> None:
    written = text.languages
    if not written:
        return
    first = survey.languages[0]
    for language in survey.languages:
        if language not in written and language == first:
            notes.error("text_missing", where, f"the text is missing in `{language}`, the first language",
                        f"add `{language}: …`")  # fmt: skip
        elif language not in written and language in survey.written_languages:
            notes.warning("text_missing", where, f"the text is missing in `{language}`", f"add `{language}: …`")
    for language in written:
        if language not in survey.languages:
            notes.warning("text_unused", where, f"`{language}` is not a language of this survey",
                          f"add it to `languages`, or remove `{language}`")  # fmt: skip


def check_report(notes: Notes, survey: Survey, policy: Policy | None = None) -> None:
    report, known = survey.report, survey.dimensions_by_name
    for where, bands in _bands(survey):
        name = where[-1]
        if where[1] == "dimensions" and name not in known:
            notes.error("unknown_dimension", where, f"there is no dimension `{name}`", did_you_mean(str(name), known))
        _check_bands(notes, where, bands)
    for name, dimension in known.items() if report.dimensions else ():
        if name not in report.dimensions and not dimension.parts:
            notes.warning("band_missing", ("report", "dimensions"), f"the dimension `{name}` has no bands",
                          f"add `{name}: [{{from: 0, text: …}}]`")  # fmt: skip
    _check_benchmark(notes, survey)
    scope = report_scope(survey, policy)
    check_steps(notes, survey, scope)
    check_report_parts(notes, survey, scope)
    check_report_context(notes, survey)


def _check_benchmark(notes: Notes, survey: Survey) -> None:
    group = survey.report.benchmark.group_by if survey.report.benchmark else None
    if group is None:
        return
    where: Where = ("report", "benchmark", "group_by")
    names = [*survey.items, *survey.field_names]
    item = survey.question(group)
    if group not in names:
        notes.error("unknown_name", where, f"there is no question or field `{group}`", did_you_mean(group, names))
    elif item is None or item.kind != "choice":
        notes.warning("benchmark_group", where, f"`{group}` is not one choice from a list, so it makes no groups",
                      "name a question with one choice, or leave `group_by` out")  # fmt: skip


def _check_bands(notes: Notes, where: Where, bands: tuple[Band, ...]) -> None:
    if not bands or bands[0].from_ != 0:
        at = (*where, 0, "from") if bands else where
        notes.error("band_gap", at, "the first band does not start at 0", "write `from: 0`")
    for index in range(1, len(bands)):
        previous, start = bands[index - 1].from_, bands[index].from_
        if start == previous:
            hint = "give each its own start"
            notes.error("band_overlap", (*where, index, "from"), f"two bands start at {start}", hint)
        elif start < previous:
            notes.error("band_order", (*where, index, "from"),
                        f"the band from {start} stands after the one from {previous}",
                        "write the bands from low to high")  # fmt: skip
