"""The final accounts that 东西湖区科技创新和人才服务中心 published for 2024, entered as printed: in 万元.

Line by line as 公开03表 and 公开06表 have them, so that sums follow from the lines: 公开05表 prints 1,112.14
for lines that add up to 1,112.12, which is 尾差.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from budgets.classification.editions import classification
from budgets.domain.choices import DepartmentKind, Flow, Fund, ReportKind, Use
from budgets.domain.dossier import Dossier, Header
from budgets.domain.money import Unit
from budgets.domain.profile import build_table, get_profile
from budgets.domain.schema import Expenditure, ExpenditureLine, Income, IncomeLine
from budgets.domain.sheets import Sheet

PROFILE = "dongxihu_final_2024"
CODES = classification("2024")
HEADER = Header(
    kind=ReportKind.FINAL,
    year=2024,
    profile=PROFILE,
    district_code="420112",
    district_name="东西湖区",
    department_code="112001",
    department_name="东西湖区科技创新和人才服务中心",
    department_kind=DepartmentKind.PUBLIC_ONE,
    edition="2024",
)

RUN, RETIRED, OTHERS = "2010350", "2080502", "2010399"
STAFF = {
    "30101": (RUN, "161.27"),
    "30102": (RUN, "3.91"),
    "30103": (RUN, "85.88"),
    "30107": (RUN, "325.95"),
    "30108": ("2080505", "80.81"),
    "30109": ("2080506", "53.60"),
    "30110": ("2101101", "33.84"),
    "30111": ("2101103", "21.66"),
    "30112": ("2109999", "3.08"),
    "30113": ("2210201", "70.14"),
}
OFFICE = {
    "30201": "5.18",
    "30202": "3.89",
    "30205": "0.07",
    "30206": "1.42",
    "30207": "1.02",
    "30211": "0.43",
    "30213": "1.68",
    "30214": "0.84",
    "30226": "2.09",
    "30227": "6.97",
    "30228": "20.42",
    "30229": "20.87",
    "30231": "0.36",
    "30239": "0.17",
    "30299": "0.47",
    "31002": "0.94",
}


def wan(value: str) -> Decimal:
    """``value`` in 万元 as 元."""
    return Decimal(value) * 10000


def came(amount: str, function: str = "", fund: Fund = Fund.GENERAL, flow: Flow = Flow.INCOME) -> IncomeLine:
    """``amount`` in 万元."""
    return IncomeLine(flow=flow, fund=fund, function=function, amount=wan(amount))


def went(
    amount: str,
    function: str = RUN,
    economic: str = "30201",
    fund: Fund = Fund.GENERAL,
    use: Use = Use.BASIC,
    adjusted: str | None = None,
    carried: bool = False,
) -> ExpenditureLine:
    """``amount`` and ``adjusted`` in 万元."""
    return ExpenditureLine(
        amount=wan(amount),
        function=function,
        economic=economic,
        fund=fund,
        use=use,
        adjusted=None if adjusted is None else wan(adjusted),
        from_carry_over=carried,
    )


def report(income: Sequence[IncomeLine] = (), expenditure: Sequence[ExpenditureLine] = ()) -> Dossier:
    return Dossier(
        header=HEADER,
        parts={Income: Income(lines=tuple(income)), Expenditure: Expenditure(lines=tuple(expenditure))},
        codes=CODES,
    )


def known() -> Dossier:
    basic = [
        *(went(amount, function, economic) for economic, (function, amount) in STAFF.items()),
        went("6.51", RETIRED, "30302"),
        went("0.10", RUN, "30302"),
        *(
            went(amount, RUN, economic, adjusted=amount if economic == "30231" else None)
            for economic, amount in OFFICE.items()
        ),
    ]
    income: dict[str, Decimal] = {OTHERS: wan("198.55")}
    for line in basic:
        income[line.function] = income.get(line.function, Decimal(0)) + line.amount
    return report(
        [
            *(replace(came("0", function), amount=amount) for function, amount in sorted(income.items())),
            came("21.72", OTHERS, Fund.OTHER),
        ],
        [
            *basic,
            went("198.55", OTHERS, "30227", use=Use.PROJECT),
            went("0.30", OTHERS, "30299", Fund.OTHER, Use.PROJECT),
        ],
    )


def table(dossier: Dossier, key: str, unit: Unit | None = None, **options: object) -> Sheet:
    """The one sheet of a table of 东西湖 2024, with ``options`` instead of the profile's where given."""
    use = get_profile(PROFILE).table(key)
    (sheet,) = build_table(dossier, replace(use, options=options) if options else use, unit)
    return sheet
