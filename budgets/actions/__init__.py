"""What people do to a report: one file per verb. No other code writes a status."""
