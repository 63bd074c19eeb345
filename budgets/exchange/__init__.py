"""A whole report in and out as JSON."""
