"""Forms for goals, indicators and self-evaluations."""
