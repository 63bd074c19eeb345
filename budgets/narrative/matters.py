"""其他重要事项 of a budget: 机关运行经费, 政府采购, 政府购买服务, 国有资产 (A14–A17).

Pure. Options: ``word``, what the locality calls 机关运行经费; ``back``, how many years before the report's the assets
are counted (1 in a budget, 0 in final accounts), and ``day``, on which day of that year.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from ..analysis.operating_cost import OPERATING_COST, WORD, has_agency_operating_cost
from ..domain.address import Address
from ..domain.choices import ProcurementClass, ServiceCategory
from ..domain.dossier import Dossier
from ..domain.profile import get_profile
from ..domain.schema import Assets, ProcurementItem
from ..domain.sheets import Lines
from .comparisons import compared_lines
from .document import Block, Pieces, Value
from .narrator import Narrator
from .sources import HEADER, Source, Sum
from .subjects import economic_names
from .templates import joined

VEHICLE = "车"
"""A kind of asset with this word in it is a vehicle, as in TPE-1."""

WORDING = {
    "operating_cost": "{year}年{word}{total}[，{change}][，主要包括{names}]。",
    "no_operating_cost": "{who}{year}年没有{word}。",
    "procurement": "{year}年部门预算中纳入政府采购预算的支出合计{total}[，其中：{items}]。",
    "procured": "{name}类{amount}",
    "service_purchase": "{year}年部门预算中纳入政府购买服务的支出合计{total}[，其中：{items}]。",
    "purchased": "{name}{amount}",
    "vehicles": "截至{as_of}年{day}，{who}共有车辆{total}辆[，其中：{items}]。",
    "vehicle": "{name}{count}辆",
    "others": "此外还有{items}。",
    "other": "{name}{count}",
}


def operating_cost(narrator: Narrator) -> Iterable[Block]:
    """The amount beside last year's; of a unit that has none by its kind, that it has none."""
    narrator = narrator.worded(WORDING)
    word = narrator.option("word", WORD)
    if not has_agency_operating_cost(narrator.dossier, word):
        said = narrator.say("no_operating_cost", "operating_cost", word=word, total=_none(narrator))
        return narrator.paragraph("cost", [said])
    cost = compared_lines(narrator.dossier, OPERATING_COST)
    said = narrator.say(
        "operating_cost",
        word=word,
        total=narrator.amount(cost.now),
        change=narrator.change(cost.now, cost.before),
        names=narrator.names(economic_names(narrator.dossier, OPERATING_COST), Lines(OPERATING_COST)),
    )
    return narrator.paragraph("cost", [said])


def _none(narrator: Narrator) -> Value:
    """No money, because of the kind of unit."""
    return narrator.zero(Address(HEADER, field="department_kind"))


def procurement(narrator: Narrator) -> Iterable[Block]:
    narrator = narrator.worded(WORDING)
    items = [
        narrator.phrase("procured", name=kind.label, amount=narrator.listed(bought(narrator.dossier, kind)))
        for kind in ProcurementClass
    ]
    return _total(narrator, "procurement", purchases(narrator.dossier, lambda item: True), items)


def service_purchase(narrator: Narrator) -> Iterable[Block]:
    narrator = narrator.worded(WORDING)
    items = [_purchased(narrator, category) for category in ServiceCategory]
    total = purchases(narrator.dossier, lambda item: item.service_category is not None)
    return _total(narrator, "service_purchase", total, items)


def _total(
    narrator: Narrator, pattern: str, total: Source, items: Iterable[Pieces | None]
) -> Iterable[Block]:
    """A total with what it is the sum of; of nothing no parts are told."""
    amount = narrator.amount(total)
    parts = joined(items, "，") if amount and amount.amount else None
    return narrator.paragraph("items", [narrator.say(pattern, total=amount, items=parts)])


def assets(narrator: Narrator) -> Iterable[Block]:
    """Vehicles by the kinds of the profile and others that are entered, then whatever else is held."""
    narrator = narrator.worded(WORDING)
    vehicles = _held(narrator, is_vehicle=True)
    return narrator.paragraph(
        "held",
        [
            narrator.say(
                "vehicles",
                as_of=narrator.year(narrator.option("back", 1)),
                day=narrator.option("day", "12月31日"),
                total=narrator.count(
                    Sum(tuple(source for sources in vehicles.values() for source in sources))
                ),
                items=_counted(narrator, "vehicle", vehicles),
            ),
            narrator.say("others", items=_counted(narrator, "other", _held(narrator, is_vehicle=False))),
        ],
    )


def bought(dossier: Dossier, kind: ProcurementClass, field: str = "amount") -> Source:
    """The procurement of one class; ``field`` may be what went to small enterprises."""
    return purchases(dossier, lambda item: item.kind == kind, field)


def purchases(dossier: Dossier, which: Callable[[ProcurementItem], bool], field: str = "amount") -> Source:
    """The procurement items that ``which`` chooses, added, in 元."""
    return Sum(
        tuple(
            Address("procurement", item.key, field, project.key if project else "")
            for project, item in dossier.procurement
            if which(item)
        )
    )


def _purchased(narrator: Narrator, category: ServiceCategory) -> Pieces | None:
    source = purchases(narrator.dossier, lambda item: item.service_category == category)
    return narrator.phrase("purchased", name=category.label, amount=narrator.listed(source))


def _held(narrator: Narrator, *, is_vehicle: bool) -> dict[str, tuple[Address, ...]]:
    """The fields of the quantities by kind, kinds of the profile first."""
    kinds = get_profile(narrator.dossier.header.profile).asset_kinds
    held: dict[str, list[Address]] = {kind: [] for kind in kinds if (VEHICLE in kind) == is_vehicle}
    for each in narrator.dossier.part(Assets).holdings:
        if (VEHICLE in each.kind) == is_vehicle and each.kind.strip():
            held.setdefault(each.kind, []).append(Address("assets", each.key, "quantity"))
    return {kind: tuple(addresses) for kind, addresses in held.items()}


def _counted(narrator: Narrator, pattern: str, held: dict[str, tuple[Address, ...]]) -> Pieces | None:
    return joined((_kind(narrator, pattern, kind, addresses) for kind, addresses in held.items()), "，")


def _kind(narrator: Narrator, pattern: str, kind: str, addresses: tuple[Address, ...]) -> Pieces | None:
    """One kind with its quantity; None where the locality leaves out what is not held."""
    count = narrator.count(Sum(addresses))
    if not count or not (count.amount or narrator.style.list_zero):
        return None
    source = replace(addresses[0], field="kind") if addresses else None
    return narrator.phrase(pattern, name=narrator.name(kind, source), count=count)
