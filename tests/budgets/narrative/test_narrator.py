"""Sentences of a change, by rule: zero, no last year, unchanged, negative, one, many."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from budgets.domain.choices import Flow, Status
from budgets.domain.dossier import Dossier
from budgets.domain.ledger import Filter
from budgets.domain.money import Unit
from budgets.domain.schema import (
    Expenditure,
    ExpenditureLine,
    Explanation,
    Explanations,
    Income,
    IncomeLine,
    RestatedComparatives,
    RestatedFigure,
)
from budgets.domain.sheets import Lines
from budgets.narrative.build import build_narrative
from budgets.narrative.document import Document, Kind, Pieces
from budgets.narrative.drivers import drivers_of
from budgets.narrative.narrator import Narrator
from budgets.narrative.sources import Sum, read
from budgets.narrative.spec import Chapter, NarrativeSpec, Style
from tests.examples import CODES, header, project, wan

SPENT = Filter(flow=(Flow.EXPENDITURE,))
NOW, BEFORE = Lines(SPENT), Lines(SPENT, 2022)


def spending(*amounts: str, year: int = 2023, **changes: object) -> Dossier:
    """A report of one project with lines of these amounts in 万元."""
    lines = tuple(
        ExpenditureLine(key=f"{year}-{number}", amount=wan(amount), function="2010350", economic="30201")
        for number, amount in enumerate(amounts)
    )
    return Dossier(header=header(year), parts={Expenditure: Expenditure(lines=lines)}, codes=CODES, **changes)


def beside(now: str, before: str) -> Dossier:
    past = spending(before, year=2022)
    past = replace(past, header=replace(past.header, status=Status.ARCHIVED))
    return replace(spending(now), earlier=(past,))


def narrator(report: Dossier, chapter: Chapter | None = None, **style: object) -> Narrator:
    spec = NarrativeSpec(title="", chapters=(), style=Style(**style))
    return Narrator(report, spec, chapter or Chapter(key="some"))


def said(pieces: Pieces | None) -> str | None:
    if pieces is None:
        return None
    return "".join(piece if isinstance(piece, str) else piece.text for piece in pieces)


@pytest.mark.parametrize(
    ("now", "before", "change"),
    [
        ("12", "10", "比2022年预算增加2万元，增长20%"),
        ("10", "12", "比2022年预算减少2万元，下降16.67%"),
        ("10", "10", "与2022年预算持平"),
        ("10", "9.99999", "与2022年预算持平"),
        ("0", "10", "比2022年预算减少10万元，下降100%"),
        ("10", "0", "比2022年预算增加10万元"),
        ("0", "0", "与2022年预算持平"),
        ("10", "-10", "比2022年预算增加20万元"),
        ("-10", "10", "比2022年预算减少20万元，下降200%"),
        ("10000.01", "10000", "比2022年预算增加0.01万元"),
    ],
)
def test_a_change(now, before, change):
    assert said(narrator(beside(now, before)).change(NOW, BEFORE)) == change


def test_without_last_year_there_is_no_change():
    assert narrator(spending("10")).change(NOW, BEFORE) is None
    assert narrator(spending("10")).change(NOW, None) is None


def test_a_locality_writes_changes_its_own_way():
    own = narrator(
        beside("11234.5", "10000"),
        separators=True,
        keep_zeros=True,
        keep_rate_zeros=True,
        rate_places=1,
        up="上升",
        before="上年",
    )
    assert said(own.change(NOW, BEFORE)) == "比上年增加1,234.50万元，上升12.3%"


@pytest.mark.parametrize(
    ("part", "whole", "share"),
    [("1", "3", "33.33%"), ("3", "3", "100%"), ("0", "3", "0%"), ("1", "0", None), ("-1", "3", None)],
)
def test_a_share_needs_a_positive_base(part, whole, share):
    value = narrator(beside(part, whole)).share(NOW, BEFORE)
    assert (value.text if value else None) == share


def test_an_item_without_money_is_listed_or_left_out():
    nothing = spending("0")
    listed = narrator(nothing, list_zero=True).listed(NOW)
    assert listed is not None and listed.text == "0万元"
    assert narrator(nothing, list_zero=False).listed(NOW) is None


def test_amounts_are_written_in_the_unit_of_the_locality():
    value = narrator(spending("1.5"), unit=Unit.YUAN, separators=True).amount(NOW)
    assert value is not None
    assert (value.text, value.kind, value.amount, value.source) == (
        "15,000元", Kind.AMOUNT, Decimal("15000.0"), NOW,
    )  # fmt: skip


def test_sources_are_added_and_subtracted():
    report = beside("12", "10")
    assert read(report, Sum((NOW, BEFORE))) == wan("22")
    assert read(report, Sum((NOW,), (BEFORE,))) == wan("2")
    assert read(report, Sum(())) == 0
    assert read(report, Sum((NOW, Lines(SPENT, 2020)))) is None


def test_drivers_add_up_to_the_change():
    activities = project("p").parts
    report = beside("12", "10")
    report = replace(report, projects=(replace(project("p"), parts=activities),))
    found = drivers_of(narrator(report), SPENT)
    assert [str(getattr(d.name, "text", d.name)) for d in found] == ["公用经费", "综合业务"]
    assert sum(d.amount for d in found) == report.ledger.total(SPENT) - wan("10")


def test_smaller_drivers_are_the_rest():
    many = tuple(project(f"p{number}") for number in range(8))
    report = replace(beside("10", "10"), projects=many)
    found = drivers_of(narrator(report), SPENT)
    assert [str(getattr(d.name, "text", d.name)) for d in found][-1] == "其余"
    assert len(found) == 7
    assert sum(d.amount for d in found) == report.ledger.total(SPENT) - wan("10")
    assert read(report, found[-1].now) - read(report, found[-1].before) == found[-1].amount


def test_one_difference_explains_nothing():
    assert drivers_of(narrator(beside("12", "10")), SPENT) == []


def test_an_empty_report_has_no_empty_chapter():
    document = build_narrative(Dossier(header=header()))
    assert document.blocks
    assert all(sentence.text for sentence in document.sentences)


def test_a_report_without_last_year_compares_nothing():
    document = build_narrative(replace(spending("10"), projects=(project("p"),)))
    assert "比2022年" not in document.text()


def test_a_restated_comparative_replaces_the_published_one_and_is_told_with_its_reason():
    figure = RestatedFigure(figure="basic", amount=wan("11"), reason="机构调整，口径变化。")
    report = beside("12", "10")
    report = replace(
        report, parts={**report.parts, RestatedComparatives: RestatedComparatives(figures=(figure,))}
    )
    document = build_narrative(report)
    assert told(document, "basic.basic") == "基本支出12万元，比2022年预算增加1万元，上升9.09%。"
    assert told(document, "basic.basic.restated") == (
        "基本支出的2022年数按本年口径为11万元，公布数为10万元（机构调整，口径变化）。"
    )


def test_a_reason_stands_in_its_sentence_and_without_one_the_drivers_do():
    report = replace(beside("12", "10"), projects=(project("p"),))
    document = build_narrative(report)
    assert "，其中：公用经费增加2万元，综合业务增加39万元。" in told(document, "balance.total")
    reasons = Explanations(reasons=(Explanation(figure="total", text="主要原因是新设项目。"),))
    document = build_narrative(replace(report, parts={**report.parts, Explanations: reasons}))
    assert "，主要原因：新设项目。" in told(document, "balance.total")
    assert "公用经费增加" not in told(document, "balance.total")


def test_income_that_is_not_spent_is_told_as_carried_forward():
    lines = (IncomeLine(key="i", amount=wan("15")),)
    report = spending("10")
    document = build_narrative(replace(report, parts={**report.parts, Income: Income(lines=lines)}))
    assert told(document, "balance.total") == (
        "2023年部门收入总预算15万元，支出总预算10万元，结转下年5万元。"
    )


def told(document: Document, key: str) -> str:
    sentence = document.sentence(key)
    return sentence.text if sentence else ""
