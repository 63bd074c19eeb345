from budgets.domain.sheets import Role
from budgets.tables.final.numbering import column_numbers, formula, formula_note


def test_a_formula_names_its_numbers_and_shortens_long_runs():
    assert formula(6, (1, 2), (3,)) == "6=1+2−3"
    assert formula(1, (6, 3, 2)) == "1=2+3+6"
    assert formula(27, range(1, 9)) == "27=1+…+8"
    assert formula(7, (1, 2, 3, 4, 9)) == "7=1+2+3+4+9"
    assert formula(6, (1, 2), (3, 4)) == "6=1+2−3−4"


def test_formulas_stand_in_one_note():
    assert formula_note("栏次", ["6=1+2−3", "3=4+5"]) == "表内公式（栏次）：6=1+2−3，3=4+5。"


def test_numbers_are_cells_of_their_own_role():
    assert [(cell.value, cell.role) for cell in column_numbers(2, 3)] == [(3, Role.NUMBER), (4, Role.NUMBER)]
