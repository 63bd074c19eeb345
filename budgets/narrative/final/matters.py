"""政府采购支出 of final accounts: the total by class, and what small enterprises were awarded (B15).

Pure. Options: ``by_class``, whether each class has its share. B14 and B16 are `budgets.narrative.matters`, worded by the profile.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...domain.choices import ProcurementClass
from ..document import Block, Pieces, Sentence
from ..matters import bought, purchases
from ..narrator import Narrator
from ..sources import read
from ..templates import joined

WORDING = {
    "nothing": "{who}{year}年度没有政府采购支出。",
    "procurement": "{year}年度政府采购支出总额{total}[，其中：{items}]。",
    "procured": "政府采购{name}支出{amount}",
    "small": (
        "授予中小企业合同金额{sme}[，占政府采购支出总额的{share}]"
        "[，其中授予小微企业合同金额{micro}[，占授予中小企业合同金额的{micro_share}]]。"
    ),
    "class": "{name}采购授予中小企业合同金额{sme}，占{name}支出的{share}。",
}


def procurement(narrator: Narrator) -> Iterable[Block]:
    narrator = narrator.worded(WORDING)
    total = purchases(narrator.dossier, lambda item: True)
    if not read(narrator.dossier, total):
        return narrator.paragraph("items", [narrator.say("nothing", "procurement")])
    said = [
        narrator.say("procurement", total=narrator.amount(total), items=joined(_classes(narrator), "，")),
        _small(narrator),
        *(_of_class(narrator, kind) for kind in ProcurementClass if narrator.option("by_class", False)),
    ]
    return narrator.paragraph("items", said)


def _classes(narrator: Narrator) -> Iterator[Pieces | None]:
    for kind in ProcurementClass:
        amount = narrator.listed(bought(narrator.dossier, kind))
        yield narrator.phrase("procured", name=kind.label, amount=amount)


def _small(narrator: Narrator) -> Sentence | None:
    total, sme, micro = (
        purchases(narrator.dossier, lambda item: True, field)
        for field in ("amount", "sme_amount", "micro_amount")
    )
    return narrator.say(
        "small",
        sme=narrator.amount(sme),
        share=narrator.share(sme, total),
        micro=narrator.amount(micro),
        micro_share=narrator.share(micro, sme),
    )


def _of_class(narrator: Narrator, kind: ProcurementClass) -> Sentence | None:
    """What small enterprises were awarded of one class; None of a class without purchases."""
    amount, sme = bought(narrator.dossier, kind), bought(narrator.dossier, kind, "sme_amount")
    return narrator.say(
        "class",
        f"class.{kind}",
        name=kind.label,
        sme=narrator.amount(sme),
        share=narrator.share(sme, amount),
    )
