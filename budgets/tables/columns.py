"""The columns of expenditure by use that several tables share.

Pure. The columns of a table cover all expenditure. Uses without a column on the printed form (other uses, basic
expenditure without economic code) get a column of their own if they are not zero.
"""

from __future__ import annotations

from budgets.domain.choices import Use
from budgets.domain.ledger import PERSONNEL, Filter

from .grid import Column
from .wording import UNSPECIFIED

_ECONOMIC = ("3", "5")
"""First digits of economic codes, departmental or government."""

BASIC = Filter(use=(Use.BASIC,))
BASIC_PERSONNEL = Filter(use=(Use.BASIC,), economic=PERSONNEL)
BASIC_OPERATING = Filter(use=(Use.BASIC,), economic=_ECONOMIC, economic_except=PERSONNEL)
BASIC_UNCODED = Filter(use=(Use.BASIC,), economic_except=_ECONOMIC)
PROJECT = Filter(use=(Use.PROJECT,))
OTHER_USES = Filter(use=(Use.COMMERCIAL, Use.REMITTED, Use.SUBSIDY))
UNKNOWN_USE = Filter(use=(Use.UNSPECIFIED,))


def basic_parts(*path: str) -> tuple[Column, ...]:
    """Columns under ``path``: 人员经费, 公用经费 and, if there is any, basic expenditure of neither kind."""
    return (
        Column("personnel", (*path, "人员经费"), BASIC_PERSONNEL),
        Column("operating", (*path, "公用经费"), BASIC_OPERATING),
        Column("basic.unspecified", (*path, UNSPECIFIED), BASIC_UNCODED, optional=True),
    )


def beyond_project(*path: str) -> tuple[Column, ...]:
    """A column under ``path`` for expenditure that is neither basic nor in projects, if there is any."""
    return (
        Column("other", (*path, "其他支出"), OTHER_USES, optional=True),
        Column("unspecified", (*path, UNSPECIFIED), UNKNOWN_USE, optional=True),
    )
