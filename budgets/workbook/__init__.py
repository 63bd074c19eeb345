"""填报工作簿: a report's typed data as an Excel workbook that is filled in and handed back.

It is another way to post the pages of the entry site: what is read from a workbook goes through the forms of
the sections (`budgets.forms`) and is saved by their actions, so that it is refused in the same words.
"""
