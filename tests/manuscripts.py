"""The printed samples as whole documents, and the fonts that a pdf needs."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache

import pytest

from budgets.analysis.redaction import redact
from budgets.domain.dossier import Dossier
from budgets.domain.profile import build_tables
from budgets.narrative.build import build_narrative
from budgets.renderers.booklet import Booklet
from budgets.renderers.pdf import missing_fonts
from tests.catalogue import variants

REPORTS: dict[str, Callable[[], Dossier]] = {
    "000": variants.printed_000,
    "001": variants.mended_001,
    "004": variants.mended_004,
}
"""A budget of each of two localities, and final accounts."""

COVER = (("单位代码", "112001"), ("批复文号", "东财预〔2023〕12 号"))
RARE = "镕喆堃𠮷"

needs_fonts = pytest.mark.skipif(
    bool(missing_fonts()) and not os.environ.get("REQUIRE_SERVICES"),
    reason="the machine lacks fonts-noto-cjk",
)


@cache
def booklet(name: str) -> Booklet:
    """The full text of the report of that name."""
    return booklet_of(REPORTS[name]())


def booklet_of(report: Dossier) -> Booklet:
    """What the report would publish as one document."""
    report = redact(report)
    document = build_narrative(report)
    return Booklet(
        title=document.title,
        department=report.header.department_name,
        document=document,
        sheets=build_tables(report),
        cover=COVER,
        annexes=(f"{RARE} 附件",),
    )
