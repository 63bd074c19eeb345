"""政府性基金 and 国有资本经营 of final accounts: opening, income, expenditure, closing, or that there is none (B9).

Pure. Options: ``fund`` (``government_fund``).
"""

from __future__ import annotations

from collections.abc import Iterable

from ...domain.choices import Flow, Fund
from ...domain.ledger import Filter
from ...domain.sheets import Lines
from ...tables.cells import has_money
from ..document import Block
from ..narrator import Narrator
from ..sources import Source, Sum

FLOWS = {
    "opening": (Flow.OPENING,),
    "income": (Flow.INCOME,),
    "spent": (Flow.EXPENDITURE,),
}

WORDING = {
    "nothing": "{who}{year}年度没有{fund}的收入和支出。",
    "total": (
        "{year}年度{fund}年初结转和结余{opening}，本年收入{income}，本年支出{spent}，年末结转和结余{closing}。"
    ),
}


def build(narrator: Narrator) -> Iterable[Block]:
    narrator = narrator.worded(WORDING)
    fund = Fund(narrator.option("fund", Fund.GOVERNMENT_FUND.value))
    pattern = "total" if has_money(narrator.dossier.ledger, Filter(fund=(fund,))) else "nothing"
    amounts = {name: narrator.amount(Lines(Filter(flow=flow, fund=(fund,)))) for name, flow in FLOWS.items()}
    said = narrator.say(pattern, "total", fund=fund.label, closing=narrator.amount(_closing(fund)), **amounts)
    return narrator.paragraph("total", [said])


def _closing(fund: Fund) -> Source:
    """As `Ledger.closing` derives it."""
    came = Filter(flow=(Flow.OPENING, Flow.INCOME, Flow.RESERVES), fund=(fund,))
    went = Filter(flow=(Flow.EXPENDITURE, Flow.ALLOCATION), fund=(fund,))
    return Sum((Lines(came),), (Lines(went),))
