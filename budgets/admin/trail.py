"""留痕: the trail of the person's districts, with search, details by field, and export."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from ..audit.entries import VERBS, Search, TrailEntry, TrailScope, name_of
from ..audit.sources import changes_of, version_of
from ..audit.trail import entries, rows, stream
from ..forms.layout import Piece, admin_helper
from ..models import SectionVersion
from ..permissions import AuthenticatedHttpRequest, districts_of, review_reports
from ..renderers.values import FORMULA_STARTS
from ..storage.section_titles import section_title
from .scope import administered

PAGE = 50
COLUMNS = ("时间", "操作人", "动作", "对象", "内容", "版次")


class _Day(forms.DateField):
    """A day of which the trail may tell."""

    def clean(self, value: Any) -> Any:
        day = super().clean(value)
        if day is not None and not 2000 <= day.year <= 2100:
            raise ValidationError("请填写 2000 年至 2100 年之间的日期")
        return day


class SearchForm(forms.Form):
    department = forms.CharField(label="部门（代码或名称）", required=False, max_length=100)
    person = forms.CharField(label="操作人（用户名或姓名）", required=False, max_length=100)
    verb = forms.ChoiceField(label="动作", required=False, choices=[("", "全部"), *VERBS])
    since = _Day(label="从", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = _Day(label="到", required=False, widget=forms.DateInput(attrs={"type": "date"}))

    @property
    def helper(self) -> FormHelper:
        return admin_helper(
            *self.fields,
            Piece("admin/budgets/trail/acts.html"),
            method="get",
            css_class="review-form review-acts",
        )


@require_safe
def trail(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Show one page of results, newest first."""
    scope, form = _scope(request), SearchForm(request.GET)
    if not form.is_valid():
        return _page(request, "trail.html", "留痕", 422, form=form)
    page = Paginator(rows(scope, Search(**form.cleaned_data)), PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    return _page(
        request,
        "trail.html",
        "留痕",
        form=form,
        page=page,
        entries=entries(page.object_list),
        query=query.urlencode(),
        columns=COLUMNS,
        administers=scope.districts.exists(),
    )


@require_safe
def export(request: AuthenticatedHttpRequest) -> StreamingHttpResponse:
    """Stream all results as CSV."""
    scope, form = _scope(request), SearchForm(request.GET)
    if not form.is_valid():
        raise Http404
    found = rows(scope, Search(**form.cleaned_data))
    name = f"trail-{timezone.localdate():%Y%m%d}.csv"
    return StreamingHttpResponse(
        _lines(stream(found)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@require_safe
def save(request: AuthenticatedHttpRequest, version_id: int) -> HttpResponse:
    """Show one save of a section, field by field against the version before."""
    _scope(request)
    version = get_object_or_404(
        SectionVersion.objects.select_related("report__department", "report__fiscal_year", "user").filter(
            report__in=review_reports(request.user), number__gt=0
        ),
        pk=version_id,
    )
    before = SectionVersion.objects.filter(
        report=version.report, section=version.section, number__lt=version.number
    ).last()
    return _page(
        request,
        "save.html",
        f"{version.report}：{section_title(version.report, version.section)}",
        version=version,
        who=name_of(version.user),
        revision=version_of(version),
        changes=changes_of([(version, before)])[0],
    )


def _scope(request: AuthenticatedHttpRequest) -> TrailScope:
    """The person's scope; 404 for people without a district."""
    districts = administered(request.user)
    if not districts_of(request.user).exists() and not districts.exists():
        raise Http404
    return TrailScope.of(request.user, districts)


class _Echo:
    """A file for the csv writer that returns the written text."""

    def write(self, text: str) -> str:
        return text


def _lines(found: Iterator[TrailEntry]) -> Iterator[str]:
    """A CSV line in UTF-8 with BOM. Text that a spreadsheet would read as a formula gets a leading apostrophe."""
    writer = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow(COLUMNS)
    for entry in found:
        at = f"{timezone.localtime(entry.at):%Y-%m-%d %H:%M:%S}"
        cells = (entry.who, entry.verb, entry.place, entry.whole, entry.version)
        yield writer.writerow([at, *(f"'{c}" if c.startswith(FORMULA_STARTS) else c for c in cells)])


def _page(
    request: AuthenticatedHttpRequest, template: str, title: str, status: int = 200, **context: Any
) -> HttpResponse:
    return TemplateResponse(
        request,
        f"admin/budgets/trail/{template}",
        {**admin.site.each_context(request), "title": title, "is_fullwidth": "1", **context},
        status=status,
    )
