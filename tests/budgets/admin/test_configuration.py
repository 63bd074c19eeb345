"""Districts, departments, years, people and subjects: an administrator keeps his own district's."""

from __future__ import annotations

import datetime

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone

from budgets.domain.choices import Role, Status
from budgets.models import (
    ClassificationEdition,
    Department,
    District,
    Extension,
    FiscalYear,
    FunctionCode,
    Membership,
)
from tests.factories import make_report, person

MODELS = (
    "budgets_district",
    "budgets_department",
    "budgets_fiscalyear",
    "budgets_extension",
    "budgets_membership",
    "budgets_classificationedition",
    "budgets_functioncode",
    "budgets_economiccode",
    "auth_user",
)
INLINES = {
    name: {f"{name}-TOTAL_FORMS": 0, f"{name}-INITIAL_FORMS": 0} for name in ("earlier_names", "sections")
}
NO_INLINES = {key: value for pair in INLINES.values() for key, value in pair.items()}


def page(model: str, view: str, *args: object) -> str:
    return reverse(f"admin:{model}_{view}", args=args)


def own_and_foreign(world) -> dict[str, tuple[object, object]]:
    """An object of 东西湖 and one of 武昌 of every model that belongs to a district."""
    extensions = [
        Extension.objects.get_or_create(
            department=department,
            fiscal_year=year,
            kind="budget",
            defaults={"until": year.budget_deadline, "reason": "系统故障"},
        )[0]
        for department, year in ((world.department, world.year), (world.foreign, world.other_year))
    ]
    return {
        "budgets_extension": (extensions[0], extensions[1]),
        "budgets_district": (world.district, world.other_district),
        "budgets_department": (world.department, world.foreign),
        "budgets_fiscalyear": (world.year, world.other_year),
        "budgets_membership": (world.reviewer.memberships.get(), world.foreign_reviewer.memberships.get()),
        "auth_user": (world.preparer, world.foreign_reviewer),
    }


@pytest.fixture
def admin(world, login):
    return login(world.administrator)


@pytest.mark.parametrize("model", MODELS)
def test_administrators_have_the_pages(world, admin, model) -> None:
    assert admin.get(page(model, "changelist")).status_code == 200
    assert admin.get(page(model, "changelist"), {"q": "1"}).status_code == 200


@pytest.mark.parametrize("name", ["reviewer", "approver"])
@pytest.mark.parametrize("model", MODELS)
def test_for_reviewers_there_is_no_configuration(world, login, model, name) -> None:
    client = login(getattr(world, name))
    assert client.get(page(model, "changelist")).status_code == 404
    for method in (client.get, client.post):
        assert method(page(model, "add")).status_code == 404
    for obj in own_and_foreign(world).get(model, ()):
        for view in ("change", "history", "delete"):
            assert client.get(page(model, view, obj.pk)).status_code == 404, view
            assert client.post(page(model, view, obj.pk), {"post": "yes"}).status_code == 404, view
    assert (
        client.post(reverse("admin:auth_user_password_change", args=[world.preparer.pk])).status_code == 404
    )


@pytest.mark.parametrize("model", MODELS)
def test_departments_are_sent_to_log_in(world, login, model) -> None:
    for name in ("preparer", "submitter"):
        answer = login(getattr(world, name)).get(page(model, "changelist"))
        assert answer.headers["Location"].startswith("/admin/login/")


def test_another_districts_configuration_does_not_exist(world, admin) -> None:
    for model, (own, foreign) in own_and_foreign(world).items():
        assert admin.get(page(model, "change", own.pk)).status_code == 200, model
        assert admin.get(page(model, "history", own.pk)).status_code == 200, model
        for view in ("change", "history", "delete"):
            assert admin.get(page(model, view, foreign.pk)).status_code == 404, (model, view)
            assert admin.post(page(model, view, foreign.pk), {"post": "yes"}).status_code == 404, (
                model,
                view,
            )
        assert str(foreign) not in admin.get(page(model, "changelist")).text, model
    assert Department.objects.filter(pk=world.foreign.pk).exists()


def test_a_superuser_sees_every_district(world, admin) -> None:
    User.objects.filter(pk=world.administrator.pk).update(is_superuser=True)
    for model, objects in own_and_foreign(world).items():
        for obj in objects:
            assert admin.get(page(model, "change", obj.pk)).status_code == 200, model


# --- districts, departments, years ----------------------------------------------------------------


def test_an_administrator_adds_a_department_to_his_district_only(world, admin) -> None:
    data = {"code": "112003", "name": "图书馆", "kind": "public_one", **NO_INLINES}
    url = page("budgets_department", "add")
    admin.post(url, {**data, "district": world.other_district.pk})
    assert not Department.objects.filter(code="112003").exists()
    admin.post(url, {**data, "district": world.district.pk, "parent": world.foreign.pk})
    assert not Department.objects.filter(code="112003").exists()
    answer = admin.post(url, {**data, "district": world.district.pk, "parent": world.department.pk})
    assert answer.status_code == 302
    assert Department.objects.get(code="112003").history.get().history_user == world.administrator


def test_with_reports_a_departments_code_stays(world, admin) -> None:
    make_report(world, Status.DRAFT)
    data = {"code": "999", "name": "新名称", "kind": "public_one", "district": world.district.pk}
    names = {
        "earlier_names-TOTAL_FORMS": 1,
        "earlier_names-0-name": "旧名称",
        "earlier_names-0-last_year": 2023,
    }
    admin.post(page("budgets_department", "change", world.department.pk), {**data, **NO_INLINES, **names})
    world.department.refresh_from_db()
    assert (world.department.code, world.department.name) == ("112001", "新名称")
    assert world.department.name_in(2023) == "旧名称"


def test_a_district_is_renamed_but_not_recoded_added_or_removed(world, admin) -> None:
    url = page("budgets_district", "change", world.district.pk)
    admin.post(url, {"code": "1", "name": "新区"})
    world.district.refresh_from_db()
    assert (world.district.code, world.district.name) == ("420112", "新区")
    assert admin.get(page("budgets_district", "add")).status_code == 404
    assert (
        admin.post(page("budgets_district", "delete", world.district.pk), {"post": "yes"}).status_code == 404
    )
    assert District.objects.count() == 2


def test_with_reports_a_years_subjects_and_tables_stay(world, admin) -> None:
    url = page("budgets_fiscalyear", "change", world.year.pk)
    other = ClassificationEdition.objects.create(code="2025")
    deadline = timezone.localdate() + datetime.timedelta(days=30)
    data = {
        "district": world.district.pk,
        "year": 2020,
        "edition": other.pk,
        "budget_profile": "wuchang_2022",
        "final_profile": "",
        "budget_deadline": deadline,
    }
    make_report(world, Status.DRAFT)
    assert admin.post(url, data).status_code == 302
    year = FiscalYear.objects.get(pk=world.year.pk)
    assert (year.year, year.edition.code, year.budget_profile) == (2024, "2024", "dongxihu_2023")
    assert year.budget_deadline == deadline


def test_a_profile_is_chosen_from_those_there_are(world, admin) -> None:
    data = {"district": world.district.pk, "year": 2020, "edition": world.year.edition_id}
    url = page("budgets_fiscalyear", "add")
    admin.post(url, {**data, "budget_profile": "nothing"})
    assert not FiscalYear.objects.filter(year=2020).exists()
    admin.post(url, {**data, "budget_profile": "dongxihu_2023"})
    assert FiscalYear.objects.get(year=2020).budget_profile == "dongxihu_2023"


def test_an_earlier_state_is_read_and_not_restored(world, admin) -> None:
    world.department.name = "改过的名称"
    world.department.save()
    first = world.department.history.last()
    url = reverse("admin:budgets_department_simple_history", args=[world.department.pk, first.pk])
    assert admin.get(url).status_code == 200
    assert admin.post(url, {"code": "112001", "name": "x", "kind": "public_one"}).status_code == 404
    foreign = world.foreign.history.last()
    url = reverse("admin:budgets_department_simple_history", args=[world.foreign.pk, foreign.pk])
    assert admin.get(url).status_code == 404


def test_subjects_are_looked_up_and_not_changed(world, admin) -> None:
    User.objects.filter(pk=world.administrator.pk).update(is_superuser=True)
    code = FunctionCode.objects.get(code="2010350")
    assert "事业运行" in admin.get(page("budgets_functioncode", "changelist"), {"q": "2010350"}).text
    assert admin.post(page("budgets_functioncode", "change", code.pk), {"name": "x"}).status_code == 404
    assert admin.get(page("budgets_functioncode", "add")).status_code == 404
    assert admin.post(page("budgets_functioncode", "delete", code.pk), {"post": "yes"}).status_code == 404
    code.refresh_from_db()
    assert code.name == "事业运行"


# --- people ---------------------------------------------------------------------------------------


def member(role: Role, department=None, district=None) -> dict[str, object]:
    """The inline of one role, as the form of a new person posts it."""
    return {
        "memberships-TOTAL_FORMS": 1,
        "memberships-INITIAL_FORMS": 0,
        "memberships-0-role": role.value,
        "memberships-0-department": department.pk if department else "",
        "memberships-0-district": district.pk if district else "",
    }


NEW = {"username": "xinren", "last_name": "新人", "password1": "sunshine-2025", "password2": "sunshine-2025"}


def add(client, **data: object):
    return client.post(page("auth_user", "add"), {**NEW, **data})


def test_a_new_person_gets_a_role_and_nothing_else(world, admin) -> None:
    roles = member(Role.PREPARER, department=world.department)
    answer = add(admin, **roles, is_superuser="on", is_staff="on", user_permissions=[1], groups=[])
    assert answer.status_code == 302, answer.text
    made = User.objects.get(username="xinren")
    assert (made.is_superuser, made.is_staff, made.last_name) == (False, False, "新人")
    assert made.check_password("sunshine-2025") and not made.user_permissions.exists()
    assert made.memberships.get().department == world.department


def test_a_role_in_the_bureau_opens_the_admin_and_its_end_closes_it(world, admin) -> None:
    add(admin, **member(Role.REVIEWER, district=world.district))
    made = User.objects.get(username="xinren")
    assert made.is_staff and not made.is_superuser
    membership = made.memberships.get()
    admin.post(page("budgets_membership", "delete", membership.pk), {"post": "yes"})
    made.refresh_from_db()
    assert not made.is_staff


def test_roles_are_taken_away_several_at_once_too(world, admin) -> None:
    membership = world.reviewer.memberships.get()
    data = {"action": "delete_selected", "_selected_action": [membership.pk], "post": "yes"}
    admin.post(page("budgets_membership", "changelist"), data)
    world.reviewer.refresh_from_db()
    assert not world.reviewer.memberships.exists() and not world.reviewer.is_staff


@pytest.mark.parametrize("role", [Role.PREPARER, Role.REVIEWER])
def test_nobody_is_given_a_role_elsewhere(world, admin, role) -> None:
    where = {"department": world.foreign} if role == Role.PREPARER else {"district": world.other_district}
    add(admin, **member(role, **where))
    assert not User.objects.filter(username="xinren").exists()
    data = {"user": world.preparer.pk, "role": role.value, **{k: v.pk for k, v in where.items()}}
    admin.post(page("budgets_membership", "add"), data)
    data["user"] = world.foreign_reviewer.pk
    admin.post(page("budgets_membership", "add"), data)
    assert Membership.objects.filter(user__in=[world.preparer, world.foreign_reviewer]).count() == 2


def test_a_person_needs_a_role(world, admin) -> None:
    answer = add(admin, **{"memberships-TOTAL_FORMS": 0, "memberships-INITIAL_FORMS": 0})
    assert answer.status_code == 200 and not User.objects.filter(username="xinren").exists()


def test_a_role_has_its_scope(world, admin) -> None:
    answer = add(admin, **member(Role.PREPARER, district=world.district))
    assert "填报人、报送人须选部门" in answer.text
    assert not User.objects.filter(username="xinren").exists()


def test_an_administrator_makes_nobody_a_superuser(world, admin) -> None:
    membership = world.administrator.memberships.get()
    data = {
        "username": "administrator",
        "is_active": "on",
        "is_superuser": "on",
        "is_staff": "on",
        "memberships-TOTAL_FORMS": 1,
        "memberships-INITIAL_FORMS": 1,
        "memberships-0-id": membership.pk,
        "memberships-0-user": world.administrator.pk,
        "memberships-0-role": Role.ADMINISTRATOR.value,
        "memberships-0-district": world.district.pk,
    }
    url = page("auth_user", "change", world.administrator.pk)
    assert admin.post(url, {**data, "last_name": "改名"}).status_code == 302
    world.administrator.refresh_from_db()
    assert world.administrator.last_name == "改名"
    assert not world.administrator.is_superuser


def test_superusers_and_people_with_a_role_elsewhere_are_not_his_to_change(world, admin) -> None:
    chief = person("chief", Role.APPROVER, district=world.district)
    User.objects.filter(pk=chief.pk).update(is_superuser=True)
    both = person("both", Role.PREPARER, department=world.department)
    Membership.objects.create(user=both, role=Role.PREPARER, department=world.foreign)
    for user in (chief, both):
        before = User.objects.values().get(pk=user.pk)
        assert admin.get(page("auth_user", "change", user.pk)).status_code == 200, "to read"
        assert admin.post(page("auth_user", "change", user.pk), {"username": "taken"}).status_code == 404
        password = reverse("admin:auth_user_password_change", args=[user.pk])
        assert admin.get(password).status_code == 404
        assert admin.post(password, {"password1": "sunshine-9", "password2": "sunshine-9"}).status_code == 404
        assert User.objects.values().get(pk=user.pk) == before


def test_an_administrator_resets_a_password(world, admin) -> None:
    url = reverse("admin:auth_user_password_change", args=[world.preparer.pk])
    given = {"password1": "new-sunshine-7", "password2": "new-sunshine-7"}
    assert admin.post(url, given).status_code == 302
    world.preparer.refresh_from_db()
    assert world.preparer.check_password("new-sunshine-7")
    foreign = reverse("admin:auth_user_password_change", args=[world.foreign_reviewer.pk])
    assert admin.post(foreign, given).status_code == 404


def test_people_are_not_deleted(world, admin) -> None:
    User.objects.filter(pk=world.administrator.pk).update(is_superuser=True)
    assert admin.post(page("auth_user", "delete", world.preparer.pk), {"post": "yes"}).status_code == 404
    data = {"action": "delete_selected", "_selected_action": [world.preparer.pk], "post": "yes"}
    admin.post(page("auth_user", "changelist"), data)
    assert User.objects.filter(pk=world.preparer.pk).exists()


def test_unlocking_is_for_his_people(world, admin) -> None:
    data = {"action": "unlock", "_selected_action": [world.preparer.pk, world.foreign_reviewer.pk]}
    answer = admin.post(page("auth_user", "changelist"), data, follow=True)
    assert "已解除 1 人的登录锁定" in answer.text


def test_lookups_show_nothing_of_elsewhere(world, admin) -> None:
    """Neither the choices of a field nor a filter over a relation tell what another district has."""
    text = admin.get(page("budgets_membership", "add")).text
    assert "foreign-reviewer" not in text and "武昌" not in text
    text = admin.get(page("budgets_department", "add")).text
    assert "武昌" not in text
    assert "武昌" not in admin.get(page("budgets_extension", "add")).text
    for model in ("budgets_department", "budgets_fiscalyear", "budgets_extension", "budgets_membership"):
        assert "武昌" not in admin.get(page(model, "changelist")).text, model
