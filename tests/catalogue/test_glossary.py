"""Words of the trade: a page for everybody, and a link at the first use in the running text of each lesson."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from markupsafe import Markup

from lms.catalogue import glossary, pages
from lms.catalogue.rendering import Part
from tests.browser import Browser
from tests.cast import Cast
from tests.entering import signed_in

ENTRY = """[[term]]
id = "chengjiaoe"
zh = "成交额"
en = "sales value (GMV)"
zh_words = "一共卖了多少钱。"
en_words = "All the money taken."
lesson = "selling/review"
"""
TERMS = glossary.read(ENTRY.encode())
LINK = '<a href="/glossary#chengjiaoe">成交额</a>'


def drawn(*parts: Part) -> list[str]:
    """The HTML of parts after linking."""
    return [str(part.html) for part in glossary.linked(parts, TERMS, "zh")]


def test_a_term_is_linked_at_its_first_use_only():
    first, second = drawn(Part("prose", "a", Markup("<p>成交额是成交额。</p>")), Part("prose", "b", Markup("成交额")))

    assert first == f"<p>{LINK}是成交额。</p>"
    assert second == "成交额"


@pytest.mark.parametrize("kind", ["key", "try", "check", "task"])
def test_what_is_asked_and_the_key_sentence_stay_as_they_are(kind: str):
    assert drawn(Part(kind, "a", Markup("成交额"))) == ["成交额"]


@pytest.mark.parametrize("tag", ["h2", "a", "code"])
def test_nothing_is_linked_within_a_heading_a_link_or_code(tag: str):
    assert drawn(Part("prose", "a", Markup(f"<{tag}>成交额</{tag}>成交额"))) == [f"<{tag}>成交额</{tag}>{LINK}"]


def test_the_title_of_a_link_is_not_touched():
    html = Markup('<img alt="成交额">')

    assert drawn(Part("prose", "a", html)) == [html]


def test_an_english_term_is_a_whole_word_without_its_brackets():
    [part] = glossary.linked((Part("steps", "a", items=(Markup("Presales values; Sales value"),)),), TERMS, "en")

    assert part.items == (Markup('Presales values; <a href="/glossary#chengjiaoe">Sales value</a>'),)


def test_a_word_that_mostly_means_something_else_is_linked_nowhere():
    terms = glossary.read(f"{ENTRY}zh_forms = []\n".encode())

    assert terms.forms("zh") is None


def test_an_id_stands_once():
    with pytest.raises(ValueError, match="twice"):
        glossary.read((ENTRY + ENTRY).encode())


def test_the_shipped_glossary_names_lessons_and_is_whole():
    terms = glossary.current().terms

    assert len(terms) >= 40
    assert all(one.names[lang] and one.meanings[lang] for one in terms for lang in ("zh", "en"))
    assert len({one.names["zh"] for one in terms}) == len(terms)


@pytest.mark.parametrize(("language", "name"), [("zh", "复盘"), ("en", "looking back")])
def test_everybody_reads_the_words(app: Flask, cast: Cast, language: str, name: str):
    page = Browser(app, language).get("/glossary")

    assert name in page.text
    assert page.all("section", id="fupan")


def test_a_word_is_found(visitor: Browser, cast: Cast):
    page = visitor.get("/glossary?q=录像看一遍")

    assert "复盘" in page.text and "面单" not in page.text
    assert "没有这个词" in visitor.get("/glossary?q=zzzz").text


def test_a_lesson_is_fetched_anew_when_the_glossary_changes(
    app: Flask, cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    xiulan = signed_in(app, cast.trainee)
    before = xiulan.get("/courses/light/sun").response.headers["ETag"]
    (tmp_path / "glossary.toml").write_text(ENTRY.replace("成交额", "泡沫板"), "utf-8")

    monkeypatch.setattr(glossary.Place, "path", tmp_path / "glossary.toml")
    forget()
    page = xiulan.get("/courses/light/sun")
    monkeypatch.undo()
    forget()

    assert page.response.headers["ETag"] != before
    assert "/glossary#chengjiaoe" in page.links()


def forget() -> None:
    """As in a process that has just begun."""
    glossary.current.cache_clear()
    pages.rendered.cache_clear()


@pytest.mark.parametrize(
    "raw",
    [
        b"[[term]]\nzh = 'x'\n",
        b"[[term",
        b"\xff\xfe",
        b"term = 5\n",
        ENTRY.replace('zh = "', 'zh = 5 # "').encode(),
        ENTRY.encode() * 2,
        (ENTRY + 'zh_forms = "abc"\n').encode(),
    ],
)
def test_a_glossary_that_cannot_be_read_costs_no_lesson(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, raw: bytes):
    (tmp_path / "glossary.toml").write_bytes(raw)
    monkeypatch.setattr(glossary.Place, "path", tmp_path / "glossary.toml")
    glossary.current.cache_clear()
    try:
        assert glossary.current() == glossary.Glossary()
    finally:
        glossary.current.cache_clear()


def test_names_of_characters_are_no_words():
    terms = glossary.read(ENTRY.replace("成交额", "amp").replace("sales value (GMV)", "C++").encode())

    html = glossary.Linker(terms, "zh").html(Markup("<p>a &amp; b</p>"))
    english = glossary.Linker(terms, "en").html(Markup("<p>Write C++ here.</p>"))

    assert html == "<p>a &amp; b</p>" and "<a" in english
