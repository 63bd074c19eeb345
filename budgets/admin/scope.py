"""The configuration that administrators see and edit: that of their districts.

Django's own permissions are not used. A superuser sees every district. Objects out of scope, and all pages of a model
that a person may not see, are 404.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.admin import RelatedFieldListFilter
from django.contrib.admin.options import BaseModelAdmin
from django.core.exceptions import PermissionDenied
from django.db.models import ForeignKey, Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from unfold.admin import ModelAdmin, TabularInline

from ..domain.choices import Role
from ..models import ClassificationEdition, Department, District, FiscalYear
from ..permissions import AnyUser, districts_of


def administered(user: AnyUser) -> QuerySet[District]:
    """The districts whose configuration ``user`` manages."""
    if user.is_authenticated and user.is_superuser:
        return District.objects.all()
    return districts_of(user, (Role.ADMINISTRATOR,))


KEPT = "_is_administrator"
"""The attribute of a request that keeps the answer of `is_administrator`."""


def is_administrator(request: HttpRequest) -> bool:
    """Whether the person manages any district. Cached on the request, because it is asked often."""
    known: bool | None = getattr(request, KEPT, None)
    if known is None:
        known = request.user.is_superuser or administered(request.user).exists()
        setattr(request, KEPT, known)
    return known


CHOICES: dict[type[Model], Callable[[QuerySet[District]], QuerySet[Any]]] = {
    District: lambda districts: districts,
    Department: lambda districts: Department.objects.filter(district__in=districts),
    FiscalYear: lambda districts: FiscalYear.objects.filter(district__in=districts).select_related(
        "district"
    ),
    ClassificationEdition: lambda districts: ClassificationEdition.objects.all(),
}
"""The choices that an administrator has in a field that points to one of these models."""


class ScopedFields(BaseModelAdmin):
    """Limits the choices of foreign keys to the administrator's scope."""

    def formfield_for_foreignkey(self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any) -> Any:
        choices = CHOICES.get(db_field.remote_field.model)
        if choices:
            kwargs["queryset"] = choices(administered(request.user))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class DistrictFilter(RelatedFieldListFilter):
    """Filters by district, if there is more than one to choose from."""

    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return field.get_choices(
            include_blank=False, limit_choices_to={"pk__in": administered(request.user)}, ordering=("code",)
        )


class YearFilter(RelatedFieldListFilter):
    """Filters by the years of the person's districts."""

    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        years = CHOICES[FiscalYear](administered(request.user)).order_by("district__code", "-year")
        return [(year.pk, str(year)) for year in years]


class AdministratorInline(ScopedFields, TabularInline):
    """Inline rows. Administrators may edit them with their object."""

    extra = 0

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return is_administrator(request)

    has_add_permission = has_change_permission = has_delete_permission = has_view_permission


def hidden(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Turn a denied permission into 404."""

    @wraps(view)
    def wrapper(*args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(*args, **kwargs)
        except PermissionDenied:
            raise Http404 from None

    return wrapper


class AdministratorAdmin(ScopedFields, ModelAdmin):
    """The admin of a model that administrators manage for their districts."""

    compressed_fields = True
    warn_unsaved_form = True
    empty_value_display = "—"

    def within(self, rows: QuerySet[Any], districts: QuerySet[District]) -> QuerySet[Any]:
        """The ``rows`` that belong to ``districts``."""
        raise TypeError(f"{type(self).__name__} does not say what belongs to a district")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request)
        return rows if request.user.is_superuser else self.within(rows, administered(request.user))

    def in_scope(self, request: HttpRequest, obj: Model | None) -> bool:
        if not is_administrator(request):
            return False
        return obj is None or obj.pk is None or self.get_queryset(request).filter(pk=obj.pk).exists()

    def has_module_permission(self, request: HttpRequest) -> bool:
        return is_administrator(request)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.in_scope(request, obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return is_administrator(request)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.in_scope(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.in_scope(request, obj)

    @hidden
    def changelist_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().changelist_view(request, *args, **kwargs)

    @hidden
    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().changeform_view(request, *args, **kwargs)

    @hidden
    def add_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().add_view(request, *args, **kwargs)

    @hidden
    def delete_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().delete_view(request, *args, **kwargs)

    @hidden
    def history_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.get_object(request, object_id) is None:
            raise Http404
        return super().history_view(request, object_id, *args, **kwargs)

    @hidden
    def history_form_view(
        self, request: HttpRequest, object_id: str, version_id: str, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Show an earlier state read-only. Going back to it is an ordinary edit."""
        is_number = version_id.isascii() and version_id.isdigit()
        if request.method != "GET" or not is_number or self.get_object(request, object_id) is None:
            raise Http404
        return super().history_form_view(request, object_id, version_id, *args, **kwargs)

    def set_history_delta_changes(self, request: HttpRequest, records: Any, **kwargs: Any) -> None:
        for record in records:
            record.history_change_reason = record.history_change_reason or "—"
        super().set_history_delta_changes(request, records, **kwargs)

    def revert_disabled(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return True

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, *args: Any) -> HttpResponse:
        raise Http404


class ReadOnlyAdmin(AdministratorAdmin):
    """The read-only admin of a model that commands load."""

    def within(self, rows: QuerySet[Any], districts: QuerySet[District]) -> QuerySet[Any]:
        return rows

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False
