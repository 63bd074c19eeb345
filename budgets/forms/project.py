"""A project's identity, application, history and activities, as they are typed in the 申报表."""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.safestring import SafeString

from ..domain.address import Address
from ..domain.characters import packed
from ..domain.choices import HistoryMeasure, ReportKind
from ..domain.money import stated
from ..domain.schema import Activity, ActivityLine, Application, History, HistoryEntry, Identity
from ..domain.types import KEY, new_key
from ..renderers.markup import markup
from . import help
from .base import Json, PartForm
from .context import EditContext
from .editors import Editor
from .fields import ChosenField, CodeField, PartField, default_json, part_fields
from .rows import RowForm
from .widgets import Grow


class IdentityForm(PartForm):
    type = Identity
    helps = help.IDENTITY

    def clean(self) -> dict[str, object]:
        start, end = self.cleaned_data.get("start_year"), self.cleaned_data.get("end_year")
        if start and end and end < start:
            self.add_error("end_year", "终止年度不能早于起始年度")
        return self.cleaned_data


class IdentityEditor(Editor):
    form = IdentityForm


OF_BUDGETS = (
    *("leader", "phone", "address", "postcode", "basis", "plan", "purpose", "costing"),
    *("total_budget", "long_term"),
)
"""Fields of the application, which final accounts keep and do not ask for."""


class ApplicationForm(PartForm):
    """``total_budget`` stands beside the box 长期, which replaces it and may be written in its place."""

    type = Application
    together = {"total_budget": "long_term"}
    words = {"total_budget": "长期"}
    helps, final_helps = help.APPLICATION, help.FINAL_APPLICATION

    def __init__(
        self,
        object: str,
        value: Mapping[str, Json],
        entered: Mapping[str, str] | None,
        context: EditContext,
        **options: Any,
    ) -> None:
        if entered and packed(entered.get("total_budget", "")) == self.words["total_budget"]:
            entered = {**entered, "total_budget": "", "long_term": "on"}
        super().__init__(object, value, entered, context, **options)

    @classmethod
    def make_fields(cls) -> dict[str, PartField]:
        fields = super().make_fields()
        for name in ("authority", "executing_unit", "address"):
            fields[name].widget = Grow(single=True)
        for name in OF_BUDGETS:
            fields[name].kind = ReportKind.BUDGET
        return fields

    def cell(self, name: str) -> SafeString:
        cell = super().cell(name)
        if name == "total_budget" and "long_term" in self.fields:
            hint = SafeString('<p class="hint">不填即等于当年预算</p>')
            tick = markup('<label class="tick">{} 长期</label>', super().cell("long_term"))
            return markup('<div class="beside">{}{}</div>{}', cell, tick, hint)
        if name == "change_reason":
            return markup('<p class="hint">{}</p>{}', self._past(), cell)
        return cell

    def _past(self) -> str:
        """Known facts of the two years before, in final accounts also of the budget, above the reason for the change."""
        context, project = self.context, self.context.project
        if project is None:
            return ""
        typed = {e.year: e for e in project.part(History).entries if e.measure != HistoryMeasure.BUDGET}
        years = (context.year - 2, context.year - 1)
        known = (typed.get(year) or context.dossier.past(project, year) for year in years)
        said = [
            f"{entry.year}年{HistoryMeasure(entry.measure).label}{stated(entry.amount, context.unit)}"
            if entry.amount is not None
            else f"{entry.year}年未立项"
            for entry in known
            if entry
        ]
        if not context.is_final:
            return "；".join([*said, "以下填写调增、调减或调整的原因"])
        planned = context.dossier.budget and context.dossier.budget.project(project.key)
        initial = [f"{context.year}年年初预算{stated(planned.amount, context.unit)}"] if planned else []
        return "；".join([*said, *initial, "以下填写与上年决算、年初预算不同的原因"])


class ApplicationEditor(Editor):
    form = ApplicationForm


class MeasureField(ChosenField):
    """口径: choosing one means that the year is known."""

    def has_default(self) -> bool:
        return False


class HistoryRow(RowForm):
    """One earlier year. It is stored only with 口径 or an amount; 口径 alone means 未立项."""

    type = HistoryEntry
    helps = help.HISTORY
    region = "history"
    identity = "year"
    identity_label = "以前年度"
    list_title = "历年情况"
    fixed = True

    @classmethod
    def make_fields(cls) -> dict[str, PartField]:
        fields = super().make_fields()
        fields["measure"] = MeasureField(HistoryMeasure.pairs(), blank="—", none="budget", label="口径")
        return fields

    @property
    def title(self) -> str:
        return f"{self.key}年"

    def clean(self) -> dict[str, object]:
        has_measure = self.entered.get("measure", "budget")
        if self.cleaned_data.get("amount") is not None and not has_measure:
            self.add_error("measure", "请选择这个金额的口径：预算、调整预算、执行还是决算")
        return self.cleaned_data

    def content(self) -> dict[str, Json]:
        return {**super().content(), "year": int(self.key)}

    def cell(self, name: str) -> SafeString:
        cell = super().cell(name)
        project, dossier = self.context.project, self.context.dossier
        report = dossier.year(int(self.key))
        then = report.project(project.key) if report and project else None
        if name == "amount" and then is not None:
            return markup('{}<p class="hint">当年编报 {}</p>', cell, stated(then.amount, self.context.unit))
        return cell


class HistoryEditor(Editor):
    lists = {"entries": HistoryRow}

    def stored_rows(self, name: str) -> Sequence[Mapping[str, Json]]:
        """The stored rows, then rows for those of the two years before that have none."""
        stored = super().stored_rows(name)
        known = {entry["year"] for entry in stored}
        before = (self.context.year - 2, self.context.year - 1)
        return [*stored, *({"year": year} for year in before if year not in known)]


OF_ACTIVITY = ("name", "description", "basis", "remark")
OF_LINE = ("function", "economic", "fund", "from_carry_over", "adjusted", "amount")
MONEY = ("adjusted", "amount")
CHOICES = ("fund", "from_carry_over")


class ActivityRow(RowForm):
    """One line of an activity. A row without the activity's name continues the activity above."""

    region = "activities"
    helps, final_helps = help.ACTIVITY, help.FINAL_ACTIVITY
    list_title = "项目支出明细测算"
    hidden_names = ("activity",)
    continues = "name"

    @classmethod
    def title_in(cls, context: EditContext) -> str:
        return "项目支出决算明细" if context.is_final else cls.list_title

    @classmethod
    def make_fields(cls) -> dict[str, PartField]:
        known = {**part_fields(Activity), **part_fields(ActivityLine)}
        order = ("name", "description", *OF_LINE, "basis", "remark")
        fields = {name: copy.deepcopy(known[name]) for name in order}
        fields["name"].widget = Grow(single=True)
        return fields

    @classmethod
    def fields_for(cls, context: EditContext) -> dict[str, PartField]:
        fields = super().fields_for(context)
        if context.profile.kind == ReportKind.FINAL:
            fields["amount"].label = "决算数"
        return fields

    def holds_below(self, name: str, row: Mapping[str, str]) -> bool:
        """Facts of an activity stand in its first row. A cell merged over several activities holds for each of them."""
        begins = bool(row.get("name", "").strip())
        return super().holds_below(name, row) and (name not in OF_ACTIVITY or (name != "name" and begins))

    @property
    def activity(self) -> str:
        """The key of the activity that begins in the row; empty if none does."""
        known = self.hidden_values["activity"]
        return known if re.fullmatch(KEY, known) or known == "__key__" else self.key

    def address(self, name: str) -> Address:
        if name in OF_ACTIVITY:
            return Address("activities", self.activity, name)
        return Address("lines", self.key, name)

    def stored_value(self, name: str) -> Json:
        if name in MONEY and self.stored.get("no_line"):
            return None
        owner = Activity if name in OF_ACTIVITY else ActivityLine
        return self.stored[name] if name in self.stored else default_json(owner, name)

    def has_typed(self, *names: str) -> bool:
        typed = self.cleaned_data if self.is_bound else {}
        return any(typed[name] if name in typed else self.stored.get(name) for name in names)

    def line(self, content: Mapping[str, Json], function: str) -> dict[str, Json] | None:
        """The line of money in the row's ``content``; None if the row only names the activity.

        ``function`` is the default.
        """
        has_money = not self.stored.get("no_line")
        if self.is_bound:
            has_money = any(
                self.fields[name].says(self.entered.get(name)) for name in MONEY if name in self.fields
            )
        chosen = any(
            content.get(name) != default_json(ActivityLine, name) for name in CHOICES if name in content
        )
        if not has_money and not chosen and not self.has_typed("function", "economic"):
            return None
        line = {name: content[name] for name in OF_LINE if name in content}
        return {**line, "key": self.key, "function": line.get("function") or function}


class ActivitiesEditor(Editor):
    lists = {"activities": ActivityRow}

    def stored_rows(self, name: str) -> Sequence[Mapping[str, Json]]:
        """One row per line; one row for an activity without lines."""
        rows = []
        for activity in self.value.get("activities", []):
            head = {name: activity[name] for name in OF_ACTIVITY if name in activity}
            first, *others = activity.get("lines") or [{"key": activity["key"], "no_line": True}]
            rows.append({**head, **first, "activity": activity["key"]})
            rows += [{**line, "activity": line["key"]} for line in others]
        return rows

    def clean(self) -> bool:
        named, kept = False, self.rows["activities"].kept
        for row in kept:
            if not isinstance(row, ActivityRow) or not row.is_bound or row.has_typed("name"):
                named = True
            elif not named or row.has_typed("description", "basis", "remark"):
                place = "name" if "name" in row.fields else None
                row.add_error(place, "请填写项目活动；只有同一活动的其他金额才可以留空")
        return not any(row.errors for row in kept)

    def content(self) -> dict[str, Json]:
        rows = self.rows["activities"]
        if not rows.is_entered:
            return dict(self.value)
        function = self._default_function()
        activities: list[dict[str, Json]] = []
        taken: set[str] = set()
        for row in rows.kept:
            if not isinstance(row, ActivityRow):
                continue
            content = row.content()
            if content.get("name") or not activities:
                key = row.activity if row.activity not in taken else new_key()
                taken.add(key)
                head = {name: content[name] for name in OF_ACTIVITY if name in content}
                activities.append({**head, "key": key, "lines": []})
            line = row.line(content, function)
            if line:
                activities[-1]["lines"].append(line)
        return {"activities": activities}

    def _default_function(self) -> str:
        """默认功能分类, as entered with them, else as stored."""
        project = self.context.project
        stored = project.application.function if project else ""
        entered = self.entered.values("application", "", ["function"]) if self.entered else {}
        if not entered:
            return stored
        field = CodeField("function")
        field.bind(self.context)
        try:
            return field.to_python(entered["function"])
        except forms.ValidationError:
            return stored
