"""Base class of the table models, with a fast constructor."""

from collections.abc import Callable, Mapping
from functools import cache, partial
from typing import Any, cast

from sqlalchemy.orm.attributes import set_attribute
from sqlmodel import SQLModel


class TableModel(SQLModel):
    """A row of a table.

    SQLModel does not validate a row's values either, but its constructor sets each of them twice with four checks:
    creating a row that way takes longer than its INSERT.
    """

    def __init__(self, **values: Any) -> None:
        defaults = _default_factories(type(self))
        for name, value in values.items():
            set_attribute(self, name, value)
        for name, default in defaults.items():
            if name not in values:
                set_attribute(self, name, default())


@cache
def _default_factories(table: type[TableModel]) -> Mapping[str, Callable[[], Any]]:
    """Returns the factories of the values of omitted columns."""
    optional = {name: field for name, field in table.model_fields.items() if not field.is_required()}
    factories = {name: cast("Callable[[], Any] | None", field.default_factory) for name, field in optional.items()}
    return {name: factories[name] or partial(_identity, field.default) for name, field in optional.items()}


def _identity(value: Any) -> Any:
    """Returns the value. Defaults that are plain values are never lists or mappings: those have factories."""
    return value
