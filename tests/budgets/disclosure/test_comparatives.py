"""A figure is compared with what is wholly known of last year, or with what is entered in its place; else with nothing."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from budgets.disclosure.summary import summarise
from budgets.domain.choices import Fund, ReportKind, Status, Use
from budgets.domain.dossier import Dossier
from budgets.domain.figures import FIGURES, FINAL_FIGURES, compare_with_last_year, headline
from budgets.domain.ledger import Filter, Ledger, Line
from budgets.domain.schema import Expenditure, ExpenditureLine, RestatedComparatives, RestatedFigure
from tests.examples import dossier, header, wan
from tests.strategies import dossiers, ledgers

IN_PART = (
    ExpenditureLine(key="all", use=Use.UNSPECIFIED, amount=wan("1000")),
    ExpenditureLine(key="some", use=Use.BASIC, amount=wan("5")),
)


def last_year(*spent: ExpenditureLine) -> Dossier:
    return Dossier(header(2022, status=Status.ARCHIVED), {Expenditure: Expenditure(lines=spent)})


def restated(**amounts: str) -> RestatedComparatives:
    """``amounts`` in 万元 by key of the figure, ``_`` for the dot."""
    return RestatedComparatives(
        figures=tuple(
            RestatedFigure(figure=key.replace("_", "."), amount=wan(value), reason="职能划出")
            for key, value in amounts.items()
        )
    )


def compared(report: Dossier) -> dict[str, Decimal]:
    """Changes in 元 by figure."""
    return {c.figure.key: c.change for c in compare_with_last_year(report)}


def test_of_a_bare_total_and_a_part_only_the_total_is_compared():
    this = dossier(earlier=(last_year(*IN_PART),))
    assert compared(this) == {"total": wan("48") - wan("1005")}


def test_a_use_without_codes_is_compared_and_what_is_of_it_is_not():
    last = last_year(
        ExpenditureLine(key="b", use=Use.BASIC, amount=wan("40")),
        ExpenditureLine(key="p", use=Use.PROJECT, amount=wan("9")),
    )
    assert compared(dossier(earlier=(last,))) == {
        "total": wan("-1"),
        "basic": wan("8"),
        "project": wan("-9"),
    }


def test_a_coarse_amount_of_nothing_hides_nothing():
    nothing = ExpenditureLine(key="n", use=Use.UNSPECIFIED, amount=Decimal(0))
    spent = ExpenditureLine(key="s", use=Use.BASIC, economic="30201", amount=wan("8"))
    assert len(compared(dossier(earlier=(last_year(nothing, spent),)))) == len(FIGURES)


def test_what_cancels_out_is_still_known_in_part():
    both = [ExpenditureLine(key=f"k{n}", use=Use.UNSPECIFIED, amount=wan(n)) for n in ("7", "-7")]
    spent = ExpenditureLine(key="s", use=Use.BASIC, economic="30201", amount=wan("8"))
    assert set(compared(dossier(earlier=(last_year(*both, spent),)))) == {"total"}


def test_a_restated_figure_is_known_whatever_last_years_report_has():
    parts = {RestatedComparatives: restated(basic="50")}
    this = dossier(earlier=(last_year(*IN_PART),))
    this = replace(this, parts={**this.parts, **parts})
    [basic] = [c for c in compare_with_last_year(this) if c.figure.key == "basic"]
    assert (basic.previous, basic.published, basic.change) == (wan("50"), None, wan("-2"))
    alone = replace(this, earlier=())
    assert compared(alone) == {"basic": wan("-2")}


def test_the_summary_has_both_figures_and_the_reason():
    last = last_year(ExpenditureLine(key="b", use=Use.BASIC, amount=wan("49.44")))
    this = dossier(earlier=(last,))
    this = replace(this, parts={**this.parts, RestatedComparatives: restated(basic="13.44")})
    figures = summarise(this)["figures"]
    assert figures["basic"] == {
        "title": "基本支出",
        "amount": "480000.00",
        "previous": "134400.00",
        "published": "494400.00",
        "restated_reason": "职能划出",
    }
    assert figures["total"]["previous"] == figures["total"]["published"] == "494400.00"
    assert figures["total"]["restated_reason"] is None
    assert figures["basic.personnel"]["previous"] is figures["basic.personnel"]["published"] is None


def test_an_archived_reports_own_part_is_compared_with_nothing():
    last = last_year(ExpenditureLine(key="b", use=Use.BASIC, economic="30201", amount=wan("1")))
    this = replace(last_year(*IN_PART), earlier=(replace(last, header=header(2021)),))
    assert set(compared(this)) == {"total"}


# --- properties -----------------------------------------------------------------------------------

_CODES = ("30101", "30201", "30212", "30217", "30231", "30302", "30913", "31002", "31013", "39999")


def could_count(line: Line, filter: Filter) -> set[bool]:
    """Whether ``line`` counts, for every use and 款 that it may turn out to be of."""
    uses = [use for use in Use if use != Use.UNSPECIFIED] if line.use == Use.UNSPECIFIED else [line.use]
    codes = [line.economic] if len(line.economic) == 5 else _CODES
    return {
        filter.matches(replace(line, use=use, economic=code))
        for use in uses
        for code in codes
        if code.startswith(line.economic)
    }


@given(ledgers(), st.sampled_from([*FIGURES, *FINAL_FIGURES]))
def test_a_figure_is_known_where_no_amount_could_turn_out_either_way(ledger, figure):
    spent = Ledger(tuple(line for line in ledger if line.flow in figure.filter.flow))
    either = any(len(could_count(line, figure.filter)) > 1 for line in spent if line.amount)
    assert spent.knows(figure.filter) == (len(spent) > 0 and not either)


@given(dossiers(), dossiers(kind=ReportKind.FINAL, profile="dongxihu_final_2024"))
def test_nothing_is_frozen_of_what_is_known_in_part(budget, final):
    for report in (budget, final):
        entered = {f.figure for f in report.part(RestatedComparatives).figures}
        figures = summarise(report)["figures"]
        for figure in headline(report.header.kind):
            spent = report.previous.ledger.where(flow=figure.filter.flow) if report.previous else ()
            in_part = [line for line in spent if line.amount and len(could_count(line, figure.filter)) > 1]
            if in_part and figure.key not in entered:
                assert figures[figure.key]["previous"] is None
            if in_part:
                assert figures[figure.key]["published"] is None


@st.composite
def coarsened(draw: st.DrawFn) -> tuple[tuple[ExpenditureLine, ...], tuple[ExpenditureLine, ...]]:
    """Lines with use and 款, and the same with some uses and codes left out."""
    fine = tuple(
        ExpenditureLine(
            key=f"l{number}",
            use=draw(st.sampled_from([use for use in Use if use != Use.UNSPECIFIED])),
            fund=draw(st.sampled_from([Fund.GENERAL, Fund.OTHER])),
            economic=draw(st.sampled_from(_CODES)),
            amount=Decimal(draw(st.integers(-9, 9))),
        )
        for number in range(draw(st.integers(1, 5)))
    )
    coarse = tuple(
        replace(
            line,
            use=draw(st.sampled_from([line.use, Use.UNSPECIFIED])),
            economic=line.economic[: draw(st.sampled_from([0, 3, 5]))],
        )
        for line in fine
    )
    return fine, coarse


@given(coarsened())
def test_a_coarser_last_year_makes_the_same_change_or_none(years):
    fine, coarse = (compared(dossier(earlier=(last_year(*each),))) for each in years)
    assert coarse.items() <= fine.items()
    assert coarse["total"] == fine["total"]
