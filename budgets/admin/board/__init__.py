"""全区: the progress of all departments in a year, and their reports rolled up into one set of tables.

A page covers districts in whose bureau the person has a role; another district is 404. For a report that is not
submitted it shows the state and no figures.
"""
