"""A project's story: what each year says, where it comes from, and that it agrees with every report."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets.analysis.project_record import (
    Account,
    Aim,
    Outcome,
    Result,
    account,
    accounts,
    dump_account,
    parse_account,
)
from budgets.analysis.project_timeline import HEIGHT, tell, trend
from budgets.domain.choices import HistoryMeasure, ProjectCategory, ReportKind, Status
from budgets.domain.dossier import Classification, Dossier
from budgets.domain.schema import HistoryEntry
from budgets.storage.dossier_json import parse_dossier
from tests.project_years import document, project
from tests.strategies import YEAR, amounts, dossiers

PROFILES = {ReportKind.BUDGET: "dongxihu_2023", ReportKind.FINAL: "dongxihu_final_2024"}


def said(year: int, kind: ReportKind = ReportKind.BUDGET, **values) -> Account:
    given = {"key": "p", "department": "服务中心", "name": "项目", "category": ProjectCategory.SPECIFIC}
    amounts = {
        name: Decimal(values.pop(name)) for name in ("initial", "adjusted", "actual") if name in values
    }
    return Account(**{**given, "kind": kind, "year": year, **amounts, **values})


def final(year: int, **values) -> Account:
    return said(year, ReportKind.FINAL, **values)


def past(year: int, amount: str | None, measure: HistoryMeasure = HistoryMeasure.BUDGET) -> HistoryEntry:
    return HistoryEntry(year=year, measure=measure, amount=None if amount is None else Decimal(amount))


def years(*accounts: Account) -> dict:
    return {year.year: year for year in tell(accounts).years}


# --- one year -------------------------------------------------------------------------------------


def test_nothing_said_is_no_story():
    assert tell([]) is None


def test_a_year_takes_each_figure_from_the_report_that_says_it():
    budget, settled = said(2024, initial="100"), final(2024, initial="99", adjusted="90", actual="45")
    year = years(settled, budget)[2024]
    assert (year.initial.account, year.adjusted.account, year.actual.account) == (budget, settled, settled)
    assert year.initial.amount == 100
    assert (year.rate, year.basis) == (Decimal("50.00"), "全年预算")
    assert [(s.account, s.measures) for s in year.sources] == [
        (budget, ("年初预算",)),
        (settled, ("全年预算", "决算")),
    ]


def test_without_a_budget_the_final_accounts_say_what_it_was():
    year = years(final(2024, initial="80", actual="20"))[2024]
    assert year.initial.amount == 80
    assert (year.rate, year.basis) == (Decimal("25.00"), "年初预算")


@pytest.mark.parametrize("planned", [{}, {"adjusted": "0"}, {"initial": "0"}])
def test_there_is_no_rate_without_a_budget(planned):
    assert years(final(2024, actual="10", **planned))[2024].rate is None


def test_goals_are_the_final_accounts_and_before_them_the_budgets():
    planned = Outcome(aims=(Aim(results=(Result(name="次数", target="4"),)),))
    done = Outcome(aims=(Aim(results=(Result(name="次数", target="4", actual="3"),)),), score=Decimal("90"))
    budget = said(2024, initial="1", outcome=planned)
    assert years(budget)[2024].outcome == planned
    assert years(budget, final(2024, actual="1"))[2024].outcome == planned
    year = years(budget, final(2024, actual="1", outcome=done))[2024]
    assert (year.outcome, year.score) == (done, 90)


def test_reasons_are_told_once_and_in_order():
    budget, settled = said(2024, initial="1", reason="多办"), final(2024, actual="1", reason="少办")
    assert [r.text for r in years(budget, settled)[2024].reasons] == ["多办", "少办"]
    assert len(years(budget, replace(settled, reason="多办"))[2024].reasons) == 1


# --- years that only others tell of ---------------------------------------------------------------


def test_a_year_without_a_report_is_known_from_later_ones():
    later = said(2023, initial="3", past=(past(2021, None), past(2022, "2", HistoryMeasure.EXECUTED)))
    found = years(later)
    assert (found[2021].absent, found[2021].accounts, found[2021].initial) == (later, (), None)
    assert [s.measures for s in found[2021].sources] == [("未立项",)]
    assert (found[2022].actual.amount, found[2022].actual.note) == (2, "执行数")
    assert found[2022].actual.account is later


def test_a_years_own_report_is_believed_before_later_ones():
    found = years(said(2022, initial="5"), said(2023, initial="3", past=(past(2022, "4"),)))
    assert found[2022].initial.amount == 5
    found = years(said(2022, initial="5"), said(2023, initial="3", past=(past(2022, None),)))
    assert found[2022].absent is None


def test_later_reports_fill_in_what_a_years_own_do_not_say():
    typed = past(2022, "4", HistoryMeasure.FINAL)
    year = years(said(2022, initial="5"), said(2023, initial="3", past=(typed,)))[2022]
    assert (year.initial.amount, year.actual.amount, year.actual.account.year) == (5, 4, 2023)


def test_of_two_later_reports_the_newer_is_believed():
    told = years(
        said(2023, initial="1", past=(past(2021, "7"),)), said(2022, initial="1", past=(past(2021, "6"),))
    )
    assert told[2021].initial.amount == 7


def test_a_report_does_not_tell_of_its_own_future():
    assert list(years(said(2022, initial="1", past=(past(2023, "9"), past(2022, "8"))))) == [2022]


# --- from year to year ----------------------------------------------------------------------------


def test_years_are_compared_in_the_measure_that_both_have():
    found = years(
        said(2022, initial="100"),
        said(2023, initial="150"),
        final(2023, actual="60"),
        final(2024, actual="30"),
    )
    assert (found[2023].change.measure, found[2023].change.difference) == ("年初预算", 50)
    assert (found[2023].change.word, found[2023].change.percent) == ("增加", Decimal("50.0"))
    assert (found[2024].change.measure, found[2024].change.word) == ("决算", "减少")
    assert found[2022].change is None


def test_a_gap_is_not_compared_across():
    assert years(said(2022, initial="1"), said(2024, initial="2"))[2024].change is None


def test_a_new_project_is_new_and_nothing_has_no_rate_of_growth():
    found = years(said(2023, initial="3", past=(past(2022, None),)))
    assert (found[2023].change.word, found[2023].change.percent) == ("新立项", None)
    found = years(said(2022, initial="0"), said(2023, initial="3"))
    assert (found[2023].change.word, found[2023].change.percent) == ("增加", None)


def test_names_are_told_with_their_years():
    story = tell(
        [
            said(2021, department="甲", name="旧名"),
            said(2022, department="甲", name="旧名"),
            said(2023, department="乙", name="旧名", past=(past(2020, None),)),
            said(2024, department="乙", name="新名"),
        ]
    )
    assert [(c.name, c.first, c.last) for c in story.departments] == [("甲", 2021, 2022), ("乙", 2023, 2024)]
    assert [(c.name, c.first, c.last) for c in story.names] == [("旧名", 2021, 2023), ("新名", 2024, 2024)]
    assert [year.year for year in story.years] == [2024, 2023, 2022, 2021, 2020]
    assert (story.name, story.latest.year) == ("新名", 2024)


# --- the picture ----------------------------------------------------------------------------------


def test_one_year_makes_no_picture_and_neither_does_nothing():
    assert trend(tell([said(2023, initial="5")])) is None
    assert trend(tell([said(2022, initial="0"), said(2023, initial="0")])) is None


def test_the_picture_is_in_proportion_and_oldest_first():
    picture = trend(tell([said(2022, initial="50"), said(2023, initial="100"), final(2023, actual="-10")]))
    assert [c.year.year for c in picture.columns] == [2022, 2023]
    heights = [[(bar.kind, bar.height) for bar in c.bars] for c in picture.columns]
    assert heights == [[("initial", HEIGHT // 2)], [("initial", HEIGHT), ("actual", 0)]]
    assert picture.kinds == (("initial", "年初预算"), ("actual", "决算"))


# --- from arbitrary reports -----------------------------------------------------------------------


@st.composite
def histories(draw: st.DrawFn) -> list[Dossier]:
    """Reports of several years and both kinds; final accounts with the budget of their year."""
    found = []
    for year in draw(st.lists(st.integers(YEAR - 3, YEAR), unique=True, min_size=1, max_size=2)):
        budget = None
        for kind in draw(st.sampled_from([[ReportKind.BUDGET], [ReportKind.FINAL], list(ReportKind)])):
            dossier = draw(dossiers(kind=kind, profile=PROFILES[kind], projects=2, earlier=False))
            dossier = replace(dossier, header=replace(dossier.header, year=year), earlier=(), budget=budget)
            budget = dossier
            found.append(dossier)
    return found


def told(reports: list[Dossier], key: str):
    own = [account(dossier, dossier.project(key)) for dossier in reports if dossier.project(key)]
    return tell(own)


@given(histories())
def test_every_figure_agrees_with_the_ledger_of_its_report(reports):
    ledgers = {(d.header.year, d.header.kind): d.ledger for d in reports}
    for key in ("p1", "p2", "p3"):
        story = told(reports, key)
        for year in story.years if story else ():
            for own in year.accounts:
                lines = ledgers[own.year, own.kind].where(project=key)
                if own.kind == ReportKind.BUDGET:
                    assert (year.initial.account, year.initial.amount) == (own, lines.total())
                else:
                    assert (year.actual.account, year.actual.amount) == (own, lines.total())
                    known = [line.adjusted for line in lines if line.adjusted is not None]
                    assert own.adjusted == (sum(known) if known else None)
                    if known:
                        assert (year.adjusted.account, year.adjusted.amount) == (own, sum(known))


@given(histories())
def test_every_report_of_the_project_is_in_the_story_and_no_other(reports):
    for key in ("p1", "p2", "p3"):
        having = {(d.header.year, d.header.kind) for d in reports if d.project(key)}
        story = told(reports, key)
        assert (story is None) == (not having)
        if story:
            assert {(a.year, a.kind) for year in story.years for a in year.accounts} == having
            assert [year.year for year in story.years] == sorted({y.year for y in story.years}, reverse=True)
            for year in story.years:
                assert year.accounts or year.absent or year.initial or year.adjusted or year.actual


@given(st.sampled_from(ReportKind).flatmap(lambda kind: dossiers(kind=kind, profile=PROFILES[kind])))
def test_an_account_reads_back_as_it_was_frozen(dossier):
    for told in accounts(dossier):
        assert parse_account(dump_account(replace(told, address="/somewhere/"))) == told


@given(dossiers())
def test_what_is_withheld_gives_no_account(dossier):
    assert {a.key for a in accounts(dossier)} == {p.key for p in dossier.projects if not p.withheld}


@given(amounts)
def test_comparatives_are_told_in_the_measure_of_their_kind(amount):
    for kind, measure in (
        (ReportKind.BUDGET, HistoryMeasure.BUDGET),
        (ReportKind.FINAL, HistoryMeasure.FINAL),
    ):
        now, before = (
            _parsed(document(year, project("a", f"{amount:.2f}"), kind=kind.value)) for year in (2024, 2023)
        )
        told = account(replace(now, earlier=(before,)), now.project("a"))
        assert told.past == (HistoryEntry(year=2023, measure=measure, amount=amount),)


def _parsed(data: dict) -> Dossier:
    return parse_dossier(data, Classification())


def test_a_report_under_way_is_not_settled():
    settled = {status for status in Status if said(2024, status=status).is_settled}
    assert settled == {Status.APPROVED, Status.PUBLISHED, Status.ARCHIVED}
