"""A document survives being frozen."""

from __future__ import annotations

import json

import pytest
from hypothesis import given

from budgets.narrative.build import build_narrative
from budgets.narrative.document_json import dump_document, load_document
from tests.catalogue import variants

from .test_properties import few, reports


@pytest.mark.parametrize("printed", [variants.printed_000, variants.printed_001, variants.printed_004])
def test_a_published_text_comes_back_whole(printed):
    document = build_narrative(printed())
    frozen = json.dumps(dump_document(document), ensure_ascii=False)
    assert load_document(json.loads(frozen)) == document
    assert load_document(json.loads(frozen)).text() == document.text()


@few
@given(reports)
def test_any_text_comes_back_whole(report):
    document = build_narrative(report)
    assert load_document(json.loads(json.dumps(dump_document(document)))) == document
