"""Rule settings are the administrator's, for his district; waivers the reviewers', for one report."""

from __future__ import annotations

import pytest
from django.urls import reverse

from budgets.domain.choices import Status
from budgets.models import RuleSetting, Waiver, WarningExplanation
from budgets.review.validation import judge
from budgets.storage.loading import load_dossier

from .conftest import put

ADD = "admin:budgets_rulesetting_add"
CHANGE = "admin:budgets_rulesetting_change"


@pytest.fixture
def admin(world, login):
    return login(world.administrator)


def values(world, **more: object) -> dict[str, object]:
    given = {
        "fiscal_year": world.year.pk,
        "rule": "VAR-1",
        "applies": "on",
        "options": "{}",
        "reason": "通知",
    }
    return given | more


def errors_of(response) -> str:
    assert response.status_code == 200
    return str(response.context["adminform"].form.errors)


def test_set_with_a_reason_and_kept_in_history(world, admin) -> None:
    options = '{"rate": 20, "amount": 50000}'
    answer = admin.post(reverse(ADD), values(world, severity="warning", options=options))
    assert answer.status_code == 302
    setting = RuleSetting.objects.get()
    assert (setting.severity, setting.options) == ("warning", {"rate": 20, "amount": 50000})
    admin.post(reverse(CHANGE, args=[setting.pk]), {"options": "", "reason": "不再适用"})
    setting.refresh_from_db()
    assert (setting.applies, setting.options, setting.rule) == (False, {}, "VAR-1")
    assert [h.reason for h in setting.history.all()] == ["不再适用", "通知"]
    assert admin.get(reverse("admin:budgets_rulesetting_history", args=[setting.pk])).status_code == 200


def test_rules_stand_with_their_titles(world, admin) -> None:
    page = admin.get(reverse(ADD)).text
    assert "VAR-1 变动与完成原因" in page and "amount" in page
    RuleSetting.objects.create(fiscal_year=world.year, rule="VAR-1", reason="通知")
    assert "变动与完成原因" in admin.get(reverse("admin:budgets_rulesetting_changelist")).text


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"reason": " "}, "reason"),
        ({"reason": ""}, "reason"),
        ({"options": '{"rates": 1}'}, "没有阈值“rates”"),
        ({"options": '{"rate": "10"}'}, "不小于 0 的数"),
        ({"options": '{"rate": true}'}, "不小于 0 的数"),
        ({"options": '{"rate": -1}'}, "不小于 0 的数"),
        ({"options": "[1]"}, "应写作"),
        ({"options": "{"}, "不是正确的 JSON"),
        ({"rule": "BAL-1", "options": '{"rate": 1}'}, "没有阈值"),
        ({"rule": "TXT-1", "options": '{"doubled_words": "bad"}'}, "之一"),
        ({"rule": "NOT-1"}, "rule"),
    ],
)
def test_what_no_rule_understands_is_refused_in_words(world, admin, more, said) -> None:
    assert said in errors_of(admin.post(reverse(ADD), values(world, **more)))
    assert not RuleSetting.objects.exists()


def test_another_districts_year_cannot_be_chosen(world, admin) -> None:
    assert "fiscal_year" in errors_of(
        admin.post(reverse(ADD), values(world, fiscal_year=world.other_year.pk))
    )


def test_another_districts_settings_do_not_exist(world, admin, login) -> None:
    foreign = RuleSetting.objects.create(fiscal_year=world.other_year, rule="VAR-1", reason="通知")
    own = RuleSetting.objects.create(fiscal_year=world.year, rule="VAR-1", reason="通知")
    for view in ("change", "history", "delete"):
        name = f"admin:budgets_rulesetting_{view}"
        assert admin.get(reverse(name, args=[foreign.pk])).status_code == 404
        assert login(world.reviewer).get(reverse(name, args=[own.pk])).status_code == 404
    assert login(world.reviewer).get(reverse(ADD)).status_code == 404


# --- the 校验 tab ----------------------------------------------------------------------------------


def first(report):
    return judge(report, load_dossier(report)).warnings[0]


def tab(client, report):
    return client.get(reverse("admin:budgets_report_change", args=[report.pk]), {"tab": "findings"})


def test_waived_with_a_reason_and_lifted_again(world, report, login) -> None:
    client, rule = login(world.reviewer), first(report).rule
    url = reverse("admin:budgets_report_waive", args=[report.pk, rule])
    assert url in tab(client, report).text
    assert client.get(url).status_code == 200 and not Waiver.objects.exists()
    assert "请填写豁免理由" in client.post(url, {"reason": ""}).text
    before = tab(client, report).context["desk"].warnings
    assert client.post(url, {"reason": "口径不同"}).status_code == 302
    page = tab(client, report)
    assert page.context["desk"].warnings < before
    assert "豁免理由：口径不同" in page.text and url not in page.text
    assert client.post(url, {"reason": "再次"}).status_code == 409
    lift = reverse("admin:budgets_report_lift", args=[report.pk, Waiver.objects.get().pk])
    assert lift in page.text and "口径不同" in client.get(lift).text
    assert client.post(lift).status_code == 302
    assert tab(client, report).context["desk"].warnings == before
    trail = client.get(reverse("admin:budgets_report_change", args=[report.pk]), {"tab": "trail"}).text
    assert "豁免规则" in trail and "撤销豁免" in trail


def test_a_waiver_leaves_the_state_and_the_last_return_alone(world, report, login) -> None:
    report = put(report, Status.RETURNED)
    client = login(world.reviewer)
    client.post(reverse("admin:budgets_report_waive", args=[report.pk, "VAR-1"]), {"reason": "口径不同"})
    changes = client.get(reverse("admin:budgets_report_change", args=[report.pk]), {"tab": "changes"})
    assert changes.context["since"] is None
    report.refresh_from_db()
    assert report.status == Status.RETURNED


def test_what_the_department_says_stands_beside_its_warning(world, report, login) -> None:
    rule, section, object, field = first(report).point
    WarningExplanation.objects.create(
        report=report,
        rule=rule,
        section=section,
        object=object,
        field=field,
        text="按合同",
        user=world.preparer,
    )
    assert "部门说明：按合同" in tab(login(world.reviewer), report).text


def test_administrators_do_not_waive(world, report, login, admin) -> None:
    url = reverse("admin:budgets_report_waive", args=[report.pk, "VAR-1"])
    assert url not in tab(admin, report).text
    assert admin.get(url).status_code == admin.post(url, {"reason": "口径不同"}).status_code == 404
