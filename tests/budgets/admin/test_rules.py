"""Rule settings are the administrator's, for his district; waivers the reviewers', for one report."""

from __future__ import annotations

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode

from budgets.domain.choices import Status
from budgets.domain.findings import CheckSettings
from budgets.domain.profile import get_profile, options_of, profile_keys, rules
from budgets.models import FiscalYear, RuleSetting, Waiver, WarningExplanation
from budgets.review.validation import judge
from budgets.storage.loading import load_dossier
from tests.controls import controls
from tests.examples import dossier, project

from .conftest import put

ADD = "admin:budgets_rulesetting_add"
CHANGE = "admin:budgets_rulesetting_change"


@pytest.fixture
def admin(world, login):
    return login(world.administrator)


def add_url(year, rule: str) -> str:
    """The second step of a new setting, where the first one leads."""
    return f"{reverse(ADD)}?{urlencode({'fiscal_year': year.pk, 'rule': rule})}"


def change_url(setting: RuleSetting) -> str:
    return reverse(CHANGE, args=[setting.pk])


def filled(client, url: str, **typed: str) -> QueryDict:
    """What the browser posts from that page after ``typed`` was typed into it; thresholds by their names."""
    page = client.get(url)
    assert page.status_code == 200
    data = controls(page.text, "rulesetting_form")
    for name, value in typed.items():
        field = name if name in ("applies", "severity", "reason") else f"threshold_{name}"
        assert field in data
        data[field] = value
    return data


def saved(client, url: str, **typed: str) -> RuleSetting:
    answer = client.post(url, filled(client, url, **typed))
    assert answer.status_code == 302, answer.context["adminform"].form.errors
    return RuleSetting.objects.latest("pk")


def errors_of(response) -> dict[str, list[str]]:
    assert response.status_code == 200
    return response.context["adminform"].form.errors


def test_a_new_setting_asks_for_year_and_rule_first(world, admin) -> None:
    page = admin.get(reverse(ADD), {"_changelist_filters": "applies__exact=0"})
    data = controls(page.text.partition("下一步")[0].rpartition("<form")[2].join(("<form", "</form>")))
    assert "VAR-1 变动与完成原因" in page.text
    assert data.dict() == {"fiscal_year": "", "rule": "", "_changelist_filters": "applies__exact=0"}
    data["fiscal_year"], data["rule"] = str(world.year.pk), "VAR-1"
    step = admin.get(reverse(ADD), data.dict())
    assert (
        "变动幅度（%）" in step.text
        and "变动金额（万元）" in step.text
        and "完成率偏差（个百分点）" in step.text
    )
    assert "VAR-1 变动与完成原因" in step.text and str(world.year) in step.text
    assert not RuleSetting.objects.exists()


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"rule": "VAR-1", "fiscal_year": ""}, "fiscal_year"),
        ({"rule": "VAR-1", "fiscal_year": "x"}, "fiscal_year"),
        ({"rule": ""}, "rule"),
        ({"rule": "NOT-1"}, "rule"),
        ({"rule": "EVA-2"}, "rule"),
    ],
)
def test_a_first_step_that_leads_nowhere_says_why_at_its_field(world, admin, query, field) -> None:
    for method in (admin.get, admin.post):
        page = method(f"{reverse(ADD)}?{urlencode({'fiscal_year': world.year.pk} | query)}")
        assert page.status_code == 422 and set(page.context["form"].errors) == {field}
    assert admin.post(reverse(ADD), {"reason": "通知"}).status_code == 422
    assert not RuleSetting.objects.exists()


def test_set_with_a_reason_and_kept_in_history(world, admin) -> None:
    url = add_url(world.year, "VAR-1")
    setting = saved(admin, url, severity="warning", rate="20", amount="5", reason="通知")
    assert (setting.severity, setting.options, setting.applies) == (
        "warning",
        {"rate": 20, "amount": 50000},
        True,
    )
    data = filled(admin, change_url(setting), rate="", amount="", reason="不再适用")
    del data["applies"]
    assert admin.post(change_url(setting), data).status_code == 302
    setting.refresh_from_db()
    assert (setting.applies, setting.options, setting.rule) == (False, {}, "VAR-1")
    assert [h.reason for h in setting.history.all()] == ["不再适用", "通知"]
    history = admin.get(reverse("admin:budgets_rulesetting_history", args=[setting.pk]))
    assert "变动幅度 20%、变动金额 5 万元" in history.text
    changed = {change["field"]: change for change in history.context["page_obj"][0].history_delta_changes}
    assert (changed["适用"]["old"], changed["适用"]["new"]) == ("是", "否")
    first = setting.history.earliest()
    then = admin.get(reverse("admin:budgets_rulesetting_simple_history", args=[setting.pk, first.pk]))
    assert controls(then.text)["threshold_rate"] == "20"


def test_what_is_set_already_is_opened(world, admin) -> None:
    url = add_url(world.year, "VAR-1")
    late = filled(admin, url, reason="通知")
    setting = saved(admin, url, reason="通知")
    assert admin.get(url).url == change_url(setting)
    assert "已经有这一项设置" in str(errors_of(admin.post(url, late)))
    assert RuleSetting.objects.count() == 1


OTHER = {
    "rate": ("20", 20),
    "amount": ("0.5", 5000),
    "completion": ("2.5", 2.5),
    "closing": ("0.25", 0.25),
    "income": ("3", 3),
    "tolerance": ("0.5", 0.5),
    "margin": ("5", 5),
    "quantified": ("60", 60),
    "operating_cost_word": ("机关（事业）运行经费", "机关（事业）运行经费"),
    "authority": ("unit", "unit"),
    "doubled_words": ("info", "info"),
}
"""By option: what a person enters, other than its default, and what is stored."""


def test_each_threshold_of_each_profile_has_a_field_and_comes_back_as_it_was_entered(world, admin) -> None:
    seen = set()
    for key in profile_keys():
        kind = get_profile(key).kind
        FiscalYear.objects.filter(pk=world.year.pk).update(**{f"{kind}_profile": key})
        world.year.refresh_from_db()
        for rule in filter(options_of, rules(key)):
            RuleSetting.objects.all().delete()
            typed = {option.name: OTHER[option.name][0] for option in options_of(rule)}
            setting = saved(admin, add_url(world.year, rule), reason="通知", **typed)
            assert setting.options == {name: OTHER[name][1] for name in typed}, rule
            again = filled(admin, change_url(setting))
            assert {name: again[f"threshold_{name}"] for name in typed} == typed
            assert saved(admin, change_url(setting)).options == setting.options
            seen |= typed.keys()
            check = rules(key)[rule]()
            list(check.run(dossier(project()), CheckSettings(options=setting.options)))
    assert seen == OTHER.keys()


def test_a_field_says_what_the_profiles_have(world, admin) -> None:
    help_of = lambda page, name: page.context["adminform"].form.fields[f"threshold_{name}"].help_text  # noqa: E731
    page = admin.get(add_url(world.year, "VAR-1"))
    assert help_of(page, "rate").endswith("0 至 1,000 的整数；20 表示 20%。不填按表样：10%。")
    assert 'placeholder="10%"' in page.text and 'placeholder="1 万元"' in page.text
    assert "不选按表样：提醒。" in help_of(admin.get(add_url(world.year, "TXT-1")), "doubled_words")
    FiscalYear.objects.filter(pk=world.year.pk).update(final_profile="dongxihu_final_2024")
    both = "不选按表样：部门预算 提醒，部门决算 与模板文字相同。"
    assert both in help_of(admin.get(add_url(world.year, "TXT-1")), "doubled_words")


@pytest.mark.parametrize(
    ("rule", "typed", "said"),
    [
        ("VAR-1", {"rate": "0.2"}, "“0.2”不能用，应为 0 至 1,000 的整数，单位 %；20 表示 20%"),
        ("VAR-1", {"rate": "-1"}, "应为 0 至 1,000 的整数"),
        ("VAR-1", {"rate": "1001"}, "应为 0 至 1,000 的整数"),
        ("VAR-1", {"rate": "很多"}, "“很多”不能用"),
        ("VAR-1", {"rate": "1e1"}, "“1e1”不能用"),
        ("VAR-1", {"rate": "NaN"}, "“NaN”不能用"),
        ("VAR-1", {"rate": "9" * 400}, "不能用"),
        ("VAR-1", {"amount": "50000"}, "应为 0 至 10,000，最多 2 位小数，单位 万元；5 表示 5 万元"),
        ("VAR-1", {"completion": "0.05"}, "应为 0 至 50，最多 1 位小数，单位 个百分点"),
        ("BAL-3", {"closing": "0"}, "应为 0.1 至 100"),
        ("BAL-3", {"income": "0.5"}, "应为 1 至 1,000"),
        ("TXT-1", {"doubled_words": "bad"}, "错误、提醒、提示之一"),
        ("PRJ-5", {"authority": "科室"}, "科室、单位之一"),
        ("OPX-1", {"operating_cost_word": "长" * 31}, "不超过 30 个字"),
    ],
)
def test_what_no_rule_understands_is_refused_at_its_field(world, admin, rule, typed, said) -> None:
    url = add_url(world.year, rule)
    answer = admin.post(url, filled(admin, url, reason="通知", **typed))
    (name,) = typed
    assert said in errors_of(answer)[f"threshold_{name}"][0]
    if rule not in ("TXT-1", "PRJ-5"):
        assert controls(answer.text, "rulesetting_form")[f"threshold_{name}"] == typed[name]
    assert not RuleSetting.objects.exists()


@pytest.mark.parametrize("reason", ["", " "])
def test_a_setting_needs_a_reason(world, admin, reason) -> None:
    url = add_url(world.year, "BAL-1")
    assert set(errors_of(admin.post(url, filled(admin, url, reason=reason)))) == {"reason"}


def test_a_number_may_be_typed_with_its_unit(world, admin) -> None:
    setting = saved(admin, add_url(world.year, "VAR-1"), rate="２０ ％", amount="1,000 万元", reason="通知")
    assert setting.options == {"rate": 20, "amount": 10000000}


def test_thresholds_of_another_rule_are_not_taken(world, admin) -> None:
    url = add_url(world.year, "BAL-1")
    data = filled(admin, url, reason="通知")
    data["threshold_rate"], data["options"] = "20", '{"rate": 20}'
    data["rule"], data["fiscal_year"] = "VAR-1", str(world.other_year.pk)
    admin.post(url, data)
    setting = RuleSetting.objects.get()
    assert (setting.rule, setting.fiscal_year, setting.options) == ("BAL-1", world.year, {})


def test_an_old_value_out_of_range_stays_and_is_marked(world, admin) -> None:
    options = {"rate": 0.2, "completion": "x", "gone": 3}
    setting = RuleSetting.objects.create(fiscal_year=world.year, rule="VAR-1", options=options, reason="通知")
    listed = admin.get(reverse("admin:budgets_rulesetting_changelist")).text
    assert "变动幅度 0.2%（应为 0 至 1,000 的整数）" in listed and "gone 3" in listed
    page = admin.get(change_url(setting))
    assert "! 现在的“0.2%”应为 0 至 1,000 的整数，请改正或清空。" in page.text
    assert controls(page.text, "rulesetting_form")["threshold_rate"] == "0.2"
    refused = admin.post(change_url(setting), filled(admin, change_url(setting), reason="改理由"))
    assert set(errors_of(refused)) == {"threshold_rate", "threshold_completion"}
    setting.refresh_from_db()
    assert setting.options == options and setting.reason == "通知"
    assert saved(admin, change_url(setting), rate="20", completion="").options == {"rate": 20}


def test_a_rule_that_the_year_no_longer_has_is_shown_and_not_saved(world, admin) -> None:
    setting = RuleSetting.objects.create(
        fiscal_year=world.year, rule="EVA-2", options={"tolerance": 1}, reason="通知"
    )
    answer = admin.post(change_url(setting), filled(admin, change_url(setting)))
    assert "的表样没有规则 EVA-2" in str(errors_of(answer))


def test_rules_stand_with_their_titles_and_thresholds(world, admin) -> None:
    RuleSetting.objects.create(fiscal_year=world.year, rule="VAR-1", options={"rate": 20}, reason="通知")
    listed = admin.get(reverse("admin:budgets_rulesetting_changelist")).text
    assert "变动与完成原因" in listed and "变动幅度 20%" in listed


def test_another_districts_year_cannot_be_chosen(world, admin) -> None:
    for method in (admin.get, admin.post):
        page = method(add_url(world.other_year, "VAR-1"))
        assert page.status_code == 422 and "fiscal_year" in page.context["form"].errors
        assert f'value="{world.other_year.pk}"' not in page.text


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
