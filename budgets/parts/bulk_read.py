"""Rows of many tables in one query.

A report is a dozen kinds of rows. Asked for one by one, every page about it waits a dozen times for the
database's answer, however few the rows are; asked for together it waits once.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from decimal import Decimal
from operator import attrgetter
from typing import Any

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


def gather(querysets: Sequence[QuerySet[Any]]) -> list[list[Any]]:
    """The rows of each of ``querysets``, in the order of their model.

    Each row has its columns and the annotations of its queryset; an order, slice or `select_related` of
    the queryset itself is left aside. Columns are those of rows: text, numbers, dates and foreign keys.
    """
    if not querysets:
        return []
    columns = [_columns(queryset) for queryset in querysets]
    parts = [
        queryset.order_by().values_list(Value(number), JSONArray(*(_as_json(name, f) for name, f in own)))
        for number, (queryset, own) in enumerate(zip(querysets, columns, strict=True))
    ]
    readers = [_reader(queryset, own) for queryset, own in zip(querysets, columns, strict=True)]
    found: list[list[Any]] = [[] for _ in querysets]
    for number, values in parts[0].union(*parts[1:], all=True):
        found[number].append(readers[number](values))
    for rows, queryset in zip(found, querysets, strict=True):
        if queryset.model._meta.ordering:
            rows.sort(key=attrgetter(*queryset.model._meta.ordering))
    return found


Column = tuple[str, Field | None]
"""The name of an attribute, and the field that it is the value of; None for an annotation."""


def _columns(queryset: QuerySet[Any]) -> list[Column]:
    own: list[Column] = [(field.attname, field) for field in queryset.model._meta.concrete_fields]
    return own + [(name, None) for name in queryset.query.annotations]


def _as_json(name: str, field: Field | None) -> Any:
    """A decimal is carried as text: a JSON number is read as a float."""
    return Cast(name, TextField()) if isinstance(field, DecimalField) else F(name)


def _reader(queryset: QuerySet[Any], columns: Sequence[Column]) -> Callable[[Sequence[Any]], Model]:
    model, size = queryset.model, len(queryset.model._meta.concrete_fields)
    names = [name for name, _ in columns]
    converters = [(at, convert) for at, (_, f) in enumerate(columns) if (convert := _converter(f))]

    def read(values: Sequence[Any]) -> Model:
        values = list(values)
        for at, convert in converters:
            if values[at] is not None:
                values[at] = convert(values[at])
        row = model.from_db(queryset.db, names[:size], values[:size])
        for name, value in zip(names[size:], values[size:], strict=True):
            setattr(row, name, value)
        return row

    return read


def _converter(field: Field | None) -> Callable[[Any], Any] | None:
    """How what JSON has no type for is read."""
    if isinstance(field, DecimalField):
        unit = Decimal(1).scaleb(-field.decimal_places)
        return lambda text: Decimal(text).quantize(unit)
    if isinstance(field, BooleanField):
        return bool
    if isinstance(field, DateField):
        return datetime.date.fromisoformat
    return None
