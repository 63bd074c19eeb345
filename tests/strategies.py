"""Hypothesis strategies for arbitrary dossiers, over a small embedded classification.

No file and no database is read. Everything drawn satisfies the types of `budgets.domain.dossier`: texts are
clean, keys are unique in their dossier, codes exist in `CODES` or are empty. Nothing else is promised:
funds run negative, uses are unspecified, projects are empty, carry-over is spent that nobody has.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache
from itertools import count

from hypothesis import strategies as st

from budgets.domain.choices import (
    DepartmentKind,
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
    ReportKind,
    ServiceCategory,
    Status,
    Use,
)
from budgets.domain.dossier import Classification, Dossier, Header, ProjectDossier
from budgets.domain.figures import FIGURES
from budgets.domain.ledger import Filter, Ledger, Line
from budgets.domain.schema import (
    Activities,
    Activity,
    ActivityLine,
    Application,
    AssetHolding,
    Assets,
    Basics,
    Duty,
    Expenditure,
    ExpenditureLine,
    Explanation,
    Explanations,
    History,
    HistoryEntry,
    Identity,
    Income,
    IncomeLine,
    OperatingProcurement,
    Passage,
    Post,
    ProcurementItem,
    ProjectProcurement,
    RestatedComparatives,
    RestatedFigure,
    Rewording,
    Staffing,
    Statement,
    ThreePublicDetail,
    WorkItem,
)

FUNCTION = {
    "201": "一般公共服务支出",
    "20103": "政府办公厅（室）及相关机构事务",
    "2010301": "行政运行",
    "2010350": "事业运行",
    "208": "社会保障和就业支出",
    "20801": "人力资源和社会保障管理事务",
    "2080150": "事业运行",
    "20805": "行政事业单位养老支出",
    "2080505": "机关事业单位基本养老保险缴费支出",
    "212": "城乡社区支出",
    "21208": "国有土地使用权出让收入安排的支出",
    "2120801": "征地和拆迁补偿支出",
    "221": "住房保障支出",
    "22102": "住房改革支出",
    "2210201": "住房公积金",
}
ECONOMIC = {
    "301": "工资福利支出",
    "30101": "基本工资",
    "30112": "其他社会保障缴费",
    "302": "商品和服务支出",
    "30201": "办公费",
    "30212": "因公出国（境）费用",
    "30217": "公务接待费",
    "30231": "公务用车运行维护费",
    "303": "对个人和家庭的补助",
    "30302": "退休费",
    "309": "资本性支出（基本建设）",
    "30913": "公务用车购置",
    "310": "资本性支出",
    "31002": "办公设备购置",
    "31013": "公务用车购置",
}
CODES = Classification(function=FUNCTION, economic=ECONOMIC)
YEAR = 2023

names = st.text("企业人才服务中心0aA=<&\"'（）", max_size=8)
texts = st.text("开展宣传活动，1次。<&=\"'\n\t ", max_size=12).map(str.strip)
function_codes = st.sampled_from(["", *FUNCTION])
economic_codes = st.sampled_from(["", *ECONOMIC])
counts = st.integers(0, 60)
amounts = st.integers(0, 10**11).map(lambda cents: Decimal(cents).scaleb(-2))
"""元 with 分, up to 1e9."""
signed_amounts = st.integers(-(10**11), 10**11).map(lambda cents: Decimal(cents).scaleb(-2))
"""Amounts that may also be a deduction (冲减)."""

unknown: st.SearchStrategy[Decimal | None] = st.none()
"""全年预算数, which only final accounts have."""

INCOME_FLOWS = (Flow.INCOME, Flow.OPENING, Flow.RESERVES)
"""What a department may enter under 收入与结转."""

ANY_FLOWS = (*INCOME_FLOWS, Flow.ALLOCATION)

Amounts = st.SearchStrategy[Decimal]
Adjusted = st.SearchStrategy[Decimal | None]
Keys = Callable[[], str]


def tuples(rows: st.SearchStrategy, most: int = 3) -> st.SearchStrategy[tuple]:
    return st.lists(rows, max_size=most).map(tuple)


def lines(amount: Amounts = amounts) -> st.SearchStrategy[Line]:
    """Any `Line`, of any flow; only expenditure has a use."""
    return st.builds(
        Line,
        key=st.just("line"),
        flow=st.sampled_from(Flow),
        amount=amount,
        fund=st.sampled_from(Fund),
        use=st.sampled_from(Use),
        from_carry_over=st.booleans(),
        function=function_codes,
        economic=economic_codes,
        unit=st.sampled_from(["112001", "112002"]),
        project=st.sampled_from(["", "p1", "p2"]),
    ).map(
        lambda line: line if line.flow == Flow.EXPENDITURE else replace(line, use=None, from_carry_over=False)
    )


def ledgers(amount: Amounts = amounts) -> st.SearchStrategy[Ledger]:
    return tuples(lines(amount), 8).map(Ledger)


filters = st.builds(
    Filter,
    flow=tuples(st.sampled_from(Flow), 2),
    use=tuples(st.sampled_from(Use), 2),
    fund=tuples(st.sampled_from(Fund), 2),
    from_carry_over=st.sampled_from([None, True, False]),
    function=tuples(function_codes, 2),
    exact_function=tuples(function_codes, 2),
    economic=tuples(economic_codes, 2),
    economic_except=tuples(economic_codes.filter(bool), 2),
    exact_economic=tuples(economic_codes, 2),
    unit=tuples(st.sampled_from(["112001", "a&b=c", "单位"]), 2),
    project=tuples(st.sampled_from(["", "p1"]), 2),
    activity=tuples(st.sampled_from(["a1"]), 1),
)


def keyed(rows: tuple, keys: Keys) -> tuple:
    return tuple(replace(row, key=keys()) for row in rows)


@cache
def income(amount: Amounts = amounts, flows: Sequence[Flow] = INCOME_FLOWS) -> st.SearchStrategy[Income]:
    line = st.builds(
        IncomeLine,
        key=st.just("line"),
        flow=st.sampled_from(flows),
        fund=st.sampled_from(Fund),
        function=function_codes,
        amount=amount,
        counterparty=names,
        remark=texts,
    )
    return st.builds(Income, lines=tuples(line, 5))


@cache
def expenditure(amount: Amounts = amounts, adjusted: Adjusted = unknown) -> st.SearchStrategy[Expenditure]:
    line = st.builds(
        ExpenditureLine,
        key=st.just("line"),
        use=st.sampled_from([Use.BASIC, Use.BASIC, *Use]),
        fund=st.sampled_from([Fund.GENERAL, *Fund]),
        from_carry_over=st.booleans(),
        function=function_codes,
        economic=economic_codes,
        adjusted=adjusted,
        amount=amount,
        counterparty=names,
        remark=texts,
    )
    return st.builds(Expenditure, lines=tuples(line, 6))


@cache
def procurement_items(amount: Amounts = amounts) -> st.SearchStrategy[tuple[ProcurementItem, ...]]:
    return tuples(
        st.builds(
            ProcurementItem,
            key=st.just("item"),
            name=names,
            kind=st.sampled_from(ProcurementClass),
            quantity=st.sampled_from(["", "1", "2台", "不定"]),
            fund=st.sampled_from(Fund),
            amount=amount,
            service_category=st.sampled_from([None, *ServiceCategory]),
        ),
        2,
    )


@cache
def activities(
    amount: Amounts = amounts, adjusted: Adjusted = unknown
) -> st.SearchStrategy[tuple[Activity, ...]]:
    line = st.builds(
        ActivityLine,
        key=st.just("line"),
        fund=st.sampled_from([Fund.GENERAL, *Fund]),
        from_carry_over=st.booleans(),
        function=function_codes,
        economic=economic_codes,
        adjusted=adjusted,
        amount=amount,
    )
    activity = st.builds(
        Activity,
        key=st.just("activity"),
        name=names,
        description=texts,
        basis=texts,
        remark=texts,
        lines=tuples(line),
    )
    return tuples(activity, 2)


applications = st.builds(
    Application,
    executing_unit=names,
    leader=names,
    basis=texts,
    plan=texts,
    total_budget=st.none() | amounts,
    long_term=st.booleans(),
    change_reason=texts,
    function=function_codes,
    fund=st.sampled_from(Fund),
)

identities = st.builds(
    Identity,
    name=names,
    code=st.sampled_from(["", "112001001"]),
    category=st.sampled_from(ProjectCategory),
    attribute=st.sampled_from(ProjectAttribute),
    type=st.sampled_from(ProjectType),
    programme=st.sampled_from(Programme),
    start_year=st.none() | st.integers(YEAR - 3, YEAR),
    end_year=st.none() | st.integers(YEAR, YEAR + 3),
    disclosure=st.sampled_from([Disclosure.FULL, Disclosure.FULL, Disclosure.WITHHELD]),
)

staffings = st.builds(
    Staffing,
    posts=st.lists(
        st.builds(Post, category=st.sampled_from(PostCategory), authorised=counts, filled=counts),
        unique_by=lambda post: post.category,
        max_size=3,
    ).map(tuple),
    honorary_retirees=counts,
    retirees=counts,
)

basics = st.builds(
    Basics,
    preparer=names,
    address=names,
    composition=texts,
    duties=tuples(st.builds(Duty, key=st.just("duty"), text=texts), 2),
    tasks=tuples(st.builds(WorkItem, key=st.just("task"), title=names, text=texts), 2),
)

holdings = tuples(st.builds(AssetHolding, key=st.just("asset"), kind=names, quantity=counts), 2)

passages = tuples(
    st.builds(Passage, key=st.just("passage"), point=st.sampled_from(PassagePoint), text=texts), 3
)
rewordings = tuples(
    st.builds(
        Rewording,
        key=st.just("rewording"),
        sentence=st.sampled_from(["balance.total", "staffing.filled", "general.total", "nothing"]),
        original=texts,
        wording=texts,
    ),
    2,
)

three_public = st.builds(ThreePublicDetail, vehicles_held=counts, receptions=counts)

_figures = st.sampled_from([figure.key for figure in FIGURES])
explanations = st.builds(
    Explanations,
    reasons=st.lists(
        st.builds(Explanation, figure=_figures, text=texts), unique_by=lambda e: e.figure, max_size=2
    ).map(tuple),
)
restated = st.builds(
    RestatedComparatives,
    figures=st.lists(
        st.builds(RestatedFigure, figure=_figures, amount=amounts, reason=texts),
        unique_by=lambda f: f.figure,
        max_size=1,
    ).map(tuple),
)


@cache
def histories(year: int) -> st.SearchStrategy[History]:
    entry = st.builds(
        HistoryEntry,
        year=st.integers(year - 3, year - 1),
        measure=st.sampled_from(HistoryMeasure),
        amount=st.none() | amounts,
    )
    return st.builds(History, entries=st.lists(entry, unique_by=lambda e: e.year, max_size=2).map(tuple))


@cache
def _project_keys(most: int) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(["p1", "p2", "p3"]), unique=True, max_size=most)


@cache
def _unknown_or(amount: Amounts) -> Adjusted:
    return st.none() | amount


@st.composite
def _project(
    draw: st.DrawFn, key: str, year: int, keys: Keys, amount: Amounts, adjusted: Adjusted
) -> ProjectDossier:
    tasks = draw(activities(amount, adjusted))
    items = draw(procurement_items(amount))
    return ProjectDossier(
        key=key,
        parts={
            Identity: draw(identities),
            Application: draw(applications),
            History: draw(histories(year)),
            Activities: Activities(
                activities=tuple(replace(t, key=keys(), lines=keyed(t.lines, keys)) for t in tasks)
            ),
            ProjectProcurement: ProjectProcurement(items=keyed(items, keys)),
        },
    )


@st.composite
def _report(
    draw: st.DrawFn, header: Header, amount: Amounts, flows: Sequence[Flow], projects: int
) -> Dossier:
    numbers: Iterator[int] = count(1)

    def keys() -> str:
        return f"k{next(numbers)}"

    some = draw(basics)
    adjusted = _unknown_or(amount) if header.kind == ReportKind.FINAL else unknown
    return Dossier(
        header=header,
        parts={
            Basics: replace(some, duties=keyed(some.duties, keys), tasks=keyed(some.tasks, keys)),
            Staffing: draw(staffings),
            Income: Income(lines=keyed(draw(income(amount, flows)).lines, keys)),
            Expenditure: Expenditure(lines=keyed(draw(expenditure(amount, adjusted)).lines, keys)),
            OperatingProcurement: OperatingProcurement(items=keyed(draw(procurement_items(amount)), keys)),
            Assets: Assets(holdings=keyed(draw(holdings), keys)),
            Statement: Statement(
                passages=keyed(draw(passages), keys), rewordings=keyed(draw(rewordings), keys)
            ),
            ThreePublicDetail: draw(three_public),
            Explanations: draw(explanations),
            RestatedComparatives: draw(restated),
        },
        projects=tuple(
            draw(_project(key, header.year, keys, amount, adjusted)) for key in draw(_project_keys(projects))
        ),
        codes=CODES,
    )


@st.composite
def dossiers(
    draw: st.DrawFn,
    *,
    amount: Amounts = amounts,
    flows: Sequence[Flow] = INCOME_FLOWS,
    projects: int = 3,
    earlier: bool = True,
    status: Status = Status.DRAFT,
    profile: str = "dongxihu_2023",
    kind: ReportKind = ReportKind.BUDGET,
) -> Dossier:
    """An arbitrary report of `YEAR`, with last year's report or without.

    ``amount`` draws its amounts (`signed_amounts` for deductions too), ``flows`` are those of its income
    lines (`ANY_FLOWS` for 结余分配 too), ``projects`` is the most it has.
    """
    header = Header(
        kind=kind,
        year=YEAR,
        profile=profile,
        district_code="420112",
        district_name="东西湖区",
        department_code="112001",
        department_name="企业和人才服务中心",
        department_kind=draw(st.sampled_from(DepartmentKind)),
        edition="2023",
        status=status,
    )
    dossier = draw(_report(header, amount, flows, projects))
    if earlier and draw(st.booleans()):
        before = replace(header, year=YEAR - 1, status=Status.ARCHIVED)
        dossier = replace(dossier, earlier=(draw(_report(before, amount, flows, min(projects, 1))),))
    return dossier
