"""五分钟入门: a tour of the entry site for people who fill in a report for the first time."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ...permissions import AuthenticatedHttpRequest
from .session import unit_of
from .tour import STEPS


@login_required
@require_safe
def help(request: AuthenticatedHttpRequest) -> HttpResponse:
    return render(request, "entry/help.html", {"steps": STEPS, "unit": unit_of(request)})
