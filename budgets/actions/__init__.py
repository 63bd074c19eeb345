"""Acts on a report: one file per verb. No other code writes a status."""
