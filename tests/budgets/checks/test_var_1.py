"""VAR-1: which changes against last year need a reason, and which do not."""

from dataclasses import replace

import pytest

from budgets.checks.var_1 import ChangeExplained
from budgets.choices import HistoryMeasure, Severity, Use
from budgets.facts import (
    Application,
    Expenditure,
    ExpenditureLine,
    Explanation,
    Explanations,
    History,
    HistoryEntry,
    RestatedComparatives,
    RestatedFigure,
)
from budgets.findings import CheckSettings
from budgets.sheets import Field
from tests.examples import archived, dossier, operating, project, wan

LAST = {"personnel": "751.01", "operating": "119.45", "project": "3917.3"}


def lines(**amounts):
    codes = {
        "personnel": (Use.BASIC, "30101"),
        "operating": (Use.BASIC, "30201"),
        "project": (Use.PROJECT, ""),
    }
    return Expenditure(
        lines=tuple(
            ExpenditureLine(
                key=f"e{i}",
                use=codes.get(name, (Use.BASIC, name[1:]))[0],
                economic=codes.get(name, (Use.BASIC, name[1:]))[1],
                amount=wan(amount),
            )
            for i, (name, amount) in enumerate(amounts.items())
        )
    )


def report(reasons=(), earlier=None, restated=(), **amounts):
    return dossier(
        parts={
            Expenditure: lines(**amounts),
            Explanations: Explanations(
                reasons=tuple(Explanation(figure=f, text="事出有因") for f in reasons)
            ),
            RestatedComparatives: RestatedComparatives(
                figures=tuple(RestatedFigure(figure=f, amount=wan(a)) for f, a in restated)
            ),
        },
        earlier=(earlier or archived(2022, **LAST),),
    )


def found(report, **options):
    return list(ChangeExplained().run(report, CheckSettings(options=options)))


def test_large_changes_of_published_figures_need_reasons():
    findings = found(report(personnel="849.86", operating="117.57", project="2106.1"))
    assert [f.anchor for f in findings] == [
        "f-explanations-total-text",
        "f-explanations-basic-text",
        "f-explanations-basic.personnel-text",
        "f-explanations-project-text",
    ]
    total = findings[0]
    assert total.severity == Severity.ERROR
    assert total.section == "explanations"
    assert (total.expected, total.actual, total.difference) == (
        wan("4787.76"),
        wan("3073.53"),
        wan("-1714.23"),
    )
    assert "减少 1,714.23 万元（35.80%）" in total.message


def test_reasons_settle_them():
    reasons = ("total", "basic", "basic.personnel", "project")
    assert found(report(reasons, personnel="849.86", operating="117.57", project="2106.1")) == []


def test_a_change_within_the_threshold_needs_none():
    last = archived(2022, personnel="249", operating="26.01", project="6497.24")
    this = report(personnel="273", operating="26.04", project="6624.9", earlier=last)
    assert found(this) == []


@pytest.mark.parametrize(
    ("last", "this", "is_found"),
    [
        ("9", "9.99", False),
        ("10", "11", False),
        ("10", "11.01", True),
        ("0.01", "1", False),
        ("100", "109", False),
    ],
)
def test_both_the_rate_and_the_amount_have_to_be_exceeded(last, this, is_found):
    findings = found(report(operating=this, earlier=archived(2022, operating=last)))
    assert bool(findings) == is_found


def test_a_locality_sets_its_own_thresholds():
    this = report(operating="104", earlier=archived(2022, operating="100"))
    assert found(this) == []
    assert "超过 3% 和 2.00 万元" in found(this, rate=3, amount=20000)[0].message


def test_a_zero_base_is_judged_by_the_amount_and_prints_no_rate():
    last = archived(2022, personnel="10")
    (finding,) = [
        f for f in found(report(personnel="10", operating="2", earlier=last)) if f.place == "公用经费"
    ]
    assert "增加 2.00 万元，" in finding.message


def test_a_zero_that_last_years_report_is_too_coarse_to_tell_is_no_base():
    findings = found(report(personnel="10", _30231="3", earlier=archived(2022, unspecified="13")))
    assert findings == []


def test_coarse_lines_elsewhere_leave_a_zero_a_zero():
    findings = found(report(personnel="10", _30231="3", earlier=archived(2022, personnel="13")))
    assert {"公用经费", "“三公”经费", "公务用车运行维护费"} <= {f.place for f in findings}


def test_a_restated_comparative_is_the_base():
    this = report(
        operating="20", earlier=archived(2022, operating="10"), restated=[("basic.operating", "20")]
    )
    assert "公用经费" not in [f.place for f in found(this)]


def test_without_last_years_report_there_is_nothing_to_compare():
    assert found(dossier()) == []
    assert found(dossier(earlier=(archived(2021, personnel="1"),))) == []


def test_an_empty_report_of_last_year_says_nothing():
    assert found(dossier(earlier=(archived(2022),))) == []


def changed(amount, reason="", measure=HistoryMeasure.BUDGET):
    past = HistoryEntry(year=2022, measure=measure, amount=None if amount is None else wan(amount))
    history = History(entries=(past,))
    return dossier(project(history=history, application=Application(change_reason=reason)))


def test_a_project_that_changed_needs_its_own_reason():
    (finding,) = found(changed("128.3"))
    assert finding.section == "project:zhyw"
    assert finding.field == Field("application", "change_reason")
    assert (finding.expected, finding.actual) == (wan("128.3"), wan("39"))


@pytest.mark.parametrize(
    "case", [("128.3", "缩减内容"), ("39", ""), (None, ""), ("128.3", "", HistoryMeasure.FINAL)]
)
def test_projects_that_stay_silent(case):
    assert found(changed(*case)) == []


def test_last_years_report_says_what_a_project_had():
    last = replace(archived(2022), projects=(operating("zhyw"),))
    this = dossier(project(application=Application()), earlier=(last,))
    (finding,) = [f for f in found(this) if f.section == "project:zhyw"]
    assert finding.expected == wan("2.5")
