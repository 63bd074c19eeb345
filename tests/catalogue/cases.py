"""The cases of the catalogue of cross-checks (勾稽), each with how it is found or why nothing can hold it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from budgets.domain.choices import PostCategory, ProjectType, Severity

from . import edits
from .edits import Change

INFO, WARNING, ERROR = Severity.INFO, Severity.WARNING, Severity.ERROR

Document = dict[str, Any]


@dataclass(frozen=True)
class Found:
    """A finding in ``section`` with ``says`` in its message; ``count`` of them where it is known."""

    case: str
    severity: Severity
    section: str
    says: str
    count: int | None = None


@dataclass(frozen=True)
class Impossible:
    """A contradiction that no field holds: ``attempt`` writes it into the JSON, which is then refused."""

    case: str
    why: str
    attempt: Callable[[Document], None]


@dataclass(frozen=True)
class Beyond:
    """A rule whose published case is of another document, shown on the sample of 000 by ``change``."""

    rule: str
    found: Found
    change: tuple[Change, ...]


def project(document: Document, key: str) -> Document:
    return next(one for one in document["projects"] if one["key"] == key)


def _amount_as_text(document: Document) -> None:
    activity = project(document, "through-train")["activities"]["activities"][0]
    activity["lines"][0]["amount"] = "25万"


def _total_as_text(document: Document) -> None:
    project(document, "through-train")["application"]["total_budget"] = "长期"


def _second_name(document: Document) -> None:
    project(document, "through-train")["application"]["name"] = "企业人才直通车活动"


def _second_category(document: Document) -> None:
    project(document, "archive-miniapp")["application"]["category"] = "operating"


def _procurement_total(document: Document) -> None:
    document["operating_procurement"]["total"] = "380000.00"


def _direction_and_rate(document: Document) -> None:
    document["explanations"]["reasons"][0] |= {"direction": "增加", "rate": "0"}


def _second_sum(document: Document) -> None:
    document["expenditure"]["classes"] = {"208": "1409300.00"}


def _evaluated_money(document: Document) -> None:
    document["evaluation"] |= {"executed": "1988500.00", "share": "80.67"}


def _subjects(document: Document) -> None:
    document["basics"] |= {"subjects": "", "level": "市级"}


CATALOGUE: dict[str, tuple[str, ...]] = {
    "000": (
        "PRJ-1 total as text", "PRJ-1 amount as text", "PRJ-3 names", "PRJ-3 categories", "PRJ-4 new",
        "PRJ-5 swapped", "PRJ-6 servers", "PRJ-6 basis", "PRJ-7 past values", "CLS-1 blank", "CLS-1 502",
        "OPX-1 no 参公", "PRC-1 38", "PRC-2 services", "PRF-1 no 效益", "PRF-2 ≤4", "PRF-3 21 and 24",
        "PRF-4 viewers", "PRF-4 50", "PRF-4 80", "PRF-5 21.7", "PRF-6 0 人", "PRF-7 效益", "VAR-2 restates",
        "VAR-3 zero", "TXT-2 升级", "CON-1 digits",
    ),
    "001": ("PRF-8 2502", "VAR-2 drivers", "TXT-1 增加(减少)", "CON-1 numbers"),
    "004": (
        "BAL-2 140.93", "PRJ-4 首年", "PRJ-4 both", "PRJ-5 swapped", "CLS-2 2101101", "PRF-7 社会效益",
        "PRF-7 twice", "VAR-1 missing", "TXT-2 10 and 12", "TXT-3 subjects", "CAR-1 0.03", "EXE-1 80.67",
        "EXE-2 62.745", "EVA-2 two ways", "EVA-2 full marks", "EVA-2 execution", "EVA-3 28.9",
    ),
}  # fmt: skip
"""Every case that the catalogue takes from a document, by rule and a word."""


def rule_of(name: str) -> str:
    """The rule that a case is of, which its name begins with."""
    return name.partition(" ")[0]


CASES: dict[str, dict[str, Found | Impossible]] = {
    "000": {
        "PRJ-1 total as text": Impossible(
            "总预算写“长期”，另一表写金额",
            "总预算是金额，长期是另一个选项，各表同读一处",
            _total_as_text,
        ),
        "PRJ-1 amount as text": Impossible("活动金额写成“25万”", "金额栏只收数字", _amount_as_text),
        "PRJ-3 names": Impossible("12 个项目中 7 个名称前后不一", "名称只在项目身份中有一处", _second_name),
        "PRJ-3 categories": Impossible(
            "两个项目在申报表是运转类，在表14是特定目标类，小计因此不符",
            "类别只有一处，小计由明细算出",
            _second_category,
        ),
        "PRJ-4 new": Found(
            "新增项目标为持续性，又有上年值",
            WARNING,
            "project:talent-apartments",
            "以前年度却都没有预算",
        ),
        "PRJ-5 swapped": Found(
            "主管科室与执行单位对调", WARNING, "project:industry-academia", "与其他项目相反"
        ),
        "PRJ-6 servers": Found("两个项目各付两台服务器的租金", INFO, "project:general-affairs", "服务器租赁"),
        "PRJ-6 basis": Found("立项依据照抄", INFO, "project:auxiliary-staff", "几乎相同"),
        "PRJ-7 past values": Found(
            "两年有预算 20、28，指标值全是“/”", WARNING, "project:study-course", "没有一个填了"
        ),
        "CLS-1 blank": Found("28 行中 15 行没有经济分类", ERROR, "", "没有填经济分类", 15),
        "CLS-1 502": Found("502 配部门预算科目的名称", ERROR, "", "经济分类 502 ", 13),
        "OPX-1 no 参公": Found("没有参公人员却有机关运行经费 117.57", WARNING, "staffing", "117.57 万元"),
        "PRC-1 38": Impossible(
            "采购总额 38，明细合计 35.5", "总额由明细合计，没有可填的栏", _procurement_total
        ),
        "PRC-2 services": Found(
            "写有购买服务，购买服务预算为 0", WARNING, "project:general-affairs", "购买服务"
        ),
        "PRF-1 no 效益": Found("一个项目没有效益指标", INFO, "project:auxiliary-staff", "没有效益指标"),
        "PRF-2 ≤4": Found("开展次数 ≤4次/年，方案是 4 次", WARNING, "project:industry-academia", "≤4次/年"),
        "PRF-3 21 and 24": Found("宣传报道费用上年 21万、24万", WARNING, "goals", "24万元"),
        "PRF-4 viewers": Found(
            "观看人数长期 3000、上年 1800、本年 1200",
            WARNING,
            "project:environment-publicity",
            "1200人",
        ),
        "PRF-4 50": Found("方案 50 家，指标 50 人", WARNING, "project:needs-survey", "50家"),
        "PRF-4 80": Found(
            "方案 80 家，指标 60 家（任务写的 100 是次数，不与家数比较）",
            WARNING,
            "project:policy-briefings",
            "80家",
        ),
        "PRF-5 21.7": Found("成本指标 21.7，预算 23.6", INFO, "project:talent-apartments", "21.70 万元"),
        "PRF-6 0 人": Found("入选 0 人，满意度 100%", WARNING, "project:jinshan-talents", "入选人才满意度"),
        "PRF-7 效益": Found(
            "同一指标归经济效益，又归社会效益", WARNING, "project:jinshan-talents", "经济效益指标"
        ),
        "VAR-2 restates": Found("原因只说公用经费减少", WARNING, "explanations", "只重复了变动"),
        "VAR-3 zero": Impossible(
            "增加 0 万元，增长 0%", "方向与比率由数字得出，没有可填的栏", _direction_and_rate
        ),
        "TXT-2 升级": Found(
            "说明写更新升级，申报表写无升级计划", WARNING, "project:service-platform", "无升级计划"
        ),
        "CON-1 digits": Found("电话少一位", WARNING, "project:talent-apartments", "位数或区号不对"),
    },
    "001": {
        "PRF-8 2502": Found("目标 200 家，上年实际 2502 家（按上年值录入）", WARNING, "goals", "2502家"),
        "VAR-2 drivers": Found("各项合计 161.69，变动 159.08", WARNING, "explanations", "161.69 万元"),
        "TXT-1 增加(减少)": Found("模板的“增加(减少)”没有改", ERROR, "explanations", "增加(减少)"),
        "CON-1 numbers": Found("一人几个电话", WARNING, "project:intelligent-system", "只留一个"),
    },
}

CASES["004"] = {
    "BAL-2 140.93": Impossible(
        "一个类在两张表是 140.93，在三张表是 140.92", "各表同为明细的合计，没有可填的栏", _second_sum
    ),
    "PRJ-4 首年": Found(
        "写明运营首年，却选延续性、持续性项目", WARNING, "project:talent-fund", "写本年是首年", 2
    ),
    "PRJ-4 both": Found("既选持续性，又选一次性", WARNING, "project:archive-digitisation", "又是一次性项目"),
    "PRJ-5 swapped": Found("主管部门与实施单位对调", WARNING, "project:talent-fund", "与其他项目相反"),
    "CLS-2 2101101": Found("事业单位用 2101101 行政单位医疗", WARNING, "expenditure", "事业单位医疗"),
    "PRF-7 社会效益": Found("社会效益列在产出之下", WARNING, "", "不属于一级指标“产出指标”", 2),
    "PRF-7 twice": Found("一行出现两次", WARNING, "project:archive-digitisation", "出现了两次"),
    "VAR-1 missing": Found("两个项完成率不到 100% 而没有原因", ERROR, "explanations", "完成", 2),
    "TXT-2 10 and 12": Found(
        "重点工作写 10 期，自评表写 12 期", WARNING, "project:through-train", "“光合荟”12 期"
    ),
    "TXT-3 subjects": Impossible(
        "所用科目一条空白，区级单位写市级", "科目与级次由系统写出，没有可填的栏", _subjects
    ),
    "CAR-1 0.03": Found("上年结转倒推为 0.03，年初结转为空", WARNING, "income", "0.03 万元"),
    "EXE-1 80.67": Impossible(
        "自评资金占项目支出 80.67%，分子分母不是一个口径",
        "执行数与占比由明细算出，没有可填的栏",
        _evaluated_money,
    ),
    "EXE-2 62.745": Found("62.745 一处写 62.74，一处写 62.75", WARNING, "basics", "62.74 万元"),
    "EVA-2 two ways": Found(
        "同一费用一处得 11.58/12，一处得 20/20", WARNING, "evaluation", "同一件事评分不同"
    ),
    "EVA-2 full marks": Found(
        "目标均已完成，却扣了分", WARNING, "project:through-train", "原因分析写目标均已完成"
    ),
    "EVA-2 execution": Found("20 分、30.52%，得 6 分", WARNING, "project:talent-fund", "应得 6.1 分"),
    "EVA-3 28.9": Found("目标 ≤24万，完成 28.9，原因写基本完成", WARNING, "project:general-affairs", "28.9"),
}

BEYOND = (
    Beyond(
        "CLS-2",
        Found("004：事业单位用 2101101", WARNING, "expenditure", "行政单位医疗"),
        (edits.basic_function("2101102", "2101101"),),
    ),
    Beyond(
        "PRJ-4",
        Found("004：既是持续性，又是一次性", WARNING, "project:through-train", "一次性"),
        (edits.identity("through-train", type=ProjectType.ONE_OFF),),
    ),
    Beyond(
        "VAR-1",
        Found("004：变动大而没有原因", ERROR, "explanations", "项目支出"),
        (edits.reason("project", ""),),
    ),
    Beyond(
        "PRF-7",
        Found("004：社会效益列在产出之下", WARNING, "project:through-train", "不属于一级指标"),
        (edits.indicator("through-train-a05", level1="产出指标"),),
    ),
    Beyond(
        "PRF-7",
        Found("004：一行出现两次", WARNING, "project:through-train", "出现了两次"),
        (edits.another_indicator("through-train-a05"),),
    ),
    Beyond(
        "TXT-2",
        Found("004：一处 10 期，一处 12 期", WARNING, "project:policy-briefings", "12 期"),
        (
            edits.application("through-train", plan="全年举办“光合荟”12 期。"),
            edits.application("policy-briefings", plan="配合“光合荟”10 期，宣讲约 60 家企业。"),
        ),
    ),
    Beyond(
        "STF-1",
        Found("超编一人", WARNING, "staffing", "超编 1 人"),
        (edits.filled(PostCategory.INSTITUTION, 52),),
    ),
    Beyond(
        "XYR-1",
        Found("调整了一项，合计没有调整", ERROR, "explanations", "相差 1.00 万元", 1),
        (edits.restated("three_public.running", 20000),),
    ),
)
