"""A database of this installation, whichever engine it has: what backup and restore ask of it."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Protocol

from django.db import connection

from .named_files import Rows


class DatabaseFailed(Exception):
    """The database could not be copied or loaded. The message is Chinese and says what to do."""


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy of the database in a file, and what it holds, whatever others write meanwhile."""

    path: Path
    rows: Rows


class Database(Protocol):
    """One engine. ``member`` is what its copy is called in an archive."""

    engine: str
    member: str

    def size(self) -> int:
        """About how many bytes a copy may take."""

    def copying(self, folder: Path) -> AbstractContextManager[Copy]:
        """A context whose `Copy` is a file in ``folder``. Raises `DatabaseFailed`."""

    def is_empty(self) -> bool:
        """Whether there is no table."""

    def load(self, stream: IO[bytes], folder: Path) -> None:
        """Fill the empty database from a copy: all of it or nothing. Raises `DatabaseFailed`."""

    def tables(self, rows: Rows) -> list[str]:
        """The names of all tables."""


def rows(sql: str) -> list[tuple[Any, ...]]:
    """Ask the database that the settings name."""
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def count_rows(tables: Sequence[str], rows: Rows) -> dict[str, int]:
    """How many rows each table has."""
    return {table: rows(f'SELECT count(*) FROM "{table}"')[0][0] for table in tables}  # noqa: S608 - the database's names


def applied_migrations(rows: Rows) -> tuple[str, ...]:
    """``budgets.0001_initial``, in the order in which they ran."""
    return tuple(f"{app}.{name}" for app, name in rows("SELECT app, name FROM django_migrations ORDER BY id"))
