"""XYR-1: a restated comparative has its reason and adds up; an unrestated one is last year's own."""

from dataclasses import replace

from budgets.checks.xyr_1 import RestatedWithReason
from budgets.domain.address import Address
from budgets.domain.choices import Severity, Use
from budgets.domain.figures import compare_with_last_year
from budgets.domain.findings import CheckSettings
from budgets.domain.schema import Expenditure, ExpenditureLine, RestatedComparatives, RestatedFigure
from tests.examples import archived, dossier, wan
from tests.final_examples import final, spent

ALL = ("basic.operating", "basic", "total")
"""What is restated where last year knows 公用经费 alone, so that it adds up."""


def restated(reason="职能划出", **amounts):
    """``amounts`` in 万元 by key of the figure, ``_`` for the dot."""
    return RestatedComparatives(
        figures=tuple(
            RestatedFigure(figure=key.replace("_", "."), amount=wan(value), reason=reason)
            for key, value in amounts.items()
        )
    )


def report(reason="", figures=ALL, earlier=True):
    rows = tuple(
        RestatedFigure(figure=figure, amount=wan("110"), reason=reason if figure == figures[0] else "划出")
        for figure in figures
    )
    return dossier(
        parts={RestatedComparatives: RestatedComparatives(figures=rows)},
        earlier=(archived(2022, operating="119.45"),) if earlier else (),
    )


def found(*args, **changes):
    return list(RestatedWithReason().run(report(*args, **changes), CheckSettings()))


def sums(last, **amounts):
    """Findings of what does not add up; ``last`` are last year's amounts in 万元."""
    earlier = (archived(2022, **last),) if last else ()
    this = dossier(parts={RestatedComparatives: restated(**amounts)}, earlier=earlier)
    return list(RestatedWithReason().run(this, CheckSettings()))


def test_a_restated_figure_without_a_reason():
    (finding,) = found()
    assert finding.severity == Severity.WARNING
    assert finding.address == Address("restated", "basic.operating", "reason")
    assert (finding.expected, finding.actual, finding.difference) == (
        wan("119.45"),
        wan("110"),
        wan("-9.45"),
    )
    assert "110.00 万元" in finding.message
    assert "119.45 万元" in finding.message


def test_with_its_reason_it_is_silent():
    assert found("职能划出，按本年口径调整") == []


def test_without_last_years_report_there_is_no_published_figure():
    (finding,) = found(earlier=False)
    assert finding.expected is None
    assert finding.difference is None
    assert "没有上年编报" in finding.message


def test_a_figure_that_is_none_is_passed_over():
    assert found(figures=("unheard-of",)) == []


def test_last_years_figure_is_read_from_last_years_report():
    this = dossier(earlier=(archived(2022, operating="119.45"),))
    (comparison,) = [c for c in compare_with_last_year(this) if c.figure.key == "basic.operating"]
    assert comparison.previous == comparison.published == wan("119.45")
    (comparison,) = [c for c in compare_with_last_year(report()) if c.figure.key == "basic.operating"]
    assert (comparison.previous, comparison.published) == (wan("110"), wan("119.45"))


def test_figures_that_only_final_accounts_have_are_held_to_the_same():
    entered = RestatedFigure(figure="fiscal.spent", amount=wan("4"), reason="")
    this = final(
        spent("2010350", "5"),
        last=final(spent("2010350", "6")),
        parts={RestatedComparatives: RestatedComparatives(figures=(entered,))},
    )
    (finding,) = RestatedWithReason().run(this, CheckSettings())
    assert (finding.place, finding.expected, finding.actual) == ("财政拨款支出", wan("6"), wan("4"))


LAST = {"personnel": "30", "operating": "10", "project": "60"}


def test_a_part_that_is_restated_alone_does_not_add_up_to_the_whole():
    (finding,) = sums(LAST, basic_operating="4")
    assert finding.severity == Severity.ERROR
    assert finding.place == "基本支出"
    assert finding.address.on_page == Address("restated", "basic", "amount")
    assert finding.anchor == "f-restated-basic-amount"
    assert (finding.expected, finding.actual, finding.difference) == (wan("34"), wan("40"), wan("6"))
    for said in (
        "34.00 万元",
        "40.00 万元",
        "相差 6.00 万元",
        "公用经费 4.00 万元（调整后）",
        "人员经费 30.00 万元",
    ):
        assert said in finding.message


def test_a_whole_that_is_restated_alone_does_not_have_the_sum_of_its_parts():
    (basic, total) = sorted(sums(LAST, basic="34"), key=lambda finding: finding.place)
    assert (basic.place, basic.expected, basic.actual) == ("基本支出", wan("40"), wan("34"))
    assert (total.place, total.expected, total.actual) == ("支出总计", wan("94"), wan("100"))


def test_parts_that_are_restated_with_their_whole_add_up():
    assert sums(LAST, basic_operating="4", basic="34", total="94") == []
    assert sums({}, total="100", basic="40", project="60") == []


def test_both_restated_and_not_adding_up_is_found_without_last_years_report_too():
    (finding,) = sums({}, total="100", basic="40", project="50")
    assert (finding.expected, finding.actual, finding.difference) == (wan("90"), wan("100"), wan("10"))


def test_of_a_bare_total_only_what_is_entered_for_all_parts_is_added_up():
    assert sums({"unspecified": "1000"}, basic="400") == []
    assert sums({"unspecified": "1000"}, basic="400", project="600") == []
    (finding,) = sums({"unspecified": "1000"}, basic="400", project="590")
    assert (finding.place, finding.difference) == ("支出总计", wan("10"))


def test_other_uses_than_basic_and_project_belong_to_the_total():
    def with_other(total):
        last = archived(2022, **LAST)
        lines = (*last.part(Expenditure).lines, ExpenditureLine(key="o", use=Use.COMMERCIAL, amount=wan("5")))
        last = replace(last, parts={**last.parts, Expenditure: Expenditure(lines=lines)})
        parts = {RestatedComparatives: restated(basic_operating="4", basic="34", total=total)}
        return list(RestatedWithReason().run(dossier(parts=parts, earlier=(last,)), CheckSettings()))

    assert with_other("99") == []
    (finding,) = with_other("94")
    assert (finding.expected, finding.difference) == (wan("99"), wan("-5"))
    assert "其他支出 5.00 万元" in finding.message


def test_rounding_to_wan_is_said_and_no_error():
    (finding,) = sums(LAST, basic_operating="4", basic="34.01", total="94.01")
    assert (finding.severity, finding.difference) == (Severity.INFO, 100)
    assert "尾差" in finding.message


def test_items_of_three_public_add_up():
    items = ("overseas", "purchase", "running", "reception")
    rows = [("three_public", "5"), *((f"three_public.{item}", "1") for item in items)]
    figures = tuple(RestatedFigure(figure=k, amount=wan(v), reason="划出") for k, v in rows)
    this = dossier(parts={RestatedComparatives: RestatedComparatives(figures=figures)})
    (finding,) = RestatedWithReason().run(this, CheckSettings())
    assert (finding.place, finding.expected, finding.actual) == ("“三公”经费", wan("4"), wan("5"))


def test_nothing_restated_is_never_held_to_add_up():
    assert sums(LAST) == []


def test_a_reason_is_asked_for_beside_what_last_years_report_does_not_tell():
    this = dossier(
        parts={RestatedComparatives: restated("", basic="5")}, earlier=(archived(2022, unspecified="9"),)
    )
    (finding,) = RestatedWithReason().run(this, CheckSettings())
    assert finding.expected is None
    assert "上年编报没有单列" in finding.message
