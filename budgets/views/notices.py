"""Acknowledge a notice on the first page of either side."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from ..models import Notice
from ..permissions import AuthenticatedHttpRequest


@login_required
@require_POST
def read(request: AuthenticatedHttpRequest, notice: int) -> HttpResponse:
    """Mark the notice as read, and go back to the first page of its side. Repeating it changes nothing."""
    found = get_object_or_404(Notice, pk=notice, recipient=request.user)
    Notice.objects.filter(pk=found.pk, read_at=None).update(read_at=timezone.now())
    bureau = reverse("admin:index")
    return redirect(bureau if found.address.startswith(bureau) else "entry:home")
