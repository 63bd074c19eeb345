"""CMP-1 必填部分: every section that the profile requires is filled in, or declared to be empty."""

from __future__ import annotations

from collections.abc import Iterator

from budgets.domain.choices import Severity, Status
from budgets.domain.dossier import Dossier
from budgets.domain.findings import CheckSettings, Finding
from budgets.domain.profile import declared_sections, empty_sections


class RequiredSections:
    """Error, one for each section: a required section holds nothing and is not declared to be empty.

    Zeros, blanks and lines without an amount count as nothing. Not checked: archived reports, which hold only what
    is known of them.
    """

    id = "CMP-1"
    title = "必填部分"

    def run(self, dossier: Dossier, settings: CheckSettings) -> Iterator[Finding]:
        if dossier.header.status == Status.ARCHIVED:
            return
        declared = declared_sections(dossier)
        for key, title in empty_sections(dossier).items():
            if key not in declared:
                yield Finding(
                    rule=self.id,
                    severity=settings.severity or Severity.ERROR,
                    section=key,
                    place=title,
                    message="还没有填写；请填写，确实没有的请声明“本部分没有内容”。",
                )
