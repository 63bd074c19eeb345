"""The parts of a report. Each loads, writes, parses and copies forward its own data, and names its editor."""
