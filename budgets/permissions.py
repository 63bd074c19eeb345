"""Who may see which report, and in which role.

Every view reaches a report through a query from here, so that a report out of scope answers 404.
"""

from __future__ import annotations

from collections.abc import Collection

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from .domain.choices import DEPARTMENT_ROLES, DISTRICT_ROLES, UNSEEN_BY_BUREAU, Role
from .models import Department, District, Membership, Report

AnyUser = User | AnonymousUser


class AuthenticatedHttpRequest(HttpRequest):
    """A request behind `login_required` or `admin_view`: somebody is logged in.

    It serves annotations only. No such request is ever made.
    """

    user: User


def departments_of(user: AnyUser) -> QuerySet[Department]:
    """The departments that ``user`` enters reports for."""
    if not user.is_authenticated:
        return Department.objects.none()
    return Department.objects.filter(
        memberships__user=user, memberships__role__in=DEPARTMENT_ROLES
    ).distinct()


def districts_of(user: AnyUser, roles: Collection[Role] = DISTRICT_ROLES) -> QuerySet[District]:
    """The districts in whose bureau ``user`` has one of ``roles``."""
    if not user.is_authenticated:
        return District.objects.none()
    return District.objects.filter(memberships__user=user, memberships__role__in=roles).distinct()


def entry_reports(user: AnyUser) -> QuerySet[Report]:
    """Reports that ``user`` works on or reads in the entry site: those of their departments."""
    return Report.objects.filter(department__in=departments_of(user))


def review_reports(user: AnyUser) -> QuerySet[Report]:
    """Reports that ``user`` reviews: those of their districts, once submitted."""
    return Report.objects.filter(department__district__in=districts_of(user)).exclude(
        status__in=UNSEEN_BY_BUREAU, submitted_at__isnull=True
    )


def roles_in(user: AnyUser, report: Report) -> frozenset[Role]:
    """The roles ``user`` has towards ``report``."""
    if not user.is_authenticated:
        return frozenset()
    rows = Membership.objects.filter(
        Q(department=report.department_id) | Q(district=report.department.district_id), user=user
    )
    return frozenset(Role(role) for role in rows.values_list("role", flat=True))
