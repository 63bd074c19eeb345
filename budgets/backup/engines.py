"""The database that the settings name, by its engine."""

from __future__ import annotations

from django.db import connection

from .database import Database
from .postgresql import PostgreSQL
from .sqlite import SQLite


def database() -> Database:
    return PostgreSQL() if connection.vendor == PostgreSQL.engine else SQLite()
