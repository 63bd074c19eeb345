"""财政拨款“三公”经费 of final accounts: 全年预算, 决算, last year, and the counts behind them (B10–B13).

Pure. Options: none. Money of the three fiscal budgets, as 公开09表 counts it. Counts are told of items with money or
counts alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import get_type_hints

from ...analysis.three_public import ITEMS, Split, splits
from ...domain.address import Address
from ...domain.choices import FISCAL, Flow
from ...domain.figures import THREE_PUBLIC, VEHICLE_PURCHASE, VEHICLE_RUNNING, Base, completion
from ...domain.ledger import Filter
from ...domain.schema import ThreePublicDetail
from ...domain.sheets import Lines
from ..changes import RESTATED, restated, slots_of_change
from ..comparisons import Compared, compared_figure, compared_sum, reason_at
from ..document import Block, Pieces, Sentence, Value
from ..narrator import Narrator
from ..sources import Budgeted, Sum, read
from ..templates import joined

_DONE = (
    "[全年预算{budget}，]支出决算{actual}[，完成全年预算的{rate}][，决算数{versus}全年预算数，主要原因：{why}]"
    "[，{change}[，主要原因：{reason}]]"
)

WORDING = {
    "total": f"{{year}}年度“三公”经费财政拨款支出{_DONE}。",
    "overseas": f"因公出国（境）费{_DONE}。",
    "overseas_counts": "全年因公出国（境）团组{groups}个，{persons}人次[，主要事项：{purpose}]。",
    "vehicles": f"公务用车购置及运行维护费{_DONE}。",
    "purchase": f"其中：公务用车购置费{_DONE}[，购置车辆{{bought}}辆]。",
    "running": f"公务用车运行维护费{_DONE}。[车辆费用主要用于{{purpose}}。]",
    "held": "截至{year}年12月31日，财政拨款开支的公务用车保有量{count}辆。",
    "reception": f"公务接待费{_DONE}。",
    "reception_counts": (
        "全年公务接待{receptions}批次，{guests}人次[，陪同{accompanying}人次]"
        "[，其中外事接待{foreign}批次，{foreign_guests}人次][，主要事项：{purpose}]。"
    ),
    "fees": "{item}中：{items}。",
    "fee": "{name}{amount}",
    "restated": RESTATED,
}


def items(narrator: Narrator) -> Iterable[Block]:
    """The total, then a paragraph for each item, with both items of vehicles in one."""
    narrator = narrator.worded(WORDING)
    names = [item.key for item in ITEMS]
    keys = ("three_public", *(f"three_public.{name}" for name in names))
    fees = {split.item.key: _fees(narrator, split) for split in splits(narrator.dossier)}
    paragraphs: dict[str, list[Sentence | None]] = {
        "total": [
            _said(narrator, "total", compared_figure(narrator.dossier, keys[0]), THREE_PUBLIC),
            *restated(narrator, *keys),
        ],
        "overseas": [_item(narrator, "overseas"), _overseas_counts(narrator), fees["overseas"]],
        "vehicles": [
            _vehicles(narrator),
            _item(narrator, "purchase", bought=_counted(narrator, "vehicles_bought")),
            _item(narrator, "running", purpose=narrator.typed(_detail("running_purpose"))),
            fees["running"],
            narrator.say("held", count=narrator.count(_detail("vehicles_held"))),
        ],
        "reception": [_item(narrator, "reception"), _reception_counts(narrator), fees["reception"]],
    }
    for subject, sentences in paragraphs.items():
        yield from narrator.paragraph(subject, sentences)


def _vehicles(narrator: Narrator) -> Sentence | None:
    both = compared_sum(narrator.dossier, "three_public.purchase", "three_public.running")
    return _said(narrator, "vehicles", both, VEHICLE_PURCHASE + VEHICLE_RUNNING)


def _item(narrator: Narrator, name: str, **slots: Value | None) -> Sentence | None:
    economic = next(item.economic for item in ITEMS if item.key == name)
    return _said(narrator, name, compared_figure(narrator.dossier, f"three_public.{name}"), economic, **slots)


def _said(
    narrator: Narrator, pattern: str, compared: Compared, economic: tuple[str, ...], **slots: Value | None
) -> Sentence | None:
    budget = Budgeted(Filter(flow=(Flow.EXPENDITURE,), fund=FISCAL, economic=economic), Base.ADJUSTED)
    versus = narrator.versus(compared.now, budget)
    return narrator.say(
        pattern,
        budget=narrator.amount(budget),
        actual=narrator.amount(compared.now),
        rate=narrator.share(compared.now, budget),
        versus=versus,
        why=_why(narrator, pattern) if versus else None,
        **slots_of_change(narrator, compared),
        **slots,
    )


def _why(narrator: Narrator, pattern: str) -> Value | None:
    """The reason why an item missed its budget; the total has that of all items."""
    key = "completion.three_public" if pattern == "total" else f"completion.three_public.{pattern}"
    figure = next((each for each in completion(narrator.dossier) if each.key == key), None)
    return narrator.typed(reason_at(narrator.dossier, figure)) if figure else None


def _overseas_counts(narrator: Narrator) -> Sentence | None:
    if not _has(narrator, "overseas_groups", "overseas_persons"):
        return None
    return narrator.say(
        "overseas_counts",
        groups=narrator.count(_detail("overseas_groups")),
        persons=narrator.count(_detail("overseas_persons")),
        purpose=narrator.typed(_detail("overseas_purpose")),
    )


def _reception_counts(narrator: Narrator) -> Sentence | None:
    if not _has(narrator, "receptions", "guests"):
        return None
    has_foreign = _has(narrator, "foreign_receptions", "foreign_guests")
    return narrator.say(
        "reception_counts",
        receptions=narrator.count(_detail("receptions")),
        guests=narrator.count(_detail("guests")),
        accompanying=_counted(narrator, "accompanying"),
        foreign=narrator.count(_detail("foreign_receptions")) if has_foreign else None,
        foreign_guests=narrator.count(_detail("foreign_guests")) if has_foreign else None,
        purpose=narrator.typed(_detail("reception_purpose")),
    )


def _fees(narrator: Narrator, split: Split) -> Sentence | None:
    """The kinds of fees that an item splits into, with the derived rest; None while none is entered."""
    if not split.explained:
        return None
    parts = joined((part for part in _kinds(narrator, split)), "，")
    return narrator.say("fees", f"{split.item.key}.fees", item=split.item.title, items=parts)


def _kinds(narrator: Narrator, split: Split) -> Iterator[Pieces | None]:
    for name in split.item.kinds:
        if read(narrator.dossier, _detail(name)):
            yield narrator.phrase("fee", name=_title(name), amount=narrator.amount(_detail(name)))
    if split.rest:
        kinds = tuple(_detail(name) for name in split.item.kinds)
        rest = Sum((Lines(split.item.filter),), kinds)
        yield narrator.phrase("fee", name=split.item.rest, amount=narrator.amount(rest))


def _detail(name: str) -> Address:
    return Address("three_public", field=name)


def _has(narrator: Narrator, *names: str) -> bool:
    return any(read(narrator.dossier, _detail(name)) for name in names)


def _counted(narrator: Narrator, name: str) -> Value | None:
    return narrator.count(_detail(name)) if _has(narrator, name) else None


def _title(name: str) -> str:
    """The name of a field on its form, without the words that tell where it belongs."""
    hint = get_type_hints(ThreePublicDetail, include_extras=True)[name]
    (title,) = (info.title for info in hint.__metadata__ if getattr(info, "title", None))
    return str(title).removeprefix("其中：")
