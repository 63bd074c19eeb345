"""政府收支分类科目: read-only pages, whose data a command loads, and the official definitions, which are uploaded."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods

from ..actions.define import define
from ..files.office import MEGABYTE
from ..forms.layout import Button, admin_helper
from ..models import ClassificationEdition, Definition, EconomicCode, FunctionCode
from ..narrative.glossary import TERMS
from ..workbook.definitions import read_definitions
from ..workbook.reading import MAX_SIZE, WorkbookRefused
from .scope import ReadOnlyAdmin, is_administrator

SHOWN = 20
"""The most rows without a definition that a message names."""


class DefinitionsForm(forms.Form):
    file = forms.FileField(
        label="释义表（xlsx 或 csv）",
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput({"accept": ".xlsx,.csv", "required": True}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = admin_helper(
            "file", Button("上传，替换全部释义", "review-button"), css_class="review-form"
        )


@admin.register(ClassificationEdition)
class ClassificationEditionAdmin(ReadOnlyAdmin):
    list_display = ("__str__", "loaded_at", "definitions")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).annotate(defined=Count("definition"))

    @admin.display(description="名词释义")
    def definitions(self, edition: Any) -> str:
        url = reverse("admin:budgets_classificationedition_definitions", args=[edition.pk])
        return format_html('<a href="{}">{} 条，查看或上传</a>', url, edition.defined)

    def get_urls(self) -> list[URLPattern]:
        route = path(
            "<int:edition_id>/definitions/",
            self.admin_site.admin_view(definitions),
            name="budgets_classificationedition_definitions",
        )
        return [route, *super().get_urls()]


@require_http_methods(["GET", "HEAD", "POST"])
def definitions(request: HttpRequest, edition_id: int) -> HttpResponse:
    """Show the official definitions of an edition; take others from a file. 404 for who is no administrator.

    Only a superuser uploads: an edition is that of all districts.
    """
    if not is_administrator(request) or (request.method == "POST" and not request.user.is_superuser):
        raise Http404
    edition = get_object_or_404(ClassificationEdition, pk=edition_id)
    if request.method != "POST":
        return _page(request, edition)
    upload = request.FILES.get("file")
    try:
        if upload is None:
            raise WorkbookRefused("请选择文件")
        if (upload.size or 0) > MAX_SIZE:
            raise WorkbookRefused(f"文件过大，最多 {MAX_SIZE // MEGABYTE} MB")
        read = read_definitions(upload.read())
    except WorkbookRefused as refused:
        return _page(request, edition, 422, refused.message)
    define(edition.pk, read.texts)
    admin.site.get_model_admin(ClassificationEdition).log_change(
        request, edition, f"上传释义 {len(read.texts)} 条：{upload.name}"
    )
    messages.success(request, f"已换用 {len(read.texts)} 条释义")
    if read.left_out:
        more = f"等 {len(read.left_out)} 行" if len(read.left_out) > SHOWN else ""
        messages.warning(request, f"编码和释义不全、没有采用的行：{'；'.join(read.left_out[:SHOWN])}{more}")
    return redirect("admin:budgets_classificationedition_definitions", edition.pk)


def _page(
    request: HttpRequest, edition: ClassificationEdition, status: int = 200, refusal: str = ""
) -> HttpResponse:
    given = list(Definition.objects.filter(edition=edition))
    names = dict(FunctionCode.objects.filter(edition=edition).values_list("code", "name"))
    return TemplateResponse(
        request,
        "admin/budgets/definitions.html",
        {
            **admin.site.each_context(request),
            "opts": ClassificationEdition._meta,
            "title": f"{edition}名词释义",
            "is_fullwidth": "1",
            "edition": edition,
            "form": DefinitionsForm() if request.user.is_superuser else None,
            "refusal": refusal,
            "given": [(each, names.get(each.name, "")) for each in given],
            "terms": [term.name for term in TERMS.values() if term.name not in {each.name for each in given}],
        },
        status=status,
    )


class CodeAdmin(ReadOnlyAdmin):
    list_display = ("code", "name", "level", "edition")
    list_filter = ("edition", "level")
    list_select_related = ("edition",)
    search_fields = ("code__startswith", "name")
    search_help_text = "按科目编码开头或名称查找"


admin.site.register(FunctionCode, CodeAdmin)
admin.site.register(EconomicCode, CodeAdmin)
