"""What is put back is what was made: every row of every table, the files, and what the fixture returned."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import connection, transaction

from budgets.domain.choices import Status
from budgets.models import District, FunctionCode, PublishedFile, Report
from tests.cached_worlds import kept
from tests.factories import make_world
from tests.samples import adopt_sample

pytestmark = pytest.mark.django_db


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """All rows of the database by table, whatever their order."""
    with connection.cursor() as cursor:
        rows = {}
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            rows[table] = sorted(cursor.fetchall(), key=repr)
    return {table: found for table, found in rows.items() if table != "sqlite_sequence"}


def forgotten(name: str, make: Any) -> tuple[Any, dict[str, list[tuple[Any, ...]]]]:
    """What came back, and everything that stood in the database then; none of it stays."""
    with transaction.atomic():
        value = kept(name, make)
        found = everything()
        connection.check_constraints()
        transaction.set_rollback(True)
    return value, found


def test_put_back_as_it_was_made() -> None:
    """In a published sample are rows of most tables, and files."""
    made = []

    def make() -> Report:
        made.append(adopt_sample(status=Status.PUBLISHED))
        return made[-1]

    first, rows = forgotten("put back", make)
    again, found = forgotten("put back", make)
    assert len(made) == 1
    assert found == rows
    assert len([table for table, there in found.items() if there]) > 25
    assert again == first and again is not first


def test_files_come_back_with_the_rows_that_name_them() -> None:
    def content() -> tuple[str, bytes]:
        stored = PublishedFile.objects.order_by("pk")[0].file
        with stored.open() as file:
            return stored.name, file.read()

    contents = []
    for _ in range(2):
        with transaction.atomic():
            kept("with files", lambda: adopt_sample(status=Status.PUBLISHED))
            contents.append(content())
            transaction.set_rollback(True)
        default_storage.delete(contents[0][0])
    assert contents[0] == contents[1]


def test_over_other_rows_a_world_is_made() -> None:
    """With other ids: those it was kept with may be taken."""
    (first, _), (second, _) = (forgotten("over others", lambda: make_world().district.pk) for _ in range(2))
    assert first == second
    District.objects.create(pk=first, code="420999", name="别处")
    assert kept("over others", lambda: make_world().district.pk) != first


def test_over_another_classification_a_world_is_made_anew() -> None:
    count: list[int] = []
    forgotten("classified", lambda: count.append(1))
    edition = FunctionCode.objects.first().edition  # type: ignore[union-attr]
    edition.save()
    forgotten("classified", lambda: count.append(1))
    assert len(count) == 2
