"""全区: how far all departments of a year are, and their reports rolled up into one set of tables.

A page is about the years of the districts in whose bureau the person has a role; another district is 404.
Of what a department has not submitted it tells the state, and nothing of the figures.
"""
