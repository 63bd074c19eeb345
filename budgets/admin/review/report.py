"""The admin of 编报: a queue and read-only pages. Reports cannot be added, edited or deleted here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from unfold.admin import ModelAdmin
from unfold.decorators import display

from ...actions.base import ActionRefused
from ...domain.choices import Role, Severity, Status
from ...domain.money import Unit, grouped
from ...models import Report
from ...permissions import districts_of
from .. import trail
from ..board import board, rollup
from . import batch, checklist, comments, figure, page, papers, publications, story, text, verbs, waivers
from .context import days_waiting
from .lookups import reports_of
from .queue import Queue, StateFilter, YearFilter, kind_label, states

if TYPE_CHECKING:
    from .queue import QueuedReport

COLOURS = {
    Status.SUBMITTED.label: "info",
    Status.REVIEWED.label: "info",
    Status.APPROVED.label: "warning",
    Status.PUBLISHED.label: "success",
    Status.RETURNED.label: "danger",
    Status.CORRECTING.label: "danger",
}

ACTIONS = {Role.REVIEWER: ("pass_selected",), Role.APPROVER: ("approve_selected", "publish_selected")}
"""The acts on several reports at once, by role."""


def _ids(reports: QuerySet[Report]) -> list[int]:
    return list(reports.order_by("pk").values_list("pk", flat=True)[: batch.MAX_BATCH])


@admin.register(Report)
class ReportAdmin(ModelAdmin):
    list_display = (
        "department_name",
        "period",
        "state",
        "total",
        "change",
        "found",
        "waiting",
        "publication",
    )
    list_display_links = ("department_name",)
    list_filter = (StateFilter, YearFilter)
    list_per_page = 25
    list_max_show_all = 25
    list_fullwidth = True
    list_before_template = "admin/budgets/report/states.html"
    change_list_template = "admin/budgets/report/change_list.html"
    search_fields = ("department__name", "department__code", "department__earlier_names__name")
    search_help_text = "按单位代码或名称查找"
    ordering = ("submitted_at", "department__code", "-fiscal_year__year")
    actions = ("pass_selected", "approve_selected", "publish_selected", "approvals_of_selected")

    # --- who ----------------------------------------------------------------------------------------

    def get_queryset(self, request: HttpRequest) -> QuerySet[Report]:
        return reports_of(request.user)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.is_active and request.user.is_staff and districts_of(request.user).exists()

    def has_view_permission(self, request: HttpRequest, obj: Report | None = None) -> bool:
        return self.has_module_permission(request) and (
            obj is None or reports_of(request.user).filter(pk=obj.pk).exists()
        )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Report | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Report | None = None) -> bool:
        return False

    # --- where --------------------------------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        """All routes of the model. Django's own pages would be forms."""

        def route(pattern: str, view: Any, name: str) -> URLPattern:
            return path(pattern, self.admin_site.admin_view(view), name=f"budgets_report_{name}")

        return [
            route("", self.changelist_view, "changelist"),
            route("board/", board.board, "board"),
            route("board/workbook/", board.download, "board_workbook"),
            route("rollup/", rollup.rollup, "rollup"),
            route("rollup/figure/", rollup.figure, "rollup_figure"),
            route("rollup/workbook/", rollup.download, "rollup_workbook"),
            route("trail/", trail.trail, "trail"),
            route("trail/export/", trail.export, "trail_export"),
            route("trail/saves/<int:version_id>/", trail.save, "trail_save"),
            route("departments/<slug:department>/projects/<str:project>/", story.story, "story"),
            route("publish/", batch.publish_several, "publish_many"),
            route("pass/", batch.pass_several, "pass_many"),
            route("approve/", batch.approve_several, "approve_many"),
            route("<int:report_id>/change/", page.change, "change"),
            route("<int:report_id>/figure/", figure.figure, "figure"),
            route("<int:report_id>/lines/", figure.lines, "lines"),
            route("<int:report_id>/sentence/", text.sentence, "sentence"),
            route("<int:report_id>/workbook/", page.workbook, "workbook"),
            route("<int:report_id>/document/<slug:format>/", page.document, "document"),
            route("<int:report_id>/paper/<slug:kind>/<slug:format>/", page.paper, "paper"),
            route("<int:report_id>/narrative/", page.annex, "annex"),
            route("<int:report_id>/publications/", publications.publications, "publications"),
            route(
                "<int:report_id>/publications/<int:revision>/withdraw/",
                publications.withdraw_page,
                "withdraw",
            ),
            route(
                "<int:report_id>/publications/<int:revision>/<str:name>", publications.file, "published_file"
            ),
            route("<int:report_id>/checklist/", checklist.save, "checklist"),
            route("<int:report_id>/comments/", comments.add, "comment"),
            route("<int:report_id>/comments/<int:comment_id>/<slug:verb>/", comments.act, "comment_act"),
            route("<int:report_id>/verb/<slug:name>/", verbs.verb, "verb"),
            route("<int:report_id>/waive/<str:rule>/", waivers.waive, "waive"),
            route("<int:report_id>/waivers/<int:waiver_id>/lift/", waivers.lift, "lift"),
        ]

    # --- the queue ----------------------------------------------------------------------------------

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[Queue]:
        return Queue

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not self.has_view_permission(request):
            raise Http404
        chosen = request.GET.get(StateFilter.parameter_name, StateFilter.DEFAULT)
        year = request.GET.get(YearFilter.parameter_name, "")
        own = reverse("admin:budgets_report_changelist")
        reports = self.get_queryset(request)
        if year.isdecimal():
            reports = reports.filter(fiscal_year__year=int(year))
        suffix = f"&year={int(year)}" if year.isdecimal() else ""
        context = {
            "title": "编报审核",
            "states": states(reports, chosen, lambda state: f"{own}?state={state}{suffix}"),
            **(extra_context or {}),
        }
        return super().changelist_view(request, context)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        actions = super().get_actions(request)
        for role, names in ACTIONS.items():
            if not districts_of(request.user, (role,)).exists():
                for name in names:
                    actions.pop(name, None)
        return actions

    @admin.action(description="初审通过所选编报")
    def pass_selected(self, request: HttpRequest, queryset: QuerySet[Report]) -> HttpResponse:
        return redirect(batch.address("pass_many", _ids(queryset)))

    @admin.action(description="批复所选编报")
    def approve_selected(self, request: HttpRequest, queryset: QuerySet[Report]) -> HttpResponse:
        return redirect(batch.address("approve_many", _ids(queryset)))

    @admin.action(description="公开所选编报")
    def publish_selected(self, request: HttpRequest, queryset: QuerySet[Report]) -> HttpResponse:
        return redirect(batch.address("publish_many", _ids(queryset)))

    @admin.action(description="下载所选编报的批复文件")
    def approvals_of_selected(self, request: HttpRequest, queryset: QuerySet[Report]) -> HttpResponse | None:
        if queryset.count() > papers.MOST:
            self.message_user(
                request, f"一次最多下载 {papers.MOST} 份编报的批复文件，请分批选择", messages.ERROR
            )
            return None
        try:
            return papers.approvals(list(queryset))
        except ActionRefused as refused:
            self.message_user(request, refused.message, messages.ERROR)
            return None

    # --- its columns --------------------------------------------------------------------------------

    @display(description="部门", ordering="department__code")
    def department_name(self, report: Report) -> str:
        return f"{report.department.code} {report.department.name_in(report.year)}"

    @display(description="编报", ordering="fiscal_year__year")
    def period(self, report: Report) -> str:
        return kind_label(report)

    @display(description="状态", ordering="status", label=COLOURS)
    def state(self, report: Report) -> str:
        return Status(report.status).label

    @display(description="支出总计（万元）")
    def total(self, report: QueuedReport) -> SafeString:
        amount = grouped(report.entry.total.current, Unit.WAN)
        return format_html('<span class="review-amount">{}</span>', amount)

    @display(description="比上年")
    def change(self, report: QueuedReport) -> str:
        change = report.entry.total
        return f"{change.arrow} {change.percent}".strip() or "—"

    @display(description="校验与意见")
    def found(self, report: QueuedReport) -> SafeString:
        entry = report.entry
        errors, warnings = entry.count(Severity.ERROR), entry.count(Severity.WARNING)
        parts = [
            (errors, "review-error", "✕", "错误"),
            (warnings, "review-warning", "!", "提醒"),
            (entry.open_threads, "review-thread", "○", "意见"),
        ]
        shown = [
            format_html('<span class="{}">{} {} {}</span>', css, sign, count, word)
            for count, css, sign, word in parts
            if count
        ]
        if report.status == Status.ARCHIVED:
            return SafeString("—")
        return (
            SafeString(" ".join(shown))
            if shown
            else format_html('<span class="review-done">{}</span>', "✓ 无")
        )

    @display(description="已等", ordering="submitted_at")
    def waiting(self, report: Report) -> str:
        days = days_waiting(report)
        return "—" if days is None else f"{days} 天"

    @display(description="距公开")
    def publication(self, report: Report) -> SafeString | str:
        days = report.days_to_publish
        if days is None:
            return "—"
        if days < 0:
            return format_html('<span class="review-error">✕ 超期 {} 天</span>', -days)
        return f"还有 {days} 天"
