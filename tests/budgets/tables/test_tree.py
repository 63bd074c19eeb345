from collections import defaultdict

from hypothesis import given

from budgets.domain.choices import Flow
from budgets.domain.ledger import Ledger, Line
from budgets.domain.money import ZERO, yuan
from budgets.tables.tree import economic_class, economic_tree, function_classes, function_tree
from tests.strategies import CODES, ledgers, signed_amounts


def spending(*pairs: tuple[str, str]) -> Ledger:
    return Ledger(
        tuple(
            Line(key=code, flow=Flow.EXPENDITURE, function=code, economic=code, amount=yuan(amount))
            for code, amount in pairs
        )
    )


def outline(nodes) -> list[tuple[int, str, str, str]]:
    return [(node.level, node.id, node.code, str(node.lines.total())) for node in nodes]


def test_codes_in_order_each_above_its_own():
    ledger = spending(("2080505", "2"), ("2010350", "1"), ("2010301", "4"))
    assert outline(function_tree(ledger, CODES)) == [
        (0, "201", "201", "5.00"),
        (1, "20103", "20103", "5.00"),
        (2, "2010301", "2010301", "4.00"),
        (2, "2010350", "2010350", "1.00"),
        (0, "208", "208", "2.00"),
        (1, "20805", "20805", "2.00"),
        (2, "2080505", "2080505", "2.00"),
    ]


def test_what_has_no_finer_code_is_unspecified_under_the_code_it_has():
    ledger = spending(("", "1"), ("208", "2"), ("20805", "4"))
    assert outline(function_tree(ledger, CODES)) == [
        (0, "208", "208", "6.00"),
        (1, "20805", "20805", "4.00"),
        (2, "20805.unspecified", "", "4.00"),
        (1, "208.unspecified", "", "2.00"),
        (0, "unspecified", "", "1.00"),
    ]


def test_lines_of_nothing_make_no_rows():
    assert outline(function_tree(spending(("2080505", "0")), CODES)) == []


def test_a_code_that_the_edition_lacks_is_its_own_name():
    assert [node.name for node in economic_tree(spending(("39999", "1")), CODES)] == ["399", "39999"]


def test_listed_classes_come_first_money_or_not():
    nodes = function_classes(spending(("2010350", "1"), ("999", "2"), ("", "3")), CODES, ["221", "201"])
    assert [(node.code, node.name, str(node.lines.total())) for node in nodes] == [
        ("221", "住房保障支出", "0.00"),
        ("201", "一般公共服务支出", "1.00"),
        ("999", "999", "2.00"),
        ("", "未细分", "3.00"),
    ]


def test_a_listed_class_prints_its_sections_money_or_not_and_what_else_has_money():
    nodes = economic_class(spending(("30231", "1"), ("302", "2"), ("30101", "4")), CODES, "302", ["30217"])
    assert [(node.id, node.name, node.level, str(node.lines.total())) for node in nodes] == [
        ("302", "商品和服务支出", 0, "3.00"),
        ("30217", "公务接待费", 1, "0.00"),
        ("30231", "公务用车运行维护费", 1, "1.00"),
        ("302.unspecified", "未细分", 1, "2.00"),
    ]


def test_without_a_list_a_class_prints_every_section_of_the_edition():
    assert [node.code for node in economic_class(spending(), CODES, "303")] == ["303", "30302"]
    assert [node.code for node in economic_class(spending(), CODES, "310")] == ["310", "31002", "31013"]


@given(ledgers(signed_amounts))
def test_every_row_is_the_sum_of_the_rows_below_it(ledger):
    for nodes in (list(function_tree(ledger, CODES)), list(economic_tree(ledger, CODES))):
        sums = defaultdict(lambda: ZERO)
        own = {}
        path: list[str] = []
        deepest = max((node.level for node in nodes), default=0)
        for node in nodes:
            path = [*path[: node.level], node.id]
            own[tuple(path)] = node.lines.total()
            sums[tuple(path[:-1])] += node.lines.total()
            assert list(node.lines) == [line for line in ledger if line.amount and node.filter.matches(line)]
            assert node.code or node.level <= deepest
        assert sums.pop((), ZERO) == ledger.total()
        assert all(own[place] == total for place, total in sums.items())
