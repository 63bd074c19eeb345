"""绩效目标 and 绩效指标: the goals in one sub-table, their indicators in one sub-table per horizon."""

from __future__ import annotations

import copy
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString

from budgets.domain.address import Address
from budgets.domain.choices import ReportKind
from budgets.domain.types import KEY, new_key
from budgets.forms.base import Json
from budgets.forms.context import EditContext
from budgets.forms.editors import Editor
from budgets.forms.entered import Entered
from budgets.forms.fields import SHOWN, ChosenField, PartField, UsualField, part_fields
from budgets.forms.row_posts import posted_rows
from budgets.forms.rows import RowForm, RowForms

from ..domain.goals import LEVELS, Goal, Horizon, Indicator, is_same_level, level_above
from . import help, indicator_picker
from .indicator_picker import GoalChoice, IndicatorPicker

BASES = ("历史数据", "历史标准", "行业标准", "计划数据")
"""指标值确定依据."""

FORM_B_ONLY = ("content", "remark")
"""Columns that only form B prints."""

NEW_KEY = r"[0-9a-f]{32}"
"""A key made by `new_key`, of a goal that was blank on the page and is not posted."""

COPIED = ("level1", "level2", "name", "content", "value", "basis")
COPY = "goals-copy"


class GoalRow(RowForm):
    type = Goal
    helps = help.GOAL
    region = "goals"
    list_title = "绩效目标"

    @property
    def horizon(self) -> str:
        """The choice on the page."""
        return str(self.value_now("horizon"))

    def title_among(self, number: int) -> str:
        """The name of the goal in an indicator's list: ``年度绩效目标 2 完善服务``."""
        said = "" if self.is_blank else str(self.value_now("name") or self.value_now("text") or "")
        label = dict(Horizon.pairs()).get(self.horizon, "目标")
        name = "（新目标）" if self.is_blank else said[:16].removeprefix(f"{label}{number}")
        return f"{label}{number} {name}".strip()


class IndicatorRow(RowForm):
    type = Indicator
    helps = help.INDICATOR
    carried = ("goal", "level1", "level2")

    @classmethod
    def make_fields(cls) -> dict[str, PartField]:
        known = part_fields(Indicator)
        fields = super().make_fields()
        fields["level1"] = Level1Field(label=known["level1"].label)
        fields["level2"] = UsualField(label=known["level2"].label)
        fields["basis"] = UsualField([("", "—"), *((b, b) for b in BASES)], label=known["basis"].label)
        fields["value"].label = "指标值"
        return {"goal": GoalField(label="目标名称"), **fields}

    @classmethod
    def fields_for(cls, context: EditContext) -> dict[str, PartField]:
        fields, levels = super().fields_for(context), _levels(context)
        if isinstance(level1 := fields.get("level1"), Level1Field):
            level1.choices = [("", "—"), *((name, name) for name in levels)]
        if isinstance(level2 := fields.get("level2"), UsualField):
            groups = [(name, [(level, level) for level in below]) for name, below in levels.items()]
            level2.choices = [("", "—"), *groups]
        return fields

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.levels = _levels(self.context)
        if self.is_bound and "level1" in self.fields and not self.value_now("level1"):
            level1 = self.own("level1")
            if isinstance(level1, Level1Field):
                level1.above = level_above(str(self.value_now("level2") or ""), self.levels)

    def address(self, name: str) -> Address:
        return Address("indicators", self.key, name)

    def stored_value(self, name: str) -> Json:
        return self.stored.get("goal", "") if name == "goal" else super().stored_value(name)

    def follows(self, name: str, said: str, row: Mapping[str, str]) -> bool:
        """A listed 二级指标 belongs to its own 一级指标, even if another one stands above."""
        own = level_above(row.get("level2", ""), self.levels) if name == "level1" else ""
        is_listed = any(is_same_level(said, level1) for level1 in self.levels)
        return not own or not is_listed or is_same_level(said, own)


def _levels(context: EditContext) -> Mapping[str, Sequence[str]]:
    """The 二级指标 of each 一级指标 that the profile lists."""
    levels: Mapping[str, Sequence[str]] = context.profile.options.get("indicator_levels", LEVELS)
    return levels


class Level1Field(UsualField):
    """Fill a blank 一级指标 with ``above``, the one to which its 二级指标 belongs."""

    above = ""

    def bound_data(self, data: Any, initial: Any) -> Any:
        said = super().bound_data(data, initial)
        return said if str(said or "").strip() else self.above

    def to_python(self, value: Any) -> str:
        return super().to_python(value) or self.above


class GoalField(UsualField):
    """The key of an indicator's goal. ``known`` are the page's goals, deleted ones included."""

    of_rows = True
    known: Collection[str] = ()

    def has_default(self) -> bool:
        return True

    def says(self, value: Any) -> bool:
        """Any value counts, even a name of no goal, so that it is shown and can be chosen again."""
        may_be_key = re.fullmatch(NEW_KEY if self.known else KEY, str(value))
        return bool(value) and value not in self.known and not may_be_key

    def to_python(self, value: Any) -> str:
        said = super().to_python(value)
        if not said or said in self.known or re.fullmatch(KEY, said):
            return said
        offered = "、".join(str(label) for key, label in self.choices if key)
        raise ValidationError(
            f"没有“{said[:SHOWN]}”这个目标，{f'请改选：{offered}' if offered else '请先填写目标'}"
        )


class LongTermRow(IndicatorRow):
    region = "long_term_indicators"
    list_title = "长期绩效指标"

    @classmethod
    def make_fields(cls) -> dict[str, PartField]:
        fields = super().make_fields()
        names = ("goal", "level1", "level2", "name", "content", "value", "basis", "remark")
        return {name: fields[name] for name in names}


class AnnualRow(IndicatorRow):
    region = "annual_indicators"
    list_title = "年度绩效指标"


class GoalsEditor(Editor):
    """Goals with their indicators. An indicator belongs to its goal, whichever sub-table it stands in.

    The lists of indicators have the names of their horizons.

    Final accounts measure a year. They have annual goals only, and only if the budget has none.
    """

    lists = {"goals": GoalRow, "long_term": LongTermRow, "annual": AnnualRow}
    template = "entry/parts/goals.html"
    aside = "entry/parts/common_indicators.html"
    scripts = ("js/goals.js", "js/indicators.js")

    def __init__(
        self, part_key: str, value: Mapping[str, Json], entered: Entered | None, context: EditContext
    ) -> None:
        super().__init__(part_key, value, entered, context)
        self._limit_horizons()
        self._propose_horizons()
        for horizon in Horizon:
            self._offer_goals(self.rows[horizon.value], horizon)
        if context.editable:
            self._add_buttons()

    def _add_buttons(self) -> None:
        for horizon in self._horizons:
            self.rows[horizon.value].extra = indicator_picker.open_button(horizon)
        if self._may_copy():
            self.rows["annual"].extra = format_html("{}{}", copy_button(), self.rows["annual"].extra)

    def stored_rows(self, name: str) -> Sequence[Mapping[str, Json]]:
        goals = self.value.get("goals", [])
        if name == "goals":
            return [{key: value for key, value in goal.items() if key != "indicators"} for goal in goals]
        return [
            {**indicator, "goal": goal["key"]}
            for goal in goals
            if goal.get("horizon", Horizon.ANNUAL) == name
            for indicator in goal.get("indicators", [])
        ]

    @property
    def _horizons(self) -> list[Horizon]:
        return [Horizon.ANNUAL] if self.context.profile.kind == ReportKind.FINAL else list(Horizon)

    def _limit_horizons(self) -> None:
        """Offer only the horizons of the report, and a stored one."""
        rows = self.rows["goals"]
        for row in [*rows.rows, rows.template]:
            field = row.own("horizon") if "horizon" in row.fields else None
            if isinstance(row, GoalRow) and isinstance(field, ChosenField):
                offered = {*self._horizons, row.stored.get("horizon")}
                field.choices = [pair for pair in Horizon.pairs() if pair[0] in offered]

    def _may_copy(self) -> bool:
        """Whether long-term goals can be copied: not if there are only annual ones, as in form B."""
        if Horizon.LONG_TERM not in self._horizons:
            return False
        return bool(self._goal_keys(Horizon.LONG_TERM)) or not self._goal_keys(Horizon.ANNUAL)

    def _propose_horizons(self) -> None:
        """Propose a blank row for each horizon without a goal."""
        rows = [row for row in self.rows["goals"].rows if isinstance(row, GoalRow)]
        present = {row.horizon for row in rows if not row.is_dropped}
        blank = [row for row in rows if not row.is_bound and row.is_blank]
        for horizon, row in zip([h for h in self._horizons if h not in present], blank, strict=False):
            row.initial["horizon"] = horizon.value

    def _offer_goals(self, rows: RowForms, horizon: Horizon) -> None:
        options = {goal.key: goal.title for goal in self._goals() if goal.horizon == horizon}
        known = {goal.key: goal.title for goal in self._goals()}
        present = frozenset(row.key for row in self.rows["goals"].rows)
        chosen = next(iter(options), "")
        for row in [*rows.rows, rows.template]:
            field = row.own("goal") if "goal" in row.fields else None
            if not isinstance(field, GoalField):
                continue
            if row.is_blank and not row.is_bound:
                row.initial["goal"] = chosen
            chosen = str(row["goal"].value() or chosen)
            offered = dict(options)
            if chosen in known:
                offered.setdefault(chosen, known[chosen])
            field.known = present
            field.choices = list(offered.items()) or [("", "先填写目标")]

    def _goals(self) -> Iterator[GoalChoice]:
        """Every goal on the page, blank ones too."""
        numbers: dict[str, int] = {}
        for row in self.rows["goals"].rows:
            if isinstance(row, GoalRow) and not row.deleted:
                numbers[row.horizon] = numbers.get(row.horizon, 0) + 1
                yield GoalChoice(row.key, row.title_among(numbers[row.horizon]), row.horizon)

    def clean(self) -> bool:
        content = self._goal_contents()
        for horizon in Horizon:
            rows = self.rows[horizon.value]
            if not rows.is_entered:
                continue
            for row in rows.kept:
                if self._goal_of(row.content(), horizon, content) is None:
                    row.add_error("goal" if "goal" in row.fields else None, self._no_goal(row, horizon))
        return not any(row.errors for horizon in Horizon for row in self.rows[horizon.value].kept)

    @staticmethod
    def _no_goal(row: RowForm, horizon: Horizon) -> str:
        if row.content().get("goal"):
            return "所属目标已删除或未填写，请改选目标，或删除本行"
        return f"请先填写一个{horizon.label}"

    def _goal_contents(self) -> list[dict[str, Json]]:
        return [dict(goal) for goal in self.rows["goals"].content()]

    def _goal_of(
        self, indicator: Mapping[str, Json], horizon: str, goals: list[dict[str, Json]]
    ) -> str | None:
        """The goal that an indicator chose; the first one if it chose none, or a new one that was left blank."""
        chosen = indicator.get("goal")
        if chosen and chosen not in self._left_blank():
            return chosen if any(goal["key"] == chosen for goal in goals) else None
        default = Horizon.ANNUAL.value
        return next((goal["key"] for goal in goals if goal.get("horizon", default) == horizon), None)

    def _left_blank(self) -> set[str]:
        """Goals that the page offers and nobody filled in."""
        stored = {goal["key"] for goal in self.value.get("goals", [])}
        return {row.key for row in self.rows["goals"].rows if row.is_blank and not row.deleted} - stored

    def content(self) -> dict[str, Json]:
        goals = self._goal_contents()
        indicators: dict[str, list[Json]] = {goal["key"]: [] for goal in goals}
        for horizon in Horizon:
            for indicator in self.rows[horizon.value].content():
                key = self._goal_of(indicator, horizon, goals)
                if key is not None:
                    indicators[key].append({k: v for k, v in indicator.items() if k != "goal"})
        return {"goals": [{**goal, "indicators": indicators[goal["key"]]} for goal in goals]}

    # --- indicators from elsewhere ---

    @cached_property
    def picker(self) -> IndicatorPicker:
        """The list of 常用指标 below the goals, open or closed."""
        present = {
            horizon: {(said.level2, said.name) for said in map(_said, self.rows[horizon.value].kept)}
            for horizon in self._horizons
        }
        return IndicatorPicker(
            self.entered.post if self.entered else None, self.context, self._goals(), self._horizons, present
        )

    def command(self, command: str, data: QueryDict) -> QueryDict | None:
        if command == COPY:
            return self._copied(data)
        if command == indicator_picker.ADD:
            return self._picked(data)
        opened = indicator_picker.opened(data, command)
        return super().command(command, data) if opened is None else opened

    def _picked(self, data: QueryDict) -> QueryDict:
        """Add the picked indicators to ``data`` and close the list. It stays open if none is picked."""
        chosen, horizon, goal = self.picker.chosen, self.picker.horizon, self.picker.goal
        if not chosen:
            return indicator_picker.opened(data, indicator_picker.SHOW) or data
        data = indicator_picker.opened(data, indicator_picker.CLOSE) or data
        texts = [
            {"goal": goal, "level1": c.level1, "level2": c.level2, "name": c.name, "value": c.typical}
            for c in chosen
        ]
        keys = self._append(data, horizon, texts)
        data["focus"] = keys[0]
        return data

    def _copied(self, data: QueryDict) -> QueryDict:
        """Copy to ``data`` every long-term indicator that is missing among the annual ones.

        Indicators of the n-th long-term goal go to the n-th annual goal, or to the first one. Without an annual goal, the
        long-term goals are copied too. Copies replace blank rows.
        """
        data = copy.copy(data)
        data._mutable = True
        long_goals = self._goal_keys(Horizon.LONG_TERM)
        annual_goals = self._goal_keys(Horizon.ANNUAL) or self._copy_goals(data)
        if not annual_goals:
            return data
        present = {_said(row) for row in self.rows["annual"].kept}
        copied = []
        for row in self.rows["long_term"].kept:
            if _said(row) in present:
                continue
            goal = str(row["goal"].value())
            place = long_goals.index(goal) if goal in long_goals else 0
            typed = {name: str(row[name].value() or "") for name in COPIED if name in row.fields}
            copied.append({**typed, "goal": annual_goals[min(place, len(annual_goals) - 1)]})
        for key in self._append(data, Horizon.ANNUAL, copied):
            data["focus"] = key
        return data

    def _append(
        self, data: QueryDict, horizon: Horizon, indicators: Sequence[Mapping[str, str]]
    ) -> list[str]:
        """Add ``indicators`` (texts by field) to those of ``horizon`` in place of blank rows; returns their keys."""
        rows = self.rows[horizon.value]
        for prefix in [row.prefix_ for row in rows.rows if row.is_blank]:
            for name in [name for name in data if name.startswith(f"{prefix}-")]:
                del data[name]
        start = max((int(row.index) for row in rows.rows), default=-1) + 1
        keys = []
        for index, texts in enumerate(indicators, start):
            keys.append(new_key())
            row = dict.fromkeys(rows.template.fields, "") | {**texts, "key": keys[-1]}
            for name, text in row.items():
                data[f"{rows.region}-{index}-{name}"] = text
        return keys

    def _goal_keys(self, horizon: Horizon) -> list[str]:
        return [r.key for r in self.rows["goals"].kept if isinstance(r, GoalRow) and r.horizon == horizon]

    def _copy_goals(self, data: QueryDict) -> list[str]:
        """Annual goals with the content of the long-term ones."""
        index = max((row.index for row in posted_rows("goals", data)), default=-1)
        keys = []
        for row in self.rows["goals"].kept:
            index += 1
            keys.append(new_key())
            text = str(row["text"].value() or "") if "text" in row.fields else ""
            values = {"key": keys[-1], "horizon": Horizon.ANNUAL.value, "name": "", "text": text}
            for name, value in values.items():
                data[f"goals-{index}-{name}"] = value
        return keys


def copy_button() -> SafeString:
    return format_html(
        '<button type="submit" class="row-add" name="command" value="{}" formnovalidate>{}</button>',
        COPY,
        "长期指标复制到年度",
    )


def _without(names: Collection[str], fields: dict[str, PartField]) -> dict[str, PartField]:
    return {name: field for name, field in fields.items() if name not in names}


@dataclass(frozen=True)
class IndicatorName:
    """The typed values that identify what an indicator measures."""

    level1: str
    level2: str
    name: str


def _said(row: RowForm) -> IndicatorName:
    """A row that was posted without a control has nothing there."""

    def typed(name: str) -> str:
        return str(row[name].value() or "").strip() if name in row.fields else ""

    return IndicatorName(typed("level1"), typed("level2"), typed("name"))


class DepartmentLongTermRow(LongTermRow):
    @classmethod
    def make_fields(cls) -> dict[str, PartField]:
        return _without(FORM_B_ONLY, super().make_fields())


class DepartmentAnnualRow(AnnualRow):
    @classmethod
    def make_fields(cls) -> dict[str, PartField]:
        return _without(FORM_B_ONLY, super().make_fields())


class DepartmentGoalsEditor(GoalsEditor):
    """The goals of the whole department, with the columns of form C. Other stored fields are kept."""

    lists = {"goals": GoalRow, "long_term": DepartmentLongTermRow, "annual": DepartmentAnnualRow}


class ProjectGoalsEditor(GoalsEditor):
    """The goals of one project."""
