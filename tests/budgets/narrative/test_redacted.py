"""A withheld project: its amount stands under the common name, as in 项目支出表, and nothing else is told of it."""

from __future__ import annotations

import pytest

from budgets.analysis.redaction import redact
from budgets.domain.choices import Disclosure
from budgets.domain.dossier import Dossier
from budgets.narrative.build import build_narrative
from tests.catalogue import variants
from tests.catalogue.edits import changed, identity

SECRET = {"000": "general-affairs", "001": "intelligent-system", "004": "archive-digitisation"}
REPORTS = {"000": variants.printed_000, "001": variants.mended_001, "004": variants.mended_004}


def withholding(report: Dossier, key: str) -> Dossier:
    return redact(changed(report, identity(key, disclosure=Disclosure.WITHHELD)))


@pytest.mark.parametrize("name", REPORTS)
def test_nothing_is_told_but_the_amount(name):
    report, key = REPORTS[name](), SECRET[name]
    project = report.project(key)
    assert project is not None
    text = build_narrative(withholding(report, key)).text()
    told = [project.identity.name, project.application.purpose, project.application.plan]
    assert [words for words in told if words and words.strip("。") in text] == []
    assert "不予公开项目" in text


@pytest.mark.parametrize("name", REPORTS)
def test_totals_are_told_as_before(name):
    report = REPORTS[name]()
    document, public = build_narrative(report), build_narrative(withholding(report, SECRET[name]))
    for key in ("basic.basic", "three_public.total", "procurement.procurement"):
        before, after = document.sentence(key), public.sentence(key)
        assert before and after and before.text == after.text


def test_it_is_no_driver_of_a_change():
    public = build_narrative(withholding(variants.mended_001(), "intelligent-system"))
    sentence = public.sentence("project.projects")
    assert sentence is not None
    assert "其余" in sentence.text
    assert "不予公开项目" not in sentence.text
