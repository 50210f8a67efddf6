"""Whatever an author draws or writes, nothing of it runs."""

import re

import pytest

from lms.catalogue import linking, markdown, svg

START = b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9" '


def drawn(inside: str, root: str = "") -> str:
    """A drawing with this inside, sanitised."""
    return str(svg.sanitised(START + f"{root}>{inside}</svg>".encode(), "p-", "太阳"))


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        "<foreignObject><body xmlns='http://www.w3.org/1999/xhtml' onload='alert(1)'/></foreignObject>",
        "<rect onclick='alert(1)' width='1' height='1'/>",
        "<a href='javascript:alert(1)'><rect width='1' height='1'/></a>",
        "<image href='https://example.com/x.png'/>",
        "<use href='https://example.com/x.svg#a'/>",
        "<use xlink:href='data:image/svg+xml,x#a'/>",
        "<rect style='fill:url(https://example.com/a)' width='1' height='1'/>",
        "<rect fill='url(https://example.com/a#b)' width='1' height='1'/>",
        "<style>rect{fill:url(https://example.com/a)}</style>",
        "<animate attributeName='href' to='javascript:alert(1)'/>",
        "<set attributeName='onclick' to='alert(1)'/>",
        "<x:script xmlns:x='http://www.w3.org/1999/xhtml'>alert(1)</x:script>",
    ],
)
def test_nothing_in_a_drawing_runs_or_leads_outside(inside: str):
    made = drawn(inside)
    assert not re.search(r"alert|example\.com|data:|foreign|<style|<animate|<set|<image", made)


def test_a_handler_on_the_drawing_itself_goes():
    assert "alert" not in drawn("<rect width='1' height='1'/>", "onload='alert(1)' ")


def test_a_drawing_is_one_picture_with_its_description():
    made = drawn("<title>t</title><rect id='a' width='1' height='1'/>")
    assert 'role="img" aria-label="太阳"' in made
    assert 'id="p-a"' in made


def test_references_follow_their_renamed_targets():
    made = drawn("<defs><linearGradient id='g'/></defs><rect fill='url(#g)'/><use xlink:href='#g'/>")
    assert 'fill="url(#p-g)"' in made
    assert 'href="#p-g"' in made


def test_a_style_becomes_attributes():
    assert 'fill="#123456"' in drawn("<rect style='fill:#123456;behavior:url(x)'/>")


def test_copies_of_copies_go():
    copies = [f"<use href='#l{level}'/>" * 10 for level in range(11)]
    levels = "".join(f"<g id='l{level}'>{inside}</g>" for level, inside in enumerate(copies, start=1))
    assert drawn(f"<g id='l0'><rect/></g>{levels}").count("<use") <= 10


@pytest.mark.parametrize(
    "source",
    [
        b"",
        b"no drawing",
        b"<svg/>",
        b'<!DOCTYPE svg [<!ENTITY a "aaaa">]><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">&a;</svg>',
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">' + b"<g>" * 4000 + b"</g>" * 4000 + b"</svg>",
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">' + b"<g/>" * 9000 + b"</svg>",
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 nan 1"/>',
        b'<?xml version="1.0" encoding="no-such"?><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>',
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'.encode("utf-16"),
    ],
)
def test_what_is_no_plain_drawing_is_refused(source: bytes):
    with pytest.raises(svg.BadDrawing):
        svg.sanitised(source)


def test_the_size_of_a_drawing_comes_from_its_view_box_or_its_sides():
    assert svg.size(b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0,0 320 188"/>') == (320, 188)
    assert svg.size(b'<svg xmlns="http://www.w3.org/2000/svg" width="32px" height="18"/>') == (32, 18)


@pytest.mark.parametrize(
    "written",
    [
        "<script>alert(1)</script>",
        "<img src=//example.com/x onerror=alert(1)>",
        "[a](javascript:alert(1))",
        "[a](data:text/html,alert(1))",
        "<a href=' java\nscript:alert(1)'>a</a>",
        "<iframe src='https://example.com'></iframe>",
        "<style>*{background:url(//example.com)}</style>",
        "<p style='background:url(//example.com)'>a</p>",
        "<form action='//example.com'><input name=a></form>",
        "<svg><script>alert(1)</script></svg>",
        "<math><mtext><img src=x onerror=alert(1)></mtext></math>",
        "![a](https://example.com/a.png)",
        "![a](//example.com/a.png)",
        "![a](\\\\example.com/a.png)",
        "a\n{: onclick=alert(1) style=x }",
        "<base href='https://example.com'><meta http-equiv=refresh content='0;url=//example.com'>",
    ],
)
def test_nothing_in_a_text_runs_or_loads_from_elsewhere(written: str):
    made = markdown.document([written], [written])
    assert not re.search(
        r"<(script|iframe|style|form|input|svg|base|meta)|\son\w+=|\sstyle=|src=\"|javascript:|data:", str(made)
    )


def test_only_the_ids_of_footnotes_and_known_classes_stay():
    made = markdown.document(["a\n{: #main .tabbar }\n\n!!! note\n    b\n\n[^1]\n\n[^1]: c"], [])
    assert "main" not in str(made)
    assert "tabbar" not in str(made)
    assert 'class="admonition"' in made[0][0]
    assert 'id="fn:1"' in made[2]


@pytest.mark.parametrize("target", ["javascript%3Aalert(1)/zh.md", "%5C%5Cexample.com/zh.md", "data%3Atext,x/zh.md#a"])
def test_a_link_to_a_lesson_leads_nowhere_else(target: str):
    html = markdown.document([f"[这里]({target})"], [])[0][0]
    assert "href" not in linking.settled(html, lambda _name: None)
