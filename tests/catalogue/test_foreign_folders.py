"""A plain Markdown folder that was never meant for Fieldcast becomes a course, the same every time."""

import base64
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.catalogue import course as courses
from lms.catalogue import folder, foreign, lint, ordering
from lms.catalogue.problems import Problem
from lms.errors import Refused
from tests.catalogue.courses import SVG, archive


def lessons(files: dict[str, bytes]) -> list[tuple[str, str]]:
    """Ids and titles in their order."""
    parsed, problems = lint.checked(files)
    assert [problem for problem in problems if problem.severity == "error"] == []
    return [(lesson.id, next(iter(lesson.title.values()))) for lesson in parsed.lessons]


def native(files: dict[str, str | bytes], left_out: list[Problem] | None = None) -> dict[str, bytes]:
    """The native files of a foreign folder."""
    raw = {path: content.encode() if isinstance(content, str) else content for path, content in files.items()}
    return foreign.native(raw, "书", left_out if left_out is not None else [])


def test_headings_become_titles_and_natural_order_rules():
    made = native({"第十章.md": "# 收尾\n\n十", "第二章.md": "# 起步\n\n二", "README.md": "# 种藕\n\n前言"})
    assert lessons(made) == [("readme", "种藕"), ("第二章", "起步"), ("第十章", "收尾")]


def test_the_heading_is_not_shown_twice():
    made = native({"a.md": "# 起步\n\n正文"})
    assert made["a/zh.md"].decode().endswith("---\n\n正文")


def test_front_matter_gives_title_and_summary():
    made = native({"a.md": "---\ntitle: 题\ndescription: 一句\ntags: [x]\n---\n# 另一个\n\n正文"})
    parsed, _problems = courses.parse(made)
    assert (parsed.lessons[0].title["zh"], parsed.lessons[0].summary["zh"]) == ("题", "一句")


def test_without_any_heading_the_file_gives_the_title():
    assert lessons(native({"起步/index.md": "正文", "b.md": "正文"})) == [("b", "b"), ("起步-index", "起步")]


def test_underlined_headings_and_marks_in_headings_are_read():
    assert lessons(native({"a.md": "**起**步 [一](b.md) {#x}\n======\n\n正文"})) == [("a", "起步 一")]


def test_x_md_and_x_slash_x_md_are_two_lessons():
    made = native({"x.md": "# 一\n\n正文", "x/x.md": "# 二\n\n正文"})
    assert lessons(made) == [("x", "一"), ("x-x", "二")]


ORDERS = {
    "chapters.yml": "- b\n- title: 深\n  file: deep/c.md\n- a.md\n",
    "_sidebar.md": "* [二](b.md)\n* [深](/deep/c)\n* [一](a.md)\n",
    "SUMMARY.md": "# 目录\n- [二](./b.md)\n  - [深](deep/c.md#x)\n- [一](a.md)\n",
    "mkdocs.yml": "site_name: 大书\nnav:\n  - 二: b.md\n  - 深:\n    - deep/c.md\n  - a.md\nx: !!python/name:a.b\n",
}


@pytest.mark.parametrize("index", ORDERS)
def test_an_index_of_its_own_gives_the_order(index: str):
    files = {
        index: ORDERS[index],
        "a.md": "# 一\n\n文",
        "b.md": "# 二\n\n文",
        "deep/c.md": "# 三\n\n文",
        "d.md": "# 四\n\n文",
    }
    assert [name for name, _title in lessons(native(files))] == ["b", "deep-c", "a", "d"]


def test_mkdocs_names_the_course_and_its_docs_folder_is_found():
    made = native(
        {"mkdocs.yml": "site_name: 大书\nnav: [b.md, a.md]\n", "docs/a.md": "# 一\n\n文", "docs/b.md": "# 二\n\n文"}
    )
    assert [title for _name, title in lessons(made)] == ["二", "一"]
    assert 'zh = "大书"' in made["course.toml"].decode()


def test_local_pictures_come_along_and_missing_ones_are_named():
    left_out: list[Problem] = []
    files = {
        "a/b.md": "# 一\n\n![藕](../图/太阳.svg)\n\n![无](gone.png)\n\n<img src='../图/太阳.svg'>",
        "图/太阳.svg": SVG,
    }
    made = native(files, left_out)
    assert made["a-b/太阳.svg"] == SVG
    assert "![藕](太阳.svg)" in made["a-b/zh.md"].decode()
    assert [(problem.path, problem.line) for problem in left_out] == [("a/b.md", 5)]


def test_two_pictures_of_one_name_both_come_along():
    made = native({"a.md": "# 一\n\n![](x/p.svg)\n\n![](y/p.svg)", "x/p.svg": SVG, "y/p.svg": SVG + b"\n"})
    assert len([path for path in made if path.endswith(".svg")]) == 2


def test_a_picture_within_the_page_is_unpacked():
    written = base64.b64encode(SVG).decode()
    made = native({"a.md": f"# 一\n\n![](data:image/svg+xml;base64,{written})"})
    assert made["a/picture.svg"] == SVG


def test_links_between_pages_lead_to_lessons():
    made = native(
        {"a.md": "# 一\n\n[二](deep/b.md#x) [[b|三]] [外](https://example.com)", "deep/b.md": "# 二\n\n[一](../a)"}
    )
    page = made["a/zh.md"].decode()
    assert "[二](../deep-b/zh.md#x) [三](../deep-b/zh.md) [外](https://example.com)" in page
    assert "[一](../a/zh.md)" in made["deep-b/zh.md"].decode()


def test_code_keeps_what_looks_like_a_link():
    made = native({"a.md": "# 一\n\n```\n![](gone.png) :::\n:::\n```\n"})
    assert "![](gone.png) :::\n:::" in made["a/zh.md"].decode()


def test_blocks_of_other_programs_become_text():
    made = native({"a.md": "# 一\n\n::: tip 小窍门\n擦镜头\n:::\n"})
    assert "**小窍门**" in made["a/zh.md"].decode()
    assert ":::" not in made["a/zh.md"].decode()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_encodings_are_told_apart(encoding: str):
    made = native({"a.md": "# 蜂蜜课程\r\n\r\n中文正文\r\n".encode(encoding)})
    assert lessons(made) == [("a", "蜂蜜课程")]


def test_what_cannot_be_taken_is_listed_by_name():
    left_out: list[Problem] = []
    files = {
        "a.md": "# 一\n\n文",
        "bad.md": b"# \xff\xfe\xc3\x28\n",
        "nul.md": b"a\0b",
        "empty.md": "",
        "x.docx": b"PK",
        "z.md": "[" * 999,
    }
    native(files, left_out)
    assert sorted(problem.path for problem in left_out) == ["bad.md", "empty.md", "nul.md", "x.docx", "z.md"]


def test_a_page_is_chinese_or_english_as_it_was_written():
    made = native({"a.md": "# 一\n\n中文 with words", "b.md": "# Two\n\nEnglish with 一 word more or less"})
    assert {"a/zh.md", "b/en.md"} <= set(made)


def test_the_course_is_marked_plain_and_gives_no_certificates():
    parsed, problems = lint.checked(native({"a.md": "# 一\n\n![](gone.png)\n\n" + "很长。" * 900}))
    assert (parsed.plain, parsed.complete, parsed.requires) == (True, False, ("read",))
    assert {problem.severity for problem in problems} == {"warning"}


def test_ids_do_not_depend_on_the_folder_around_them():
    inner = {"a/b.md": "# 一\n\n文", "c.md": "# 二\n\n文"}
    outer = {f"book-main/{path}": content for path, content in inner.items()}
    assert native(inner) == native(outer)


def test_names_that_mean_something_else_get_an_id_of_their_own():
    names = [
        name
        for name, _title in lessons(native({"exam.md": "# 一\n\n文", "A b.md": "# 二\n\n文", "a-b.md": "# 三\n\n文"}))
    ]
    assert len(set(names)) == 3
    assert "exam" not in names


def test_loading_twice_changes_nothing(tmp_path: Path):
    files = {"深/一.md": "# 一\n\n![](图.svg)", "深/图.svg": SVG, "_sidebar.md": "[一](深/一.md)"}
    first, second = native(files), native(dict(reversed(files.items())))
    assert first == second
    folder.write(first, tmp_path / "out")
    assert folder.read(tmp_path / "out", "out") == first


def test_an_archive_and_its_folder_give_the_same_course(tmp_path: Path):
    (tmp_path / "书").mkdir()
    (tmp_path / "书" / "一.md").write_text("# 一\n\n文", encoding="utf-8")
    packed = archive([("书/一.md", "# 一\n\n文".encode())])
    assert folder.read(packed, "书") == folder.read(tmp_path / "书", "书")


def test_no_text_at_all_is_refused_with_reasons():
    with pytest.raises(Refused, match="no text in Markdown"):
        native({"a.txt": "x"})


def test_chinese_numbers_are_numbers():
    assert [ordering.chinese_number(text) for text in ("十", "十二", "二十", "一百零三")] == [10, 12, 20, 103]


PATHS = st.text(alphabet=st.sampled_from(list("aB1第一/.- #")), min_size=1, max_size=8)
TEXTS = st.text(alphabet=st.sampled_from(list("#*[]()!:`>-1.、|<>=\n 中ab\"'{}^&")), max_size=120)


@given(st.dictionaries(PATHS.map(lambda path: f"{path}.md"), TEXTS, min_size=1, max_size=4), TEXTS)
@settings(max_examples=60, deadline=None)
def test_whatever_lies_in_a_folder_it_loads_or_is_refused(pages: dict[str, str], index: str):
    files = {**pages, "_sidebar.md": index, "mkdocs.yml": index}
    try:
        made = native(files)
    except Refused:
        return
    parsed, problems = courses.parse(made)
    assert parsed.lessons
    assert [str(problem) for problem in problems if problem.code in lint.HARD] == []
    assert native(files) == made
