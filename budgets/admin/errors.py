"""运行错误: what the program failed of, for the superuser alone."""

from __future__ import annotations

from crispy_forms.helper import FormHelper
from django import forms
from django.contrib import admin
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from ..audit.errors import KEPT_DAYS, MOST, find, latest
from ..forms.layout import Button, admin_helper
from ..permissions import AuthenticatedHttpRequest

PAGE = 50


class NumberForm(forms.Form):
    number = forms.CharField(label="错误页上的编号", required=False, max_length=40)

    @property
    def helper(self) -> FormHelper:
        return admin_helper(
            "number",
            Button("查找", "review-button"),
            method="get",
            css_class="review-form review-acts review-search",
        )


@require_safe
def errors(request: AuthenticatedHttpRequest) -> HttpResponse:
    """List the errors, newest first, or show the one whose number is asked for; 404 for anybody but superusers.

    An error may be of any district, and says where in the program it came up, which concerns whoever runs the server.
    """
    if not request.user.is_superuser:
        raise Http404
    form = NumberForm(request.GET)
    number = form.cleaned_data["number"] if form.is_valid() else ""
    is_asked = bool(number or form.errors)
    context = {
        **admin.site.each_context(request),
        "title": "运行错误",
        "is_fullwidth": "1",
        "form": form,
        "number": number,
        "found": find(number),
        "page": None if is_asked else Paginator(latest(), PAGE).get_page(request.GET.get("page")),
        "most": MOST,
        "days": KEPT_DAYS,
    }
    return TemplateResponse(request, "admin/budgets/errors.html", context, status=422 if form.errors else 200)
