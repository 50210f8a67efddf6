"""Markdown comes out as a Chinese reader expects, once for the whole page."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.catalogue import course as courses
from lms.catalogue import linking, markdown, rendering
from lms.errors import Refused
from tests.catalogue.courses import SVG, with_body


def html(text: str) -> str:
    """One block of prose."""
    return markdown.document([text], [])[0][0]


def parts(body: str) -> list[rendering.Part]:
    """The parts of a lesson with this body, in Chinese."""
    parsed, _problems = courses.parse(with_body(body))
    return list(rendering.lesson_html(parsed.lessons[0], "zh", resolve).parts)


def resolve(name: str) -> linking.MediaRef | None:
    known = {
        "sun.svg": linking.MediaRef("/media/sun.svg", 99, drawing=SVG),
        "a.webp": linking.MediaRef("/media/a.webp", 9, 8, 6),
    }
    return known.get(name)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("**“重点”**是", "<strong>“重点”</strong>是"),
        ("**重点：**请", "<strong>重点：</strong>请"),
        ("**《条例》**规定", "<strong>《条例》</strong>规定"),
        ("**C++**语言", "<strong>C++</strong>语言"),
        ("*“重点”*是", "<em>“重点”</em>是"),
        ("~~“删”~~后", "<del>“删”</del>后"),
        ("3~5 斤，10~20 元", "3~5 斤，10~20 元"),
        ("一行\n另一行", "一行<br>\n另一行"),
    ],
)
def test_emphasis_beside_chinese_punctuation_is_right(written: str, shown: str):
    assert html(written) == f"<p>{shown}</p>"


@pytest.mark.parametrize(
    "written", ["1、洗手\n2、擦干", "1．洗手\n2．擦干", "1）洗手\n2）擦干", "照着做：\n1. 洗手\n2. 擦干"]
)
def test_lists_as_chinese_hands_type_them_are_lists(written: str):
    assert "<ol>\n<li>洗手</li>\n<li>擦干</li>\n</ol>" in html(written)


def test_code_keeps_its_lines_as_they_are():
    assert "1、洗手" in html("```\n1、洗手\n```")


@pytest.mark.parametrize(
    ("written", "levels"),
    [("## 一\n\n### 二", "23"), ("# 一\n\n## 二\n\n### 三", "234"), ("### 三", "2"), ("# 一\n\n###### 六", "26")],
)
def test_headings_begin_below_the_title_and_keep_their_distance(written: str, levels: str):
    assert "".join(re.findall(r"<h(\d)", html(written))) == levels


def test_there_is_never_a_second_h1():
    assert "<h1" not in html("# 一\n\n<h1>二</h1>\n\n三\n===")


def test_tables_align_by_attribute():
    table = html("| a | b |\n|:-|-:|\n| 1 | 2 |")
    assert '<td align="right">2</td>' in table
    assert "style" not in table


def test_a_footnote_serves_across_blocks():
    made = parts("藕[^1]\n\n:::teacher\n也是[^1]\n\n:::\n\n[^1]: 莲的茎。")
    assert [part.kind for part in made if "footnote-ref" in part.html] == ["prose", "teacher"]
    assert made[-1].anchor == "notes"
    assert "莲的茎。" in made[-1].html


def test_html_that_is_never_closed_swallows_no_block():
    made = parts("<div>\n\n没关\n\n:::teacher\n说\n\n:::")
    assert [part.kind for part in made] == ["prose", "key", "prose", "teacher", "check"]
    assert "说" in made[3].html


def test_a_small_drawing_stands_within_the_page():
    figure = next(part for part in parts('![太阳](sun.svg "图")') if part.kind == "figure")
    assert figure.drawing.startswith("<svg ")
    assert (figure.alt, figure.caption, figure.number) == ("太阳", "图", 1)


def test_a_picture_in_a_line_gets_its_address_and_its_size():
    assert (
        '<img src="/media/a.webp" alt="藕" width="8" height="6" loading="lazy">' in parts("看![藕](a.webp)这个")[2].html
    )


def test_a_picture_that_is_not_there_leaves_its_description():
    assert "看藕这个" in parts("看![藕](gone.webp)这个")[2].html


def test_links_between_lessons_stay_relative():
    made = parts("看[声音](../sound/zh.md#风)，[外面](https://example.com/a)，[没有](x.txt)")[2].html
    assert '<a href="sound#风">声音</a>' in made
    assert '<a href="https://example.com/a" rel="nofollow noopener">外面</a>' in made
    assert "<a>没有</a>" in made


def test_sentences_to_read_aloud_come_in_order():
    parsed, _problems = courses.parse(with_body("一句。**又**一句！"))
    said = [sentence.text for sentence in rendering.lesson_html(parsed.lessons[0], "zh", resolve).sentences]
    assert said[:4] == ["藕没变，是你站的地方不对。", "太阳在你背后。", "一句。", "又一句！"]


def test_a_whole_page_renders_for_the_command_line():
    made = rendering.render_source("---\ntitle: x\n---\n一\n\n1. 二\n\n:::try a\n三\n\n:::\n")
    assert made == '<p>一</p>\n<ol><li>二</li></ol>\n<section id="try-a">\n<p>三</p>\n</section>'


HANGING = [
    *("[" * 20000, "*a " * 20000, ">" * 5000 + "x", "`" * 20000, "- " * 3000 + "x"),
    *("|" * 50000 + "\n" + "|-" * 5000, "<" * 20000, "\\" * 50000 + "[", "[a]: <" * 10000, "&" * 50000),
]


@pytest.mark.parametrize("text", HANGING, ids="abcdefghij")
def test_input_that_hangs_parsers_is_refused_with_its_line(text: str):
    with pytest.raises(Refused, match=r"Line 3: .+\."):
        rendering.render_source(f"一\n\n{text}")


class Tags(HTMLParser):
    """All tags of some HTML, as another parser sees them."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, list[tuple[str, str | None]]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, attrs))


@given(st.text(alphabet=st.sampled_from(list("*_`[]()<>!#|-+~:^=\\\n \"'&;ab1中。：")), max_size=200))
@settings(max_examples=150, deadline=None)
def test_whatever_is_written_comes_out_without_anything_that_runs(text: str):
    tags = Tags()
    tags.feed(html(f"{text}<script>alert(1)</script><a href='javascript:alert(1)' onclick=x>a</a>"))
    assert {tag for tag, _attributes in tags.found} <= markdown.TAGS
    written = [(name, value or "") for _tag, attributes in tags.found for name, value in attributes]
    assert not [name for name, _value in written if name.startswith("on") or name == "style"]
    assert not [value for name, value in written if name in ("href", "src") and value.lower().startswith("javascript:")]
