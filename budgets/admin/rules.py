"""校验规则设置: severity, thresholds and applicability of a rule in a year, with reason and history."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from simple_history.admin import SimpleHistoryAdmin
from unfold.widgets import UnfoldAdminSelectWidget

from ..domain.findings import Check, Option
from ..domain.profile import profile_keys, rules
from ..models import District, RuleSetting
from .scope import AdministratorAdmin


def _known_rules() -> dict[str, type[Check]]:
    """The rules of every profile."""
    return {rule: check for key in profile_keys() for rule, check in rules(key).items()}


def _options(check: type[Check]) -> dict[str, Option]:
    return {option.name: option for option in getattr(check, "options", ())}


def _help() -> str:
    known = [
        f"{rule}：" + "、".join(f"{o.name}（{o.title}）" for o in _options(check).values())
        for rule, check in _known_rules().items()
        if _options(check)
    ]
    return '写作 {"名称": 值}，没有写的按表样。可以设置的有 ' + "；".join(known) + "。其他规则没有阈值。"


class RuleSettingForm(forms.ModelForm):
    rule = forms.ChoiceField(label="规则", widget=UnfoldAdminSelectWidget())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rule_field = self.fields.get("rule")
        if isinstance(rule_field, forms.ChoiceField):
            titles = {rule: f"{rule} {check.title}" for rule, check in _known_rules().items()}
            own = self.instance.rule
            rule_field.choices = [
                ("", "请选择"),
                *titles.items(),
                *([(own, own)] if own and own not in titles else []),
            ]
        if "severity" in self.fields:
            self.fields["severity"].help_text = "不选则按表样"
        if "options" in self.fields:
            self.fields["options"].help_text = _help()
            self.fields["options"].error_messages["invalid"] = "不是正确的 JSON"

    def clean(self) -> dict[str, Any]:
        """Check that the year's profiles have the rule, and that the rule has every threshold."""
        data = super().clean() or self.cleaned_data
        is_new = self.instance.pk is None
        year = data.get("fiscal_year") if is_new else self.instance.fiscal_year
        rule = data.get("rule") if is_new else self.instance.rule
        if year is None or not rule:
            return data
        keys = [key for key in (year.budget_profile, year.final_profile) if key]
        check = next((rules(key)[rule] for key in keys if rule in rules(key)), None)
        if check is None:
            self.add_error(None, f"{year} 的表样没有规则 {rule}")
            return data
        if "options" in data:
            data["options"] = data["options"] or {}
            for problem in _problems(check, data["options"]):
                self.add_error("options", problem)
        return data


def _problems(check: type[Check], given: object) -> list[str]:
    if not isinstance(given, dict):
        return ['应写作 {"名称": 值}']
    known = _options(check)
    names = "、".join(known) or "没有可以设置的阈值"
    return [
        f"{check.id} 没有阈值“{name}”（{names}）" if name not in known else f"{name} {problem}"
        for name, value in given.items()
        if name not in known or (problem := known[name].problem(value))
    ]


@admin.register(RuleSetting)
class RuleSettingAdmin(AdministratorAdmin, SimpleHistoryAdmin):
    form = RuleSettingForm
    list_display = ("rule", "rule_title", "fiscal_year", "applies", "severity", "options", "reason")
    list_display_links = ("rule",)
    list_filter = ("fiscal_year__year", "applies")
    list_select_related = ("fiscal_year__district",)
    fieldsets = ((None, {"fields": (("fiscal_year", "rule"), ("applies", "severity"), "options", "reason")}),)

    @admin.display(description="内容")
    def rule_title(self, setting: RuleSetting) -> str:
        check = _known_rules().get(setting.rule)
        return check.title if check else "—"

    def within(self, rows: QuerySet[RuleSetting], districts: QuerySet[District]) -> QuerySet[RuleSetting]:
        return rows.filter(fiscal_year__district__in=districts)

    def get_readonly_fields(self, request: HttpRequest, obj: RuleSetting | None = None) -> tuple[str, ...]:
        """Rule and year cannot be changed: another one would be another setting."""
        return ("fiscal_year", "rule") if obj else ()
