"""TXT-3: what the text lacks, and wording that does not fit any more."""

from __future__ import annotations

from dataclasses import replace

import pytest

from budgets.analysis.redaction import redact
from budgets.checks.txt_3 import TextComplete
from budgets.domain.choices import Severity, Status
from budgets.domain.dossier import Dossier
from budgets.domain.findings import CheckSettings, Finding
from budgets.domain.schema import Basics, Duty, Rewording, Staffing, Statement, WorkItem
from budgets.narrative.build import build_narrative
from budgets.narrative.rewording import wording_of
from tests.examples import dossier, header, project, withheld
from tests.final_examples import final

TASK = WorkItem(key="t1", title="优化体系")
DUTY = Duty(key="d1", text="宣传政策")


def run(report: Dossier, severity: Severity | None = None) -> list[Finding]:
    return list(TextComplete().run(report, CheckSettings(severity=severity)))


def complete() -> Dossier:
    return dossier(parts={Basics: Basics(duties=(DUTY,), tasks=(TASK,)), Staffing: Staffing(retirees=1)})


def test_a_complete_text_is_silent() -> None:
    assert run(complete()) == []


@pytest.mark.parametrize(
    ("basics", "lacks", "object"),
    [
        (Basics(preparer="填报人", tasks=(TASK,)), "部门主要职能", "duties"),
        (Basics(duties=(DUTY,)), "年度工作目标及主要任务", "tasks"),
    ],
)
def test_a_chapter_without_anything(basics: Basics, lacks: str, object: str) -> None:
    [finding] = run(dossier(parts={Basics: basics, Staffing: Staffing(retirees=1)}))
    assert finding.severity == Severity.ERROR and lacks in finding.place
    assert finding.address and finding.address.object == object


def test_a_section_without_anything_is_for_cmp_1() -> None:
    """One fault is told once: neither 人员情况 nor 基本情况 holds anything."""
    assert run(dossier(parts={})) == []


def test_final_accounts_need_their_key_tasks() -> None:
    report = final(parts={Basics: Basics(duties=(DUTY,)), Staffing: Staffing(retirees=1)})
    assert ["重点工作" in finding.place for finding in run(report)] == [True]


def test_archived_reports_are_not_checked() -> None:
    lacking = {Basics: Basics(preparer="填报人")}
    assert run(dossier(parts=lacking)) != []
    assert run(dossier(parts=lacking, header=header(status=Status.ARCHIVED))) == []


def reworded(report: Dossier, original: str = "") -> Dossier:
    said = build_narrative(report).sentence("staffing.retired")
    assert said is not None
    mine = Rewording(
        key="r1",
        sentence=said.key,
        original=original or wording_of(said),
        wording="离退休共〔1〕人，〔2〕人离休，〔3〕人退休。",
    )
    return _with(report, mine)


def _with(report: Dossier, rewording: Rewording) -> Dossier:
    return replace(report, parts={**report.parts, Statement: Statement(rewordings=(rewording,))})


def test_a_rewording_that_applies_is_silent() -> None:
    assert run(reworded(complete())) == []


def test_a_rewording_of_another_sentence_is_a_warning() -> None:
    [finding] = run(reworded(complete(), original="离退休〔1〕〔2〕〔3〕。"))
    assert (finding.severity, finding.address and finding.address.owner) == (
        Severity.WARNING,
        "rewordings/r1",
    )
    assert "离退休人员1人" in finding.message
    [finding] = run(reworded(complete(), original="离退休〔1〕〔2〕〔3〕。"), Severity.ERROR)
    assert finding.severity == Severity.ERROR


def test_a_sentence_that_is_gone() -> None:
    mine = Rewording(key="r1", sentence="project.gone", original="〔1〕。", wording="甲〔1〕。")
    [finding] = run(_with(complete(), mine))
    assert "说明里已经没有这句话" in finding.message


def test_a_withheld_project_takes_its_rewording_with_it_in_silence() -> None:
    """The department cannot put right what stands in no public text."""
    report = replace(complete(), projects=(project("open"), withheld("secret")))
    mine = Rewording(key="r1", sentence="project.secret", original="〔1〕。", wording="甲〔1〕。")
    report = _with(report, mine)
    assert redact(report).part(Statement).rewordings == ()
    assert run(report) == []
