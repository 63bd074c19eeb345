"""One small dossier whose every figure can be added up by hand, and how to look at what tables print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from budgets.domain.choices import (
    DepartmentKind,
    Disclosure,
    Flow,
    Fund,
    ProcurementClass,
    ProjectCategory,
    ReportKind,
    ServiceCategory,
    Use,
)
from budgets.domain.dossier import Dossier, Header, ProjectDossier
from budgets.domain.money import Unit
from budgets.domain.profile import build_table, get_profile
from budgets.domain.schema import (
    Activities,
    Activity,
    ActivityLine,
    Application,
    Expenditure,
    ExpenditureLine,
    Identity,
    Income,
    IncomeLine,
    OperatingProcurement,
    ProcurementItem,
    ProjectProcurement,
)
from budgets.domain.sheets import Cell, Sheet, positions
from tests.strategies import CODES

HEADER = Header(
    kind=ReportKind.BUDGET,
    year=2023,
    profile="dongxihu_2023",
    district_code="420112",
    district_name="东西湖区",
    department_code="112001",
    department_name="服务中心",
    department_kind=DepartmentKind.PUBLIC_ONE,
    edition="2023",
)


def received(amount: str, fund: Fund = Fund.GENERAL, flow: Flow = Flow.INCOME) -> IncomeLine:
    return IncomeLine(flow=flow, fund=fund, amount=Decimal(amount))


def spent(
    amount: str, function: str, economic: str, fund: Fund = Fund.GENERAL, use: Use = Use.BASIC
) -> ExpenditureLine:
    return ExpenditureLine(amount=Decimal(amount), function=function, economic=economic, fund=fund, use=use)


def line(
    amount: str, function: str, economic: str, fund: Fund = Fund.GENERAL, carried: bool = False
) -> ActivityLine:
    return ActivityLine(
        amount=Decimal(amount), function=function, economic=economic, fund=fund, from_carry_over=carried
    )


def project(
    key: str,
    name: str,
    category: ProjectCategory,
    lines: Sequence[ActivityLine],
    items: Sequence[ProcurementItem] = (),
    unit: str = "",
    disclosure: Disclosure = Disclosure.FULL,
) -> ProjectDossier:
    return ProjectDossier(
        key,
        {
            Identity: Identity(name=name, category=category, disclosure=disclosure),
            Application: Application(executing_unit=unit),
            Activities: Activities(activities=(Activity(lines=tuple(lines)),)),
            ProjectProcurement: ProjectProcurement(items=tuple(items)),
        },
    )


def report(
    *,
    income: Sequence[IncomeLine] = (),
    expenditure: Sequence[ExpenditureLine] = (),
    projects: Sequence[ProjectDossier] = (),
    items: Sequence[ProcurementItem] = (),
    year: int = 2023,
    earlier: Sequence[Dossier] = (),
) -> Dossier:
    return Dossier(
        header=replace(HEADER, year=year),
        parts={
            Income: Income(lines=tuple(income)),
            Expenditure: Expenditure(lines=tuple(expenditure)),
            OperatingProcurement: OperatingProcurement(items=tuple(items)),
        },
        projects=tuple(projects),
        earlier=tuple(earlier),
        codes=CODES,
    )


def known() -> Dossier:
    """In 元: in 1,291,000.05, out 1,220,000.05, of which projects 350,000; carried forward 71,000."""
    general = project(
        "general",
        "综合业务",
        ProjectCategory.SPECIFIC,
        [line("150000", "2010350", "30201"), line("30000", "2010350", "30201", carried=True)],
        [
            ProcurementItem(
                key="1",
                name="打印纸",
                kind=ProcurementClass.GOODS,
                quantity="10箱",
                amount=Decimal("1500"),
            ),
            ProcurementItem(
                key="2",
                name="法律顾问",
                quantity="1项",
                amount=Decimal("20000"),
                service_category=ServiceCategory.SUPPORT,
            ),
        ],
    )
    land = project(
        "land",
        "征地补偿",
        ProjectCategory.OPERATING,
        [
            line("150000", "2120801", "31002", Fund.GOVERNMENT_FUND),
            line("10000", "2120801", "31002", Fund.GOVERNMENT_FUND, carried=True),
            line("5000", "2010350", "30201", Fund.OPERATING_INCOME, carried=True),
        ],
        unit="土地科",
    )
    secret = project(
        "secret",
        "内部事项",
        ProjectCategory.SPECIFIC,
        [line("5000", "2010350", "30201")],
        [
            ProcurementItem(
                key="1", name="内部服务", amount=Decimal("2000"), service_category=ServiceCategory.PUBLIC
            )
        ],
        unit="内部科",
        disclosure=Disclosure.WITHHELD,
    )
    return report(
        income=[
            received("1000000"),
            received("200000", Fund.GOVERNMENT_FUND),
            received("50000", Fund.OPERATING_INCOME),
            received("30000.05", flow=Flow.OPENING),
            received("10000", Fund.GOVERNMENT_FUND, Flow.OPENING),
            received("1000", Fund.COMMERCIAL, Flow.OPENING),
        ],
        expenditure=[
            spent("600000", "2010350", "30101"),
            spent("100000.05", "2010350", "30201"),
            spent("80000", "2080505", "30112"),
            spent("20000", "2210201", "30302"),
            spent("30000", "2010350", "30231"),
            spent("40000", "2010350", "30201", Fund.OPERATING_INCOME),
        ],
        projects=[general, land, secret],
        items=[
            ProcurementItem(
                key="1",
                name="空调",
                kind=ProcurementClass.GOODS,
                quantity="1台",
                fund=Fund.OTHER,
                amount=Decimal("3000"),
            )
        ],
        earlier=[
            report(
                year=2022,
                expenditure=[spent("25000", "2010350", "30231"), spent("5000", "2010350", "30217")],
            )
        ],
    )


def table(dossier: Dossier, key: str, unit: Unit | None = None, **options: object) -> Sheet:
    """The one sheet of a table of 东西湖 2023, with ``options`` instead of the profile's where given."""
    use = get_profile("dongxihu_2023").table(key)
    (sheet,) = build_table(dossier, replace(use, options=options) if options else use, unit)
    return sheet


def printed(cell: Cell) -> str:
    return "" if cell.value is None else str(cell.value)


def grid(sheet: Sheet) -> list[list[str]]:
    """Every row as printed, head first; what a span covers is ``<``."""
    cells = {(placed.row, placed.column): printed(placed.cell) for placed in positions(sheet)}
    height = 1 + max(row for row, _ in cells)
    return [[cells.get((row, column), "<") for column in range(len(sheet.widths))] for row in range(height)]


def amounts(sheet: Sheet, row: str) -> dict[str, str]:
    """The keyed cells of one row, as printed, by column."""
    start = f"{sheet.table}/{row}/"
    return {
        key.removeprefix(start): printed(cell) for key, cell in sheet.cells.items() if key.startswith(start)
    }
