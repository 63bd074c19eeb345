"""Import and export of whole reports."""
