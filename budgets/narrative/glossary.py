"""名词解释: the terms that a text uses, and in final accounts the functional subjects that have money (A19, B22).

Pure. The definitions are those of the official edition (`Classification.definitions`). Ours are a fallback, short on
purpose, and marked (`Sentence.is_ours`); `NarrativeSpec.level` is put where they speak of a level of government.
Options: ``terms``, the terms of this locality, by the keys of `TERMS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from ..domain.choices import FISCAL, Flow, Fund, Use
from ..domain.dossier import Dossier
from ..domain.ledger import Filter
from ..domain.sheets import Lines
from ..tables.cells import has_money
from . import words
from .document import Block, Pieces, Sentence
from .narrator import Narrator
from .subjects import path_of, subject_path, used_items

SPENT = Filter(flow=(Flow.EXPENDITURE,))


@dataclass(frozen=True, slots=True)
class Term:
    """``used`` tells whether a report has what the term names; a term without it is always explained."""

    name: str
    definition: str
    used: Callable[[Dossier], bool] = lambda dossier: True


def _has(**criteria: object) -> Callable[[Dossier], bool]:
    filter = Filter(**criteria)  # type: ignore[arg-type]
    return lambda dossier: has_money(dossier.ledger, filter)


def _came(fund: Fund) -> Callable[[Dossier], bool]:
    return _has(flow=(Flow.INCOME, Flow.OPENING), fund=(fund,))


def _spent(use: Use) -> Callable[[Dossier], bool]:
    return _has(flow=(Flow.EXPENDITURE,), use=(use,))


TERMS: Mapping[str, Term] = {
    "general": Term(
        "一般公共预算",
        "以税收为主要来源的政府收支计划，用来提供公共服务、保障民生和维持国家机构运转。",
    ),
    "general_income": Term(
        "一般公共预算财政拨款收入",
        "{level}财政当年从一般公共预算中拨给单位的资金。",
        _came(Fund.GENERAL),
    ),
    "fiscal_income": Term(
        "财政拨款收入",
        "{level}财政当年拨给单位的资金，包括一般公共预算、政府性基金预算和国有资本经营预算。",
        _has(flow=(Flow.INCOME, Flow.OPENING), fund=FISCAL),
    ),
    "government_fund": Term(
        "政府性基金预算",
        "依法向特定对象征收或以出让土地等方式取得、只能用于特定公共事业的资金的收支计划。",
    ),
    "government_fund_income": Term(
        "政府性基金预算财政拨款收入",
        "{level}财政当年从政府性基金预算中拨给单位的资金。",
        _came(Fund.GOVERNMENT_FUND),
    ),
    "state_capital_income": Term(
        "国有资本经营预算财政拨款收入",
        "{level}财政当年从国有资本经营预算中拨给单位的资金。",
        _came(Fund.STATE_CAPITAL),
    ),
    "special_account": Term(
        "财政专户管理资金",
        "收取后缴入财政专户、由财政核拨使用的教育收费等资金。",
        _came(Fund.SPECIAL_ACCOUNT),
    ),
    "operating_income": Term(
        "事业收入", "事业单位开展本专业业务及其辅助活动取得的收入。", _came(Fund.OPERATING_INCOME)
    ),
    "superior": Term("上级补助收入", "从主管部门或上级单位取得的非财政补助。", _came(Fund.SUPERIOR)),
    "subordinate": Term("附属单位上缴收入", "独立核算的附属单位按规定上缴的收入。", _came(Fund.SUBORDINATE)),
    "commercial": Term(
        "经营收入",
        "事业单位在专业业务之外、不独立核算的经营活动取得的收入。",
        _came(Fund.COMMERCIAL),
    ),
    "other": Term("其他收入", "上述各项之外的收入，如存款利息、租金、捐赠。", _came(Fund.OTHER)),
    "opening": Term(
        "年初结转和结余",
        "以前年度没有用完、按规定转到本年继续使用的资金。",
        _has(flow=(Flow.OPENING,)),
    ),
    "reserves": Term(
        "使用非财政拨款结余", "用以前年度非财政拨款的结余弥补本年收支差额。", _has(flow=(Flow.RESERVES,))
    ),
    "allocation": Term(
        "结余分配", "事业单位按规定对非财政拨款结余提取基金、缴纳税费。", _has(flow=(Flow.ALLOCATION,))
    ),
    "closing": Term("年末结转和结余", "本年没有用完、按规定转到以后年度继续使用的资金。"),
    "basic": Term(
        "基本支出", "维持单位正常运转、完成日常工作的支出，分为人员经费和公用经费。", _spent(Use.BASIC)
    ),
    "project": Term("项目支出", "基本支出之外，为专门任务和事业发展安排的支出。", _spent(Use.PROJECT)),
    "commercial_expenditure": Term(
        "经营支出", "事业单位不独立核算的经营活动发生的支出。", _spent(Use.COMMERCIAL)
    ),
    "three_public": Term(
        "“三公”经费",
        "用财政拨款支付的三类费用：公务人员因公出国（境），公务用车的购买和使用，公务活动中的接待。",
    ),
    "agency_cost": Term(
        "机关运行经费",
        "机关以及参照公务员法管理的单位为日常运转购买货物和服务的公用经费。",
    ),
}

SUBJECTS: Mapping[str, str] = {
    "01": "行政单位（含参照公务员法管理的事业单位）的基本支出",
    "02": "行政单位没有单独设置科目的其他项目支出",
    "50": "事业单位的基本支出",
    "2080501": "行政单位开支的离退休经费",
    "2080502": "事业单位开支的离退休经费",
    "2080505": "单位为职工缴纳的基本养老保险费",
    "2080506": "单位为职工缴纳的职业年金",
    "2101101": "行政单位（含参照公务员法管理的事业单位）的基本医疗保险缴费和医疗经费",
    "2101102": "事业单位的基本医疗保险缴费和医疗经费",
    "2101103": "公务员医疗补助",
    "2210201": "单位按规定比例为职工缴存的住房公积金",
    "2210202": "发给职工的住房租金补贴",
    "2210203": "发给职工购买住房的补贴",
}
"""What an 项 is for, by its code, else by its last two digits if its name is that of `_RUNNING`."""

_RUNNING = {"01": "行政运行", "02": "一般行政管理事务", "50": "事业运行"}

WORDING = {
    "term": "{name}：{definition}",
    "subject": "{name}：反映{definition}。",
    "official": "{name}：{definition}",
    "unknown": "{section}中列入“{item}”的支出",
}


def build(narrator: Narrator) -> Iterable[Block]:
    """The terms of the locality that the report uses."""
    narrator = narrator.worded(WORDING)
    return narrator.listing("terms", _terms(narrator))


def subjects(narrator: Narrator) -> Iterable[Block]:
    """The functional 项 with expenditure, each with its path and what it is for."""
    narrator = narrator.worded(WORDING)
    return narrator.listing("subjects", _subjects(narrator))


def _terms(narrator: Narrator) -> Iterator[Sentence | None]:
    for key in narrator.option("terms", TERMS):
        term = TERMS[key]
        if term.used(narrator.dossier):
            official = _official(narrator, term.name)
            definition = official or term.definition.format(level=narrator.spec.level)
            yield _marked(narrator.say("term", key, name=term.name, definition=definition), official)


def _subjects(narrator: Narrator) -> Iterator[Sentence | None]:
    for used in used_items(narrator.dossier, SPENT):
        path = path_of(narrator.dossier, used.code)
        name = narrator.name(subject_path(narrator.dossier, used.code), Lines(used.filter))
        official = _official(narrator, used.code)
        if official:
            yield narrator.say("official", used.code, name=name, definition=official)
        else:
            definition = _definition(used.code, path) or _unknown(narrator, path)
            yield _marked(narrator.say("subject", used.code, name=name, definition=definition), official)


def _official(narrator: Narrator, name: str) -> str:
    """What the official edition says, on one line and with a stop; empty if it says nothing."""
    text = words.on_one_line(narrator.dossier.codes.definitions.get(name, ""))
    return text if not text or text[-1] in "。！？" else f"{text}。"


def _marked(sentence: Sentence | None, official: str) -> Sentence | None:
    return replace(sentence, is_ours=True) if sentence and not official else sentence


def _unknown(narrator: Narrator, path: list[str]) -> Pieces | None:
    """What can be said of an 项 without a definition: where it belongs. None if its name is not known either."""
    return narrator.phrase("unknown", section=path[-2], item=path[-1]) if len(path) > 1 else None


def _definition(code: str, path: list[str]) -> str:
    ending = code[-2:]
    is_running = path[-1:] == [_RUNNING.get(ending)]
    return SUBJECTS.get(code) or (SUBJECTS[ending] if is_running else "")
