"""What a report consists of: each part loads, writes, parses, copies forward and edits its own data."""
