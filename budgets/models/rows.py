"""The rows of a report. Each carries a stable key, unique in its report and kind of row.

Name and classification of a project are stored with the year's application and not with `Project`, so that a
correction of 2023 does not pick up changes of 2024.
"""

from __future__ import annotations

from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from ..domain.choices import (
    Disclosure,
    Flow,
    Fund,
    HistoryMeasure,
    PassagePoint,
    PostCategory,
    ProcurementClass,
    Programme,
    ProjectAttribute,
    ProjectCategory,
    ProjectType,
    ServiceCategory,
    Use,
)
from ..domain.types import KEY
from .classification import EconomicCode, FunctionCode
from .organisation import Department
from .report import Report


def amount_field(verbose_name: str, **options: Any) -> models.DecimalField:
    """An amount in 元, exact to the 分."""
    return models.DecimalField(verbose_name, max_digits=18, decimal_places=2, **options)


class ReportRow(models.Model):
    """A row of an ordered list of a report."""

    report = models.ForeignKey(Report, models.CASCADE, verbose_name="编报")
    key = models.CharField("行标识", max_length=64, validators=[RegexValidator(KEY)])
    position = models.PositiveIntegerField("顺序", default=0)

    class Meta:
        abstract = True
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["report", "key"], name="%(class)s_key_unique")]


class DutyItem(ReportRow):
    """职能."""

    text = models.TextField("职能", blank=True)

    class Meta(ReportRow.Meta):
        verbose_name = verbose_name_plural = "职能"


class WorkItem(ReportRow):
    """年度工作任务 / 重点工作."""

    title = models.CharField("任务", max_length=200, blank=True)
    text = models.TextField("内容", blank=True)
    result = models.TextField("完成情况", blank=True)

    class Meta(ReportRow.Meta):
        verbose_name = verbose_name_plural = "年度工作任务"


class Passage(ReportRow):
    """A passage of the 说明 that the department adds."""

    point = models.CharField(
        "位置", max_length=24, choices=PassagePoint.pairs(), default=PassagePoint.OTHER.value
    )
    text = models.TextField("补充的内容", blank=True)

    class Meta(ReportRow.Meta):
        verbose_name = verbose_name_plural = "补充段落"


class Rewording(ReportRow):
    """A sentence of the 说明 in the department's wording."""

    sentence = models.CharField("句子", max_length=200, blank=True)
    original = models.TextField("原来的写法", blank=True)
    wording = models.TextField("改写", blank=True)

    class Meta(ReportRow.Meta):
        verbose_name = verbose_name_plural = "改写的句子"


class AssetHolding(ReportRow):
    """国有资产占有使用."""

    kind = models.CharField("资产类别", max_length=200, blank=True)
    quantity = models.PositiveIntegerField("数量", default=0)

    class Meta(ReportRow.Meta):
        verbose_name = verbose_name_plural = "国有资产"


class Post(models.Model):
    """人员编制: one category."""

    report = models.ForeignKey(Report, models.CASCADE, verbose_name="编报")
    category = models.CharField("编制类别", max_length=24, choices=PostCategory.pairs())
    authorised = models.PositiveIntegerField("编制数", default=0)
    filled = models.PositiveIntegerField("在职实有数", default=0)
    position = models.PositiveIntegerField("顺序", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "人员编制"
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["report", "category"], name="post_unique")]


class ThreePublicDetail(models.Model):
    """Facts behind the “三公” amounts."""

    report = models.OneToOneField(Report, models.CASCADE, verbose_name="编报", related_name="three_public")
    overseas_groups = models.PositiveIntegerField("因公出国（境）团组数", default=0)
    overseas_persons = models.PositiveIntegerField("因公出国（境）人次", default=0)
    overseas_travel = amount_field("国际旅费（元）", default=0)
    overseas_lodging = amount_field("住宿费（元）", default=0)
    overseas_meals = amount_field("伙食补助费（元）", default=0)
    overseas_training = amount_field("培训费（元）", default=0)
    overseas_sundries = amount_field("公杂费（元）", default=0)
    overseas_purpose = models.TextField("出国（境）事项", blank=True)
    vehicles_bought = models.PositiveIntegerField("公务用车购置数", default=0)
    vehicles_held = models.PositiveIntegerField("公务用车保有量", default=0)
    running_fuel = amount_field("燃料费（元）", default=0)
    running_repairs = amount_field("维修费（元）", default=0)
    running_tolls = amount_field("过路过桥费（元）", default=0)
    running_insurance = amount_field("保险费（元）", default=0)
    running_safety = amount_field("安全奖励费用（元）", default=0)
    running_purpose = models.TextField("车辆主要用途", blank=True)
    receptions = models.PositiveIntegerField("公务接待批次", default=0)
    guests = models.PositiveIntegerField("公务接待人次", default=0)
    foreign_receptions = models.PositiveIntegerField("其中：外事接待批次", default=0)
    foreign_guests = models.PositiveIntegerField("其中：外事接待人次", default=0)
    foreign_reception = amount_field("其中：外事接待费（元）", default=0)
    accompanying = models.PositiveIntegerField("陪同人次", default=0)
    reception_purpose = models.TextField("接待事项", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "“三公”经费明细"


class Explanation(models.Model):
    """A reason for the change of one derived figure."""

    report = models.ForeignKey(Report, models.CASCADE, verbose_name="编报")
    figure = models.CharField("指标", max_length=60)
    text = models.TextField("变动原因", blank=True)
    change = amount_field("写原因时的变动（元）", null=True, blank=True)
    position = models.PositiveIntegerField("顺序", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "变动原因"
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["report", "figure"], name="explanation_unique")]


class RestatedComparative(models.Model):
    """Last year's figure on a changed scope."""

    report = models.ForeignKey(Report, models.CASCADE, verbose_name="编报")
    figure = models.CharField("指标", max_length=60)
    amount = amount_field("调整后金额（元）")
    reason = models.TextField("调整原因")
    position = models.PositiveIntegerField("顺序", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "上年数调整"
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["report", "figure"], name="restated_unique")]


class Project(models.Model):
    """The identity of a project across years."""

    department = models.ForeignKey(Department, models.PROTECT, verbose_name="部门", related_name="projects")
    key = models.CharField("项目标识", max_length=64, validators=[RegexValidator(KEY)])

    class Meta:
        verbose_name = verbose_name_plural = "项目"
        constraints = [models.UniqueConstraint(fields=["department", "key"], name="project_key_unique")]

    def __str__(self) -> str:
        latest = self.applications.order_by("-report__fiscal_year__year").first()
        return latest.name if latest else self.key


class ProjectApplication(models.Model):
    """项目申报: a project in one report."""

    report = models.ForeignKey(Report, models.CASCADE, verbose_name="编报", related_name="applications")
    project = models.ForeignKey(Project, models.PROTECT, verbose_name="项目", related_name="applications")
    position = models.PositiveIntegerField("顺序", default=0)

    name = models.CharField("项目名称", max_length=200, blank=True)
    code = models.CharField("项目编码", max_length=200, blank=True)
    category = models.CharField("支出项目类别", max_length=16, choices=ProjectCategory.pairs())
    attribute = models.CharField("项目属性", max_length=16, choices=ProjectAttribute.pairs())
    type = models.CharField("项目类型", max_length=16, choices=ProjectType.pairs())
    programme = models.CharField("项目来源", max_length=16, choices=Programme.pairs())
    start_year = models.PositiveSmallIntegerField("起始年度", null=True, blank=True)
    end_year = models.PositiveSmallIntegerField("终止年度", null=True, blank=True)
    disclosure = models.CharField("公开方式", max_length=12, choices=Disclosure.pairs())

    authority = models.CharField("项目主管部门", max_length=200, blank=True)
    executing_unit = models.CharField("项目执行单位", max_length=200, blank=True)
    leader = models.CharField("项目负责人", max_length=200, blank=True)
    phone = models.CharField("联系电话", max_length=200, blank=True)
    address = models.CharField("单位地址", max_length=200, blank=True)
    postcode = models.CharField("邮政编码", max_length=200, blank=True)
    basis = models.TextField("项目立项依据", blank=True)
    plan = models.TextField("项目实施方案", blank=True)
    purpose = models.TextField("主要支出方向和用途", blank=True)
    costing = models.TextField("测算依据及说明", blank=True)
    total_budget = amount_field("项目总预算（元）", null=True, blank=True)
    long_term = models.BooleanField("总预算为长期", default=False)
    change_reason = models.TextField("变动原因", blank=True)
    function = models.ForeignKey(
        FunctionCode, models.PROTECT, verbose_name="默认功能分类", null=True, blank=True, related_name="+"
    )
    fund = models.CharField("默认资金来源", max_length=20, choices=Fund.pairs(), default=Fund.GENERAL)

    class Meta:
        verbose_name = verbose_name_plural = "项目申报"
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["report", "project"], name="application_unique"),
            models.CheckConstraint(
                name="application_years",
                condition=Q(start_year__isnull=True)
                | Q(end_year__isnull=True)
                | Q(end_year__gte=models.F("start_year")),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ProjectHistory(models.Model):
    """A project's amount in a year without a report; no amount means 未立项."""

    application = models.ForeignKey(ProjectApplication, models.CASCADE, verbose_name="项目申报")
    year = models.PositiveSmallIntegerField("年度")
    measure = models.CharField("口径", max_length=12, choices=HistoryMeasure.pairs())
    amount = amount_field("金额（元）", null=True, blank=True)
    position = models.PositiveIntegerField("顺序", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "项目历年情况"
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["application", "year"], name="project_history_unique")]


class ProjectActivity(ReportRow):
    """项目活动."""

    application = models.ForeignKey(
        ProjectApplication, models.CASCADE, verbose_name="项目申报", related_name="activities"
    )
    name = models.CharField("项目活动", max_length=200, blank=True)
    description = models.TextField("活动内容表述", blank=True)
    basis = models.TextField("测算依据及说明", blank=True)
    remark = models.TextField("备注", blank=True)

    class Meta(ReportRow.Meta):
        verbose_name = verbose_name_plural = "项目活动"


class LineItem(ReportRow):
    """明细: a line of money. All income and expenditure is typed in these."""

    flow = models.CharField("类型", max_length=12, choices=Flow.pairs())
    use = models.CharField("支出类别", max_length=12, choices=Use.pairs(), blank=True)
    fund = models.CharField("资金来源", max_length=20, choices=Fund.pairs())
    from_carry_over = models.BooleanField("使用结转", default=False)
    function = models.ForeignKey(
        FunctionCode, models.PROTECT, verbose_name="功能分类", null=True, blank=True, related_name="+"
    )
    economic = models.ForeignKey(
        EconomicCode, models.PROTECT, verbose_name="经济分类", null=True, blank=True, related_name="+"
    )
    activity = models.ForeignKey(
        ProjectActivity, models.CASCADE, verbose_name="项目活动", null=True, blank=True, related_name="lines"
    )
    counterparty = models.CharField("往来单位", max_length=200, blank=True)
    adjustment = models.CharField("年初结转调整", max_length=200, blank=True)
    adjusted = amount_field("全年预算数（元）", null=True, blank=True)
    amount = amount_field("金额（元）")
    remark = models.TextField("备注", blank=True)

    class Meta(ReportRow.Meta):
        verbose_name = verbose_name_plural = "明细"
        constraints = [
            *ReportRow.Meta.constraints,
            models.CheckConstraint(name="line_flow", condition=Q(flow__in=list(Flow))),
            models.CheckConstraint(name="line_fund", condition=Q(fund__in=list(Fund))),
            models.CheckConstraint(
                name="line_use",
                condition=Q(flow=Flow.EXPENDITURE, use__in=list(Use))
                | (~Q(flow=Flow.EXPENDITURE) & Q(use="")),
            ),
            models.CheckConstraint(
                name="line_carry_over", condition=Q(from_carry_over=False) | Q(flow=Flow.EXPENDITURE)
            ),
            models.CheckConstraint(
                name="line_activity", condition=Q(activity__isnull=True) | Q(use=Use.PROJECT)
            ),
            models.CheckConstraint(
                name="line_adjusted", condition=Q(adjusted__isnull=True) | Q(flow=Flow.EXPENDITURE)
            ),
            models.CheckConstraint(name="line_adjustment", condition=Q(adjustment="") | Q(flow=Flow.OPENING)),
            models.CheckConstraint(
                name="line_economic", condition=Q(economic__isnull=True) | Q(flow=Flow.EXPENDITURE)
            ),
        ]


class ProcurementItem(ReportRow):
    """政府采购; paid from operating cost if it has no application."""

    application = models.ForeignKey(
        ProjectApplication,
        models.CASCADE,
        verbose_name="项目申报",
        null=True,
        blank=True,
        related_name="procurement",
    )
    name = models.CharField("品名", max_length=200, blank=True)
    kind = models.CharField("采购类别", max_length=12, choices=ProcurementClass.pairs())
    quantity = models.CharField("数量", max_length=200, blank=True)
    fund = models.CharField("资金来源", max_length=20, choices=Fund.pairs())
    amount = amount_field("金额（元）")
    service_category = models.CharField(
        "政府购买服务类别", max_length=12, choices=ServiceCategory.pairs(), blank=True
    )
    sme_amount = amount_field("授予中小企业金额（元）", default=0)
    micro_amount = amount_field("其中：授予小微企业金额（元）", default=0)

    class Meta(ReportRow.Meta):
        verbose_name = verbose_name_plural = "政府采购"
