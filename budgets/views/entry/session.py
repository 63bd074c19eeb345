"""Session data of a person: the unit in which amounts are shown and typed."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from ...domain.money import Unit
from ...permissions import AuthenticatedHttpRequest

KEY = "unit"


def unit_of(request: AuthenticatedHttpRequest) -> Unit:
    """The unit in the post or the address, else the person's; 万元 by default.

    A page posts the unit in which it was typed, because another window may have switched the person's unit since.
    """
    for said in (request.POST.get(KEY), request.GET.get(KEY), request.session.get(KEY)):
        if said in list(Unit):
            return Unit(said)
    return Unit.WAN


def after_saving(request: AuthenticatedHttpRequest, url: str) -> str:
    """The address to redirect to after a save: ``url`` with the page's unit, if it is not the person's, and with the name
    of the attempt, which tells the page that it was saved."""
    unit, attempt = unit_of(request), request.POST.get("attempt", "")
    said = {
        **({} if unit == request.session.get(KEY, Unit.WAN) else {KEY: unit.value}),
        **({"saved": attempt} if attempt else {}),
    }
    return f"{url}?{urlencode(said)}" if said else url


@login_required
@require_POST
def unit(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Switch the unit and go back to the page at ``next``."""
    if request.POST.get("unit") not in list(Unit):
        return HttpResponseBadRequest("没有这个金额单位")
    request.session[KEY] = request.POST["unit"]
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(back if safe and back.startswith("/") else reverse("entry:home"))
