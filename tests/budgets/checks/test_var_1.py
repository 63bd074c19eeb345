"""VAR-1: which changes against last year need a reason, and which do not."""

from dataclasses import replace

import pytest

from budgets.checks.var_1 import ChangeExplained
from budgets.domain.address import Address
from budgets.domain.choices import HistoryMeasure, ReportKind, Severity, Use
from budgets.domain.findings import CheckSettings
from budgets.domain.schema import (
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
from tests.examples import archived, dossier, header, operating, project, wan
from tests.final_examples import final, spent

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
    assert total.address.object == "explanations"
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


def test_of_what_last_year_knows_in_part_nothing_is_asked():
    last = archived(2022, unspecified="1000")
    basic = ExpenditureLine(key="some", use=Use.BASIC, amount=wan("5"))
    last = replace(last, parts={Expenditure: Expenditure(lines=(*last.part(Expenditure).lines, basic))})
    this = report(personnel="64.17", project="900", earlier=last)
    assert found(this) == []
    given = Explanations(reasons=(Explanation(figure="basic", text="人员增加", change=wan("-9")),))
    assert found(replace(this, parts={**this.parts, Explanations: given})) == []
    (finding,) = found(report(personnel="64.17", project="900", earlier=last, restated=[("basic", "5")]))
    assert (finding.place, finding.expected, finding.actual) == ("基本支出", wan("5"), wan("64.17"))


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


def with_reason(change, figure="basic.operating", **options):
    """公用经费 from 100 to 150 万元, with a reason that was given for ``change`` 万元."""
    reason = Explanation(figure=figure, text="新租用房", change=None if change is None else wan(change))
    others = tuple(Explanation(figure=key, text="新租用房") for key in ("total", "basic"))
    this = report(operating="150", earlier=archived(2022, operating="100"))
    parts = {**this.parts, Explanations: Explanations(reasons=(*others, reason))}
    return found(replace(this, parts=parts), **options)


@pytest.mark.parametrize("change", [None, "50", "49.5", "46"])
def test_a_reason_stands_for_about_the_change_that_it_was_given_for(change):
    """Within the threshold of a change; or where it was not noted what it was given for."""
    assert with_reason(change) == []


@pytest.mark.parametrize("change", ["20", "-50", "-0.01", "0", "80"])
def test_a_reason_for_another_change_is_to_be_confirmed(change):
    (finding,) = with_reason(change)
    assert (finding.severity, finding.field) == (
        Severity.ERROR,
        Address("explanations", "basic.operating", "text"),
    )
    assert (finding.expected, finding.actual) == (wan(change), wan("50"))
    assert "现在增加 50.00 万元；金额已变，请重新确认" in finding.message


def test_which_way_it_went_is_said():
    assert "公用经费的原因是按减少 50.00 万元写的" in with_reason("-50")[0].message
    assert "按没有变动写的" in with_reason("0")[0].message


def test_the_threshold_of_another_change_is_the_localitys():
    assert with_reason("20", rate=200) == []
    assert with_reason("49.5", rate=1, amount=100) != []


def test_a_reason_for_a_change_that_is_none_any_more_is_left_alone():
    reason = Explanation(figure="basic.operating", text="新租用房", change=wan("50"))
    this = report(operating="100", earlier=archived(2022, operating="100"))
    assert found(replace(this, parts={**this.parts, Explanations: Explanations(reasons=(reason,))})) == []


def test_a_reason_beside_the_budget_is_for_what_was_missing_then():
    def completed(amount):
        reason = Explanation(figure="completion.2010350", text="一人退休", change=wan("-20"))
        parts = {Explanations: Explanations(reasons=(reason,))}
        return found(final(spent("2010350", amount), budget=[("2010350", "100")], parts=parts))

    assert completed("80") == [] and completed("79.5") == []
    (finding,) = completed("130")
    assert "按比年初预算少 20.00 万元写的，现在比年初预算多 30.00 万元" in finding.message
    assert completed("0") == [], "nothing was entered: it waits"


def changed(amount, reason="", measure=HistoryMeasure.BUDGET):
    past = HistoryEntry(year=2022, measure=measure, amount=None if amount is None else wan(amount))
    history = History(entries=(past,))
    return dossier(project(history=history, application=Application(change_reason=reason)))


def test_a_project_that_changed_needs_its_own_reason():
    (finding,) = found(changed("128.3"))
    assert finding.address.project == "zhyw"
    assert finding.address.on_page == Address("application", field="change_reason")
    assert (finding.expected, finding.actual) == (wan("128.3"), wan("39"))


@pytest.mark.parametrize(
    "case", [("128.3", "缩减内容"), ("39", ""), (None, ""), ("128.3", "", HistoryMeasure.FINAL)]
)
def test_projects_that_stay_silent(case):
    assert found(changed(*case)) == []


def test_last_years_report_says_what_a_project_had():
    last = replace(archived(2022), projects=(operating("zhyw"),))
    this = dossier(project(application=Application()), earlier=(last,))
    (finding,) = [f for f in found(this) if f.address.project == "zhyw"]
    assert finding.expected == wan("2.5")


def place_of(report, **options):
    return {f.place: f for f in found(report, **options)}


def test_what_was_not_done_as_budgeted_needs_a_reason():
    lines_ = [spent("2080506", "53.60"), spent("2101101", "33.84"), spent("2210201", "70.14")]
    budget = [("2080506", "54.12"), ("2101101", "34.27"), ("2210201", "70.14")]
    findings = place_of(final(*lines_, budget=budget))
    assert set(findings) == {"2080506 机关事业单位职业年金缴费支出", "2101101 行政单位医疗"}
    finding = findings["2101101 行政单位医疗"]
    assert finding.severity == Severity.ERROR
    assert finding.address.on_page == Address("explanations", "completion.2101101", "text")
    assert (finding.expected, finding.actual, finding.difference) == (
        wan("34.27"),
        wan("33.84"),
        wan("-0.43"),
    )
    assert "完成 98.75%" in finding.message
    reasons = Explanations(
        reasons=tuple(
            Explanation(figure=f"completion.{code}", text="一人退休") for code in ("2080506", "2101101")
        )
    )
    assert place_of(final(*lines_, budget=budget, parts={Explanations: reasons})) == {}


def test_completion_is_judged_as_it_is_printed_and_within_the_localitys_tolerance():
    nearly = final(spent("2010350", "999.96"), budget=[("2010350", "1000")])
    assert place_of(nearly) == {}
    missed = final(spent("2010350", "99.4"), budget=[("2010350", "100")])
    assert place_of(missed) != {}
    assert place_of(missed, completion=1) == {}


def test_what_was_not_budgeted_at_all_needs_a_reason_and_has_no_rate():
    (finding,) = place_of(final(spent("2010350", "0.5"), budget=[("2210201", "0")])).values()
    assert finding.place.startswith("2010350")
    assert "完成 " not in finding.message


def test_three_public_beside_the_adjusted_budget_where_the_total_may_give_the_reason():
    lines_ = [spent("2010350", "0.36", economic="30231", adjusted="0.5")]
    this = final(*lines_, budget=[("2010350", "0.36")])
    (finding,) = place_of(this).values()
    assert finding.address.on_page == Address("explanations", "completion.three_public.running", "text")
    reasons = Explanations(reasons=(Explanation(figure="completion.three_public", text="少用一辆车"),))
    assert place_of(replace(this, parts={**this.parts, Explanations: reasons})) == {}


def test_final_accounts_without_a_budget_are_compared_with_last_years_alone():
    this = replace(final(spent("2010350", "5"), last=final(spent("2010350", "20"))), budget=None)
    assert {f.place for f in found(this)} == {
        *("本年支出合计", "基本支出", "人员经费"),
        *("财政拨款支出", "一般公共预算财政拨款支出"),
    }
    reasons = Explanations(
        reasons=tuple(
            Explanation(figure=key, text="两个内设机构撤并") for key in ("total", "basic", "basic.personnel")
        )
    )
    assert found(replace(this, parts={**this.parts, Explanations: reasons})) == []


def test_a_project_of_final_accounts_is_compared_with_its_final_accounts():
    last = replace(
        final(),
        header=header(2023, "dongxihu_final_2024", kind=ReportKind.FINAL),
        projects=(operating("zhyw"),),
    )
    this = replace(final(), projects=(project(application=Application()),), earlier=(last,), budget=None)
    (finding,) = [f for f in found(this) if f.address.project == "zhyw"]
    assert finding.expected == wan("2.5")
    history = History(entries=(HistoryEntry(year=2023, measure=HistoryMeasure.BUDGET, amount=wan("1")),))
    this = replace(this, projects=(project(application=Application(), history=history),), earlier=())
    assert [f for f in found(this) if f.address.project == "zhyw"] == []
