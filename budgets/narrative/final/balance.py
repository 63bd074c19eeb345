"""收入支出总体, 收入, 支出 and 财政拨款收入支出总体 of final accounts (B1–B4).

Pure. Options: none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from ...domain.address import Address
from ...domain.choices import FISCAL, Fund
from ...domain.sheets import Lines
from ...tables.cells import has_money
from ...tables.final.wording import income_label
from ..balance import GENERAL_USES, INCOME, SPENT, item, uses
from ..changes import EXPLAINED, RESTATED, explained, restated, slots_of_change
from ..comparisons import compared_figure, compared_lines
from ..document import Block, Pieces, Sentence
from ..narrator import Narrator
from ..sources import read
from ..templates import joined

FUNDS = (
    Fund.SUPERIOR,
    Fund.OPERATING_INCOME,
    Fund.COMMERCIAL,
    Fund.SUBORDINATE,
    Fund.OTHER,
    Fund.SPECIAL_ACCOUNT,
)
"""Income beside 财政拨款, in the order of 收入决算表."""

WORDING = {
    "balance": "{year}年度收、支总计均为{total}[，{change}[，主要原因：{reason}]]。",
    "income": "{year}年度收入合计{total}[，{change}[，主要原因：{reason}]]。[其中：{items}。]",
    "expenditure": "{year}年度支出合计{total}[，{change}[，主要原因：{reason}]]。[其中：{items}。]",
    "fiscal": "{year}年度财政拨款收、支总计均为{total}[，{change}[，主要原因：{reason}]]。",
    "fund": "{year}年度{name}收入{total}[，{change}[，主要原因：{reason}]]。",
    "item": "{name}{amount}",
    "share": "{name}{amount}[，占{share}]",
    "explained": EXPLAINED,
    "restated": RESTATED,
}


def balance(narrator: Narrator) -> Iterable[Block]:
    return _figure(narrator, "balance", "balance")


def income(narrator: Narrator) -> Iterable[Block]:
    return _figure(narrator, "income", "income", items=_incomes(narrator.worded(WORDING)))


def expenditure(narrator: Narrator) -> Iterable[Block]:
    """The total beside last year's with the shares of its uses, then the uses for whose change a reason was typed."""
    items = uses(narrator.worded(WORDING), SPENT, Lines(SPENT))
    yield from _figure(narrator, "expenditure", "total", items=items)
    narrator = narrator.worded(WORDING)
    yield from narrator.paragraph("uses", explained(narrator, *GENERAL_USES))


def fiscal(narrator: Narrator) -> Iterable[Block]:
    """The totals, then the income of each fund beside last year's."""
    yield from _figure(narrator, "fiscal", "fiscal")
    narrator = narrator.worded(WORDING)
    funds = [sentence for sentence in _funds(narrator) if sentence]
    yield from narrator.paragraph("funds", [*funds, *_of_income(narrator, funds)])


def _of_income(narrator: Narrator, funds: list[Sentence]) -> Iterator[Sentence | None]:
    """The income of all funds, if a reason of its own was typed that no fund tells."""
    own = Address("explanations", "fiscal.income", "text")
    if read(narrator.dossier, own) and all(value.source != own for said in funds for value in said.values):
        yield from explained(narrator, "fiscal.income")


def _figure(narrator: Narrator, pattern: str, key: str, **slots: Pieces | None) -> Iterator[Block]:
    """A headline figure beside last year's."""
    narrator = narrator.worded(WORDING)
    compared = compared_figure(narrator.dossier, key)
    said = narrator.say(
        pattern,
        total=narrator.amount(compared.now),
        **slots_of_change(narrator, compared),
        **slots,
    )
    return narrator.paragraph(pattern, [said, *restated(narrator, key)])


def _incomes(narrator: Narrator) -> Pieces | None:
    kinds = (
        ("财政拨款收入", FISCAL),
        *((income_label(fund), (fund,)) for fund in FUNDS),
    )
    return joined(
        (item(narrator, name, Lines(replace(INCOME, fund=funds)), Lines(INCOME)) for name, funds in kinds),
        "，",
    )


def _funds(narrator: Narrator) -> Iterator[Sentence | None]:
    for fund in FISCAL:
        filter = replace(INCOME, fund=(fund,))
        if has_money(narrator.dossier.ledger, filter):
            compared = compared_lines(narrator.dossier, filter, "fiscal.income")
            yield narrator.say(
                "fund",
                f"fund.{fund}",
                name=fund.label,
                total=narrator.amount(compared.now),
                **slots_of_change(narrator, compared),
            )
