"""Disclosure tables of final accounts (部门决算公开表, 公开01表–公开09表), built like those in `budgets.tables`.

In addition they have line and column numbers (行次, 栏次), printed formulas, a note about the content, and 合计 above
the rows of a table by 类/款/项.
"""
