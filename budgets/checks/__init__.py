"""The cross-checks (勾稽): one rule a file, one class a rule. Pure."""
