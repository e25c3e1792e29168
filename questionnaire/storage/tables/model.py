"""What all rows are: made of their values, quickly."""

from collections.abc import Callable, Mapping
from functools import cache, partial
from typing import Any, cast

from sqlalchemy.orm.attributes import set_attribute
from sqlmodel import SQLModel


class TableModel(SQLModel):
    """A row of a table.

    SQLModel does not look at a row's values either, but it sets each of them twice and asks four questions about it:
    making a row that way takes longer than its INSERT.
    """

    def __init__(self, **values: Any) -> None:
        missing = _missing(type(self))
        for name, value in values.items():
            set_attribute(self, name, value)
        for name, default in missing.items():
            if name not in values:
                set_attribute(self, name, default())


@cache
def _missing(table: type[TableModel]) -> Mapping[str, Callable[[], Any]]:
    """What makes the value of a column that is not named."""
    optional = {name: field for name, field in table.model_fields.items() if not field.is_required()}
    factories = {name: cast("Callable[[], Any] | None", field.default_factory) for name, field in optional.items()}
    return {name: factories[name] or partial(_same, field.default) for name, field in optional.items()}


def _same(value: Any) -> Any:
    """Defaults that are values are never lists or mappings: those have factories."""
    return value
