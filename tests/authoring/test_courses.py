"""My courses: making, loading, settling, saving and archiving them."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from lms.audit import AuditEntry
from lms.authoring.desk import Draft
from lms.catalogue import drafts, reading
from lms.catalogue.models import Course, DraftFile
from lms.learning import looking
from lms.learning.models import LessonFault
from tests.browser import Browser, Page
from tests.cast import SMALL_COURSE, SPRING, Cast


def zipped(folder: Path = SMALL_COURSE) -> io.BytesIO:
    """A folder as an archive."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                archive.write(path, f"{folder.name}/{path.relative_to(folder).as_posix()}")
    return io.BytesIO(held.getvalue())


def send_archive(browser: Browser, content: io.BytesIO, status: int = 200, **fields):
    """Load an archive as the form does."""
    return browser.post("/teach/courses/load", status=status, archive=(content, "light.zip"), **fields)


def bees() -> io.BytesIO:
    """An archive of a course that nobody has yet."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("course.toml", 'lessons = ["hive"]\n[title]\nzh = "养蜂"\n')
        archive.writestr("hive/zh.md", "---\ntitle: 蜂箱\nminutes: 3\n---\n蜂箱朝南放。\n")
    return io.BytesIO(held.getvalue())


def held(page: Page) -> str:
    """What names the files that wait for an answer."""
    return page.all("input", name="held")[0]["value"]


def load_beside(browser: Browser, name: str, **sent) -> Page:
    """Load files of a title that is there as a course of their own."""
    page = browser.post("/teach/courses/load", name=name, **sent)
    return browser.post("/teach/courses/load/addition", held=held(page), name=name)


def test_a_new_course_has_a_lesson_in_both_languages_to_write_over(trainer: Browser, cast: Cast):
    page = trainer.post("/teach/courses/new", title_zh="养蜂", title_en="Beekeeping")
    course = Course.get(Course.slug == "beekeeping")
    assert "养蜂" in page.text
    assert course.author_id == cast.trainer.id
    assert {problem.code for problem in Draft(course).errors} == {"sample"}
    assert sorted(Draft(course).rows) == [
        "course.toml",
        "first/en.md",
        "first/quiz.en.md",
        "first/quiz.zh.md",
        "first/zh.md",
    ]


def test_a_new_course_needs_no_english_and_gets_an_address_of_its_own(trainer: Browser):
    for _once in range(2):
        page = trainer.post("/teach/courses/new", title_zh="养蜂", title_en="")
    draft = Draft(Course.get(Course.slug == "course-2"))
    assert "养蜂" in page.text
    assert sorted(draft.rows) == ["course.toml", "first/quiz.zh.md", "first/zh.md"]
    assert "one_language" in [one.code for one in draft.problems if one.severity == "warning"]


def test_an_address_that_cannot_be_one_is_refused_and_what_was_typed_stays(trainer: Browser):
    page = trainer.post("/teach/courses/new", title_zh="养蜂", title_en="", name="蜂", status=422)
    assert "小写字母" in page.text
    assert page.all("input", name="title_zh")[0]["value"] == "养蜂"


def test_a_name_that_is_taken_is_said_so(trainer: Browser, cast: Cast):
    page = trainer.post("/teach/courses/new", title_zh="光", title_en="Light", status=422)
    assert "light" in page.text


def test_the_list_says_what_is_published_changed_and_reported(trainer: Browser, cast: Cast):
    row = drafts.file(cast.version.course, "sun/zh.md")
    drafts.save(cast.version.course, row.path, b"---\ntitle: X\n---\nY", base=1, by=cast.trainer.id, now=SPRING)
    LessonFault.create(
        course=cast.version.course,
        version=cast.version,
        lesson_key="sun",
        person=cast.trainee,
        kind="unclear",
        reported_at=SPRING,
    )
    page = trainer.get("/teach")
    assert "拍摄入门" in page.text and "第 1 版" in page.text and "改过" in page.text
    assert "/teach/faults?q=light" in page.links()


def test_another_trainer_meets_nothing_of_it(stranger: Browser, cast: Cast):
    assert "拍摄入门" not in stranger.get("/teach").text
    for address in ("", "/settings", "/publish", "/versions", "/archive", "/export.zip", "/lessons/sun/zh"):
        stranger.get(f"/teach/courses/light{address}", status=404)


def test_the_administrator_opens_every_course(admin: Browser, cast: Cast):
    assert "拍摄入门" in admin.get("/teach/courses/light").text


def test_an_archive_becomes_a_draft_and_comes_back_byte_for_byte(trainer: Browser, cast: Cast):
    page = load_beside(trainer, "sun-course", archive=(zipped(), "light.zip"))
    assert "草稿里有" in page.text
    answer = trainer.client.get("/teach/courses/sun-course/export.zip")
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    mine = {path.relative_to(SMALL_COURSE).as_posix(): path.read_bytes() for path in SMALL_COURSE.rglob("*.*")}
    assert {name: files.get(name) for name in mine} == mine


def test_a_folder_of_the_browser_becomes_a_draft(trainer: Browser, cast: Cast):
    sent = [
        (io.BytesIO(path.read_bytes()), f"light/{path.relative_to(SMALL_COURSE).as_posix()}")
        for path in sorted(SMALL_COURSE.rglob("*.*"))
    ]
    load_beside(trainer, "from-folder", files=sent)
    assert "sun/zh.md" in Draft(Course.get(Course.slug == "from-folder")).rows


def test_a_folder_of_plain_notes_becomes_a_course(trainer: Browser, cast: Cast):
    sent = [(io.BytesIO("# 先擦镜头\n\n擦一擦。\n".encode()), "笔记/一.md"), (io.BytesIO(b"MZ\x00"), "笔记/装.exe")]
    page = trainer.post("/teach/courses/load", files=sent, name="notes")
    assert "装.exe" in page.text
    assert Draft(Course.get(Course.slug == "notes")).parsed.lessons


def test_an_archive_of_a_course_that_is_not_there_becomes_a_draft_at_once(trainer: Browser, cast: Cast):
    send_archive(trainer, bees(), name="bees")
    assert Draft(Course.get(Course.slug == "bees")).title("zh") == "养蜂"


def test_an_archive_of_a_course_that_is_there_asks_before_anything_is_loaded(trainer: Browser, cast: Cast):
    page = trainer.post("/teach/courses/load", archive=(zipped(), "light-draft.zip"), name="")
    assert "已经有一门课" in page.text and "拍摄入门" in page.text and "light" in page.text
    assert page.all("input", name="name")[0]["value"] == "light-2"
    assert [row.slug for row in Course.select()] == ["light"] and not drafts.is_changed(cast.version.course)


def test_it_replaces_the_draft_that_is_chosen_and_twice_changes_nothing(trainer: Browser, cast: Cast):
    row = drafts.file(cast.version.course, "sun/zh.md")
    drafts.save(cast.version.course, row.path, b"---\ntitle: X\n---\nY", base=1, by=cast.trainer.id, now=SPRING)
    token = held(trainer.post("/teach/courses/load", archive=(zipped(), "light-draft.zip"), name=""))
    for _twice in range(2):
        trainer.post("/teach/courses/load/replacement", held=token, course="light")
        revisions = [(row.path, row.revision) for row in DraftFile.select().order_by(DraftFile.id)]
    assert ("sun/zh.md", 3) in revisions and not drafts.is_changed(cast.version.course)


def test_it_becomes_a_second_course_and_the_list_tells_them_apart(trainer: Browser, cast: Cast):
    load_beside(trainer, "light-2", archive=(zipped(), "light-draft.zip"))
    page = trainer.get("/teach")
    assert page.text.count("拍摄入门") == 2 and "light-2" in page.text


def test_a_second_course_needs_an_address_that_is_free(trainer: Browser, cast: Cast):
    token = held(trainer.post("/teach/courses/load", archive=(zipped(), "light.zip"), name=""))
    page = trainer.post("/teach/courses/load/addition", held=token, name="light", status=422)
    assert "已经有课用了" in page.text
    assert held(page) == token


def test_the_address_that_was_wanted_is_asked_about_again_when_the_new_one_is_taken(trainer: Browser, cast: Cast):
    token = held(trainer.post("/teach/courses/load", archive=(bees(), "bees.zip"), name="light"))
    page = trainer.post("/teach/courses/load/addition", held=token, name="light", status=422)
    assert "已经有课用了" in page.text and "拍摄入门" in page.text


def test_files_that_wait_are_for_who_sent_them_alone(trainer: Browser, admin: Browser, stranger: Browser, cast: Cast):
    token = held(trainer.post("/teach/courses/load", archive=(zipped(), "light.zip"), name=""))
    admin.post("/teach/courses/load/addition", held=token, name="mine", status=422)
    trainer.post("/teach/courses/load/addition", held=token + "x", name="mine", status=422)
    stranger.post("/teach/courses/load/replacement", held=token, course="light", status=422)
    assert Course.select().count() == 1


def test_somebody_elses_course_is_never_loaded_over(stranger: Browser, cast: Cast):
    send_archive(stranger, zipped(), name="light", status=422)
    send_archive(stranger, zipped(), name="mine")
    token = held(send_archive(stranger, zipped(), name="mine"))
    stranger.post("/teach/courses/load/replacement", held=token, course="light", status=404)
    assert Course.get(Course.slug == "light").author_id == cast.trainer.id


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "light/../../x.md"])
def test_a_file_that_leads_out_of_its_folder_is_refused(trainer: Browser, cast: Cast, name: str):
    sent = [(io.BytesIO(b"x"), name)]
    page = trainer.post("/teach/courses/load", files=sent, name="evil", status=422)
    assert "外面" in page.text
    assert not Course.select().where(Course.slug == "evil").exists()


def test_an_archive_that_leads_out_of_itself_leaves_nothing(trainer: Browser, cast: Cast):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("../../evil.md", "# x")
    send_archive(trainer, io.BytesIO(held.getvalue()), name="evil", status=422)
    assert not Course.select().where(Course.slug == "evil").exists()


def test_settings_are_written_where_they_stand(trainer: Browser, cast: Cast):
    fields = {"title_zh": "拍摄", "title_en": "Shooting", "summary_zh": "", "summary_en": "", "hours": "2"}
    trainer.post("/teach/courses/light/settings", **fields, requires=["read", "check"], valid_months="24", complete="y")
    text = drafts.text(drafts.file(cast.version.course, "course.toml"))
    assert text.startswith('order = 1\nicon = "camera"\nhours = 2\ncomplete = true\nrequires = ["read", "check"]\n')
    assert "valid_months = 24\n" in text and 'zh = "拍摄"\n' in text


def test_a_course_in_chinese_alone_is_settled_without_an_english_title(trainer: Browser, cast: Cast):
    trainer.post("/teach/courses/new", title_zh="养蜂", title_en="", name="bees")
    fields = {"title_zh": "养蜂入门", "title_en": "", "summary_zh": "", "summary_en": "", "hours": "1"}
    trainer.post("/teach/courses/bees/settings", **fields, requires=["read"])
    assert Draft(Course.get(Course.slug == "bees")).contents["title"] == {"zh": "养蜂入门"}


def test_settings_kept_as_they_are_change_no_byte(trainer: Browser, cast: Cast):
    page = trainer.get("/teach/courses/light/settings")
    fields = {name: page.all("input", name=name)[0]["value"] for name in ("title_zh", "title_en", "hours")}
    summaries = {f"summary_{lang}": page.all("input", name=f"summary_{lang}")[0]["value"] for lang in ("zh", "en")}
    kinds = ["read", "check", "quiz"]
    trainer.post("/teach/courses/light/settings", **fields, **summaries, requires=kinds, complete="y")
    assert not drafts.is_changed(cast.version.course)


def test_archiving_asks_first_and_says_whom_it_concerns(trainer: Browser, cast: Cast):
    page = trainer.get("/teach/courses/light/archive")
    assert "没开始" in page.text and "2" in page.text
    trainer.post("/teach/courses/light/archive")
    assert Course.get(Course.slug == "light").archived_at
    assert AuditEntry.get(AuditEntry.action == "course.archived").actor_id == cast.trainer.id


def test_an_archived_course_goes_on_for_who_is_enrolled_and_comes_back(trainer: Browser, cast: Cast):
    trainer.post("/teach/courses/light/archive")
    assert looking.standing("light", cast.trainee).enrolment
    trainer.post("/teach/courses/light/return")
    assert reading.published("light")


def test_help_is_there_in_both_languages(trainer: Browser):
    assert "讲师怎么用" in trainer.get("/teach/help").text
    assert "Help for trainers" in trainer.get("/teach/help?lang=en").text
    assert "太阳在你背后" in trainer.get("/teach/help/format?lang=zh").text


@pytest.mark.parametrize(
    ("address", "words"),
    [("/teach", "拍摄入门"), ("/teach/courses/light/versions", "2026-03-02"), ("/teach/cohorts", "2026 春季班")],
)
def test_every_list_comes_as_a_file(trainer: Browser, cast: Cast, address: str, words: str):
    assert words in trainer.client.get(f"{address}?format=csv").data.decode("utf-8-sig")
    assert trainer.client.get(f"{address}?format=xlsx").data[:2] == b"PK"
    assert f"{address}?format=csv" in trainer.get(address).links()


def test_versions_are_found_by_what_they_were_about(trainer: Browser, cast: Cast):
    assert "第 1–1 条" not in trainer.get("/teach/courses/light/versions?q=蜂蜜").text
