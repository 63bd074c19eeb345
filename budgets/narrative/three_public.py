"""“三公”经费 of a budget: scope, total, each item with its counts, beside last year's (A12).

Pure. Options: none. Money of 一般公共预算, any use, as 表7 counts it.
"""

from __future__ import annotations

from collections.abc import Iterable

from ..domain.address import Address
from .changes import RESTATED, restated, slots_of_change
from .comparisons import Compared, compared_figure, compared_sum
from .document import Block, Sentence, Value
from .narrator import Narrator

ITEMS = ("overseas", "purchase", "running", "reception")

WORDING = {
    "scope": "安排“三公”经费的单位范围：{text}。",
    "total": "{year}年一般公共预算财政拨款安排“三公”经费预算{total}[，{change}[，主要原因：{reason}]]。",
    "overseas": (
        "因公出国（境）费预算{total}[，{change}[，主要原因：{reason}]]。[计划安排团组{groups}个[、{persons}人次]。]"
    ),
    "vehicles": "公务用车购置及运行维护费预算{total}[，{change}[，主要原因：{reason}]]。",
    "purchase": "其中：公务用车购置费{total}[，{change}[，主要原因：{reason}]]。[计划购置车辆{bought}辆。]",
    "running": "公务用车运行维护费{total}[，{change}[，主要原因：{reason}]]。[公务用车保有量{held}辆。]",
    "reception": (
        "公务接待费预算{total}[，{change}[，主要原因：{reason}]]。[计划接待{receptions}批次[、{guests}人次]。]"
    ),
    "restated": RESTATED,
}


def scope(narrator: Narrator) -> Iterable[Block]:
    narrator = narrator.worded(WORDING)
    return narrator.paragraph(
        "scope", [narrator.say("scope", text=narrator.typed(Address("basics", field="composition")))]
    )


COUNTS = {
    "overseas": {"groups": "overseas_groups", "persons": "overseas_persons"},
    "purchase": {"bought": "vehicles_bought"},
    "running": {"held": "vehicles_held"},
    "reception": {"receptions": "receptions", "guests": "guests"},
}
"""The slots of an item that count, with their fields of `ThreePublicDetail`."""


def items(narrator: Narrator) -> Iterable[Block]:
    """The total, then a paragraph for each item, with both items of vehicles in one."""
    narrator = narrator.worded(WORDING)
    keys = ("three_public", *(f"three_public.{name}" for name in ITEMS))
    both = compared_sum(narrator.dossier, "three_public.purchase", "three_public.running")
    paragraphs = {
        "total": [
            _said(narrator, "total", compared_figure(narrator.dossier, "three_public")),
            *restated(narrator, *keys),
        ],
        "overseas": [_item(narrator, "overseas")],
        "vehicles": [
            _said(narrator, "vehicles", both),
            _item(narrator, "purchase"),
            _item(narrator, "running"),
        ],
        "reception": [_item(narrator, "reception")],
    }
    for subject, sentences in paragraphs.items():
        yield from narrator.paragraph(subject, sentences)


def _item(narrator: Narrator, name: str) -> Sentence | None:
    counts = {slot: _counted(narrator, field) for slot, field in COUNTS[name].items()}
    return _said(narrator, name, compared_figure(narrator.dossier, f"three_public.{name}"), **counts)


def _counted(narrator: Narrator, field: str) -> Value | None:
    """A count; None of none."""
    found = narrator.count(Address("three_public", field=field))
    return found if found and found.amount else None


def _said(narrator: Narrator, pattern: str, compared: Compared, **counts: Value | None) -> Sentence | None:
    total = narrator.amount(compared.now) if pattern == "total" else narrator.listed(compared.now)
    return narrator.say(pattern, total=total, **slots_of_change(narrator, compared), **counts)
