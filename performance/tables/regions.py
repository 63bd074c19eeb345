"""The sub-tables of the forms when edited, with the headings of their fields for all forms.

Pure. A form gives its fields, their widths, and its own headings where they differ.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from budgets.domain.sheets import Region, Row

from .paper import Span

_INDICATORS = {
    "goal": "目标名称",
    "level1": "一级指标",
    "level2": "二级指标",
    "content": "指标内容（目标）",
    "name": "三级指标",
    "value_before_last": "前年指标值",
    "value_last": "上年指标值",
    "value": "指标值",
    "basis": "指标值确定依据",
    "remark": "备注",
}

TITLES: Mapping[str, Mapping[str, str]] = {
    "activities": {
        "name": "项目活动",
        "description": "活动内容表述",
        "function": "支出功能分类",
        "economic": "支出经济分类",
        "fund": "资金来源",
        "from_carry_over": "使用结转",
        "adjusted": "全年预算数",
        "amount": "金额",
        "basis": "测算依据及说明",
        "remark": "备注",
    },
    "history": {"year": "以前年度", "measure": "口径", "amount": "金额"},
    "procurement": {
        "name": "采购品名",
        "kind": "采购类别",
        "quantity": "数量",
        "fund": "资金来源",
        "amount": "金额",
        "sme_amount": "授予中小企业金额",
        "micro_amount": "其中：小微企业金额",
        "service_category": "购买服务类别",
    },
    "goals": {"horizon": "目标类型", "name": "名称", "text": "目标说明", "until_year": "截止年度"},
    "long_term_indicators": _INDICATORS,
    "annual_indicators": _INDICATORS | {"value": "预计当年实现"},
}
"""Headings of the fields, by the name of the sub-table."""


def region(
    name: str, fields: Sequence[Span], rows: Sequence[Row] = (), head: Sequence[Row] = (), /, **titles: str
) -> Region:
    """The sub-table ``name`` with ``fields`` from left to right and the number of columns of each when edited.

    ``titles`` are the form's own headings for some of them. ``head`` and ``rows`` are printed.
    """
    words = {**TITLES[name], **titles}
    return Region(
        name,
        tuple(rows),
        fields=tuple(field for field, _ in fields),
        columns=tuple(columns for _, columns in fields),
        head=tuple(head),
        edit_headers=tuple(words[field] for field, _ in fields),
    )
