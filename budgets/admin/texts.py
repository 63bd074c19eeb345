"""说明文字设置: headings, order, notes and the wording of sentences for a year's reports of one kind, with history."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.validators import MaxLengthValidator, MinValueValidator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from unfold.widgets import UnfoldAdminSelectWidget

from ..actions.define import count_other_text
from ..domain.choices import ReportKind
from ..domain.profile import get_profile, profile_keys
from ..models import District, FiscalYear, Report, TextSetting
from ..narrative.settings import all_chapters, template_problem, templates_of
from ..narrative.spec import Chapter
from .history import HistoryAdmin

PLACE = ("fiscal_year", "kind", "chapter", "pattern")
PK = re.compile(r"[0-9]{1,9}")
OF_CHAPTER, OF_SENTENCE = ("title", "position", "note"), ("template",)

LONGEST = 2000
"""The most characters of a note or a template."""

TEMPLATE_HELP = (
    "花括号里的名字由系统换成数字和文字，照抄原来写法里的名字；"
    "方括号里的话，只在其中的内容都有时才写。清空即恢复原来的写法。"
)


def chapters_of(profile: str) -> Mapping[str, Chapter]:
    """The chapters of a profile's text by key; none where it has no text."""
    spec = get_profile(profile).narrative if profile else None
    return {chapter.key: chapter for chapter in all_chapters(spec.chapters)} if spec else {}


def url_of(year: FiscalYear, kind: str, chapter: str, pattern: str) -> str:
    """The page on which an administrator words a sentence for the whole district."""
    found = TextSetting.objects.filter(fiscal_year=year, kind=kind, chapter=chapter, pattern=pattern).first()
    if found:
        return reverse("admin:budgets_textsetting_change", args=[found.pk])
    place = urlencode({"fiscal_year": str(year.pk), "kind": kind, "chapter": chapter, "pattern": pattern})
    return f"{reverse('admin:budgets_textsetting_add')}?{place}"


def _titled(kind: str) -> dict[str, str]:
    """Titles of all chapters that have one in reports of that kind, by key; each as the first locality has it."""
    found: dict[str, str] = {}
    for profile in profile_keys():
        if get_profile(profile).kind == kind:
            for key, chapter in chapters_of(profile).items():
                if chapter.title:
                    found.setdefault(key, chapter.title.replace("{department}", "××").replace("{year}", "××"))
    return found


class TextSettingForm(forms.ModelForm):
    chapter = forms.ChoiceField(label="章节", widget=UnfoldAdminSelectWidget())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chapters = self.fields.get("chapter")
        if isinstance(chapters, forms.ChoiceField):
            # A sentence may stand in a chapter without a title.
            given = str(self.initial.get("chapter") or self.data.get("chapter") or "")
            titles = {kind.label: _titled(kind) for kind in ReportKind}
            known = {key for of_kind in titles.values() for key in of_kind}
            own = [(given, given)] if given and given not in known else []
            groups = [(label, list(of_kind.items())) for label, of_kind in titles.items()]
            chapters.choices = [("", "请选择"), *own, *groups]
        if "pattern" in self.fields:
            self.fields["pattern"].widget.attrs["readonly"] = True
        if "template" in self.fields:
            default = self._default()
            self.fields["template"].help_text = (
                f"原来的写法：{default} {TEMPLATE_HELP}" if default else TEMPLATE_HELP
            )
            if self.instance.pk is None:
                self.initial.setdefault("template", default)
        for name in {"note", "template"} & self.fields.keys():
            self.fields[name].validators.append(MaxLengthValidator(LONGEST))
        if "note" in self.fields:
            self.fields["note"].help_text = "写在这一章之后，一行一段；本区当年这类编报的说明都有。"
        if "title" in self.fields:
            self.fields["title"].help_text = "不填用原来的标题。{year} 和 {department} 换成年度和部门名称。"
        if "position" in self.fields:
            self.fields["position"].validators.append(MinValueValidator(1, "从 1 起"))
            self.fields["position"].help_text = "在同一级标题中排在第几，从 1 起；不填用原来的顺序。"

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        year, kind, chapter, pattern = self._place(data)
        if not (year and kind and chapter):
            return data
        chapters = chapters_of(year.profile(kind))
        if chapter not in chapters:
            self.add_error("chapter" if "chapter" in self.fields else None, f"{year}这类编报的说明没有这一章")
            return data
        if pattern:
            default = templates_of(chapters[chapter]).get(pattern)
            if default is None:
                self.add_error(None, "这一章没有这句话")
            elif data.get("template") and (problem := template_problem(default, data["template"])):
                self.add_error("template", problem)
        if (
            self.instance.pk is None
            and TextSetting.objects.filter(
                fiscal_year=year, kind=kind, chapter=chapter, pattern=pattern
            ).exists()
        ):
            self.add_error(None, "已经有这一项设置，请在列表中打开它修改")
        return data

    def clean_title(self) -> str:
        title: str = self.cleaned_data["title"]
        if set("{}") & set(title.replace("{year}", "").replace("{department}", "")):
            raise forms.ValidationError("花括号里只能写 year 或 department")
        return title

    def _default(self) -> str:
        year, kind, chapter, pattern = self._place(
            {**self.initial, **dict(self.data.items())} if self.is_bound else self.initial
        )
        chapters = chapters_of(year.profile(kind)) if year and kind else {}
        return templates_of(chapters[chapter]).get(pattern, "") if chapter in chapters else ""

    def _place(self, given: Mapping[str, Any]) -> tuple[FiscalYear | None, str, str, str]:
        row = self.instance
        if row.pk:
            return row.fiscal_year, row.kind, row.chapter, row.pattern
        year = given.get("fiscal_year")
        if not isinstance(year, FiscalYear):
            number = str(year or "")
            year = FiscalYear.objects.filter(pk=number).first() if PK.fullmatch(number) else None
        kind, chapter, pattern = (str(given.get(name) or "") for name in PLACE[1:])
        return year, kind, chapter, pattern


@admin.register(TextSetting)
class TextSettingAdmin(HistoryAdmin):
    form = TextSettingForm
    list_display = ("place", "fiscal_year", "kind", "says")
    list_display_links = ("place",)
    list_filter = ("fiscal_year__year", "kind")
    list_select_related = ("fiscal_year__district",)
    actions = ("keep_next_year",)

    @admin.action(description="沿用到下一年")
    def keep_next_year(self, request: HttpRequest, settings: QuerySet[TextSetting]) -> None:
        """Copy the chosen settings into the year that follows theirs; those that are set there already stay."""
        made, there, without = 0, 0, set()
        for setting in settings:
            year = setting.fiscal_year
            following = FiscalYear.objects.filter(district=year.district, year=year.year + 1).first()
            if following is None:
                without.add(str(year.year + 1))
                continue
            place = {name: getattr(setting, name) for name in PLACE} | {"fiscal_year": following}
            values = {name: getattr(setting, name) for name in (*OF_CHAPTER, *OF_SENTENCE)}
            _, is_new = TextSetting.objects.get_or_create(**place, defaults=values)
            if is_new:
                count_other_text(Report.objects.filter(fiscal_year=following, kind=setting.kind))
            made, there = made + is_new, there + (not is_new)
        if without:
            messages.error(request, f"还没有设置 {'、'.join(sorted(without))} 年度，请先在“年度”中增加")
        if made or there:
            kept = f"，{there} 项下一年已经有，没有改动" if there else ""
            messages.success(request, f"已沿用 {made} 项{kept}")

    @admin.display(description="位置")
    def place(self, setting: TextSetting) -> str:
        title = _titled(setting.kind).get(setting.chapter, setting.chapter)
        return f"{title} › 句子 {setting.pattern}" if setting.pattern else title

    @admin.display(description="设置")
    def says(self, setting: TextSetting) -> str:
        if setting.pattern:
            return setting.template or "原来的写法"
        position = f"排在第 {setting.position}" if setting.position else ""
        return "；".join(filter(None, (setting.title, position, setting.note))) or "—"

    def within(self, rows: QuerySet[TextSetting], districts: QuerySet[District]) -> QuerySet[TextSetting]:
        return rows.filter(fiscal_year__district__in=districts)

    def save_model(self, request: HttpRequest, obj: TextSetting, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        count_other_text(Report.objects.filter(fiscal_year=obj.fiscal_year, kind=obj.kind))

    def delete_model(self, request: HttpRequest, obj: TextSetting) -> None:
        super().delete_model(request, obj)
        count_other_text(Report.objects.filter(fiscal_year=obj.fiscal_year, kind=obj.kind))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[TextSetting]) -> None:
        for setting in queryset:
            self.delete_model(request, setting)

    def get_fieldsets(self, request: HttpRequest, obj: TextSetting | None = None) -> Any:
        pattern = obj.pattern if obj else request.POST.get("pattern", request.GET.get("pattern", ""))
        place = PLACE if pattern else PLACE[:3]
        return ((None, {"fields": (place[:2], place[2:], *(OF_SENTENCE if pattern else OF_CHAPTER))}),)

    def get_readonly_fields(self, request: HttpRequest, obj: TextSetting | None = None) -> tuple[str, ...]:
        """The place cannot be changed: another one would be another setting."""
        return PLACE if obj else ()
