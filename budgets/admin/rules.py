"""校验规则设置: severity, thresholds and applicability of a rule in a year, with reason and history.

A new setting first asks for its year and rule, because these decide which thresholds there are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from ..domain.choices import ReportKind, Severity
from ..domain.options import ChoiceOption, NumberOption, Option, OptionError
from ..domain.profile import known_rules, options_of, own_value, rules, thresholds
from ..forms.layout import Button, admin_helper
from ..models import District, FiscalYear, RuleSetting
from .history import HistoryAdmin
from .scope import CHOICES, administered, hidden

PREFIX = "threshold_"
"""What the names of threshold fields begin with."""

KEPT_FILTERS = "_changelist_filters"
"""The parameter in which the admin keeps the filters of the list."""


@dataclass(frozen=True, slots=True)
class Place:
    """What a setting is of: one rule in one fiscal year."""

    year: FiscalYear
    rule: str

    @property
    def profiles(self) -> dict[ReportKind, str]:
        """The year's profiles that have the rule, by kind of report."""
        keys = {kind: self.year.profile(kind) for kind in ReportKind}
        return {kind: key for kind, key in keys.items() if key and self.rule in rules(key)}

    @property
    def problem(self) -> str:
        """Why nothing can be set here, in Chinese; empty when it can."""
        return "" if self.profiles else f"{self.year} 的表样没有规则 {self.rule}"

    @property
    def options(self) -> tuple[Option, ...]:
        return options_of(self.rule) if self.profiles else ()

    def own(self, option: Option) -> str:
        """What holds by the year's profiles: ``10%``, or ``部门预算 提醒，部门决算 与模板文字相同``."""
        said = {kind: option.words(own_value(key, self.rule, option)) for kind, key in self.profiles.items()}
        if len(set(said.values())) == 1:
            return next(iter(said.values()))
        return "，".join(f"{kind.label} {words}" for kind, words in said.items())


class ThresholdField(forms.CharField):
    """One threshold as a person types it; cleans to the value that is stored, or None for the profile's."""

    def __init__(self, option: Option, own: str, stored: object) -> None:
        self.option = option
        super().__init__(
            label=option.label,
            required=False,
            help_text=_help(option, own, stored),
            initial="" if stored is None else option.typed(stored),
            widget=_widget(option, own),
        )

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            return self.option.parse(text)
        except OptionError as error:
            raise forms.ValidationError(str(error)) from None


def _widget(option: Option, own: str) -> forms.Widget:
    if isinstance(option, ChoiceOption):
        return UnfoldAdminSelectWidget(choices=[("", f"按表样：{own}"), *option.choices])
    attrs = {"placeholder": own, "autocomplete": "off"}
    if isinstance(option, NumberOption):
        attrs["inputmode"] = "decimal"
    return UnfoldAdminTextInputWidget(attrs=attrs)


def _help(option: Option, own: str, stored: object) -> str:
    said = [option.meaning]
    if isinstance(option, NumberOption):
        said.append(f"{option.expected}；{option.example}。")
    said.append(f"{'不选' if isinstance(option, ChoiceOption) else '不填'}按表样：{own}。")
    if stored is not None and (problem := option.problem(stored)):
        said.append(f"! 现在的“{option.words(stored)}”{problem}，请改正或清空。")
    return "".join(said)


class RuleSettingForm(forms.ModelForm):
    """A setting of ``place``; `of_place` adds the fields of its thresholds."""

    place: Place

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.fiscal_year, self.instance.rule = self.place.year, self.place.rule
        if "severity" in self.fields:
            self.fields["severity"].choices = [("", "按表样"), *Severity.pairs()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Put the thresholds together; what the rule does not have (any more) is left out."""
        data = super().clean() or self.cleaned_data
        if self.place.problem:
            self.add_error(None, self.place.problem)
        elif self.instance.pk is None and _setting_of(self.place):
            self.add_error(None, "已经有这一项设置，请在列表中打开它修改")
        given = {option.name: data.get(PREFIX + option.name) for option in self.place.options}
        self.instance.options = {name: value for name, value in given.items() if value is not None}
        return data


def of_place(place: Place, stored: dict[str, Any]) -> type[RuleSettingForm]:
    """The form for a setting of ``place``, whose thresholds are ``stored`` now."""
    fields = {
        PREFIX + option.name: ThresholdField(option, place.own(option), stored.get(option.name))
        for option in place.options
    }
    return type("RuleSettingForm", (RuleSettingForm,), {"place": place, **fields})


def _setting_of(place: Place) -> RuleSetting | None:
    return RuleSetting.objects.filter(fiscal_year=place.year, rule=place.rule).first()


class PlaceForm(forms.Form):
    """The first step of a new setting: which rule, in which of ``years``."""

    fiscal_year = forms.ModelChoiceField(FiscalYear.objects.none(), label="年度", empty_label="请选择")
    rule = forms.ChoiceField(label="规则")

    def __init__(self, data: QueryDict, years: QuerySet[FiscalYear]) -> None:
        super().__init__(data if data.keys() & {"fiscal_year", "rule"} else None)
        self.fields["fiscal_year"].queryset = years  # type: ignore[attr-defined]
        self.fields["rule"].choices = [  # type: ignore[attr-defined]
            ("", "请选择"),
            *((rule, f"{rule} {check.title}") for rule, check in known_rules().items()),
        ]
        if KEPT_FILTERS in data:
            self.fields[KEPT_FILTERS] = forms.CharField(
                required=False, initial=data[KEPT_FILTERS], widget=forms.HiddenInput
            )
        self.helper = admin_helper(
            "fiscal_year", "rule", Button("下一步", "review-button"), css_class="review-form", method="get"
        )

    @property
    def place(self) -> Place | None:
        """What was chosen; None while it is not known."""
        data = self.cleaned_data if self.is_valid() else {}
        return Place(data["fiscal_year"], data["rule"]) if data else None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("fiscal_year") and data.get("rule"):
            place = Place(data["fiscal_year"], data["rule"])
            if place.problem:
                self.add_error("rule", place.problem)
        return data


@admin.register(RuleSetting)
class RuleSettingAdmin(HistoryAdmin):
    list_display = ("rule", "rule_title", "fiscal_year", "applies", "severity", "set_thresholds", "reason")
    list_display_links = ("rule",)
    list_filter = ("fiscal_year__year", "applies")
    list_select_related = ("fiscal_year__district",)
    readonly_fields = ("fiscal_year", "named_rule")
    """Rule and year cannot be changed: another one would be another setting."""

    @admin.display(description="内容")
    def rule_title(self, setting: RuleSetting) -> str:
        check = known_rules().get(setting.rule)
        return check.title if check else "—"

    @admin.display(description="阈值")
    def set_thresholds(self, setting: RuleSetting) -> str:
        return thresholds(setting.rule, setting.options) or "—"

    @admin.display(description="规则")
    def named_rule(self, setting: RuleSetting) -> str:
        check = known_rules().get(setting.rule)
        return f"{setting.rule} {check.title}" if check else setting.rule

    def within(self, rows: QuerySet[RuleSetting], districts: QuerySet[District]) -> QuerySet[RuleSetting]:
        return rows.filter(fiscal_year__district__in=districts)

    @hidden
    def add_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Ask for year and rule, then for the rest. What is set already is opened instead."""
        if not self.has_add_permission(request):
            raise Http404
        chosen = _chosen(request)
        if chosen.place is None:
            return self._first_step(request, chosen)
        setting = _setting_of(chosen.place)
        if setting and request.method != "POST":
            messages.info(request, "已经有这一项设置，请在这里修改")
            return redirect("admin:budgets_rulesetting_change", setting.pk)
        return super().add_view(request, *args, **kwargs)

    def _first_step(self, request: HttpRequest, chosen: PlaceForm) -> HttpResponse:
        return TemplateResponse(
            request,
            "admin/budgets/rule_choice.html",
            {
                **self.admin_site.each_context(request),
                "opts": self.opts,
                "title": "增加校验规则设置",
                "form": chosen,
            },
            status=422 if chosen.is_bound or request.method == "POST" else 200,
        )

    def get_form(
        self, request: HttpRequest, obj: RuleSetting | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form = of_place(_place(request, obj), obj.options if obj else {})
        return super().get_form(request, obj, change, form=form, **kwargs)

    def get_fieldsets(self, request: HttpRequest, obj: RuleSetting | None = None) -> Any:
        names = (PREFIX + option.name for option in _place(request, obj).options)
        fields = (self.readonly_fields, ("applies", "severity"), *names, "reason")
        return ((None, {"fields": fields}),)


def _chosen(request: HttpRequest) -> PlaceForm:
    return PlaceForm(request.GET, CHOICES[FiscalYear](administered(request.user)))


def _place(request: HttpRequest, setting: RuleSetting | None) -> Place:
    """What the page is about; 404 where a new setting says neither year nor rule."""
    place = Place(setting.fiscal_year, setting.rule) if setting else _chosen(request).place
    if place is None:
        raise Http404
    return place
