"""From draft to version: what is shown before, what is done, what can be taken back."""

from __future__ import annotations

from lms.audit import AuditEntry
from lms.authoring.desk import Draft
from lms.catalogue import drafts, folder, publishing
from lms.catalogue.models import Course, CourseVersion
from tests.browser import Browser
from tests.cast import SMALL_COURSE, SPRING, Cast, do

DESK = "/teach/courses/light"


def write(cast: Cast, old: str, new: str, path: str = "sun/zh.md") -> None:
    """Change a page of the draft."""
    row = drafts.file(cast.version.course, path)
    content = drafts.text(row).replace(old, new).encode()
    drafts.save(cast.version.course, path, content, base=row.revision, by=cast.trainer.id, now=SPRING)


def seen(cast: Cast) -> str:
    """The state of the draft that a page shows."""
    return Draft(cast.version.course).state


def test_before_publishing_one_sees_what_changes_and_whom_it_concerns(trainer: Browser, cast: Cast):
    do(cast.enrolment, ("sun/read", "read", {"by": "end"}))
    write(cast, "刚挖出来的藕", "刚摘的莲蓬")
    page = trainer.get(f"{DESK}/publish")
    # The changed words are marked one by one.
    assert "刚摘的莲蓬" in page.text.replace(" ", "") and "2026 春季班" in page.text
    assert "没开始 1 人" in page.text and "正在学 1 人" in page.text
    chosen = [field["value"] for field in page.all("input", type="radio") if "checked" in field]
    assert chosen == ["keep"]
    assert "照旧版学" in page.text and "跟上新版" in page.text and "保存" not in page.text


def test_a_new_course_is_shown_by_its_lessons_and_leads_to_a_class(trainer: Browser, cast: Cast):
    course = Course.create(slug="bees", author_id=cast.trainer.id, created_at=SPRING)
    publishing.put_draft(course, folder.read(SMALL_COURSE, "bees"), by=cast.trainer.id, now=SPRING)
    page = trainer.get("/teach/courses/bees/publish")
    assert "新课，2 课" in page.text and "顺着光拍" in page.text and "check:" not in page.text
    page = trainer.post("/teach/courses/bees/publish", seen=Draft(course).state, note="")
    assert "第 1 版发布了" in page.text and "还没有班学这门课" in page.text


def test_a_step_that_goes_is_called_by_its_words(trainer: Browser, cast: Cast):
    for path in ("sun/zh.md", "sun/en.md"):
        text = drafts.text(drafts.file(cast.version.course, path))
        start = text.index(":::try turn-around")
        write(cast, text[start : text.index(":::\n", start + 5) + 4], "", path)
    page = trainer.get(f"{DESK}/publish")
    assert "去掉 1 步： 顺着光拍" in page.text and "练一练“" in page.text
    assert "sun/try:turn-around" not in page.text


def test_publishing_makes_the_next_version_with_a_note(trainer: Browser, cast: Cast):
    write(cast, "刚挖出来的藕", "刚摘的莲蓬")
    page = trainer.post(f"{DESK}/publish", seen=seen(cast), note="换了例子")
    newest = cast.version.course.versions.order_by(CourseVersion.number.desc()).first()
    assert (newest.number, newest.note, newest.published_by) == (2, "换了例子", cast.trainer.id)
    assert "第 2 版发布了" in page.text and "换了例子" in page.text and "何敏" in page.text
    assert AuditEntry.select().where(AuditEntry.action == "course.published").count() == 2


def test_the_choice_for_a_class_is_followed(trainer: Browser, cast: Cast):
    do(cast.enrolment, ("sun/read", "read", {"by": "end"}))
    write(cast, "刚挖出来的藕", "刚摘的莲蓬")
    trainer.post(f"{DESK}/publish", seen=seen(cast), note="", **{f"cohort-{cast.cohort.id}": "catch_up"})
    assert cast.enrolment.version.number == 2


def test_what_must_be_mended_blocks_and_leads_there(trainer: Browser, cast: Cast):
    write(cast, "![左边顺光，藕发亮]", "![]")
    page = trainer.get(f"{DESK}/publish")
    assert f"{DESK}/lessons/sun/zh#line-10" in page.links()
    trainer.post(f"{DESK}/publish", seen=seen(cast), note="", status=422)
    assert cast.version.course.versions.count() == 1


def test_a_draft_that_changed_since_one_looked_is_looked_at_again(trainer: Browser, cast: Cast):
    looked_at = seen(cast)
    write(cast, "刚挖出来的藕", "刚摘的莲蓬")
    page = trainer.post(f"{DESK}/publish", seen=looked_at, note="我的话", status=409)
    assert "草稿又变了" in page.text and "我的话" in page.html
    assert cast.version.course.versions.count() == 1


def test_a_recording_on_its_way_blocks(trainer: Browser, cast: Cast):
    drafts.save(cast.version.course, "sun/he.raw", b"x", base=0, by=cast.trainer.id, now=SPRING)
    trainer.post(f"{DESK}/publish", seen=seen(cast), note="", status=422)
    assert cast.version.course.versions.count() == 1


def test_pressing_twice_publishes_once(trainer: Browser, cast: Cast):
    write(cast, "刚挖出来的藕", "刚摘的莲蓬")
    for _press in range(2):
        trainer.post(f"{DESK}/publish", seen=seen(cast), note="")
    assert cast.version.course.versions.count() == 2


def test_any_two_versions_can_be_compared(trainer: Browser, cast: Cast):
    write(cast, "刚挖出来的藕", "刚摘的莲蓬")
    trainer.post(f"{DESK}/publish", seen=seen(cast), note="")
    page = trainer.get(f"{DESK}/versions/2/changes")
    assert "刚摘的莲蓬" in page.text.replace(" ", "") and "sun/zh.md" in page.text
    assert "course.toml" in trainer.get(f"{DESK}/versions/2/changes?from=0").text
    trainer.get(f"{DESK}/versions/3/changes", status=404)


def test_an_old_version_becomes_the_draft_again_and_nobody_notices(trainer: Browser, cast: Cast):
    write(cast, "刚挖出来的藕", "刚摘的莲蓬")
    trainer.post(f"{DESK}/publish", seen=seen(cast), note="")
    trainer.post(f"{DESK}/versions/1/restoration")
    assert "刚挖出来的藕" in drafts.text(drafts.file(cast.version.course, "sun/zh.md"))
    assert cast.version.course.versions.count() == 2
    assert AuditEntry.get(AuditEntry.action == "course.restored").detail == {"version": 1}


def test_strangers_publish_nothing(stranger: Browser, cast: Cast):
    stranger.post(f"{DESK}/publish", seen=seen(cast), note="", status=404)
    stranger.post(f"{DESK}/versions/1/restoration", status=404)
