"""The frame of the admin: the sidebar and the first page."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.http import HttpRequest
from django.urls import reverse

from ..domain.choices import ReportKind, Status
from ..notifications import unread
from ..permissions import AuthenticatedHttpRequest, districts_of, review_reports
from .review.queue import SEEN_STATES
from .scope import is_administrator


def reviews(request: HttpRequest) -> bool:
    return request.user.is_active and request.user.is_staff and districts_of(request.user).exists()


def _link(title: str, icon: str, model: str) -> dict[str, Any]:
    return {"title": title, "icon": icon, "link": reverse(f"admin:{model}_changelist")}


def sidebar(request: HttpRequest) -> list[dict[str, Any]]:
    """The sidebar with the pages that the person may use."""
    groups = []
    if reviews(request):
        items = [
            _link("编报审核", "fact_check", "budgets_report"),
            {"title": "全区进度", "icon": "monitoring", "link": reverse("admin:budgets_report_board")},
            {"title": "全区汇总", "icon": "functions", "link": reverse("admin:budgets_report_rollup")},
        ]
        below = (*(item["link"] for item in items[1:]), reverse("admin:budgets_report_trail"))
        if request.path.startswith(below):
            # Their addresses are below the queue's, which would be marked as the current page too.
            items[0]["active"] = False
        groups.append({"title": "审核", "items": items})
    if reviews(request) or is_administrator(request):
        items = [{"title": "留痕", "icon": "history", "link": reverse("admin:budgets_report_trail")}]
        if request.user.is_superuser:
            items.append({"title": "运行错误", "icon": "error", "link": reverse("errors")})
        groups.append({"title": "记录", "items": items})
    if is_administrator(request):
        items = [
            _link("年度", "calendar_month", "budgets_fiscalyear"),
            _link("延期", "event_upcoming", "budgets_extension"),
            _link("部门", "apartment", "budgets_department"),
            _link("校验规则设置", "rule_settings", "budgets_rulesetting"),
            _link("说明文字设置", "edit_note", "budgets_textsetting"),
            _link("区", "map", "budgets_district"),
            _link("用户", "person", "auth_user"),
            _link("人员与角色", "badge", "budgets_membership"),
        ]
        codes = [
            _link("功能分类科目", "category", "budgets_functioncode"),
            _link("经济分类科目", "label", "budgets_economiccode"),
            _link("科目版本", "inventory_2", "budgets_classificationedition"),
        ]
        groups += [{"title": "管理", "items": items}, {"title": "科目", "items": codes}]
    return groups


def dashboard(request: AuthenticatedHttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Add the number of reports in each state, by year and kind, with links into the queue."""
    counts: dict[tuple[int, str], dict[str, int]] = {}
    rows = (
        review_reports(request.user)
        .order_by("-fiscal_year__year", "kind")
        .values_list("fiscal_year__year", "kind", "status")
        .annotate(Count("pk"))
    )
    for year, kind, status, count in rows:
        counts.setdefault((year, kind), {})[status] = count
    queue = reverse("admin:budgets_report_changelist")
    years = [
        {
            "title": f"{year} 年{ReportKind(kind).label}",
            "cells": [
                {"count": of.get(state, 0), "url": f"{queue}?state={state}&year={year}"}
                for state in SEEN_STATES
            ],
        }
        for (year, kind), of in counts.items()
    ]
    overdue = [
        report
        for report in review_reports(request.user)
        .filter(status=Status.APPROVED)
        .select_related("department", "fiscal_year")
        .prefetch_related("department__earlier_names")
        if (report.days_to_publish or 0) < 0
    ]
    return {
        **context,
        "title": "审核与管理",
        "reviews": reviews(request),
        "notices": list(unread(request.user)),
        "states": [state.label for state in SEEN_STATES],
        "years": years,
        "overdue": overdue,
        "queue": queue,
        "board": reverse("admin:budgets_report_board"),
    }
