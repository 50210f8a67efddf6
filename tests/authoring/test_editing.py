"""The editor's server: saving that loses nothing, the preview, the gauges."""

from __future__ import annotations

import re

import brotli

from lms.authoring import gauges, writing
from lms.authoring.desk import Draft
from lms.catalogue import drafts
from lms.catalogue.models import DraftFile
from tests.browser import Browser
from tests.cast import SPRING, Cast

PAGE = "/teach/courses/light/lessons/sun/zh"


def file(cast: Cast, path: str = "sun/zh.md") -> DraftFile:
    """A file of the draft as it stands now."""
    return drafts.file(cast.version.course, path)


def text(cast: Cast, path: str = "sun/zh.md") -> str:
    """What a page of the draft says now."""
    return drafts.text(file(cast, path))


def test_the_editor_shows_source_preview_and_gauges(trainer: Browser, cast: Cast):
    page = trainer.get(PAGE)
    assert "刚挖出来的藕" in page.html
    assert page.all("iframe")[0]["sandbox"] == "allow-same-origin"
    assert "页面大小" in page.text and "年级" in page.text and "没有要改的" in page.text


def test_saving_by_the_plain_button(trainer: Browser, cast: Cast):
    trainer.post(PAGE, text=text(cast) + "\n再来一句。\n", base=1)
    assert text(cast).endswith("\n再来一句。\n")


def test_a_form_that_spells_line_ends_its_own_way_changes_no_byte(trainer: Browser, cast: Cast):
    trainer.post(PAGE, text=text(cast).replace("\n", "\r\n"), base=1)
    assert file(cast).revision == 1


def test_line_ends_and_byte_order_mark_stay_as_the_author_had_them(cast: Cast):
    before = b"\xef\xbb\xbf---\r\ntitle: X\r\n---\r\nY\r\n"
    assert writing.spelt_as(before, "---\ntitle: X\n---\nY\n") == before


def test_saving_by_script_tells_the_new_revision(trainer: Browser, cast: Cast):
    answer = trainer.post_json(f"{PAGE}/text", {"text": "---\ntitle: 光\n---\n新的。\n", "base": 1})
    assert answer.json["revision"] == 2
    again = trainer.post_json(f"{PAGE}/text", {"text": "---\ntitle: 光\n---\n新的。\n", "base": 1})
    assert (again.status_code, again.json["revision"]) == (200, 2)


def test_two_who_edit_meet_a_conflict_and_lose_nothing(trainer: Browser, admin: Browser, cast: Cast):
    admin.post_json(f"{PAGE}/text", {"text": "管理员写的", "base": 1})
    answer = trainer.post_json(f"{PAGE}/text", {"text": "何老师写的", "base": 1})
    assert answer.status_code == 409
    assert (answer.json["theirs"], answer.json["revision"], answer.json["by"]) == ("管理员写的", 2, "管理员")
    assert text(cast) == "管理员写的"


def test_without_a_script_a_conflict_shows_both_texts(trainer: Browser, admin: Browser, cast: Cast):
    admin.post_json(f"{PAGE}/text", {"text": "管理员写的", "base": 1})
    page = trainer.post(PAGE, status=409, text="何老师写的", base=1)
    assert "管理员写的" in page.html and "何老师写的" in page.html
    trainer.post(PAGE, text="何老师写的", base=page.all("input", name="base")[0]["value"])
    assert text(cast) == "何老师写的"


def test_two_windows_of_one_person_are_called_so(trainer: Browser, cast: Cast):
    trainer.post_json(f"{PAGE}/text", {"text": "那边写的", "base": 1})
    assert trainer.post_json(f"{PAGE}/text", {"text": "这边写的", "base": 1}).json["own"] is True
    page = trainer.post(PAGE, status=409, text="这边写的", base=1)
    assert "你在另一个窗口也存了这一页" in page.text and "对方写的" not in page.text.partition("data-words")[0]


def test_a_page_that_is_too_long_stays_in_the_plain_form(trainer: Browser, cast: Cast):
    page = trainer.post(PAGE, status=422, text="长" * 100_000, base=1)
    assert "太长" in page.text and "长" * 100_000 in page.html


def test_what_no_page_of_ours_sends_is_refused(trainer: Browser, cast: Cast):
    for body in ([], {"text": 1, "base": 1}, {"text": "x"}, {"text": "x", "base": True}, "x"):
        assert trainer.post_json(f"{PAGE}/text", body).status_code == 422
    assert file(cast).revision == 1


def test_a_page_that_is_too_long_is_refused(trainer: Browser, cast: Cast):
    answer = trainer.post_json(f"{PAGE}/text", {"text": "长" * 100_000, "base": 1})
    assert answer.status_code == 422 and "太长" in answer.json["error"]


def test_strangers_neither_read_nor_save(stranger: Browser, cast: Cast):
    stranger.get(PAGE, status=404)
    stranger.get(f"{PAGE}/preview", status=404)
    assert stranger.post_json(f"{PAGE}/text", {"text": "x", "base": 1}).status_code == 404
    assert file(cast).revision == 1


def test_a_page_that_is_not_there_yet_begins_with_the_other_language(trainer: Browser, cast: Cast):
    page = trainer.get("/teach/courses/light/lessons/voice/quiz.zh")
    assert ":::check voice-quiz-1" in page.html
    trainer.post("/teach/courses/light/lessons/voice/quiz.zh", text="---\ndraw: 1\n---\n:::check a\n?\n\n:::\n", base=0)
    assert "voice/quiz.zh.md" in Draft(cast.version.course).rows
    assert ":::check a" in trainer.get("/teach/courses/light/lessons/voice/quiz.en").html


def test_a_question_is_written_into_both_languages_with_the_same_id(trainer: Browser, cast: Cast):
    answer = trainer.post_json(f"{PAGE}/blocks", {"kind": "check", "after": "sun-side"})
    made = answer.json
    assert made["both"] and f":::check {made['id']}" in made["text"]
    english = text(cast, "sun/en.md")
    assert english.index("sun-side") < english.index(made["id"]) < english.index("turn-around")


def test_without_a_script_a_question_is_written_into_both(trainer: Browser, cast: Cast):
    trainer.post(PAGE, text=text(cast), base=1, insert="check")
    ids = re.findall(r":::check (q-\w+)", text(cast))
    assert len(ids) == 1 and f":::check {ids[0]}" in text(cast, "sun/en.md")


def test_what_was_taken_out_of_one_language_is_offered_for_the_other_and_goes_there_too(trainer: Browser, cast: Cast):
    trainer.post(PAGE, text=text(cast), base=1, insert="check")
    [made] = re.findall(r":::check (q-\w+)", text(cast))
    trainer.post(PAGE, text=text(cast).partition(f":::check {made}")[0], base=2)
    page = trainer.get(PAGE)
    assert "另一种语言那一页有 1 处题目或练习，这里没有" in page.text and "没有要改的" not in page.text
    trainer.post(f"{PAGE}/left-over", block=made)
    assert made not in text(cast, "sun/en.md") and ":::check sun-side" in text(cast, "sun/en.md")
    trainer.post(f"{PAGE}/left-over", block=made)
    assert "这里没有：" not in trainer.get(PAGE).text


def test_what_is_on_this_page_again_is_not_taken_out_of_the_other_language(trainer: Browser, cast: Cast):
    trainer.post(f"{PAGE}/left-over", block="sun-side")

    assert ":::check sun-side" in text(cast) and ":::check sun-side" in text(cast, "sun/en.md")


def test_the_same_fault_on_many_lines_is_told_once_with_its_words(trainer: Browser, cast: Cast):
    for revision in (1, 2, 3):
        trainer.post(PAGE, text=text(cast), base=revision, insert="check")
    page = trainer.get(PAGE)
    assert "还是样板文字" in page.text and re.search(r"还有 \d+ 处一样的", page.text)
    assert "还有" in trainer.get("/teach/courses/light/publish").text


def test_the_preview_is_the_page_that_trainees_get(trainer: Browser, cast: Cast):
    answer = trainer.client.get(f"{PAGE}/preview")
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in answer.headers["Content-Security-Policy"]
    page = answer.get_data(as_text=True)
    assert "太阳在你背后" in page and "<script" not in page


def test_the_preview_of_what_is_not_saved_yet(trainer: Browser, cast: Cast):
    answer = trainer.post_json(f"{PAGE}/preview", {"text": text(cast).replace("刚挖出来的藕", "刚摘的莲蓬")})
    assert "刚摘的莲蓬" in answer.json["page"]
    assert "刚摘的莲蓬" not in text(cast)


def test_a_picture_without_words_blocks_and_says_the_line(trainer: Browser, cast: Cast):
    broken = text(cast).replace("![左边顺光，藕发亮]", "![]")
    told = trainer.post_json(f"{PAGE}/preview", {"text": broken}).json
    (problem,) = told["problems"]
    assert (problem["line"], problem["must"]) == (10, True)
    assert f'id="{problem["anchor"]}"' in told["page"]
    assert "还差 1 处，去改好" in told["publish"] and "#line-10" in told["publish"]


def test_the_weight_is_that_of_the_page_on_the_wire(trainer: Browser, cast: Cast):
    page = trainer.client.get(f"{PAGE}/preview").get_data(as_text=True)
    shown = trainer.post_json(f"{PAGE}/preview", {"text": text(cast)}).json["gauges"]
    weight = float(re.search(r"<b>([\d.]+) KB</b>", shown)[1])
    assert abs(weight - len(brotli.compress(page.encode(), quality=gauges.QUALITY)) / 1024) < 0.3
    assert 2 < weight < 14


def test_text_that_would_hang_a_parser_is_shown_as_it_is(trainer: Browser, cast: Cast):
    answer = trainer.post_json(f"{PAGE}/preview", {"text": "---\ntitle: X\n---\n" + "[" * 20_000})
    assert answer.status_code == 200
    assert answer.json["problems"]


def test_script_in_a_page_never_runs(trainer: Browser, cast: Cast):
    evil = text(cast) + '\n<img src=x onerror="alert(1)"><script>alert(1)</script>\n'
    page = trainer.post_json(f"{PAGE}/preview", {"text": evil}).json["page"]
    assert "onerror" not in page and "<script" not in page


def test_the_quiz_is_written_in_the_same_editor(trainer: Browser, cast: Cast):
    page = trainer.client.get("/teach/courses/light/lessons/sun/quiz.zh/preview").get_data(as_text=True)
    assert "太阳该在哪儿" in page and "哪几个时候好拍" in page


def test_the_session_is_told_to_the_editor_alone(trainer: Browser, visitor: Browser, cast: Cast):
    told = trainer.client.get("/teach/session")
    assert told.json["person"] == cast.trainer.id and told.json["token"]
    assert visitor.client.get("/teach/session").status_code == 401


def test_whoever_wrote_last_is_named(trainer: Browser, admin: Browser, cast: Cast):
    course = cast.version.course
    drafts.save(course, "sun/zh.md", b"---\ntitle: X\n---\nY", base=1, by=cast.admin.id, now=SPRING)
    assert "管理员" in trainer.get(PAGE).text
