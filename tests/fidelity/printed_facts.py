"""What budgets print beside their tables, and their tables name alike: people, vehicles, the items of 三公."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from budgets.domain.choices import PostCategory
from budgets.domain.dossier import Dossier
from budgets.domain.schema import Assets, Staffing

from .comparison import Pair

POSTS = {
    "行政": PostCategory.ADMINISTRATIVE,
    "工勤": PostCategory.LABOUR,
    "事业": PostCategory.INSTITUTION,
    "其中参公": PostCategory.CIVIL_SERVICE_MANAGED,
    "员额": PostCategory.QUOTA,
}

THREE_PUBLIC = {
    "合计": ("合计",),
    "因公出国（境）费": ("因公出国（境）费",),
    "公务用车购置及运行费": ("公务用车购置及运行费", "小计"),
    "购置费": ("公务用车购置及运行费", "公务用车购置费"),
    "运行费": ("公务用车购置及运行费", "公务用车运行费"),
    "公务接待费": ("公务接待费",),
}
"""The headings under which the table has what the narrative lists."""


def people(printed: Mapping[str, Mapping[str, str]], report: Dossier) -> Iterator[Pair]:
    """人员情况, in the JSON."""
    own = report.part(Staffing)
    for title, attribute in (("编制", "authorised"), ("在职实有", "filled")):
        for kind, number in printed[title].items():
            counted = own if kind == "合计" else own.post(POSTS[kind.removesuffix("编制")])
            yield Pair(f"JSON {title} {kind}", number, Decimal(getattr(counted, attribute)))
    retired = {"离休": own.honorary_retirees, "退休": own.retirees}
    retired["合计"] = sum(retired.values())
    for kind, number in printed["离退休"].items():
        yield Pair(f"JSON 离退休 {kind}", number, Decimal(retired[kind]))


def vehicles(printed: Mapping[str, str], report: Dossier) -> Iterator[Pair]:
    """车辆 and its kinds, in the JSON."""
    held = {holding.kind: holding.quantity for holding in report.part(Assets).holdings}
    held["车辆"] = sum(held.values())
    for kind, number in printed.items():
        yield Pair(f"JSON {kind}", number, Decimal(held[kind]))
