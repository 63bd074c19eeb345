"""绩效自评: results and weights in fixed rows, one per target; values of several units in free rows.

Targets belong to the budget and are only shown. The layout shows the proposal of the official note beside the score;
proposals are not stored.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any, ClassVar

from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString
from pydantic import TypeAdapter, ValidationError

from budgets.domain.address import Address
from budgets.forms.base import Json, PartForm
from budgets.forms.context import EditContext
from budgets.forms.editors import Editor
from budgets.forms.entered import Entered
from budgets.forms.fields import ChosenField, PartField, UsualField, label_of
from budgets.forms.rows import RowForm

from ..analysis.assessment import AssessedGoal, Assessment, Group, assess, level_key, targets
from ..analysis.assessment import AssessedIndicator as Assessed
from ..domain.evaluation import Band, Evaluation, IndicatorResult, Points, UnitResult, Weight
from ..domain.goals import Goal, Goals, Indicator
from ..domain.values import Direction, Kind, Value
from . import help
from .points import PointsField

EVALUATION: TypeAdapter[Evaluation] = TypeAdapter(Evaluation)


class EvaluationForm(PartForm):
    """Texts about the whole evaluation, and the score of execution if it is not the computed one."""

    type = Evaluation
    helps = help.EVALUATION

    @classmethod
    def make_fields(cls) -> dict[str, PartField]:
        fields = super().make_fields()
        score: PartField = PointsField(label=label_of(Evaluation, "execution_score"))
        return {"execution_score": score, **fields}


class BandField(ChosenField):
    """完成情况: a choice counts as filled in."""

    def has_default(self) -> bool:
        return False


class FixedRow(RowForm):
    """A row about something that the page shows; ``title`` names it."""

    identity = "key"
    fixed = True

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.subject = self.key
        self.hints: dict[str, SafeString] = {}

    @property
    def title(self) -> str:
        return self.subject

    def control_label(self, name: str) -> str:
        return f"{self.subject} {self.fields[name].label}"

    def cell(self, name: str) -> SafeString:
        return format_html("{}{}", super().cell(name), self.hints.get(name, ""))


class ResultRow(FixedRow):
    """The result of one indicator."""

    type = IndicatorResult
    helps = help.RESULT
    region = "results"
    list_title = "指标完成情况"
    identity_label = "三级指标"

    @classmethod
    def make_fields(cls) -> dict[str, PartField]:
        fields = super().make_fields()
        for name in ("weight", "score"):
            fields[name] = PointsField(label=label_of(cls.type, name))
        fields["band"] = BandField(Band.pairs(), blank="—", label=fields["band"].label)
        return {name: fields[name] for name in ("weight", "actual", "band", "score", "reason")}


class WeightRow(FixedRow):
    """The weight of a goal, or of an 一级指标 in it."""

    type = Weight
    region = "weights"
    list_title = "权重"
    identity_label = "年度绩效目标、一级指标"

    @classmethod
    def make_fields(cls) -> dict[str, PartField]:
        return {"weight": PointsField(label=label_of(cls.type, "weight"))}


class UnitRow(RowForm):
    """One unit's value of an indicator."""

    type = UnitResult
    helps = help.UNIT
    region = "units"
    list_title = "分单位完成情况"

    @classmethod
    def make_fields(cls) -> dict[str, PartField]:
        fields = super().make_fields()
        fields["indicator"] = UsualField([("", "—")], label=label_of(cls.type, "indicator"))
        return {name: fields[name] for name in ("indicator", "unit", "actual", "money")}

    def clean(self) -> dict[str, Any]:
        field, chosen = self.fields.get("indicator"), self.cleaned_data.get("indicator")
        if isinstance(field, UsualField) and not chosen:
            self.add_error("indicator", "请选择指标")
        elif isinstance(field, UsualField) and chosen not in dict(field.choices):
            self.add_error("indicator", "请从列表中选择指标")
        return self.cleaned_data


class EvaluationEditor(Editor):
    """The self-evaluation of the whole department, or of the section's project.

    Stored results of indicators that are no longer targets are kept and shown separately (``former``).
    """

    form: ClassVar[type[PartForm]] = EvaluationForm
    lists = {"results": ResultRow, "weights": WeightRow, "units": UnitRow}
    aside = "entry/parts/former_results.html"
    scripts = ("js/evaluation.js", "js/scores.js")
    offers_others = False

    def __init__(
        self, part_key: str, value: Mapping[str, Json], entered: Entered | None, context: EditContext
    ) -> None:
        super().__init__(part_key, value, entered, context)
        self._name_rows()
        self._offer_indicators()
        self._prepare()

    # --- what there is to fill in ---

    @cached_property
    def goals(self) -> tuple[Goal, ...]:
        """The goals with the targets."""
        return targets(self.context.dossier, self.context.project).goals

    @cached_property
    def indicators(self) -> dict[str, Indicator]:
        """The targets' indicators by key."""
        return {indicator.key: indicator for goal in self.goals for indicator in goal.indicators}

    def stored_rows(self, name: str) -> Sequence[Mapping[str, Json]]:
        """The stored rows in their order, then a row for everything else that can be filled in."""
        stored = super().stored_rows(name)
        if name == "units":
            return stored
        known = {row["key"] for row in stored}
        keys = self.indicators if name == "results" else self._weight_titles
        return [*stored, *({"key": key} for key in keys if key not in known)]

    @cached_property
    def _weight_titles(self) -> dict[str, str]:
        """The subject of each weight by its key: every goal and its 一级指标."""
        titles = {}
        for number, goal in enumerate(self.goals, 1):
            titles[goal.key] = f"年度绩效目标{number}"
            for indicator in goal.indicators:
                titles[level_key(goal, indicator.level1)] = f"年度绩效目标{number} {indicator.level1}".strip()
        return titles

    @property
    def former(self) -> list[RowForm]:
        """Results of indicators that are no longer targets."""
        return [row for row in self.rows["results"].rows if row.key not in self.indicators]

    def _name_rows(self) -> None:
        for row in self.former:
            for name in list(row.fields):
                row.own(name).help_text = ""
        for row in self._fixed("results"):
            row.subject = self._name_of(row.key)
        for row in self._fixed("weights"):
            row.subject = self._weight_titles.get(row.key, row.key)

    def _fixed(self, name: str) -> Iterator[FixedRow]:
        return (row for row in self.rows[name].rows if isinstance(row, FixedRow))

    def _name_of(self, key: str) -> str:
        """The name of an indicator, even if it is no longer a target; its key if the name is unknown."""
        found = self.indicators.get(key) or self._earlier_indicators.get(key)
        return (found.name or found.content) if found and (found.name or found.content) else key

    @cached_property
    def _earlier_indicators(self) -> dict[str, Indicator]:
        """Every indicator of the budget or the report by key, target or not."""
        dossier, project = self.context.dossier, self.context.project
        owners: list[Any] = [project or dossier]
        if dossier.budget is not None:
            owners.append(dossier.budget.project(project.key) if project else dossier.budget)
        return {
            i.key: i for owner in owners if owner for goal in owner.part(Goals).goals for i in goal.indicators
        }

    def _offer_indicators(self) -> None:
        rows = self.rows["units"]
        offered = {key: self._name_of(key) for key in self.indicators}
        for row in [*rows.rows, rows.template]:
            field = row.own("indicator") if "indicator" in row.fields else None
            if not isinstance(field, UsualField):
                continue
            known = str(row.stored.get("indicator") or "")
            options = dict(offered)
            if known:
                options.setdefault(known, f"{self._name_of(known)}（已不是目标）")
            field.choices = [("", "—"), *options.items()]

    # --- with what is typed ---

    @cached_property
    def assessment(self) -> Assessment | None:
        """The self-evaluation with the typed values that are valid; None without a scheme."""
        dossier, project = self.context.dossier, self.context.project
        owner = project or dossier
        typed = self._typed()
        if typed is None or typed == owner.part(Evaluation):
            return assess(dossier, project)
        if project is not None:
            return assess(dossier, replace(project, parts={**project.parts, Evaluation: typed}))
        return assess(replace(dossier, parts={**dossier.parts, Evaluation: typed}))

    def _typed(self) -> Evaluation | None:
        content = super().content()
        content["units"] = [unit for unit in content["units"] if unit.get("indicator")]
        try:
            return EVALUATION.validate_python(content)
        except ValidationError:
            return None

    def clean(self) -> bool:
        """Refuse a score above its weight, if the weight is known."""
        assessment = self.assessment
        if assessment is None:
            return True
        rows = {row.key: row for row in self.rows["results"].kept}
        execution = assessment.execution
        if execution.given is not None and execution.given > execution.weight:
            self._refuse(self.fields, "execution_score", execution.weight, "预算执行")
        for goal in assessment.goals:
            for group in goal.groups:
                for row in group.rows:
                    weight, whose = _limit(goal, group, row)
                    if row.result.score is not None and row.result.score > weight:
                        self._refuse(rows.get(row.indicator.key), "score", weight, whose)
        forms = [form for form in (self.fields, *rows.values()) if form is not None]
        return not any(form.is_bound and form.errors for form in forms)

    def _refuse(self, form: PartForm | None, name: str, weight: Decimal, whose: str) -> None:
        message = f"得分不能超过{whose}权重 {_points(weight)}"
        if form is not None and form.is_bound and name in form.fields:
            form.add_error(name, message)
        else:
            subject = form.subject if isinstance(form, FixedRow) else "预算执行"
            self.errors.append(f"{subject}：{message}")

    # --- what is computed ---

    def _prepare(self) -> None:
        """Set the placeholders for empty controls, and the data for scripts."""
        assessment = self.assessment if self.context.editable else None
        if assessment is None:
            return
        form = self.fields
        if form is not None and "execution_score" in form.fields:
            _count(form, "execution_score", assessment.execution.proposed)
        rows = {(row.region, row.key): row for name in ("results", "weights") for row in self._fixed(name)}
        usual = assessment.weights.of_goals(len(assessment.goals))
        for goal, weight in zip(assessment.goals, usual, strict=True):
            _propose_weight(rows["weights", goal.goal.key], weight)
            for place, group in enumerate(goal.groups, 1):
                usual_here = assessment.weights.of_group(group.level1, goal.weight)
                _propose_weight(rows["weights", group.key], usual_here)
                for row in group.rows:
                    key = f"goal.{goal.goal.key}"
                    _prepare_score(rows["results", row.indicator.key], row, f"{key} {key}.{place}")

    # --- by place ---

    def find(self, path: Sequence[str]) -> tuple[PartForm, str] | None:
        """Find a path like ``results/[<key>]/score``. A weight's key may contain a slash."""
        row = Address(path[0], path[1][1:-1]) if len(path) == 3 else Address(self.key)
        form = self.controls.get(replace(row, field=path[-1]))
        return (form, path[-1]) if form else None


def _limit(goal: AssessedGoal, group: Group, row: Assessed) -> tuple[Decimal, str]:
    """The weight that bounds a score, with the name of its owner."""
    if row.result.weight is not None:
        return row.result.weight, "本指标"
    if group.weight is not None:
        return group.weight, group.level1
    return goal.weight, f"年度绩效目标{goal.number}"


def _is_computable(target: Value) -> bool:
    """Whether the note proposes a score for an actual value in the target's unit."""
    one_sided = target.direction in (Direction.FLOOR, Direction.CEILING)
    return target.kind == Kind.QUANTITATIVE and one_sided and target.upper is None and target.least > 0


def _count(form: PartForm, name: str, proposed: Decimal | None) -> None:
    """Tell scripts that ``name`` counts in the total, and its value if nothing is typed."""
    form.own(name).widget.attrs["data-points"] = _points(proposed)


def _propose_weight(row: FixedRow, usual: Decimal | None) -> None:
    if usual is not None:
        row.hints["weight"] = _hint(f"默认 {_points(usual)}")


def _prepare_score(row: FixedRow, assessed: Assessed, sums: str) -> None:
    """``sums`` are the rows of the layout whose score includes this one."""
    if assessed.units and not assessed.combined:
        row.hints["actual"] = _hint("各单位的完成值不能合并，请填写本栏")
    if "score" not in row.fields:
        return
    _count(row, "score", assessed.proposed)
    attrs, target = row.fields["score"].widget.attrs, assessed.target
    attrs["data-sums"] = sums
    attrs["data-proposal"] = f"indicator.{row.key}"
    if not assessed.units and _is_computable(target):
        attrs |= {
            "data-aim": f"{target.number:f}",
            "data-direction": target.direction.value,
            "data-measure": target.unit,
            "data-per": target.per,
            "data-weight": _points(assessed.whole),
        }


def _points(value: Decimal | None) -> str:
    return "" if value is None else str(Points(value))


def _hint(text: str) -> SafeString:
    return format_html('<p class="hint">{}</p>', text)


class DepartmentEvaluationEditor(EvaluationEditor):
    """整体绩效自评."""


class ProjectEvaluationEditor(EvaluationEditor):
    """绩效自评 of one project."""
