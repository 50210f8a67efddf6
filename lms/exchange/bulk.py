"""Rows by the million: COPY on PostgreSQL, one prepared INSERT on SQLite. Values are what the database keeps, not what
models give: moments and days as text in UTC, JSON as text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

import peewee

from lms.db import Model, database, is_postgresql

CACHE_KILOBYTES = 1_000_000  # filled only as far as there is something to keep


def insert(table: type[Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows into a table, in the transaction that is open. `columns` are the table's own names."""
    name = table._meta.table_name
    quoted = ", ".join(f'"{column}"' for column in columns)
    connection = database.connection()
    if not is_postgresql():
        places = ", ".join("?" * len(columns))
        connection.executemany(f'INSERT INTO "{name}" ({quoted}) VALUES ({places})', rows)
        return
    with connection.cursor() as cursor, cursor.copy(f'COPY "{name}" ({quoted}) FROM STDIN') as copy:
        for row in rows:
            copy.write_row(row)


def make_room() -> None:
    """Let SQLite keep the indexes of a bulk insert in memory, for this connection: rows whose moments come in no order
    would otherwise read and write a page of the index each."""
    if not is_postgresql():
        database.execute_sql(f"PRAGMA cache_size = -{CACHE_KILOBYTES}")


def next_id(table: type[Model]) -> int:
    """The first id above all that are there, for rows that come with our own ids. Call `keep_counting` afterwards."""
    return (table.select(peewee.fn.MAX(table.id)).scalar() or 0) + 1


def keep_counting(*tables: type[Model]) -> None:
    """Let PostgreSQL draw ids above those that we gave; SQLite does so by itself."""
    if not is_postgresql():
        return
    for table in tables:
        name = table._meta.table_name
        database.execute_sql(
            f"SELECT setval(pg_get_serial_sequence('\"{name}\"', 'id'), (SELECT COALESCE(MAX(id), 1) FROM \"{name}\"))"
        )


def moment(timestamp: float) -> str:
    """A moment, given in seconds since 1970, as both databases keep it."""
    return datetime.fromtimestamp(int(timestamp), UTC).replace(tzinfo=None).isoformat(" ")
