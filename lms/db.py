"""The database: SQLite or PostgreSQL behind one proxy, the base model, and moments that are UTC and aware."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Self, TypeVar
from urllib.parse import unquote, urlsplit

import peewee
from playhouse.pool import PooledPostgresqlDatabase

from lms.errors import NotFound

database = peewee.DatabaseProxy()

# WAL lets readers and one writer work side by side; FULL keeps an acknowledged answer through a power cut.
SQLITE_PRAGMAS = {
    "journal_mode": "wal",
    "foreign_keys": 1,
    "busy_timeout": 10_000,
    "synchronous": "full",
    "cache_size": -4_000,  # for each thread of each worker; what they share is in the memory of the system anyway
    "temp_store": "memory",
}


def connect_to(url: str) -> peewee.Database:
    """The database of a DATABASE_URL: `sqlite:///path` or `postgresql://user:password@host:port/name`."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        # BEGIN IMMEDIATE: a transaction that reads first and writes later would otherwise fail with
        # "database is locked" however long the busy timeout is.
        chosen = peewee.SqliteDatabase(unquote(parts.path[1:]), pragmas=SQLITE_PRAGMAS, lock_type="IMMEDIATE")
        chosen.register_function(convert_to, "convert_to", 2, deterministic=True)
        return chosen
    if parts.scheme in ("postgresql", "postgres"):
        return PooledPostgresqlDatabase(
            dsn_of(url), max_connections=32, stale_timeout=300, timeout=10, prefer_psycopg3=True
        )
    raise ValueError(f"DATABASE_URL must begin with sqlite:/// or postgresql://, not {parts.scheme!r}.")


def convert_to(text: str | None, encoding: str) -> bytes | None:
    """What PostgreSQL's function of this name does."""
    return None if text is None else text.encode(encoding, "replace")


def by_sound(column: peewee.Field) -> peewee.Function:
    """A column of names in the order in which Chinese readers look for them: GB 18030 keeps the 3,755 everyday
    characters of GB 2312 in the order of their pinyin (rarer ones follow by radical), so its bytes sort like a class
    list, alike on both databases and without a table of sounds."""
    return peewee.fn.convert_to(column, "GB18030")


def dsn_of(url: str) -> str:
    """A PostgreSQL URL in the spelling that libpq takes."""
    return "postgresql://" + url.split("://", 1)[1]


def bind(url: str) -> peewee.Database:
    """Point every model at the database of `url` and give it back."""
    chosen = connect_to(url)
    database.initialize(chosen)
    return chosen


def is_postgresql() -> bool:
    """Whether the bound database is PostgreSQL (for the few statements that differ)."""
    return isinstance(database.obj, peewee.PostgresqlDatabase)


@contextmanager
def opened() -> Iterator[None]:
    """An open connection for commands and jobs; harmless inside another."""
    if not database.is_closed():
        yield
        return
    with database.connection_context():
        yield


def utc_now() -> datetime:
    """This moment, aware, to the microsecond."""
    return datetime.now(UTC)


class MomentField(peewee.DateTimeField):
    """An aware UTC moment. Stored naive in UTC, the same on both databases, and given back aware."""

    def db_value(self, value: Any) -> Any:
        if isinstance(value, datetime):
            if value.tzinfo is None:
                raise ValueError("A moment needs its time zone; use lms.db.utc_now() or datetime.now(UTC).")
            value = value.astimezone(UTC).replace(tzinfo=None)
        return super().db_value(value)

    def python_value(self, value: Any) -> datetime | None:
        value = super().python_value(value)
        return value.replace(tzinfo=UTC) if isinstance(value, datetime) else value


class JSONField(peewee.TextField):
    """A small JSON value kept as text: it is read and written whole, and never searched inside."""

    def db_value(self, value: Any) -> str | None:
        return None if value is None else json.dumps(value, ensure_ascii=False, sort_keys=True)

    def python_value(self, value: str | None) -> Any:
        return None if value is None else json.loads(value)


M = TypeVar("M", bound="Model")
R = TypeVar("R")


class Model(peewee.Model):
    """The base of every table."""

    if TYPE_CHECKING:
        id: Any

    class Meta:
        database = database
        legacy_table_names = False
        only_save_dirty = True

    @classmethod
    def find(cls, key: Any) -> Self:
        """The row with this primary key, or NotFound."""
        return found(cls.select().where(cls._meta.primary_key == key))


def found(query: Iterable[M] | peewee.ModelSelect) -> M:
    """The one row of a query that starts from what a person may see, or NotFound."""
    row = query.first()
    if row is None:
        raise NotFound
    return row


def insert_once(create: Callable[[], M]) -> M | None:
    """Run an insert under a savepoint; None when a unique constraint says that the row is there already."""
    try:
        with database.atomic():
            return create()
    except peewee.IntegrityError as problem:
        if "unique" not in str(problem).lower():
            raise
        return None


def in_chunks(rows: list[Any], size: int = 400) -> Iterator[list[Any]]:
    """Rows by the hundreds, below the number of variables that one SQLite statement may hold."""
    for start in range(0, len(rows), size):
        yield rows[start : start + size]


# Holds rows against all who would hold or change them, but not against rows that only refer to them.
HOLD = "FOR NO KEY UPDATE"


def lock(row: M) -> M:
    """The row as it stands now, held until the transaction ends, so that two deeds on it come one after the other.

    SQLite needs no lock of its own: our transactions begin IMMEDIATE, and so already come one after the other.
    """
    query = type(row).select().where(type(row)._meta.primary_key == row._pk)
    return (query.for_update(HOLD) if is_postgresql() else query).get()


def lock_all(query: peewee.ModelSelect[Any]) -> None:
    """Hold the rows of a query until the transaction ends, in the order of their keys, so that two who hold several
    cannot wait for each other in a circle.

    Who holds rows of several tables takes courses first, then enrolments, then memberships; tallies are written last.
    """
    if is_postgresql():
        held = query.order_by(query.model._meta.primary_key).for_update(HOLD)
        for _row in held.tuples().iterator():
            pass


TRIES = 5
# What PostgreSQL says to whom it sends away so that others can go on: deadlock, serialization failure.
SENT_AWAY = ("40P01", "40001")


def again(deed: Callable[[], R]) -> R:
    """Do a deed that is one transaction of its own, and once more where PostgreSQL sent it away, a few times at most.

    Inside a larger transaction it is tried once: that one is lost as a whole.
    """
    for left in reversed(range(TRIES)):
        try:
            return deed()
        except peewee.OperationalError as problem:
            sent_away = getattr(getattr(problem, "orig", None), "sqlstate", None) in SENT_AWAY
            if not sent_away or not left or database.in_transaction():
                raise
    raise AssertionError("unreachable: the last try raises")


class Prepared:
    """A query whose SQL is composed once and asked again with other values.

    Peewee composes the text anew each time, which takes longer than SQLite needs for the answer; the handful of queries
    that every page of a trainee asks go through here. `compose(*values)` gives the query; `examples` are values of the
    right types, told apart from each other and from every constant of the query.
    """

    def __init__(self, compose: Callable[..., peewee.ModelSelect], *examples: Any) -> None:
        self.compose = compose
        self.examples = examples
        self.composed: dict[bool, tuple[peewee.ModelSelect, str, list[Any]]] = {}

    def rows(self, *values: Any) -> list[Any]:
        """The rows for these values, as models."""
        query, text, parameters = self.composed.get(is_postgresql()) or self.compose_now()
        cursor = database.execute_sql(text, [values[one.place] if type(one) is Slot else one for one in parameters])
        return list(query._get_cursor_wrapper(cursor))

    def first(self, *values: Any) -> Any | None:
        """The first row, or None."""
        return next(iter(self.rows(*values)), None)

    def compose_now(self) -> tuple[peewee.ModelSelect, str, list[Any]]:
        """The query, its text for the bound database, and its parameters with a slot for each value."""
        query = self.compose(*self.examples)
        text, given = query.sql()
        parameters = [Slot(self.examples.index(one)) if one in self.examples else one for one in given]
        self.composed[is_postgresql()] = (query, text, parameters)
        return self.composed[is_postgresql()]


@dataclass(frozen=True)
class Slot:
    """The place of a value in a prepared query."""

    place: int
