"""Which stored files the rows of a database name.

Asks in SQL, so that a copy can be asked as well as the database that the application uses.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import FileField, Model

from ..models import ApprovedContent, Upload

Rows = Callable[[str], list[tuple[Any, ...]]]
"""Runs a query without parameters."""


@dataclass(frozen=True, slots=True)
class NamedFile:
    """A file that a row names, with the SHA-256 that the row says; empty where it says none.

    ``is_temporary``: the application deletes it, and does without it.
    """

    path: str
    sha256: str
    is_temporary: bool = False


def named_files(rows: Rows) -> list[NamedFile]:
    """Every file once for each checksum that rows say of it, in the order of their names."""
    found = {*_of_fields(rows), *_of_approved(rows), *_of_uploads(rows)}
    return sorted(found, key=lambda file: (file.path, file.sha256))


def _of_fields(rows: Rows) -> Iterator[NamedFile]:
    """Of every model's `FileField`. The checksum stands beside it in ``sha256``."""
    for model in apps.get_models():
        columns = {field.name: field.column or "" for field in model._meta.local_concrete_fields}
        for field in model._meta.local_concrete_fields:
            if isinstance(field, FileField):
                for path, sha256 in rows(_select(model, columns[field.name], columns.get("sha256", ""))):
                    yield NamedFile(path, sha256)


def _of_approved(rows: Rows) -> Iterator[NamedFile]:
    """Of what is approved and waits for its publication."""
    for files, _ in rows(_select(ApprovedContent, "files")):
        for file in json.loads(files):
            if file["path"]:
                yield NamedFile(file["path"], file["sha256"])


def _of_uploads(rows: Rows) -> Iterator[NamedFile]:
    """Of workbooks that wait for their confirmation."""
    for path, sha256 in rows(_select(Upload, "path", "sha256")):
        yield NamedFile(path, sha256, is_temporary=True)


def _select(model: type[Model], column: str, checksum: str = "") -> str:
    beside = f'"{checksum}"' if checksum else "''"
    table = model._meta.db_table
    return f'SELECT "{column}", {beside} FROM "{table}" WHERE CAST("{column}" AS text) <> \'\''  # noqa: S608 - names of ours
