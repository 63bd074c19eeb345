"""XYR-1: a restated comparative has its reason; an unrestated one is last year's own."""

from budgets.checks.xyr_1 import RestatedWithReason
from budgets.choices import Severity
from budgets.facts import RestatedComparatives, RestatedFigure
from budgets.figures import compare_with_last_year
from budgets.findings import CheckSettings
from budgets.sheets import Field
from tests.examples import archived, dossier, wan
from tests.finals import final, spent


def report(reason="", figure="basic.operating", earlier=True):
    restated = RestatedFigure(figure=figure, amount=wan("110"), reason=reason)
    return dossier(
        parts={RestatedComparatives: RestatedComparatives(figures=(restated,))},
        earlier=(archived(2022, operating="119.45"),) if earlier else (),
    )


def found(*args, **changes):
    return list(RestatedWithReason().run(report(*args, **changes), CheckSettings()))


def test_a_restated_figure_without_a_reason():
    (finding,) = found()
    assert finding.severity == Severity.WARNING
    assert (finding.section, finding.field) == ("explanations", Field("restated/basic.operating", "reason"))
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
    assert found(figure="unheard-of") == []


def test_last_years_figure_is_read_from_last_years_report():
    this = dossier(earlier=(archived(2022, operating="119.45"),))
    (comparison,) = [c for c in compare_with_last_year(this) if c.figure.key == "basic.operating"]
    assert comparison.previous == comparison.published == wan("119.45")
    (restated,) = [c for c in compare_with_last_year(report()) if c.figure.key == "basic.operating"]
    assert (restated.previous, restated.published) == (wan("110"), wan("119.45"))


def test_figures_that_only_final_accounts_have_are_held_to_the_same():
    restated = RestatedFigure(figure="fiscal.spent", amount=wan("4"), reason="")
    this = final(
        spent("2010350", "5"),
        last=final(spent("2010350", "6")),
        parts={RestatedComparatives: RestatedComparatives(figures=(restated,))},
    )
    (finding,) = RestatedWithReason().run(this, CheckSettings())
    assert (finding.place, finding.expected, finding.actual) == ("财政拨款支出", wan("6"), wan("4"))
