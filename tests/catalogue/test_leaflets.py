"""The cards beside the lessons: whole in both languages, for everybody, and honest about what nobody has checked."""

from __future__ import annotations

import pytest
from flask import Flask

from lms.catalogue import leaflets
from tests.browser import Browser
from tests.cast import Cast

PLATFORMS = ("douyin", "kuaishou", "taobao", "channels")


def test_the_cards_are_there_in_their_order():
    assert list(leaflets.current()) == [*PLATFORMS, "official", "kit", "loan", "slip"]


@pytest.mark.parametrize("name", PLATFORMS)
def test_a_platforms_card_is_dated_and_says_what_is_to_be_verified(name: str):
    texts = leaflets.find(name).texts

    assert "2026-11-22" in texts["zh"] and texts["zh"].count("待核实") >= 8
    assert "2026-11-22" in texts["en"] and texts["en"].count("to be verified") >= 8


def test_the_list_leads_to_every_card(visitor: Browser, cast: Cast):
    links = visitor.get("/cards").links()

    assert {f"/cards/{name}" for name in leaflets.current()} <= set(links)


@pytest.mark.parametrize(("language", "words"), [("zh", "第三十一条"), ("en", "article 31")])
def test_the_card_for_a_slip_names_the_article(app: Flask, cast: Cast, language: str, words: str):
    page = Browser(app, language).get("/cards/slip")

    assert words in page.text
    assert page.all("table")


def test_a_card_that_is_not_there_is_not_found(visitor: Browser, cast: Cast):
    visitor.get("/cards/none", status=404)


def test_cards_and_words_are_found_from_the_courses_and_the_help(visitor: Browser, cast: Cast):
    for address in ("/courses", "/help"):
        assert {"/cards", "/glossary"} <= set(visitor.get(address).links())


def test_a_card_that_lacks_its_english_page_hides_no_other(tmp_path):
    (tmp_path / "good.zh.md").write_text(PAGE, encoding="utf-8")
    (tmp_path / "good.en.md").write_text(PAGE, encoding="utf-8")
    (tmp_path / "half.zh.md").write_text(PAGE, encoding="utf-8")
    (tmp_path / "bad.zh.md").write_text("---\ntitle: [\n---\n", encoding="utf-8")

    assert list(leaflets.read(tmp_path)) == ["good"]


PAGE = "---\ntitle: 卡\nsummary: 一句。\nicon: card\norder: 1\n---\n一。\n"
