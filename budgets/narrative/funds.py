"""政府性基金预算 and 国有资本经营预算 of a budget: the amount by subject, or that there is none (A13).

Pure. Options: ``fund``, the fund that the chapter is about (``government_fund``).
"""

from __future__ import annotations

from collections.abc import Iterable

from ..domain.choices import Flow, Fund
from ..domain.ledger import Filter
from ..domain.sheets import Lines
from ..tables.cells import has_money
from .document import Block
from .narrator import Narrator
from .subjects import used_items
from .templates import joined

WORDING = {
    "nothing": "{who}{year}年没有使用{fund}安排的支出。",
    "total": "{year}年{fund}支出预算{total}[，{change}]。[主要用于：{items}。]",
    "item": "{name}{amount}",
}


def build(narrator: Narrator) -> Iterable[Block]:
    narrator = narrator.worded(WORDING)
    fund = Fund(narrator.option("fund", Fund.GOVERNMENT_FUND.value))
    scope = Filter(flow=(Flow.EXPENDITURE,), fund=(fund,))
    pattern = "total" if has_money(narrator.dossier.ledger, scope) else "nothing"
    before = Lines(scope, narrator.dossier.header.year - 1)
    said = narrator.say(
        pattern,
        "total",
        fund=fund.label,
        total=narrator.amount(Lines(scope)),
        change=narrator.change(Lines(scope), before),
        items=joined(
            (
                narrator.phrase("item", name=each.name, amount=narrator.amount(Lines(each.filter)))
                for each in used_items(narrator.dossier, scope)
            ),
            "，",
        ),
    )
    return narrator.paragraph("total", [said])
