"""What a person's session remembers: the unit in which amounts are shown and typed."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from ...money import Unit

KEY = "unit"


def unit_of(request: HttpRequest) -> Unit:
    """万元 until the person chooses 元."""
    return Unit.YUAN if request.session.get(KEY) == Unit.YUAN else Unit.WAN


@login_required
@require_POST
def unit(request: HttpRequest) -> HttpResponse:
    """Switch the unit and go back to the page at ``next``."""
    if request.POST.get("unit") not in list(Unit):
        return HttpResponseBadRequest("没有这个金额单位")
    request.session[KEY] = request.POST["unit"]
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return redirect(back if safe else "entry:home")
