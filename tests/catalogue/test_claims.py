"""The advertising rules in the editor: warnings on a lesson's own words, none on what it quotes as wrong."""

from __future__ import annotations

import time

import pytest

from lms.catalogue.claims import claims
from lms.settings import ROOT

# Guides are read by trainers and judged by nobody here: they name the mistakes of a class.
PAGES = sorted(path for path in (ROOT / "courses").glob("*/*/*.md") if not path.name.startswith("guide."))


def found(text: str) -> list[tuple[int, str]]:
    """Lines and words."""
    return [(one.line, one.words) for one in claims(text)]


def test_a_line_is_named_as_the_editor_counts_it():
    assert found("---\nlaw: 全国最好\n---\n## 藕\n\n这是全国最好的藕。\n") == [(6, "全国最好")]


def test_title_and_summary_are_looked_at_too():
    text = "---\ntitle: 全国最好的藕\nminutes: 4\nsummary: 能治病的藕。\n---\n藕。\n"

    assert found(text) == [(2, "全国最好"), (4, "能治病")]


@pytest.mark.parametrize(
    "text",
    [
        "真不错，我家的藕是全国最好的。",
        "全国最好的藕，别人家都比不上。",
        "这藕特别好，全国最好。",
        "放假来看，全国最好的藕。",
        "<!-- 全国最好的藕。",
        "```\n全国最好的藕。",
    ],
)
def test_a_claim_beside_a_harmless_word_or_an_open_comment_is_found(text: str):
    assert [words for _line, words in found(text)] == ["全国最好"]


@pytest.mark.parametrize(
    "text",
    [
        "- [ ] 能降血压。\n  > 能降血压，这话不让说。\n",
        "别说~~全国最好~~。\n",
        "| 别这么说 | 这么说 |\n|---|---|\n| 全国最好的藕 | 今早挖的 |\n",
        "| Don't say | Say |\n|---|---|\n| the best lotus root in China | dug this morning |\n",
        "<!-- 全国最好 -->\n![图](全国最好.svg)\n",
        "他喊“全国最好”。\n",
        "刷单是违法的。\n",
        ":::check lie choice\n哪句踩线？\n\n- [x] 全国最好的藕\n  > 对。\n- [ ] 今早挖的藕\n  > 这句好。\n\n:::\n",
    ],
)
def test_bad_examples_are_not_looked_at(text: str):
    assert not found(text)


def test_what_a_table_tells_to_say_is_looked_at():
    assert found("| 别这么说 | 这么说 |\n|---|---|\n| 最甜 | 全国最好的藕 |\n") == [(3, "全国最好")]


def test_a_right_option_and_what_follows_are_looked_at():
    assert found("- [ ] 能降血压。\n- [x] 全国最好的藕。\n\n能治病。\n") == [(2, "全国最好"), (4, "能治病")]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_shipped_lesson_tells_anybody_to_say_what_must_not_be_said(path):
    assert not claims(path.read_text(encoding="utf-8"))


def test_the_right_answer_to_a_plain_question_is_looked_at():
    block = ":::check say choice\n你咋说？\n\n- [x] 全国最好的藕\n  > 对。\n- [ ] 今早挖的藕\n  > 再想想。\n\n:::\n"

    assert found(block) == [(4, "全国最好")]


@pytest.mark.parametrize("words", ["<!--", "```\n", "“", "](", "~~", "| a ", ":::check a\n", "“最好"])
def test_a_text_that_never_closes_anything_is_looked_through_once(words: str):
    began = time.process_time()
    claims(words * (150_000 // len(words)))

    assert time.process_time() - began < 5
