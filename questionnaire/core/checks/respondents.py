"""Some respondents of a survey: random ones, and those who take the best or worst answer of one score throughout.

What one of them reaches needs no proof. Their choice is the same in every run.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from copy import copy
from itertools import islice
from typing import Any, TypeAlias

from questionnaire.core.checks.calculated_variables import option_of
from questionnaire.core.checks.compiled_formulas import compiled, compiled_offers
from questionnaire.core.checks.enumerate_states import Path
from questionnaire.core.checks.model import CALCULATED, ITEM, Model, Option, Variable
from questionnaire.core.checks.moments import Moment

RANDOM, RESTARTS, CLIMBS, MOST_JOURNEYS = 24, 2, 3, 300

Rank: TypeAlias = Callable[[Variable, Option], Any]
Choose: TypeAlias = Callable[[Variable, Sequence[Option]], Option | None]


class Respondent:
    """A complete journey through the model: the option of every variable that is shown, by name."""

    __slots__ = ("levels", "options", "scores")

    def __init__(self, model: Model, options: Mapping[str, Option]) -> None:
        self.options = options
        self.scores: Mapping[str, Any] | None = None
        """`score.<dimension>`, once somebody has asked for it."""
        levels: dict[str, str] = {}
        for name, option in options.items() if model.in_place else sorted(options.items(), key=model.place_of):
            if option.level is not None:
                levels[model.by_name[name].criterion or ""] = option.level
        expired = model.moment.expired
        self.levels = levels if not expired else {
            name: level for name, level in levels.items() if level not in expired.get(name, ())
        }  # fmt: skip

    @property
    def path(self) -> Path:
        path: Path = None
        for name, option in self.options.items():
            path = (path, name, option.value)
        return path


class Respondents:
    """Takes journeys through a model. `tested`: conditions as functions, since each is evaluated many times."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self._guards = [compiled(variable.guard) for variable in model.variables]
        self._offers = [compiled_offers(variable) for variable in model.variables]
        self._finished = compiled(model.finished)
        self._seed = 1
        self._fixed: dict[object, Respondent | None] = {}
        tries = RANDOM if model.finished is True else RANDOM * 5
        found = (one for one in (self.journey() for _ in range(tries)) if one is not None)
        self.sample = list(islice(found, RANDOM))

    def judged_at(self, moment: Moment) -> Respondents:
        """The same journeys, judged at another moment."""
        other = copy(self)
        other.model, other._fixed = self.model.judged_at(moment), {}
        other.sample = [Respondent(other.model, one.options) for one in self.sample]
        return other

    def extremes(self, rank: Rank) -> Iterator[Respondent]:
        """Yields respondents who take the options of highest and of lowest rank wherever the score can change."""
        for choose in (max, min):
            for restart in range(1 + RESTARTS):
                one = self.journey(_Extreme(rank, choose, shortest=not restart).option)
                if one is not None:
                    yield one

    def climb(self, start: Respondent, worth: Callable[[Respondent], Any], among: Collection[str]) -> Respondent:
        """Improves a respondent answer by answer, as long as one other answer makes `worth` greater.

        `among` are the variables on which `worth` rests.
        """
        best, value, journeys = start, worth(start), 0
        places = [place for place, variable in enumerate(self.model.variables) if variable.name in among]
        improved = True
        while improved and journeys < MOST_JOURNEYS:
            improved = False
            for place in places:
                variable = self.model.variables[place]
                for option in variable.options:
                    fixed = {**best.options, variable.name: option}
                    if fixed[variable.name] is best.options.get(variable.name) or journeys >= MOST_JOURNEYS:
                        continue
                    journeys += 1
                    one = self.journey(_Fixed(fixed).option, best, place)
                    if one is not None and (found := worth(one)) is not None and (value is None or found > value):
                        best, value, improved = one, found, True
        return best

    def journey(
        self, choose: Choose | None = None, before: Respondent | None = None, place: int = 0
    ) -> Respondent | None:
        """Returns a complete journey, or None when there is none of this kind. Without a choice it is random.

        `before`: another respondent, who takes the same options up to the variable at `place`.
        """
        variables = self.model.variables
        options: dict[str, Option] = {}
        if before is not None:
            known = before.options
            options = {one.name: known[one.name] for one in variables[:place] if one.name in known}
        answered = any(self.model.by_name[name].kind == ITEM and one.value is not None for name, one in options.items())
        for index in range(place, len(variables)):
            variable, shows, offers = variables[index], self._guards[index], self._offers[index]
            if variable.kind == CALCULATED:
                values = {name: option.value for name, option in options.items()}
                options[variable.name] = option_of(self.model, variable, values)
            elif shows(options):
                offered = offers(options)
                if not offered:
                    return None
                option = choose(variable, offered) if choose else None
                options[variable.name] = option or self._any(offered)
                answered = answered or (variable.kind == ITEM and options[variable.name].value is not None)
        return Respondent(self.model, options) if answered and self._finished(options) else None

    def alike(self, one: Respondent, options: Mapping[str, Option]) -> Respondent | None:
        """The journey of somebody who answers as `one` but for these options."""
        return self.journey(_Fixed({**one.options, **options}).option)

    def fixed(self, options: Mapping[str, Option], place: object) -> Respondent | None:
        """The journey with these options where they are offered, the first one elsewhere; made once for a `place`."""
        if place not in self._fixed:
            self._fixed[place] = self.journey(_Fixed(options).option)
        return self._fixed[place]

    def _any(self, options: Sequence[Option]) -> Option:
        """One of the options, from the generator of the C standard: any would do, as long as it repeats itself."""
        self._seed = (self._seed * 1_103_515_245 + 12_345) % 2**31
        return options[(self._seed >> 16) % len(options)]


class _Extreme:
    """The choice of the option of greatest or least rank; elsewhere of any, or of none for the `shortest` example."""

    def __init__(self, rank: Rank, choose: Any, shortest: bool) -> None:
        self._rank, self._choose, self._shortest = rank, choose, shortest

    def option(self, variable: Variable, offered: Sequence[Option]) -> Option | None:
        ranked = [(value, option) for option in offered if (value := self._rank(variable, option)) is not None]
        best: tuple[Any, Option] | None = self._choose(ranked, key=lambda pair: pair[0]) if ranked else None
        if best is not None:
            return best[1]
        unanswered = (option for option in offered if option.value is None)
        return next(unanswered, offered[0]) if self._shortest else None


class _Fixed:
    """The choice of listed options where they are offered, and of the first one elsewhere."""

    def __init__(self, options: Mapping[str, Option]) -> None:
        self._options = options

    def option(self, variable: Variable, offered: Sequence[Option]) -> Option:
        option = self._options.get(variable.name, offered[0])
        return option if option in offered else offered[0]
