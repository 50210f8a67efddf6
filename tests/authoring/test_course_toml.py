"""Changing a course.toml leaves everything else as its author wrote it."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.authoring import toml

WRITTEN = """# our first course
order = 1
hours = 2  # class hours of 45 minutes
lessons = [
  "phone",
  # the one that everybody likes
  "light",  # needs sun
  "sound",
]

[title]
zh = "拍摄"  # short
en = "Shooting"
"""


def test_setting_what_it_already_is_changes_no_byte():
    text = WRITTEN
    for key, value, table in (
        ("order", 1, ""),
        ("hours", 2.0, ""),
        ("lessons", ["phone", "light", "sound"], ""),
        ("zh", "拍摄", "title"),
    ):
        text = toml.with_value(text, key, value, table)
    assert text == WRITTEN


def test_lessons_move_with_the_comments_that_belong_to_them():
    text = toml.with_value(WRITTEN, "lessons", ["light", "sound", "phone"])
    assert text == WRITTEN.replace(
        '  "phone",\n  # the one that everybody likes\n  "light",  # needs sun\n  "sound",\n',
        '  # the one that everybody likes\n  "light",  # needs sun\n  "sound",\n  "phone",\n',
    )


def test_a_value_keeps_the_comment_behind_it():
    assert 'zh = "拍照"  # short\n' in toml.with_value(WRITTEN, "zh", "拍照", "title")


def test_a_hash_inside_a_text_is_no_comment():
    text = toml.with_value('[title]\nzh = "第 # 1 课"\n', "zh", "新名字", "title")
    assert text == '[title]\nzh = "新名字"\n'


def test_a_new_key_stands_at_the_end_of_its_table():
    text = toml.with_value(WRITTEN, "valid_months", 24)
    assert "]\nvalid_months = 24\n\n[title]" in text


def test_a_new_table_is_opened_at_the_end():
    text = toml.with_value(WRITTEN, "zh", "拍得清楚。", "summary")
    assert text == WRITTEN + '\n[summary]\nzh = "拍得清楚。"\n'


def test_a_table_on_one_line_stays_on_one_line():
    text = toml.with_value('title = { zh = "拍", en = "Film" }\norder = 1\n', "zh", "拍摄", "title")
    assert text == 'title = { zh = "拍摄", en = "Film" }\norder = 1\n'


def test_one_title_for_both_languages_becomes_two_when_one_is_changed():
    assert toml.with_value('title = "Film"\n', "zh", "拍摄", "title") == 'title = { zh = "拍摄", en = "Film" }\n'


def test_none_takes_the_line_out():
    assert toml.with_value(WRITTEN, "order", None) == WRITTEN.replace("order = 1\n", "")


def test_a_value_over_several_lines_is_replaced_whole():
    text = toml.with_value('a = """\none\n[two]\n"""\nb = 1\n', "a", "short")
    assert text == 'a = "short"\nb = 1\n'


def test_broken_text_is_refused_rather_than_made_worse():
    with pytest.raises(tomllib.TOMLDecodeError):
        toml.with_value("lessons = [\n", "order", 1)


@given(st.text(max_size=40), st.lists(st.text(max_size=12), max_size=5, unique=True), st.booleans())
def test_whatever_is_set_reads_back_the_same(title: str, lessons: list[str], complete: bool):
    text = toml.with_value(WRITTEN, "zh", title, "title")
    text = toml.with_value(text, "lessons", lessons)
    text = toml.with_value(text, "complete", complete)
    read = tomllib.loads(text)
    assert (read["title"]["zh"], read["lessons"], read["complete"]) == (title, lessons, complete)
    assert (read["order"], read["title"]["en"]) == (1, "Shooting")
