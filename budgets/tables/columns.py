"""The columns of expenditure by use that several tables have in common.

Pure. Together the columns of a table leave no expenditure out: what the printed form has no column for
(other uses, basic expenditure without economic code) gets one where it is not zero.
"""

from __future__ import annotations

from budgets.domain.choices import Use
from budgets.domain.ledger import PERSONNEL, Filter

from .grid import Column
from .wording import UNSPECIFIED

_ECONOMIC = ("3", "5")
"""What economic codes, departmental or government, begin with."""

BASIC = Filter(use=(Use.BASIC,))
BASIC_PERSONNEL = Filter(use=(Use.BASIC,), economic=PERSONNEL)
BASIC_OPERATING = Filter(use=(Use.BASIC,), economic=_ECONOMIC, economic_except=PERSONNEL)
BASIC_UNCODED = Filter(use=(Use.BASIC,), economic_except=_ECONOMIC)
PROJECT = Filter(use=(Use.PROJECT,))
OTHER_USES = Filter(use=(Use.COMMERCIAL, Use.REMITTED, Use.SUBSIDY))
UNKNOWN_USE = Filter(use=(Use.UNSPECIFIED,))


def basic_parts(*path: str) -> tuple[Column, ...]:
    """人员经费, 公用经费 and, where there is any, basic expenditure of neither; under ``path``."""
    return (
        Column("personnel", (*path, "人员经费"), BASIC_PERSONNEL),
        Column("operating", (*path, "公用经费"), BASIC_OPERATING),
        Column("basic.unspecified", (*path, UNSPECIFIED), BASIC_UNCODED, optional=True),
    )


def beyond_project(*path: str) -> tuple[Column, ...]:
    """What is neither basic nor project expenditure, where there is any; under ``path``."""
    return (
        Column("other", (*path, "其他支出"), OTHER_USES, optional=True),
        Column("unspecified", (*path, UNSPECIFIED), UNKNOWN_USE, optional=True),
    )
