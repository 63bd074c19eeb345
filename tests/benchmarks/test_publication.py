"""What a whole publication costs, every format of it, beside writing the cells of its workbook with openpyxl alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from budgets.analysis.redaction import redact
from budgets.classification.editions import classification
from budgets.disclosure.summary import summarise
from budgets.domain.dossier import Dossier
from budgets.domain.profile import build_tables
from budgets.exchange.documents import documents
from budgets.exchange.exporting import export, file_stem
from budgets.narrative.build import build_narrative
from budgets.narrative.document_json import load_chart
from budgets.renderers import charts
from budgets.renderers.booklet import Booklet
from budgets.storage.dossier_json import parse_dossier
from tests.samples import document

SAMPLE = "112001"


@pytest.fixture(scope="module")
def report() -> Dossier:
    codes = classification("2024")
    earlier = tuple(parse_dossier(document(SAMPLE, year), codes) for year in (2022, 2021))
    return replace(parse_dossier(document(SAMPLE), codes), earlier=earlier)


def test_publication(timed: Callable[..., None], report: Dossier) -> None:
    def publish() -> None:
        charts._svg.cache_clear()
        charts._png.cache_clear()
        public = redact(replace(report))
        sheets, text = build_tables(public), build_narrative(public)
        pictures = [*text.charts, *map(load_chart, summarise(public)["charts"])]
        whole = Booklet(title=text.title, department="", document=text, sheets=sheets)
        assert list(export(public, sheets=sheets, revision=1))
        assert list(documents(file_stem(public), whole.manuscript, pictures))

    timed("publication", SAMPLE, publish)
