"""What a fixture wrote, kept as rows and put back into an empty database: the same world without its making.

Adopting a sample document goes through every part of it, hundreds of queries; putting its rows back is one
statement a table. Rows are kept by each process for itself, as the database has them, so what a test finds is
what the application wrote. They are put back only where they would have been made alike: into empty tables,
over the same classification. Otherwise, and the first time, the world is made.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Any, TypeVar

from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, models, transaction

from budgets.models import ClassificationEdition, EconomicCode, FunctionCode

T = TypeVar("T")

PER_STATEMENT = 30_000
"""Values in one statement; SQLite takes 32,766."""

CLASSIFICATION: tuple[type[models.Model], ...] = (ClassificationEdition, FunctionCode, EconomicCode)
FRAMEWORK = ("contenttypes.ContentType", "auth.Permission")
"""Made by `migrate` and after every flush, with other ids each time: no kept row may name one."""


@dataclass(frozen=True)
class Kept:
    """Rows by model, the files that they name, and what the fixture returned, pickled."""

    rows: tuple[tuple[type[models.Model], list[tuple[Any, ...]]], ...]
    files: tuple[tuple[str, bytes], ...]
    value: bytes


_worlds: dict[Hashable, Kept] = {}
_classification: list[Kept] = []


def kept(name: Hashable, make: Callable[[], T]) -> T:
    """What ``make`` returns and writes, made once and put back from then on.

    ``name`` says all that ``make`` depends on beside the classification. What it returns is copied for
    everybody, instances of models included.
    """
    where = _empty_over()
    if where is None:
        return make()
    key = (name, where)
    if key in _worlds:
        _put_back(_worlds[key])
        return pickle.loads(_worlds[key].value)
    value = make()
    _worlds[key] = _keep(_tables(), value)
    return value


def keep_classification(load: Callable[[], None]) -> None:
    """Loads the classification, or puts it back with the ids it had: kept worlds refer to them."""
    if _classification:
        _put_back(_classification[0])
    else:
        load()
        _classification.append(_keep(CLASSIFICATION, None))


# --- which rows -----------------------------------------------------------------------------------


@cache
def _tables() -> tuple[type[models.Model], ...]:
    """Every model whose rows a world may consist of."""
    return tuple(
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed
        and not model._meta.proxy
        and model not in CLASSIFICATION
        and model._meta.label not in FRAMEWORK
    )


def _empty_over() -> Hashable | None:
    """Which classification is loaded, where there is nothing else; None where there is."""
    with connection.cursor() as cursor:
        cursor.execute(_any_rows())
        if cursor.fetchone()[0]:
            return None
    return tuple(ClassificationEdition.objects.order_by("pk").values_list("pk", "code", "loaded_at"))


@cache
def _any_rows() -> str:
    found = " OR ".join(f"EXISTS (SELECT 1 FROM {_quoted(model)})" for model in _tables())
    return f"SELECT CASE WHEN {found} THEN 1 ELSE 0 END"


def _quoted(model: type[models.Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)


def _columns(model: type[models.Model]) -> str:
    return ", ".join(connection.ops.quote_name(field.column) for field in model._meta.local_concrete_fields)


# --- out and in -----------------------------------------------------------------------------------


def _keep(tables: tuple[type[models.Model], ...], value: Any) -> Kept:
    rows = []
    with connection.cursor() as cursor:
        for model in tables:
            cursor.execute(f"SELECT {_columns(model)} FROM {_quoted(model)}")
            if found := cursor.fetchall():
                _refuse_framework(model)
                rows.append((model, found))
    files = tuple((name, _read(name)) for model, _ in rows for name in _files(model))
    return Kept(tuple(rows), files, pickle.dumps(value))


def _refuse_framework(model: type[models.Model]) -> None:
    for field in model._meta.local_concrete_fields:
        target = field.related_model
        if target is not None and target._meta.label in FRAMEWORK:
            raise TypeError(f"{model._meta.label} names a {target._meta.label}, whose ids do not stay")


def _files(model: type[models.Model]) -> Iterator[str]:
    for field in model._meta.local_concrete_fields:
        if isinstance(field, models.FileField):
            yield from model._base_manager.exclude(**{field.name: ""}).values_list(field.name, flat=True)


def _read(name: str) -> bytes:
    with default_storage.open(name) as file:
        return file.read()


def _put_back(world: Kept) -> None:
    for name, content in world.files:
        if not default_storage.exists(name):
            default_storage.save(name, ContentFile(content))
    with transaction.atomic(), connection.cursor() as cursor:
        for model, rows in world.rows:
            row = f"({', '.join(['%s'] * len(rows[0]))})"
            for some in _batches(rows, PER_STATEMENT // len(rows[0])):
                cursor.execute(
                    f"INSERT INTO {_quoted(model)} ({_columns(model)}) VALUES {', '.join([row] * len(some))}",
                    list(chain.from_iterable(some)),
                )


def _batches(rows: list[tuple[Any, ...]], size: int) -> Iterator[list[tuple[Any, ...]]]:
    for start in range(0, len(rows), size):
        yield rows[start : start + size]
