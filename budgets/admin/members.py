"""People and their roles.

People with a role in a bureau may log in here. ``is_staff`` follows from memberships and is never set by hand. An
administrator manages the people all of whose roles lie in the administrator's districts.
"""

from __future__ import annotations

from typing import Any

import axes.utils
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin as BaseUserAdmin
from django.contrib.auth.models import Group, User
from django.db.models import Exists, Field, ForeignKey, Model, OuterRef, Q, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm

from ..domain.choices import DISTRICT_ROLES
from ..models import District, Membership
from ..permissions import AnyUser
from .history import HistoryAdmin
from .scope import AdministratorAdmin, AdministratorInline, DistrictFilter, administered, hidden

admin.site.unregister(User)
admin.site.unregister(Group)


def in_districts(districts: QuerySet[District]) -> Q:
    """Memberships in those districts or their departments."""
    return Q(district__in=districts) | Q(department__district__in=districts)


def visible_people(user: AnyUser) -> QuerySet[User]:
    """People with a role in one of ``user``'s districts; everybody for a superuser."""
    if user.is_superuser:
        return User.objects.all()
    roles = Membership.objects.filter(in_districts(administered(user)), user=OuterRef("pk"))
    return User.objects.filter(Exists(roles))


def manageable_people(user: AnyUser) -> QuerySet[User]:
    """The visible people without a role elsewhere. Only superusers manage superusers."""
    if user.is_superuser:
        return User.objects.all()
    elsewhere = Membership.objects.exclude(in_districts(administered(user))).filter(user=OuterRef("pk"))
    return visible_people(user).filter(~Exists(elsewhere), is_superuser=False)


def allow_login(user: User) -> None:
    """Open the admin to ``user`` if they have a role in a bureau, else close it."""
    wanted = user.is_superuser or user.memberships.filter(role__in=DISTRICT_ROLES).exists()
    if user.is_staff != wanted:
        user.is_staff = wanted
        user.save(update_fields=["is_staff"])


@admin.register(Membership)
class MembershipAdmin(HistoryAdmin):
    list_display = ("user", "full_name", "role", "department", "district")
    list_filter = ("role", ("district", DistrictFilter))
    list_select_related = ("user", "department", "district")
    search_fields = ("user__username", "user__last_name", "department__name", "department__code")
    search_help_text = "按用户、姓名或部门查找"
    fields = (("user", "role"), ("department", "district"))

    @admin.display(description="姓名", ordering="user__last_name")
    def full_name(self, membership: Membership) -> str:
        return membership.user.get_full_name()

    def within(self, rows: QuerySet[Membership], districts: QuerySet[District]) -> QuerySet[Membership]:
        return rows.filter(in_districts(districts))

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        return ("user",) if obj else ()

    def formfield_for_foreignkey(self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "user":
            kwargs["queryset"] = visible_people(request.user)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: Membership, form: ModelForm, change: bool) -> None:
        super().save_model(request, obj, form, change)
        allow_login(obj.user)

    def delete_model(self, request: HttpRequest, obj: Membership) -> None:
        user = obj.user
        super().delete_model(request, obj)
        allow_login(user)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Membership]) -> None:
        people = list(User.objects.filter(memberships__in=queryset).distinct())
        super().delete_queryset(request, queryset)
        for user in people:
            allow_login(user)


class MembershipInline(AdministratorInline):
    """The roles of a person. Administrators see people by their roles, so at least one is required."""

    model = Membership
    verbose_name_plural = "角色"

    def get_min_num(self, request: HttpRequest, obj: Model | None = None, **kwargs: Any) -> int:
        return 0 if request.user.is_superuser else 1

    def get_formset(self, request: HttpRequest, obj: Model | None = None, **kwargs: Any) -> Any:
        return super().get_formset(request, obj, validate_min=True, **kwargs)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Membership]:
        rows = super().get_queryset(request)
        return rows if request.user.is_superuser else rows.filter(in_districts(administered(request.user)))


@admin.register(User)
class UserAdmin(AdministratorAdmin, BaseUserAdmin):
    """People who have left are deactivated and not deleted, so that their acts keep their name."""

    form = UserChangeForm
    add_form = UserCreationForm
    change_password_form = AdminPasswordChangeForm
    list_display = ("username", "full_name", "is_active", "last_login")
    list_filter = ("is_active",)
    search_fields = ("username", "last_name", "first_name")
    search_help_text = "按用户名或姓名查找"
    filter_horizontal = ()
    actions = ("unlock",)
    fieldsets = ((None, {"fields": (("username", "last_name"), ("email", "is_active"), "password")}),)
    add_fieldsets = ((None, {"fields": (("username", "last_name"), ("password1", "password2"))}),)
    inlines = (MembershipInline,)

    def get_fieldsets(self, request: HttpRequest, obj: Model | None = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        if obj and request.user.is_superuser:
            return (*fieldsets, ("系统", {"fields": ("is_superuser",)}))
        return fieldsets

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "last_name":
            kwargs["label"] = "姓名"
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    @admin.display(description="姓名", ordering="last_name")
    def full_name(self, user: User) -> str:
        return user.get_full_name()

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return visible_people(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        if not super().has_change_permission(request, obj):
            return False
        return obj is None or manageable_people(request.user).filter(pk=obj.pk).exists()

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def save_related(self, request: HttpRequest, form: ModelForm, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        allow_login(form.instance)

    @hidden
    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:
        return super().user_change_password(request, id, form_url)

    @admin.action(description="解除登录锁定")
    def unlock(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        people = manageable_people(request.user).filter(pk__in=queryset)
        for user in people:
            axes.utils.reset(username=user.get_username())
        messages.success(request, f"已解除 {len(people)} 人的登录锁定")
