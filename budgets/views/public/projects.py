"""One project across the years, from frozen publications only."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from budgets.analysis.project_timeline import tell, trend
from budgets.domain.money import Unit
from budgets.models import Department

from .caching import revalidate
from .lookups import published_accounts


@require_safe
@revalidate
def project(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """Show the project; 404 if it is withheld, or no published report names it."""
    department = get_object_or_404(Department.objects.select_related("district"), code=code)
    published = published_accounts(department)
    story = tell(account for account in published.accounts if account.key == key)
    if story is None or published.changed_at is None:
        raise Http404
    context = {"department": department, "story": story, "trend": trend(story), "unit": Unit.WAN}
    response = render(request, "public/project.html", context)
    response["Last-Modified"] = http_date(published.changed_at.timestamp())
    return response
