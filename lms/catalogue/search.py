"""Finding courses and lessons by words, two-character Chinese ones too, on both databases.

One row a lesson and language of each published version holds its text as bigrams (`lms.lib.bigrams`): an FTS5 table
on SQLite, a tsvector with a GIN index on PostgreSQL. Rows of older versions stay, for trainees pinned to them; which
versions a person may find is a filter of the same query.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lms.catalogue.models import CourseVersion, Lesson
from lms.catalogue.parsed import ParsedCourse
from lms.db import database, is_postgresql
from lms.lib import bigrams

MOST_FOUND = 200


@dataclass(frozen=True)
class Hit:
    """A lesson that holds the words. Higher rank first."""

    lesson: Lesson
    lang: str


def index(version: CourseVersion, parsed: ParsedCourse) -> None:
    """Write the index rows of a version."""
    rows = [
        (
            version.id,
            lesson.id,
            lang,
            bigrams.index_text(lesson.title[lang]),
            bigrams.index_text(lesson.plain_text(lang)),
        )
        for lesson in parsed.lessons
        for lang in lesson.languages
    ]
    for row in rows:
        database.execute_sql(INSERT[is_postgresql()], row)


INSERT = {
    False: "INSERT INTO search_entry (version_id, lesson_key, lang, title, body) VALUES (?, ?, ?, ?, ?)",
    True: (
        "INSERT INTO search_entry (version_id, lesson_key, lang, words) VALUES (%s, %s, %s, "
        "setweight(to_tsvector('simple', %s), 'A') || setweight(to_tsvector('simple', %s), 'D'))"
    ),
}


def find(words: str, lang: str, versions: Iterable[int]) -> list[Hit]:
    """Lessons of these versions that hold all the words, best first; titles weigh more. No words, no hits."""
    wanted = sorted(set(versions))
    statement = postgresql_statement(words, wanted) if is_postgresql() else sqlite_statement(words, wanted)
    if statement is None or not wanted:
        return []
    rows = database.execute_sql(*statement).fetchall()
    lessons = {(row.version_id, row.key): row for row in Lesson.select().where(Lesson.version.in_(wanted))}
    best: dict[tuple[int, str], Hit] = {}
    for version_id, key, found_lang in sorted(rows, key=lambda row: row[2] != lang):
        lesson = lessons.get((version_id, key))
        if lesson:
            best.setdefault((version_id, key), Hit(lesson, found_lang))
    order = {(row[0], row[1]): place for place, row in reversed(list(enumerate(rows)))}
    return sorted(best.values(), key=lambda hit: order[hit.lesson.version_id, hit.lesson.key])


def in_title(words: str, hit: Hit) -> bool:
    """Whether the title of a lesson holds all the words; a page may show it to people who may not read the lesson."""
    title = bigrams.runs(hit.lesson.title(hit.lang))
    return all(any(run in word for word in title) for run in bigrams.query_runs(words))


def sqlite_statement(words: str, versions: list[int]) -> tuple[str, list[object]] | None:
    """The FTS5 query, or None when there are no words."""
    match = bigrams.fts5_query(words)
    if not match:
        return None
    places = ",".join("?" * len(versions))
    text = (
        "SELECT version_id, lesson_key, lang FROM search_entry WHERE search_entry MATCH ? "
        f"AND version_id IN ({places}) ORDER BY bm25(search_entry, 0, 0, 0, 8.0, 1.0) LIMIT {MOST_FOUND}"
    )
    return text, [match, *versions]


def postgresql_statement(words: str, versions: list[int]) -> tuple[str, list[object]] | None:
    """The tsquery, limited before ranking because ranking a common character is slow; None without words."""
    match = bigrams.tsquery(words)
    if not match:
        return None
    text = (
        "SELECT version_id, lesson_key, lang FROM (SELECT version_id, lesson_key, lang, words FROM search_entry "
        f"WHERE words @@ to_tsquery('simple', %s) AND version_id = ANY(%s) LIMIT {MOST_FOUND}) AS hits "
        "ORDER BY ts_rank_cd(words, to_tsquery('simple', %s)) DESC"
    )
    return text, [match, versions, match]
