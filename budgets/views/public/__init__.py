"""The public site, which shows frozen publications only."""
