"""收支总体: income, expenditure and their totals, all money or 财政拨款 alone (A5–A8, B1–B4).

Pure. Options: ``classes`` and ``economic`` of `by_class`, the 类 that are listed with or without money;
``list_drivers`` (`changes.slots_with_drivers`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from ..domain.choices import FISCAL, Flow, Fund, Use
from ..domain.figures import FIGURES
from ..domain.ledger import Filter
from ..domain.sheets import Lines
from ..tables.cells import has_money
from ..tables.final.wording import income_label
from ..tables.tree import Dimension
from .changes import EXPLAINED, RESTATED, explained, restated, slots_with_drivers
from .comparisons import compared_figure, compared_lines
from .document import Block, Pieces, Sentence
from .narrator import Narrator
from .sources import Source, Sum, read
from .subjects import named_classes
from .templates import Slot, joined

CAME = Filter(flow=(Flow.OPENING, Flow.INCOME, Flow.RESERVES))
INCOME = Filter(flow=(Flow.INCOME,))
OPENING = Filter(flow=(Flow.OPENING,))
RESERVES = Filter(flow=(Flow.RESERVES,))
SPENT = Filter(flow=(Flow.EXPENDITURE,))
ALLOCATED = Filter(flow=(Flow.ALLOCATION,))

FUNDS = (
    *FISCAL,
    Fund.OPERATING_INCOME,
    Fund.SUPERIOR,
    Fund.SUBORDINATE,
    Fund.COMMERCIAL,
    Fund.OTHER,
    Fund.SPECIAL_ACCOUNT,
)
"""In the order of the texts."""

USUAL = (Use.BASIC, Use.PROJECT)
"""The uses that are listed without money too, where a locality lists such items."""

GENERAL_USES = {
    figure.key: replace(figure.filter, fund=(Fund.GENERAL,))
    for figure in FIGURES
    if figure.key == "project" or figure.key.startswith("basic")
}
"""基本支出 with its parts, and 项目支出, of 一般公共预算 alone, by the keys of their headline figures."""

WORDING = {
    "principle": "{department}的全部收入和支出都编入部门预算。",
    "income_items": "收入包括：{items}。",
    "expenditure_items": "支出包括：{items}。",
    "balanced": "{year}年部门收支总预算{came}[，{change}[，主要原因：{reason}][，其中：{drivers}]]。",
    "unbalanced": (
        "{year}年部门收入总预算{came}，支出总预算{spent}[，结转下年{closing}]。"
        "[支出总预算{change}[，主要原因：{reason}][，其中：{drivers}]。]"
    ),
    "income": "{year}年部门收入预算{total}[，其中：{shares}]。",
    "expenditure": "{year}年部门支出预算{total}[，其中：{shares}]。",
    "item": "{name}{amount}",
    "share": "{name}{amount}[，占{share}]",
    "function": "按支出功能分类：{items}。",
    "economic": "按支出经济分类：{items}。",
    "fiscal": "{year}年财政拨款收支总预算{came}。",
    "fiscal_unequal": "{year}年财政拨款收入总预算{came}，支出总预算{spent}。",
    "fiscal_income": "收入包括：{items}。",
    "fiscal_fund": "{name}本年收入{income}、上年结转{opening}",
    "fiscal_expenditure": "支出包括：{items}。",
    "explained": EXPLAINED,
    "restated": RESTATED,
}


def overview(narrator: Narrator) -> Iterable[Block]:
    """Everything at once: the principle, both lists, the total beside last year's."""
    narrator = narrator.worded(WORDING)
    return narrator.paragraph(
        "overview",
        [
            narrator.say("principle"),
            narrator.say("income_items", items=incomes(narrator)),
            narrator.say("expenditure_items", items=uses(narrator, SPENT)),
            _totals(narrator),
            *restated(narrator, "total"),
        ],
    )


def income(narrator: Narrator) -> Iterable[Block]:
    """收入: the total beside last year's, each kind with its share."""
    narrator = narrator.worded(WORDING)
    said = narrator.say(
        "income",
        total=narrator.amount(Lines(CAME)),
        items=incomes(narrator),
        shares=incomes(narrator, Lines(CAME)),
        **slots_with_drivers(narrator, compared_lines(narrator.dossier, CAME, "total"), SPENT),
    )
    return narrator.paragraph("income", [said])


def expenditure(narrator: Narrator) -> Iterable[Block]:
    """支出: the total beside last year's, each use with its share."""
    narrator = narrator.worded(WORDING)
    said = narrator.say(
        "expenditure",
        total=narrator.amount(Lines(SPENT)),
        items=uses(narrator, SPENT),
        shares=uses(narrator, SPENT, Lines(SPENT)),
        **slots_with_drivers(narrator, compared_figure(narrator.dossier, "total"), SPENT),
    )
    told = [said, *restated(narrator, "total"), *explained(narrator, *_told_nowhere_else(narrator))]
    return narrator.paragraph("expenditure", told)


def _told_nowhere_else(narrator: Narrator) -> list[str]:
    """The uses whose change is not that of 一般公共预算 alone, under which the reason would stand."""
    general = {key: compared_lines(narrator.dossier, filter, key) for key, filter in GENERAL_USES.items()}
    return [key for key, compared in general.items() if compared.reason is None]


def by_class(narrator: Narrator) -> Iterable[Block]:
    """支出 by functional and by economic 类."""
    narrator = narrator.worded(WORDING)
    return narrator.paragraph(
        "by_class",
        [
            narrator.say("function", items=_classes(narrator, "function", narrator.option("classes", ()))),
            narrator.say("economic", items=_classes(narrator, "economic", narrator.option("economic", ()))),
        ],
    )


def fiscal(narrator: Narrator) -> Iterable[Block]:
    """财政拨款: totals, incomes by fund, expenditure by use."""
    narrator = narrator.worded(WORDING)
    came, spent = Lines(replace(CAME, fund=FISCAL)), Lines(replace(SPENT, fund=FISCAL))
    differ = read(narrator.dossier, came) != read(narrator.dossier, spent)
    return narrator.paragraph(
        "fiscal",
        [
            narrator.say(
                "fiscal_unequal" if differ else "fiscal",
                "fiscal",
                came=narrator.amount(came),
                spent=narrator.amount(spent),
            ),
            narrator.say("fiscal_income", items=joined(_fiscal_funds(narrator), "；")),
            narrator.say("fiscal_expenditure", items=uses(narrator, replace(SPENT, fund=FISCAL))),
        ],
    )


def incomes(narrator: Narrator, whole: Source = None) -> Pieces | None:
    """Each kind of income, then what was carried over; with its share of ``whole``."""
    return joined(
        (
            *(
                item(narrator, income_label(fund), Lines(replace(INCOME, fund=(fund,))), whole)
                for fund in FUNDS
            ),
            item(narrator, "上年结转", Lines(OPENING), whole),
            _only_with_money(narrator, "使用非财政拨款结余", RESERVES, whole),
        ),
        "，",
    )


def uses(narrator: Narrator, scope: Filter, whole: Source = None) -> Pieces | None:
    """Each use of the expenditure in ``scope``, with its share of ``whole``."""
    return joined(
        (
            item(narrator, use.label, Lines(replace(scope, use=(use,))), whole)
            if use in USUAL
            else _only_with_money(narrator, use.label, replace(scope, use=(use,)), whole)
            for use in Use
        ),
        "，",
    )


def item(narrator: Narrator, name: Slot, source: Source, whole: Source = None) -> Pieces | None:
    """``基本支出967.43万元``, or with its share. None where the locality leaves out what has no money."""
    amount = narrator.listed(source)
    if whole is None:
        return narrator.phrase("item", name=name, amount=amount)
    has = amount is not None and bool(amount.amount)
    return narrator.phrase(
        "share", name=name, amount=amount, share=narrator.share(source, whole) if has else None
    )


def _only_with_money(narrator: Narrator, name: str, filter: Filter, whole: Source) -> Pieces | None:
    return item(narrator, name, Lines(filter), whole) if has_money(narrator.dossier.ledger, filter) else None


def _totals(narrator: Narrator) -> Sentence | None:
    came, spent = Lines(CAME), Lines(SPENT)
    closing = Sum((came,), (spent, Lines(ALLOCATED)))
    rest: Decimal = read(narrator.dossier, closing)
    compared = compared_figure(narrator.dossier, "total")
    return narrator.say(
        "balanced" if not rest else "unbalanced",
        "total",
        came=narrator.amount(came),
        spent=narrator.amount(spent),
        closing=narrator.amount(closing) if rest > 0 else None,
        **slots_with_drivers(narrator, compared, SPENT),
    )


def _classes(narrator: Narrator, dimension: Dimension, listed: tuple[str, ...]) -> Pieces | None:
    return joined(
        (
            narrator.phrase("item", name=each.name, amount=narrator.amount(Lines(each.filter)))
            for each in named_classes(narrator.dossier, dimension, SPENT, listed)
        ),
        "，",
    )


def _fiscal_funds(narrator: Narrator) -> Iterator[Pieces | None]:
    for fund in FISCAL:
        income, opening = replace(INCOME, fund=(fund,)), replace(OPENING, fund=(fund,))
        has = has_money(narrator.dossier.ledger, income) or has_money(narrator.dossier.ledger, opening)
        if has or (narrator.style.list_zero and fund != Fund.STATE_CAPITAL):
            yield narrator.phrase(
                "fiscal_fund",
                name=fund.label,
                income=narrator.amount(Lines(income)),
                opening=narrator.amount(Lines(opening)),
            )
