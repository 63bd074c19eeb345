"""备份与恢复: one archive of the database and of all files that its rows name, and back, compared."""
