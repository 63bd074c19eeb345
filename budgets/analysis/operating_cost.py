"""机关运行经费 of a report: 公用经费 of the units whose operating cost goes by that name.

Pure. Amounts in 元.
"""

from __future__ import annotations

from decimal import Decimal

from ..domain.choices import DepartmentKind, Flow, Fund, Use
from ..domain.dossier import Dossier
from ..domain.ledger import PERSONNEL, Filter
from ..domain.money import ZERO

AGENCIES = (DepartmentKind.ADMINISTRATIVE, DepartmentKind.CIVIL_SERVICE_MANAGED)
"""The kinds of unit whose 公用经费 is 机关运行经费."""

WORD = "机关运行经费"
"""The printed term. A locality that prints 机关（事业）运行经费 counts every unit."""

OPERATING_COST = Filter(
    flow=(Flow.EXPENDITURE,),
    fund=(Fund.GENERAL,),
    use=(Use.BASIC,),
    economic=("3", "5"),
    economic_except=PERSONNEL,
)
"""公用经费 of the basic expenditure from 一般公共预算."""


def operating_cost(dossier: Dossier) -> Decimal:
    return dossier.ledger.total(OPERATING_COST)


def has_agency_operating_cost(dossier: Dossier, word: str = WORD) -> bool:
    """Whether 公用经费 counts: not of 事业单位 that are not 参公, unless ``word`` speaks of 事业 too."""
    return dossier.header.department_kind in AGENCIES or "事业" in word


def agency_operating_cost(dossier: Dossier, word: str = WORD) -> Decimal:
    """机关运行经费 in 元; zero where `has_agency_operating_cost` says that none counts."""
    return operating_cost(dossier) if has_agency_operating_cost(dossier, word) else ZERO
