"""The words of the final accounts' tables.

Pure.
"""

from __future__ import annotations

from budgets.domain.choices import FISCAL, Fund
from budgets.domain.dossier import Dossier
from budgets.domain.profile import get_profile

COLUMN_NUMBER = "栏次"
LINE_NUMBER = "行次"


def income_label(fund: Fund) -> str:
    """The kind of income that feeds a fund."""
    if fund in FISCAL:
        return f"{fund.label}收入"
    return "经营收入" if fund == Fund.COMMERCIAL else fund.label


def about(dossier: Dossier, what: str) -> str:
    """The note that says what a table shows."""
    return f"本表列示{get_profile(dossier.header.profile).word}{dossier.header.year}年度{what}。"
