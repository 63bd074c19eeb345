"""The cross-checks (勾稽) of goals and indicators: one rule a file, one class a rule. Pure."""
