"""Small reports of one department over several years, for tests of a project's story."""

from __future__ import annotations

from typing import Any

from budgets.actions.adopt import adopt
from budgets.disclosure.publication import PublicContent, create_publication
from budgets.domain.choices import Status
from budgets.models import Publication, Report
from budgets.storage.loading import load_dossier
from tests.cached_worlds import kept

PROFILES = {"budget": "dongxihu_2023", "final": "dongxihu_final_2024"}
OLD_NAME, NEW_NAME = "企业和人才服务中心", "科技创新和人才服务中心"

GOAL = {
    "key": "goal",
    "text": "办好活动",
    "indicators": [
        {"key": "times", "level1": "产出指标", "level2": "数量指标", "name": "活动次数", "value": "≥4次"},
        {"key": "happy", "level1": "满意度指标", "level2": "服务对象满意度指标", "name": "满意度", "value": "≥90%"},
    ],
}  # fmt: skip

EVALUATION = {
    "results": [
        {"key": "times", "weight": "60", "actual": "2次", "score": "30"},
        {"key": "happy", "weight": "20", "actual": "95%", "score": "20"},
    ],
    "causes": "场地未落实",
}


def project(key: str, amount: str, *, name: str = "", adjusted: str = "", **more: Any) -> dict[str, Any]:
    """One project of one line. ``amount`` in 元; ``more``: other parts, ``disclosure`` and ``reason``."""
    line = {"key": f"{key}-line", "function": "2010350", "economic": "30201", "amount": amount}
    if adjusted:
        line["adjusted"] = adjusted
    return {
        "key": key,
        "identity": {"name": name or f"项目{key}", "disclosure": more.pop("disclosure", "full")},
        "application": {"change_reason": more.pop("reason", "")},
        "activities": {"activities": [{"key": f"{key}-activity", "name": "活动", "lines": [line]}]},
        **more,
    }


def document(year: int, *projects: dict[str, Any], kind: str = "budget") -> dict[str, Any]:
    """The report of 112001, renamed from 2024 on."""
    return {
        "format": "yangguang-budget/1",
        "kind": kind,
        "year": year,
        "profile": PROFILES[kind],
        "edition": "2024",
        "district": {"code": "420112", "name": "东西湖区"},
        "department": {
            "code": "112001",
            "name": NEW_NAME if year >= 2024 else OLD_NAME,
            "kind": "public_one",
        },
        "projects": list(projects),
    }


def archived(year: int, *projects: dict[str, Any], kind: str = "budget") -> Report:
    return adopt(document(year, *projects, kind=kind), Status.ARCHIVED)


def freeze(report: Report, user: Any, reason: str = "") -> Publication:
    """Publish the report as it is now, without an approval, whatever it says."""
    content = PublicContent(report, load_dossier(report))
    content.reason = reason
    return create_publication(report, user, content)


def published(year: int, *projects: dict[str, Any], kind: str = "budget") -> Report:
    """Frozen without being checked: what is in it is the test's business."""
    report = archived(year, *projects, kind=kind)
    Report.objects.filter(pk=report.pk).update(status=Status.PUBLISHED)
    report.refresh_from_db()
    freeze(report, None)
    return report


def four_years() -> dict[str, Report]:
    """项目a: 未立项 in 2021, archived 2022, published 2023; in 2024 an archived budget and published accounts."""
    return kept("four years", _four_years)


def _four_years() -> dict[str, Report]:
    goals = {"goals": {"goals": [GOAL]}}
    return {
        "2022": archived(2022, project("a", "100000.00")),
        "2023": published(
            2023,
            project(
                "a",
                "150000.00",
                reason="多办一场活动",
                history={"entries": [{"year": 2021, "measure": "budget"}]},
                **goals,
            ),
        ),
        "2024": archived(2024, project("a", "120000.00", reason="少办一场活动", name="人才活动", **goals)),
        "final": published(
            2024,
            project("a", "90000.00", adjusted="110000.00", name="人才活动", evaluation=EVALUATION),
            kind="final",
        ),
    }
