"""What an answer counts for: the maturity of a dimension, and a number in formulas."""

from __future__ import annotations

from questionnaire.core.base.quantities import Exact
from questionnaire.core.survey.questions.values import Value


class AnswerCounts:
    """An answer counts for nothing unless its type says otherwise."""

    @property
    def maturity_edges(self) -> tuple[Exact, ...]:
        """The numbers at which the maturity of an answer changes; none when it changes in another way."""
        return ()

    def worth(self, value: Value) -> tuple[Exact, Exact] | None:
        """Maturity points of this answer and the best there are, or None when it shows none."""
        return None

    @property
    def worth_of_none(self) -> tuple[Exact, Exact] | None:
        """Like `worth`, when it was shown and nothing was answered; None when that shows none."""
        return None

    def amount(self, value: Value) -> Exact | None:
        """The number that this answer is in a formula; None when it is none."""
        return None

    @property
    def best(self) -> Exact:
        """The most maturity an answer can show."""
        return 0
