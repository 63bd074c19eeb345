"""填报工作簿: a report's typed data as an Excel workbook that is filled in and handed back.

A workbook is another way to post the pages of the entry site. Its values go through the forms of the sections
(`budgets.forms`) and are saved by the same actions, so that errors have the same words.
"""
