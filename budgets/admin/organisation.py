"""区、部门、年度、延期: the configuration that administrators keep for their districts, with its history."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.contrib import admin
from django.db import transaction
from django.db.models import Field, Model, QuerySet
from django.http import HttpRequest
from unfold.widgets import UnfoldAdminSelectWidget

from ..audit.configuration import profile_title
from ..domain.choices import ReportKind
from ..domain.profile import get_profile, profile_keys
from ..models import Department, District, Division, EarlierName, Extension, FiscalYear
from ..notifications import of_extension
from .history import HistoryAdmin
from .scope import AdministratorInline, DistrictFilter, YearFilter


@admin.register(District)
class DistrictAdmin(HistoryAdmin):
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
class DepartmentAdmin(HistoryAdmin):
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


OPEN_HELP = (
    "开放后，部门可以建立编报，可以首次报送。关闭后都不可以；"
    "已建立的仍可查看、修改和保存，退回、更正的仍可报送。"
)


@admin.register(FiscalYear)
class FiscalYearAdmin(HistoryAdmin):
    list_display = ("year", "district", "edition", "tables", "opened", "budget_deadline", "final_deadline")
    list_filter = (("district", DistrictFilter),)
    list_select_related = ("district", "edition")
    help_texts = {
        "budget_open": OPEN_HELP,
        "final_open": OPEN_HELP,
        "deadline_closes": "截止当天过完后，从未报送过的编报不能再报送；退回、更正的不受影响。"
        "个别部门要推迟的，在“延期”中办理。",
    }

    @admin.display(description="表样")
    def tables(self, year: FiscalYear) -> str:
        keys = [key for key in (year.budget_profile, year.final_profile) if key]
        return "、".join(map(profile_title, keys)) or "—"

    @admin.display(description="预算表样")
    def budget_tables(self, year: FiscalYear) -> str:
        return profile_title(year.budget_profile)

    @admin.display(description="决算表样")
    def final_tables(self, year: FiscalYear) -> str:
        return profile_title(year.final_profile)

    @admin.display(description="开放")
    def opened(self, year: FiscalYear) -> str:
        names = {ReportKind.BUDGET: "预算", ReportKind.FINAL: "决算"}
        return "、".join(name for kind, name in names.items() if year.is_open(kind)) or "没有开放"

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
        if db_field.name in self.help_texts:
            kwargs["help_text"] = self.help_texts[db_field.name]
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_object(self, request: HttpRequest, object_id: str, *args: Any) -> FiscalYear | None:
        """A year that is saved is locked first: no report begins between the look for reports and the change."""
        found = super().get_object(request, object_id, *args)
        if found is None or request.method != "POST":
            return found
        with transaction.atomic():
            FiscalYear.objects.select_for_update(no_key=True).get(pk=found.pk)
        return super().get_object(request, object_id, *args)

    def get_readonly_fields(self, request: HttpRequest, obj: FiscalYear | None = None) -> tuple[str, ...]:
        """District, year and edition cannot be changed once there are reports."""
        fixed = ("district", "year", "edition") if _reported(obj) else ()
        return (*fixed, "budget_tables", "final_tables")

    def get_fieldsets(self, request: HttpRequest, obj: FiscalYear | None = None) -> Any:
        """A profile cannot be changed once there are reports that use it; its title stands there instead."""
        kinds = _reported(obj)
        budget = "budget_tables" if ReportKind.BUDGET in kinds else "budget_profile"
        final = "final_tables" if ReportKind.FINAL in kinds else "final_profile"
        return (
            (None, {"fields": (("district", "year"), "edition")}),
            ("预算", {"fields": ((budget, "budget_deadline"), "budget_open")}),
            ("决算", {"fields": ((final, "final_deadline"), "final_open")}),
            ("截止", {"fields": ("deadline_closes",)}),
        )


def _reported(year: FiscalYear | None) -> set[str]:
    """The kinds of which ``year`` has reports."""
    return set(year.reports.values_list("kind", flat=True)) if year else set()


@admin.register(Extension)
class ExtensionAdmin(HistoryAdmin):
    """延期. Whoever enters or changes one is kept with it, and the department is told of its new date."""

    list_display = ("department", "fiscal_year", "kind", "deadline", "until", "reason", "granted_by")
    list_display_links = ("department",)
    list_filter = (("fiscal_year", YearFilter), "kind")
    list_select_related = ("department", "fiscal_year__district", "granted_by")
    search_fields = ("department__code", "department__name")
    search_help_text = "按单位代码或名称查找"
    fieldsets = ((None, {"fields": (("department", "fiscal_year"), ("kind", "until"), "reason")}),)

    @admin.display(description="原截止")
    def deadline(self, extension: Extension) -> datetime.date | None:
        return extension.fiscal_year.deadline(extension.kind)

    def within(self, rows: QuerySet[Extension], districts: QuerySet[District]) -> QuerySet[Extension]:
        return rows.filter(fiscal_year__district__in=districts)

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "until":
            kwargs["help_text"] = "当天仍可报送。年度没有开放的，延期后仍不能报送。"
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_readonly_fields(self, request: HttpRequest, obj: Extension | None = None) -> tuple[str, ...]:
        """Another department, year or kind would be another extension."""
        return ("department", "fiscal_year", "kind") if obj else ()

    def save_model(self, request: HttpRequest, obj: Extension, form: Any, change: bool) -> None:
        obj.granted_by_id = request.user.pk
        super().save_model(request, obj, form, change)
        of_extension(obj)
