"""The final accounts' disclosure tables (部门决算公开表, 公开01表–公开09表), as the budget's in `budgets.tables`.

Beside what they share with those: line and column numbers (行次, 栏次), printed formulas, a note that says
what the table shows, and 合计 above the rows of a table by 类/款/项.
"""
