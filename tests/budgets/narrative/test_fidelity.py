"""Every number that a published text states is in the generated one, in the same statement."""

from __future__ import annotations

from types import ModuleType

import pytest

from budgets.narrative.build import build_narrative
from budgets.narrative.document import Document
from tests.catalogue import variants

from . import stated_000, stated_001, stated_004
from .stated import tally

TEXTS = {
    "000 东西湖 2023 预算": (variants.printed_000, stated_000),
    "001 武昌 2022 预算": (variants.printed_001, stated_001),
    "004 东西湖 2024 决算": (variants.printed_004, stated_004),
}


@pytest.fixture(params=TEXTS)
def text(request: pytest.FixtureRequest) -> tuple[str, Document, ModuleType]:
    printed, stated = TEXTS[request.param]
    return request.param, build_narrative(printed()), stated


def test_every_stated_number_is_told_in_its_statement(text):
    name, document, stated = text
    result = tally(document, stated.STATEMENTS)
    print(
        f"{name}: {len(stated.STATEMENTS)} statements, {result.found} numbers told, "
        f"{result.within} within 尾差, {len(result.missing)} excepted"
    )
    for number, instead in result.missing.items():
        print(f"  {number}: {stated.EXCEPTIONS.get(number, 'MISSING')} | {instead}")
    assert result.missing.keys() == stated.EXCEPTIONS.keys()


def test_every_statement_is_known_by_one_name(text):
    _, document, stated = text
    keys = [key for statement in stated.STATEMENTS for key in statement.keys.split()]
    assert [key for key in keys if document.sentence(key) is None] == []
