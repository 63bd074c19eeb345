"""Builders of the 情况说明 of final accounts. Where a builder of a budget serves both, a profile names that one."""
