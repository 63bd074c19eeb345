"""Each case that the catalogue takes from 000, 001 and 004: found in the report as printed, or held by no field."""

from __future__ import annotations

from copy import deepcopy
from functools import cache

import pytest

from budgets.domain.dossier import Dossier
from budgets.domain.findings import Finding
from budgets.domain.problems import ImportRefused
from budgets.domain.profile import run_checks
from budgets.exchange.importing import check_document

from . import variants
from .cases import BEYOND, CASES, CATALOGUE, Beyond, Found, Impossible, rule_of
from .edits import changed

PRINTED = {"000": variants.printed_000, "001": variants.printed_001, "004": variants.printed_004}
MENDED = {"000": variants.mended_000, "001": variants.mended_001, "004": variants.mended_004}
SAMPLES = {"000": ("112001", 2023), "001": ("344001", 2022), "004": ("112001", 2024, "final")}


@cache
def printed(document: str) -> tuple[Dossier, list[Finding]]:
    report = PRINTED[document]()
    return report, run_checks(report)


def matching(rule: str, case: Found, findings: list[Finding]) -> list[Finding]:
    return [
        finding
        for finding in findings
        if finding.rule == rule
        and finding.severity == case.severity
        and (not case.section or finding.section == case.section)
        and case.says in finding.message
    ]


def cases(kind: type) -> list[tuple[str, str]]:
    return [
        (document, name)
        for document in CASES
        for name, case in CASES[document].items()
        if isinstance(case, kind)
    ]


def test_every_case_of_the_catalogue_is_in_one_group() -> None:
    for document, names in CATALOGUE.items():
        assert set(names) == set(CASES[document])
        assert len(names) == len(set(names))
    groups = [*cases(Found), *cases(Impossible)]
    assert len(groups) == len(set(groups)) == sum(map(len, CATALOGUE.values()))


@pytest.mark.parametrize(("document", "name"), cases(Found))
def test_it_is_found(document: str, name: str) -> None:
    case = CASES[document][name]
    assert isinstance(case, Found)
    found = matching(rule_of(name), case, printed(document)[1])
    assert found, f"{name}: {case.says}"
    assert case.count is None or len(found) == case.count
    assert all(finding.field is not None for finding in found)


@pytest.mark.parametrize(("document", "name"), cases(Impossible))
def test_no_field_holds_it(document: str, name: str) -> None:
    case = CASES[document][name]
    assert isinstance(case, Impossible)
    data = variants.read(*SAMPLES[document])
    check_document(deepcopy(data))
    case.attempt(data)
    with pytest.raises(ImportRefused):
        check_document(data)


@pytest.mark.parametrize("case", BEYOND, ids=lambda case: case.found.case)
def test_cases_of_other_documents_are_found_too(case: Beyond) -> None:
    report = variants.mended_000()
    assert matching(case.rule, case.found, run_checks(report)) == []
    assert matching(case.rule, case.found, run_checks(changed(report, *case.change)))


@pytest.mark.parametrize("document", CASES)
def test_mended_nothing_is_found(document: str) -> None:
    assert [(f.rule, f.section, f.message) for f in run_checks(MENDED[document]())] == []


def test_the_table(capsys: pytest.CaptureFixture[str]) -> None:
    rows = [row for document in CASES for row in table(document)]
    with capsys.disabled():
        print("\n" + "\n".join(rows))
    assert len(rows) == sum(map(len, CATALOGUE.values()))


def table(document: str) -> list[str]:
    """Rule, document, case, and where and how it was found or why it cannot be entered."""
    findings = printed(document)[1]
    rows = []
    for name, case in CASES[document].items():
        if isinstance(case, Impossible):
            said = f"不可能：{case.why}"
        else:
            first, *others = matching(rule_of(name), case, findings)
            more = f"（另 {len(others)} 处）" if others else ""
            said = f"{first.severity.label}｜{first.place}｜{first.message}{more}"
        rows.append(f"{rule_of(name)}｜{document}｜{case.case}｜{said}")
    return rows
