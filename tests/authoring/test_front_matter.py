"""Renaming a lesson changes one line of its page."""

from hypothesis import given
from hypothesis import strategies as st

from lms.authoring import front_matter

PAGE = "---\n# for spring\ntitle: 顺着光拍\nminutes: 4\nlaw:\n  - 广告法 9\n---\n刚挖出来的藕。\n"


def test_a_title_is_replaced_and_nothing_else():
    assert front_matter.with_line(PAGE, "title", "找太阳") == PAGE.replace("顺着光拍", "找太阳")


def test_the_same_title_changes_no_byte():
    assert front_matter.with_line(PAGE, "title", "顺着光拍") == PAGE


def test_a_page_without_lines_at_the_top_gets_some():
    assert front_matter.with_line("刚挖出来的藕。\n", "title", "光") == "---\ntitle: 光\n---\n刚挖出来的藕。\n"


def test_a_title_that_looks_like_yaml_is_quoted():
    assert 'title: "光: 好与坏"\n' in front_matter.with_line(PAGE, "title", "光: 好与坏")


def test_a_folded_title_is_replaced_whole():
    folded = PAGE.replace("title: 顺着光拍\n", "title: >\n  顺着光拍\n  莲藕\n")
    assert front_matter.with_line(folded, "title", "光") == PAGE.replace("顺着光拍", "光")


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=40))
def test_whatever_is_written_reads_back_the_same(title: str):
    changed = front_matter.with_line(PAGE, "title", title)
    assert front_matter.read(changed) == {**front_matter.read(PAGE), "title": title}
