"""区、部门、年度: the configuration that administrators keep for their districts, with its history."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Field, Model, QuerySet
from django.http import HttpRequest
from simple_history.admin import SimpleHistoryAdmin
from unfold.widgets import UnfoldAdminSelectWidget

from ..domain.choices import ReportKind
from ..domain.profile import get_profile, profile_keys
from ..models import Department, District, Division, EarlierName, FiscalYear
from .scope import AdministratorAdmin, AdministratorInline, DistrictFilter


@admin.register(District)
class DistrictAdmin(AdministratorAdmin, SimpleHistoryAdmin):
    """Administrators may rename their district. Only superusers add or remove one."""

    list_display = ("name", "code")
    search_fields = ("name", "code")

    def within(self, rows: QuerySet[District], districts: QuerySet[District]) -> QuerySet[District]:
        return rows.filter(pk__in=districts)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.is_superuser

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return request.user.is_superuser

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        return () if request.user.is_superuser else ("code",)


class EarlierNameInline(AdministratorInline):
    model = EarlierName


class DivisionInline(AdministratorInline):
    model = Division


@admin.register(Department)
class DepartmentAdmin(AdministratorAdmin, SimpleHistoryAdmin):
    list_display = ("code", "name", "kind", "district", "parent")
    list_display_links = ("code", "name")
    list_filter = (("district", DistrictFilter), "kind")
    list_select_related = ("district", "parent")
    search_fields = ("code", "name", "earlier_names__name")
    search_help_text = "按单位代码、名称或曾用名查找"
    inlines = (EarlierNameInline, DivisionInline)

    def within(self, rows: QuerySet[Department], districts: QuerySet[District]) -> QuerySet[Department]:
        return rows.filter(district__in=districts)

    def get_readonly_fields(self, request: HttpRequest, obj: Department | None = None) -> tuple[str, ...]:
        """Code and district cannot be changed once there are reports: public addresses and years depend on them."""
        return ("code", "district") if obj and obj.reports.exists() else ()


@admin.register(FiscalYear)
class FiscalYearAdmin(AdministratorAdmin, SimpleHistoryAdmin):
    list_display = ("year", "district", "edition", "tables", "budget_deadline", "final_deadline")
    list_filter = (("district", DistrictFilter),)
    list_select_related = ("district", "edition")
    fieldsets = (
        (None, {"fields": (("district", "year", "edition"),)}),
        ("预算", {"fields": (("budget_profile", "budget_deadline"),)}),
        ("决算", {"fields": (("final_profile", "final_deadline"),)}),
    )

    @admin.display(description="表样")
    def tables(self, year: FiscalYear) -> str:
        keys = [key for key in (year.budget_profile, year.final_profile) if key]
        return "、".join(get_profile(key).title for key in keys) or "—"

    def within(self, rows: QuerySet[FiscalYear], districts: QuerySet[District]) -> QuerySet[FiscalYear]:
        return rows.filter(district__in=districts)

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> Any:
        kinds = {"budget_profile": ReportKind.BUDGET, "final_profile": ReportKind.FINAL}
        if db_field.name in kinds:
            offered = [p for p in map(get_profile, profile_keys()) if p.kind == kinds[db_field.name]]
            return forms.ChoiceField(
                label=db_field.verbose_name,
                required=False,
                choices=[("", "不编报"), *((p.key, p.title) for p in offered)],
                widget=UnfoldAdminSelectWidget(),
                help_text="已有编报后不能再改",
            )
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_readonly_fields(self, request: HttpRequest, obj: FiscalYear | None = None) -> tuple[str, ...]:
        """Edition and profiles cannot be changed once there are reports that use them."""
        kinds = set(obj.reports.values_list("kind", flat=True)) if obj else set()
        fixed = ("district", "year", "edition") if kinds else ()
        budget = ("budget_profile",) if ReportKind.BUDGET in kinds else ()
        final = ("final_profile",) if ReportKind.FINAL in kinds else ()
        return fixed + budget + final
