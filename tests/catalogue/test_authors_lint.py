"""What `courses check` tells an author beyond what cannot be understood: words, weights, guesses, pairs, law."""

from __future__ import annotations

import time

import pytest

from lms.catalogue import carrying, citing, drafts, inventory, lint, publishing, store, wording
from lms.lib import literacy
from tests.cast import SPRING
from tests.catalogue.courses import EN, SVG, ZH, course, with_body


def told(files: dict[str, bytes]) -> list[tuple[str, int, str]]:
    """Path, line and code of each finding."""
    return [(one.path, one.line, one.code) for one in lint.check(files)]


def asked(*rights: int, answers: tuple[str, ...] = ("这样做", "那样做", "都不做")) -> str:
    """A quiz in which the answers at these places, from 0, are right."""
    blocks = []
    for number, right in enumerate(rights):
        options = [f"- [{'x' if place == right else ' '}] {words}\n  > 说说看。" for place, words in enumerate(answers)]
        blocks.append(f":::check q{number}\n你咋做？\n\n" + "\n".join(options) + "\n\n:::\n")
    return "---\ndraw: 3\npass: 2\n---\n" + "\n".join(blocks)


def with_quiz(quiz: str) -> dict[str, bytes]:
    """The small course with this quiz in both languages."""
    return course() | {"light/quiz.zh.md": quiz.encode(), "light/quiz.en.md": quiz.encode()}


def test_the_table_holds_the_3500_common_characters():
    assert len(literacy.common()) == 3500
    assert literacy.uncommon("藕在塘里，龘龘") == ["龘", "龘"]


def test_a_sentence_of_more_than_twenty_characters_is_named_with_its_line():
    files = with_body("这一句话从头到尾没有一个停顿所以谁念起来都喘不上气来。")

    assert ("light/zh.md", 10, "long_sentence") in told(files)


def test_sentences_that_are_long_on_average_are_told_of_the_page():
    assert ("p", 0, "long_sentences") in [
        (one.path, one.line, one.code) for one in wording.page("藕" * 15 + "。\n" + ("藕" * 14 + "。") * 5, "zh", "p")
    ]


def test_the_name_of_a_law_does_not_make_a_sentence_long():
    text = "《直播电商监督管理办法》第三十四条说了，不许骗人。"

    assert not list(wording.page(text, "zh", "p"))


def test_a_page_in_characters_that_few_read_is_told():
    [found] = wording.page("龘靐齉爩，读起来难。", "zh", "p")

    assert found.code == "uncommon"
    assert "龘靐齉爩" in str(found.what)


def test_a_claim_that_the_law_forbids_is_warned_of_with_its_line():
    assert ("light/zh.md", 10, "claim") in told(with_body("这是全国最好的藕。"))


def test_a_claim_in_quotation_marks_is_a_bad_example():
    assert "claim" not in [code for _path, _line, code in told(with_body("隔壁喊“全国最好的藕”。"))]


def test_right_answers_that_are_always_the_longest_can_be_guessed():
    quiz = asked(0, 1, 2, answers=("这样做", "那样做", "都不做")).replace("[x] ", "[x] 先站稳了再慢慢地")

    found = [one for one in told(with_quiz(quiz)) if one[2] == "guessed_by_length"]
    assert len([path for path, _line, _code in found if path == "light/quiz.zh.md"]) == 3


def test_right_answers_that_always_stand_in_one_place_are_told():
    assert ("light/quiz.zh.md", 5, "same_place") in told(with_quiz(asked(1, 1, 1)))
    assert "same_place" not in [code for _path, _line, code in told(with_quiz(asked(1, 0, 1)))]


def test_steps_that_differ_in_number_are_told_on_the_english_page():
    zh = ZH.replace(">! ", "1. 站好。\n2. 转身。\n\n>! ")
    en = EN.replace(">! ", "1. Stand.\n\n>! ")

    assert ("light/en.md", 0, "pair_steps") in told(course(zh=zh, en=en))


def test_an_english_page_in_chinese_is_not_translated():
    assert ("light/en.md", 0, "untranslated") in told(course(en=ZH))


def test_a_whole_page_without_a_picture_is_told():
    body = "太阳在背后。\n" * 40

    assert ("light/zh.md", 0, "no_picture") in told(with_body(body))
    pictured = with_body(body + "\n![太阳](sun.svg)\n") | {"light/sun.svg": SVG}
    assert "no_picture" not in [code for _path, _line, code in told(pictured)]


def test_a_picture_within_the_text_needs_words_too():
    files = with_body("看 ![](sun.svg) 这里。") | {"light/sun.svg": SVG}

    assert ("light/zh.md", 10, "no_alt") in told(files)


@pytest.mark.parametrize(
    ("law", "text", "missing"),
    [
        ("广告法第九条、第十三条", "广告法第九条、第十三条都管。", []),
        ("广告法第九条", "广告法第九条、第十三条都管。", ["广告法第十三条"]),
        ("广告法第九条", "看食品安全法第九条。", ["看食品安全法第九条"]),
        ("电子商务法第十条", "这是电商法第十条。", []),
        ("消费者权益保护法第二十五条", "消法第二十五条。", []),
        (
            "直播电商监督管理办法（117 号令）第三十四条",
            "117 号令第三十四条。117 号令第三十五条。",
            ["117 号令第三十五条"],
        ),
        ("民法典第一千零一十九条", "《民法典》第一千零一十九条。", []),
        ("广告法第九条", "第一条弹幕要回。", []),
        ("广告法第九条", "广告法第 9 条。电子商务法的第九条。", ["电子商务法第九条"]),
        ("广告法第九条", "《广告法》第九、十条。", ["广告法第九、十条"]),
        ("广告法第十条至第十三条", "广告法第十一条。广告法第十四条。", ["广告法第十四条"]),
    ],
)
def test_an_article_that_is_cited_stands_in_the_list(law: str, text: str, missing: list[str]):
    entries = [(citing.named(law), citing.articles(law))]

    assert list(citing.chinese(text, entries)) == missing


def test_english_citations_are_held_against_the_numbers():
    entries = [(citing.named(law), citing.articles(law)) for law in ("广告法第九条、第十三条",)]

    assert not list(citing.english("So say articles 9 and 13.", entries))
    assert list(citing.english("See article 14.", entries)) == ["article 14"]


def test_a_citation_without_an_entry_is_told_with_its_line():
    assert ("light/zh.md", 10, "uncited") in told(with_body("广告法第二十八条管这事。"))


def test_photos_count_as_what_is_made_of_them_for_phones():
    assert carrying.seconds(50_000) == 1
    assert carrying.fetched(".jpg", 3_000_000) == 40 * 1024
    assert carrying.fetched(".svg", 2_000) == 0


def test_pictures_that_take_more_than_five_seconds_are_told():
    lines = "\n\n".join(f"![藕](p{number}.jpg)" for number in range(8))
    files = with_body(lines) | {f"light/p{number}.jpg": bytes(60_000) for number in range(8)}

    assert ("light/zh.md", 0, "heavy_pictures") in told(files)


def test_recordings_still_to_be_made_stand_in_a_line_of_their_own():
    lines = list(inventory.told(course() | {"light/zh.m4a": b"sound"}))

    assert "s at 400 kbit/s" in lines[0]
    assert lines[1] == "1 of 2 pages read aloud; 1 recordings still to be made: 7 of 13 sentences"


@pytest.mark.usefixtures("cast")
def test_loading_the_same_files_again_checks_nothing_and_changes_nothing():
    files = course()
    first = publishing.load("pond-light", files, by=None, now=SPRING)
    again = publishing.load("pond-light", files, by=None, now=SPRING)

    assert (again.version.id, again.new) == (first.version.id, False)


@pytest.mark.usefixtures("cast")
def test_a_draft_that_was_changed_since_is_loaded_over():
    published = publishing.load("pond-light", course(), by=None, now=SPRING)
    changed = course(en=EN.replace("wrong", "bad"))
    drafts.replace(published.course, {path: (store.media.put(raw), len(raw)) for path, raw in changed.items()},
                   by=None, now=SPRING)  # fmt: skip
    publishing.load("pond-light", course(), by=None, now=SPRING)

    assert drafts.files_of(published.course)["light/en.md"] == EN.encode()


def test_a_page_that_closes_nothing_takes_time_in_proportion():
    began = time.process_time()
    for words in ("（条", "《", "![", "第一", "<!--", "1、", "```\n"):
        text = words * (100_000 // len(words))
        list(wording.read(text))
        list(citing.chinese(text, [("广告法", {9})]))
        list(citing.english(text, [("广告法", {9})]))

    assert time.process_time() - began < 5


GUIDED = "---\ntitle: 光\n---\n\n## 45 分钟怎么排\n\n一。\n\n"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("![](sun.svg)", "no_alt"),
        ("![图](gone.svg)", "dead_image"),
        ("[那课](../gone/zh.md)", "dead_link"),
        ("《广告法》第九十九条。", "uncited"),
    ],
)
def test_what_a_guide_shows_links_to_and_cites_is_looked_at_and_blocks_nothing(line: str, code: str):
    other = {"course.toml": course()["course.toml"].replace(b'["light"]', b'["light", "dark"]')}
    other |= {path.replace("light/", "dark/"): content for path, content in course().items() if "/" in path}
    files = course() | other | {"light/guide.zh.md": (GUIDED + line).encode(), "light/sun.svg": SVG}
    found = [one for one in lint.check(files) if one.path == "light/guide.zh.md" and one.code == code]

    assert [(one.line, one.severity) for one in found] == [(9, "warning")]


def test_a_claim_in_the_course_s_own_title_is_told():
    files = course(contents=course()["course.toml"].decode().replace("拍摄", "全国最好的藕"))

    assert ("course.toml", 0, "claim") in told(files)


def test_a_page_that_cannot_be_read_gets_no_wrong_reason_beside_the_true_one():
    assert [one[2] for one in told(course() | {"light/zh.md": b"\xff\xfe\x00"})] == ["encoding"]


def test_english_pages_list_their_own_law():
    zh = ZH.replace("summary:", "law:\n  - 广告法第九条\nsummary:")
    en = EN.replace("You stand", "Advertising Law, article 9. You stand")

    assert ("light/en.md", 1, "pair_law") in told(course(zh=zh, en=EN))
    listed = en.replace("summary:", "law:\n  - Advertising Law, article 10\nsummary:")
    assert "uncited" in [code for path, _line, code in told(course(zh=zh, en=listed)) if path == "light/en.md"]


def test_a_quiz_or_a_title_in_the_other_language_is_not_translated():
    quiz = asked(1, 0, 1)
    en = EN.replace("Film with the light", "顺着光拍")

    assert ("light/quiz.en.md", 1, "untranslated") in told(with_quiz(quiz))
    assert ("light/en.md", 1, "untranslated") in told(course(en=en))


def test_nine_right_answers_of_ten_in_one_place_can_be_guessed_too():
    assert ("light/quiz.zh.md", 5, "same_place") in told(with_quiz(asked(*[1] * 9, 0)))


def test_marks_of_markdown_make_no_answer_long():
    quiz = asked(0, 1, 2).replace("[x] ", "[x] **").replace("这样做", "这样做**").replace("那样做", "那样做**")

    assert "guessed_by_length" not in [code for _path, _line, code in told(with_quiz(quiz))]


def test_photos_within_the_text_are_weighed():
    lines = "\n".join(f"看![藕](p{number}.jpg)这里。" for number in range(8))
    photos = {f"light/p{number}.jpg": b"\xff\xd8\xff" + bytes(60_000) for number in range(8)}

    assert ("light/zh.md", 0, "heavy_pictures") in told(with_body(lines) | photos)
