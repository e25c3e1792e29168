"""A country, as ISO 3166-1 alpha-2."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from questionnaire.core.base.country_codes import country_hint
from questionnaire.core.base.formats import country_name, locale_of
from questionnaire.core.base.problems import Problem
from questionnaire.core.survey.questions.question import Kind, Mistake, Question, Value, single

CODES: tuple[str, ...] = tuple(
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ "
    "CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO "
    "FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE "
    "JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO "
    "MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW "
    "PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM "
    "TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW".split()
)
_KNOWN = frozenset(CODES)


class Country(Question):
    """A country. Those of `first` are offered before the others."""

    control: ClassVar[str] = "country"
    kind: ClassVar[Kind] = "country"
    autocomplete: ClassVar[str] = "country"

    type: Literal["country"]
    first: tuple[str, ...] = ()

    def authoring_problems(self) -> Iterator[Problem]:
        for index, code in enumerate(self.first):
            if code not in _KNOWN:
                message = f"`{code}` is not the code of a country"
                yield Problem("unknown_country", ("first", index), message, country_hint(code))

    def read(self, typed: object, language: str = "") -> Value | None | Mistake:
        typed = single(typed)
        if typed is None:
            return None
        code = str(typed).strip().upper()
        return code if code in _KNOWN else Mistake("not_a_country", "Choose a country from the list.")

    def say(self, value: Value, language: str) -> str:
        return country_name(str(value), locale_of(language))

    def options(self) -> tuple[Value, ...] | None:
        return CODES
