"""Words are found on both databases: two-character ones, rare ones, and nothing by accident."""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Iterator

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.lib.bigrams import LONGEST_QUERY, fts5_query, index_text, tsquery
from tests.postgres import postgres_url

LESSON = (
    "直播间里，先说莲藕（产地：荷田县）。价格 39.8 元，用 H264 拍。李㛃、周䶮和王𬭚都在！Café, Livestream & E-commerce"
)

FOUND = [
    "直播",
    "直播间",
    "间",
    "莲",
    "产地",
    "䶮",
    "㛃",
    "𬭚",
    "王𬭚",
    "王𬭚都在",
    "39",
    "h264",
    "Ｈ２６４",
    "livestream",
    "LIVESTREAM",
    "cafe",
    "café",
    "commerce e",
    "莲藕 价格",
    "荷田",
]
NOT_FOUND = ["播里", "间里先", "藕产", "拍李", "live", "直播带货", "26", "莲藕 玉米", "藕莲"]
OPERATORS = [
    '"',
    "*",
    "a OR b",
    "NEAR(a b)",
    "直 AND",
    "-藕",
    "title:藕",
    "(",
    "a:*",
    "!a",
    "'",
    "\\",
    "a | b",
    "<->",
    "&",
    "藕^",
    "'':*",
]

words = st.text(
    alphabet=st.sampled_from("直播间莲藕䶮𬭚\U00031350\U0003134b㐀々〇éa1 9b٣ヴ한ไ，。-.&|!:*'\"\\()²½ﬁ"), max_size=12
)


class Sqlite:
    def __init__(self) -> None:
        self.connection = sqlite3.connect(":memory:")
        self.connection.execute("CREATE VIRTUAL TABLE lesson USING fts5(body, tokenize='unicode61')")

    def finds(self, text: str, words: str) -> bool:
        self.connection.execute("DELETE FROM lesson")
        self.connection.execute("INSERT INTO lesson VALUES (?)", [index_text(text)])
        match = fts5_query(words)
        return bool(match) and bool(
            self.connection.execute("SELECT 1 FROM lesson WHERE lesson MATCH ?", [match]).fetchall()
        )


class Postgresql:
    def __init__(self, url: str) -> None:
        self.connection = psycopg.connect(url, autocommit=True)

    def finds(self, text: str, words: str) -> bool:
        query = "SELECT to_tsvector('simple', %s) @@ to_tsquery('simple', %s)"
        match = tsquery(words)
        return bool(match) and bool(self.connection.execute(query, [index_text(text), match]).fetchone()[0])


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, worker: str) -> Iterator[Sqlite | Postgresql]:
    """An index of one lesson."""
    found = Sqlite() if request.param == "sqlite" else Postgresql(postgres_url(worker, "bigrams"))
    yield found
    found.connection.close()


def test_a_run_becomes_pairs_and_its_last_character():
    assert index_text("直播间，好") == "直播 播间 间 好"


def test_younger_characters_are_spelt_for_old_databases():
    assert index_text("王𬭚") == "王u02cb5a u02cb5a"
    assert tsquery("𬭚") == "('u02cb5a':*)"


def test_words_and_numbers_stay_whole_and_are_folded():
    assert index_text("Ｈ２６４ Café ½ 3.5") == "h264 cafe 1 2 3 5"


def test_a_query_is_written_in_the_words_of_each_database():
    assert fts5_query("直播间 稻 live") == '"直播 播间" AND "稻"* AND "live"'
    assert tsquery("直播间 稻 live") == "('直播' <-> '播间') & ('稻':*) & ('live')"


@pytest.mark.parametrize("words", ["", "  ", "，。！", "()*\"'"])
def test_a_query_without_words_is_empty(words: str):
    assert (fts5_query(words), tsquery(words)) == ("", "")


def test_a_very_long_query_is_cut():
    assert len(fts5_query("莲藕" * 10_000)) < 4 * LONGEST_QUERY


@pytest.mark.parametrize("words", FOUND)
def test_what_stands_in_a_lesson_is_found(database: Sqlite | Postgresql, words: str):
    assert database.finds(LESSON, words)


@pytest.mark.parametrize("words", NOT_FOUND)
def test_what_does_not_stand_there_is_not(database: Sqlite | Postgresql, words: str):
    assert not database.finds(LESSON, words)


@pytest.mark.parametrize("words", OPERATORS)
def test_operators_are_only_signs(database: Sqlite | Postgresql, words: str):
    assert database.finds(LESSON, words) in (True, False)


@given(st.tuples(words, words, words), words)
def test_any_part_of_a_text_is_found_in_it(database: Sqlite | Postgresql, parts: tuple[str, str, str], other: str):
    before, sought, after = parts
    if index_text(sought):
        assert database.finds(f"{before} {sought} {after}", sought)
    assert database.finds(other, sought) in (True, False)


@given(st.text(alphabet="直播间莲藕䶮𬭚", max_size=10), st.text(alphabet="直播间莲藕䶮𬭚", min_size=1, max_size=4))
def test_han_is_found_where_it_stands_and_nowhere_else(database: Sqlite | Postgresql, text: str, sought: str):
    assert database.finds(text, sought) == (sought in text)


@given(st.text(max_size=60))
def test_tokens_are_letters_and_digits_with_single_blanks(text: str):
    assert re.fullmatch(r"(\w+( \w+)*)?", index_text(text))
    assert not any(unicodedata.category(sign) == "Mn" for sign in index_text(text))
