"""Read the rows of many tables in one query.

A report has a dozen kinds of rows. Reading them one by one makes every page wait a dozen times for the database,
however few the rows are. Reading them together makes it wait once.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from operator import attrgetter
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import (
    BooleanField,
    DateField,
    DecimalField,
    F,
    Field,
    Model,
    QuerySet,
    TextField,
    Value,
)
from django.db.models.functions import Cast, JSONArray


class Reading:
    """The query that gathers the rows of some querysets, at least one, compiled once: compiling takes longer.

    A row has its columns and the annotations of its queryset. An order, slice or `select_related` of a queryset is
    ignored. Supports text, numbers, dates and foreign keys. A negative number among its parameters is the stand-in of
    an id that `rows` is given.
    """

    def __init__(self, querysets: Sequence[QuerySet[Any]]) -> None:
        columns = [_columns(queryset) for queryset in querysets]
        parts = [
            queryset.order_by().values_list(Value(number), JSONArray(*(_as_json(name, f) for name, f in own)))
            for number, (queryset, own) in enumerate(zip(querysets, columns, strict=True))
        ]
        self._orders = [queryset.model._meta.ordering for queryset in querysets]
        self._readers = [_reader(queryset, own) for queryset, own in zip(querysets, columns, strict=True)]
        self._using = querysets[0].db
        try:
            query = parts[0].union(*parts[1:], all=True).query
            self._sql, params = query.get_compiler(self._using).as_sql()
        except EmptyResultSet:
            self._sql, params = "", ()
        self._params = list(params)
        self._stand_ins = [at for at, value in enumerate(params) if isinstance(value, int) and value < 0]

    def rows(self, ids: Mapping[int, int] | None = None) -> list[list[Any]]:
        """The rows of each queryset, in the order of its model, with ``ids`` by their stand-ins."""
        found: list[list[Any]] = [[] for _ in self._readers]
        if not self._sql:
            return found
        params = list(self._params)
        for at in self._stand_ins:
            params[at] = (ids or {})[params[at]]
        with connections[self._using].cursor() as cursor:
            cursor.execute(self._sql, params)
            for number, values in cursor.fetchall():
                found[number].append(self._readers[number](json.loads(values)))
        for rows, order in zip(found, self._orders, strict=True):
            if order:
                rows.sort(key=attrgetter(*order))
        return found


Column = tuple[str, Field | None]
"""The name of an attribute and its field; None for an annotation."""


def _columns(queryset: QuerySet[Any]) -> list[Column]:
    own: list[Column] = [(field.attname, field) for field in queryset.model._meta.concrete_fields]
    return own + [(name, None) for name in queryset.query.annotations]


def _as_json(name: str, field: Field | None) -> Any:
    """Cast a decimal to text, because a JSON number would be read as a float."""
    return Cast(name, TextField()) if isinstance(field, DecimalField) else F(name)


def _reader(queryset: QuerySet[Any], columns: Sequence[Column]) -> Callable[[list[Any]], Model]:
    model, using, size = queryset.model, queryset.db, len(queryset.model._meta.concrete_fields)
    names = [name for name, _ in columns]
    converters = [(at, convert) for at, (_, f) in enumerate(columns) if (convert := _converter(f))]

    def read(values: list[Any]) -> Model:
        for at, convert in converters:
            if values[at] is not None:
                values[at] = convert(values[at])
        row = model.from_db(using, names[:size], values[:size])
        for name, value in zip(names[size:], values[size:], strict=True):
            setattr(row, name, value)
        return row

    return read


def _converter(field: Field | None) -> Callable[[Any], Any] | None:
    """The converter for a field whose type JSON lacks; None for others."""
    if isinstance(field, DecimalField):
        unit = Decimal(1).scaleb(-field.decimal_places)
        return lambda text: Decimal(text).quantize(unit)
    if isinstance(field, BooleanField):
        return bool
    if isinstance(field, DateField):
        return datetime.date.fromisoformat
    return None
