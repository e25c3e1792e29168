"""The table of names compared with the schemas: no key that holds a name, condition or formula can be forgotten."""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from questionnaire.core.base.authored import _read_condition
from questionnaire.core.base.texts import LocalizedText
from questionnaire.core.cases.case import CasesFile
from questionnaire.core.editing.structure import STRUCTURES, CaseAnswers, Choices, Each, Items, Names, Part, below
from questionnaire.core.policy import Policy
from questionnaire.core.survey.calculated_value import _read_formula
from questionnaire.core.survey.survey import Survey

# Words that name nothing else in a document, or what stands outside of all of them.
PLAIN = set(
    """
Survey.id Survey.policy Survey.languages Embed.allowed_origins Choice.flags SharedChoice.image Page.label Question.label
SurveyTheme.accent SurveyTheme.ink SurveyTheme.paper SurveyTheme.logo DarkTheme.accent DarkTheme.ink DarkTheme.paper
DarkTheme.logo
PictureOfAChoice.image Country.first ContactField.first Statement.image Ending.url Block.url ContentBlock.image
ContentBlock.url
Policy.id Policy.timezone Signature.role Signature.name Criterion.countries Titles.vp Titles.c_level Titles.director
Titles.manager Titles.contributor Lists.competitors Lists.blacklist Lists.partners Lists.customers Disqualify.reason
Divert.reason Divert.to Queue.name Member.languages Calendar.timezone Calendar.holidays Rep.name Rep.email
Consequence.divert Segment.phrases Segment.verify Segment.kpi_bands
CasesFile.survey CasesFile.policy Case.hidden Case.claims EarlierResponse.survey EarlierResponse.language
EarlierResponse.hidden EarlierResponse.claims Case.language CaseCampaign.source CaseCampaign.medium CaseCampaign.name
CaseCampaign.term CaseCampaign.content CaseSignal.asset CaseSignal.session ExpectedFit.completeness
ExpectedFit.contributions ExpectedIntent.groups ExpectedIntent.signals ExpectedTiming.contributions Expectation.label
Expectation.reason Expectation.to ExpectedRoute.queue ExpectedMaturity.band
""".split()
)


def _kinds(annotation: Any, metadata: tuple[Any, ...] = ()) -> Iterator[tuple[Any, tuple[Any, ...]]]:
    """The kinds of value that an annotation allows, each with its validators."""
    origin = get_origin(annotation)
    if origin is Annotated:
        kind, *more = get_args(annotation)
        yield from _kinds(kind, (*metadata, *more))
    elif origin in (Union, types.UnionType):
        for kind in get_args(annotation):
            yield from _kinds(kind, metadata)
    else:
        yield annotation, metadata


def _reads(metadata: tuple[Any, ...], function: Any) -> bool:
    return any(getattr(one, "func", None) is function for one in metadata)


def _lacking(annotation: Any, metadata: tuple[Any, ...], part: Part, place: str, name: str = "") -> Iterator[str]:
    if part == "words" or isinstance(part, CaseAnswers):
        return
    for kind, validators in _kinds(annotation, metadata):
        origin, arguments = get_origin(kind), get_args(kind)
        if _reads(validators, _read_condition):
            yield from () if part == "condition" else (f"{place}: a condition",)
        elif _reads(validators, _read_formula):
            yield from () if part == "formula" else (f"{place}: a formula",)
        elif origin in (tuple, list):
            key = part.key if isinstance(part, Items) else part.items.key if isinstance(part, Choices) else ""
            for inner in {argument for argument in arguments if argument is not Ellipsis}:
                yield from _lacking(inner, (), below(part, 0, []) if _is_list(part) else part, place, key)
        elif origin is dict:
            if not isinstance(part, Names | Each) and place not in PLAIN and str in arguments:
                yield f"{place}: keys"
            yield from _lacking(arguments[1], (), below(part, "", {}), place)
        elif isinstance(kind, type) and issubclass(kind, LocalizedText | bool):
            continue
        elif isinstance(kind, type) and issubclass(kind, BaseModel):
            yield from _fields(kind, part, name)
        elif kind is str and part is None and place not in PLAIN:
            yield f"{place}: a word"
        elif kind is Any and part is None and place not in PLAIN:
            yield f"{place}: anything"


def _is_list(part: Part) -> bool:
    return isinstance(part, Items | Choices | Each)


def _fields(model: type[BaseModel], part: Part, identity: str = "") -> Iterator[str]:
    """What the table lacks of a model; `identity` is the key that names an item of a list."""
    for name, info in model.model_fields.items():
        key = info.alias or name
        known = part.get(key) if isinstance(part, Mapping) else None
        if key != identity:
            yield from _lacking(info.annotation, tuple(info.metadata), known, f"{_owner(model, name)}.{name}")


def _owner(model: type[BaseModel], name: str) -> str:
    """The class that declares a field."""
    return next(kind.__name__ for kind in reversed(model.__mro__) if name in getattr(kind, "__annotations__", {}))


def test_every_name_condition_and_formula_has_its_place_in_the_table() -> None:
    lacking = [
        f"{schema}: {problem}"
        for schema, model in (("survey", Survey), ("policy", Policy), ("cases", CasesFile))
        for problem in _fields(model, STRUCTURES[schema])
    ]
    assert not lacking, "\n".join(dict.fromkeys(lacking))
