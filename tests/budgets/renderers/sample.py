"""Small sheets that have one of everything."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from budgets.domain.address import Address
from budgets.domain.money import Unit
from budgets.domain.sheets import Cell, HeaderTree, Region, Role, Row, Sheet

FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1")


def amount(value: str | None, key: str = "") -> Cell:
    return Cell(None if value is None else Decimal(value), Role.AMOUNT, key=key)


def label(text: str, **more: Any) -> Cell:
    return Cell(text, Role.LABEL, scope="row", **more)


def table(**changes: Any) -> Sheet:
    """科目编码 | 科目名称 | 预算数{合计, 占比} | 备注."""
    given: dict[str, Any] = {
        "table": "T05",
        "number": "表5",
        "title": "2023年一般公共预算支出表",
        "name": "表5 一般公共预算支出表",
        "department": "某区某某中心",
        "unit": Unit.WAN,
        "widths": (5.0, 16.0, 6.0, 6.0, 10.0),
        "head": HeaderTree(["科目编码", "科目名称", ("预算数", ["合计", "占比"]), "备注"]).rows(),
        "body": (
            Row(
                (
                    Cell("2010350", Role.CODE),
                    label("事业运行", indent=1),
                    amount("1850.00", "T05/2010350/total"),
                    Cell(Decimal("27.65"), Role.PERCENT, key="T05/2010350/share"),
                    Cell("第一行\n第二行"),
                )
            ),
            Row(
                (
                    label("合计", columns=2),
                    amount("-3073.53", "T05/total/total"),
                    Cell(None, Role.PERCENT),
                    Cell(3, Role.COUNT),
                ),
                total=True,
            ),
        ),
        "notes": ("本表为空也要打印。",),
    }
    return Sheet(**{**given, **changes})


def rows(*texts: Sequence[Cell | str], widths: tuple[float, ...], **changes: Any) -> Sheet:
    """A table without head, of these rows."""
    body = tuple(Row(tuple(Cell(c) if isinstance(c, str) else c for c in row)) for row in texts)
    return table(widths=widths, head=(), body=body, **changes)


def form() -> Sheet:
    """One typed field, then a region of two rows under a printed head."""
    header = Cell("品名", Role.HEADER, columns=2, scope="col"), Cell("金额", Role.HEADER, scope="col")
    items = tuple(
        Row((Cell(name, columns=2, source=Address("procurement", name, "name")), amount("1.00")))
        for name in ("打印机", "服务器")
    )
    region = Region("procurement", items, ("name", "kind", "amount"), (1, 1, 1), (Row(header),))
    return table(
        table="T13.general",
        widths=(7.0, 7.0, 7.0),
        head=(),
        is_form=True,
        body=(
            Row(
                (
                    label("项目名称"),
                    Cell(
                        "综合业务", columns=2, key="T13/name/value", source=Address("identity", field="name")
                    ),
                )
            ),
            region,
            Row((Cell("尾行", columns=3),)),
        ),
    )
