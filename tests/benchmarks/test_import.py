"""What checking and storing a report's JSON cost beside reading it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from django.db import transaction

from budgets.actions.adopt import adopt
from budgets.domain.choices import Status
from budgets.exchange.exporting import dump_json
from budgets.exchange.importing import check_document, read_document
from budgets.storage.dossier_json import dump_dossier

from . import large
from .conftest import Stored
from .large import WHOLE


@pytest.fixture(scope="module")
def raw() -> bytes:
    """The document of a department that has no report yet."""
    report = large.report(WHOLE)
    return dump_json(
        dump_dossier(replace(report, header=replace(report.header, department_code="bench-new")))
    )


def test_read(timed: Callable[..., None], raw: bytes) -> None:
    timed("read JSON", WHOLE, lambda: json.loads(raw))


def test_check(timed: Callable[..., None], raw: bytes) -> None:
    timed("check JSON", WHOLE, lambda: check_document(read_document(raw)))


@pytest.mark.django_db
def test_import(timed: Callable[..., None], stored: Stored, raw: bytes) -> None:
    def store() -> None:
        with transaction.atomic():
            adopt(read_document(raw), Status.DRAFT)
            transaction.set_rollback(True)

    timed("import JSON", WHOLE, store, rounds=3)
