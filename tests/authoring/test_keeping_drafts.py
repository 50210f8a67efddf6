"""Whatever somebody wrote and did not publish can be brought back, whatever took its place; and a page that was open
since before cannot be saved over what came anew."""

from __future__ import annotations

import pytest

from lms.audit import AuditEntry
from lms.authoring import outline
from lms.authoring.desk import Draft
from lms.catalogue import drafts, folder, publishing
from lms.catalogue.models import Course, CourseVersion, KeptDraft
from tests.browser import Browser
from tests.cast import SMALL_COURSE, SPRING, Cast
from tests.learning.deeds import publish

DESK = "/teach/courses/light"
PAGE = "sun/zh.md"
MINE = "我刚写的一句话。\n"


def words(course: Course, path: str = PAGE) -> str:
    """A page of the draft."""
    return drafts.text(drafts.file(course, path))


def write(cast: Cast, text: str = MINE) -> None:
    """Add a sentence to the draft."""
    course = cast.version.course
    row = drafts.file(course, PAGE)
    drafts.save(course, PAGE, (drafts.text(row) + text).encode(), base=row.revision, by=cast.trainer.id, now=SPRING)


def kept(course: Course) -> list[KeptDraft]:
    """The kept drafts."""
    return list(course.kept.order_by(KeptDraft.id))


def test_restoring_a_version_keeps_what_was_not_published_and_says_so(trainer: Browser, cast: Cast):
    write(cast)
    assert "草稿里有还没发布的改动" in trainer.get(f"{DESK}/versions").text

    page = trainer.post(f"{DESK}/versions/1/restoration")

    course = cast.version.course
    assert MINE not in words(course) and "留着的草稿" in page.text and "在下面可以拿回来" in page.text
    assert AuditEntry.get(AuditEntry.action == "course.restored").detail == {"version": 1, "kept": kept(course)[0].id}


def test_a_kept_draft_is_brought_back_byte_for_byte(trainer: Browser, cast: Cast):
    write(cast)
    course = cast.version.course
    before = dict(drafts.files_of(course))
    trainer.post(f"{DESK}/versions/1/restoration")

    trainer.post(f"{DESK}/kept-drafts/{kept(course)[0].id}/restoration")

    assert dict(drafts.files_of(course)) == before
    assert len(kept(course)) == 1  # what stood between was version 1


def test_bringing_back_one_kept_draft_keeps_the_other(trainer: Browser, cast: Cast):
    course = cast.version.course
    write(cast)
    trainer.post(f"{DESK}/versions/1/restoration")
    write(cast, "另一句话。\n")

    trainer.post(f"{DESK}/kept-drafts/{kept(course)[0].id}/restoration")
    trainer.post(f"{DESK}/kept-drafts/{kept(course)[1].id}/restoration")

    assert "另一句话。" in words(course) and len(kept(course)) == 2


def test_restoring_over_what_is_published_keeps_nothing(trainer: Browser, cast: Cast):
    page = trainer.post(f"{DESK}/versions/1/restoration")
    publish(None, {PAGE: (SMALL_COURSE / PAGE).read_text(encoding="utf-8") + MINE})
    trainer.post(f"{DESK}/versions/1/restoration")

    assert kept(cast.version.course) == [] and "留着的草稿" not in page.text
    assert MINE not in words(cast.version.course)


def test_loading_a_course_again_keeps_what_was_not_published(cast: Cast):
    write(cast)
    course = cast.version.course

    publishing.load("light", folder.read(SMALL_COURSE, "light"), by=None, now=SPRING)

    assert MINE not in words(course) and course.versions.count() == 1
    drafts.restore(course, kept(course)[0], by=cast.trainer.id, now=SPRING)
    assert MINE in words(course)


def test_revisions_of_a_path_keep_rising_when_its_file_comes_anew(cast: Cast):
    course = cast.version.course
    for sentence in ("一。\n", "二。\n"):
        write(cast, sentence)
    open_since = drafts.file(course, PAGE).revision

    drafts.remove(course, PAGE)
    anew = drafts.save(course, PAGE, b"anew", base=0, by=cast.trainer.id, now=SPRING)

    assert anew.revision > open_since
    with pytest.raises(drafts.Edited):
        drafts.save(course, PAGE, b"from an old tab", base=open_since, by=cast.trainer.id, now=SPRING)
    with pytest.raises(drafts.Edited):
        drafts.save(course, PAGE, b"from a first tab", base=1, by=cast.trainer.id, now=SPRING)


@pytest.mark.parametrize("how", ["version", "folder", "lesson"])
def test_a_page_that_was_open_since_before_cannot_be_saved_over_what_came_anew(cast: Cast, how: str):
    course, by = cast.version.course, cast.trainer.id
    files = folder.read(SMALL_COURSE, "light")
    opened = drafts.file(course, PAGE)
    if how == "lesson":
        outline.remove_lesson(Draft(course), "sun", by=by, now=SPRING)
    else:
        drafts.remove(course, PAGE)

    if how == "version":
        drafts.restore(course, CourseVersion.get(CourseVersion.course == course), by=by, now=SPRING)
    else:
        publishing.put_draft(course, files, by=by, now=SPRING)

    with pytest.raises(drafts.Edited):
        drafts.save(course, PAGE, b"from an old tab", base=opened.revision, by=by, now=SPRING)


def test_nobody_else_brings_a_kept_draft_back(stranger: Browser, cast: Cast):
    write(cast)
    course = cast.version.course
    drafts.restore(course, cast.version, by=cast.trainer.id, now=SPRING)

    stranger.post(f"{DESK}/kept-drafts/{kept(course)[0].id}/restoration", status=404)

    assert MINE not in words(course)
