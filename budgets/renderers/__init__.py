"""Sheets written as files and pages: xlsx, csv, html. Pure: bytes and markup out, nothing else touched."""
