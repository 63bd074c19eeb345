"""TXT-3 说明完整: the text lacks nothing that the locality demands, and what the department reworded still fits."""

from __future__ import annotations

from collections.abc import Iterator

from budgets.analysis.redaction import redact
from budgets.domain.address import Address
from budgets.domain.choices import Severity, Status
from budgets.domain.dossier import Dossier
from budgets.domain.findings import CheckSettings, Finding
from budgets.domain.profile import declared_sections, empty_sections, get_profile, section_of
from budgets.domain.schema import Statement
from budgets.narrative.build import lacking, narrative_of
from budgets.narrative.rewording import stale


class TextComplete:
    """Error, one for each: a chapter that the locality demands has nothing in it although its section is filled in.

    Warning, one for each: a sentence that the department reworded is worded otherwise by now, so that its rewording does
    not apply. Not checked: archived reports, localities without a generated text, and what CMP-1 says.
    """

    id = "TXT-3"
    title = "说明完整"

    def run(self, dossier: Dossier, settings: CheckSettings) -> Iterator[Finding]:
        spec = get_profile(dossier.header.profile).narrative
        if spec is None or dossier.header.status == Status.ARCHIVED:
            return
        silent = {*empty_sections(dossier), *declared_sections(dossier)}
        for chapter, title in lacking(dossier, spec):
            address = Address(chapter.needs)
            if section_of(dossier, address) not in silent:
                yield Finding(
                    rule=self.id,
                    severity=settings.severity or Severity.ERROR,
                    place=f"说明“{title}”",
                    message="没有可写的内容；请填写，公开的说明里不能缺这一部分。",
                    address=address,
                )
        if dossier.part(Statement).rewordings:
            yield from self._stale(redact(dossier), settings)

    def _stale(self, public: Dossier, settings: CheckSettings) -> Iterator[Finding]:
        document = narrative_of(public)
        for each in stale(document, public.part(Statement)) if document else ():
            now = f"这句话现在是“{each.now.text}”" if each.now else "说明里已经没有这句话"
            yield Finding(
                rule=self.id,
                severity=settings.severity or Severity.WARNING,
                place="说明中改写的句子",
                message=f"改写没有采用：{now}。请在“说明文字”中重新改写，或删除改写。",
                address=Address("rewordings", each.rewording.key),
            )
