"""A page read aloud sentence by sentence, and the one recording that is made of it."""

from __future__ import annotations

import io
import threading
from itertools import pairwise
from pathlib import Path

import pytest

from lms import ffmpeg, jobs
from lms.accounts import people
from lms.authoring import readings, takes
from lms.authoring.desk import Draft
from lms.authoring.models import Take
from lms.catalogue import course, drafts, lint, speech, store
from lms.catalogue.models import Course
from lms.db import utc_now
from lms.errors import Conflict, Refused
from lms.submissions import freeing
from tests.browser import Browser
from tests.cast import Cast
from tests.submissions.samples import by_ffmpeg

ROOM = "/teach/courses/light/lessons/sun/reading/zh"


def said(seconds: float = 1, *, before: float = 0.6, pitch: int = 220, suffix: str = "webm") -> bytes:
    """Somebody says something, with silence on both sides, as a browser records it."""
    tone = f"sine=frequency={pitch}:duration={seconds},tremolo=f=4:d=0.9,volume=0.5"
    around = f"{tone},adelay={int(before * 1000)},apad=pad_dur=0.7"
    return by_ffmpeg(f"said.{suffix}", "-f", "lavfi", "-i", around, "-ac", "1", "-t", str(before + seconds + 0.7))


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Jobs are done at once."""
    monkeypatch.setattr(jobs.Line.lengthy, "immediate", True)


@pytest.fixture(scope="module")
def voice() -> bytes:
    """One sentence, for tests that need many."""
    return said(0.4, before=0.2)


def page_of(cast: Cast, lang: str = "zh", track: str = "") -> takes.Spoken:
    return takes.spoken(Draft(Course.get_by_id(cast.version.course_id)), "sun", lang, track)


def say_all(cast: Cast, voice: bytes, *, but: int = 0, track: str = "") -> takes.Spoken:
    """All sentences of the page but for the last ones."""
    page = page_of(cast, track=track)
    for sentence in page.script[: len(page.script) - but]:
        takes.keep(page, sentence.id, voice, by=cast.trainer.id, now=utc_now())
    return page_of(cast, track=track)


def made(cast: Cast, track: str = "") -> tuple[bytes, speech.Spans]:
    """The reading in the draft."""
    stem = f"sun/{speech.stem('zh', track)}"
    files = Draft(Course.get_by_id(cast.version.course_id)).files
    return files[f"{stem}.m4a"], speech.spans(files[f"{stem}{speech.TIMINGS}"]) or {}


@pytest.mark.parametrize("suffix", ["webm", "m4a", "ogg"])
def test_the_silence_around_a_sentence_goes_whatever_browser_recorded_it(cast: Cast, suffix: str):
    page = page_of(cast)

    take, heard = takes.keep(page, page.script[0].id, said(suffix=suffix), by=cast.trainer.id, now=utc_now())

    assert 1 < take.seconds < 1.5 and not heard.is_clipped
    assert take.text == page.script[0].text
    assert len(store.media.get(take.digest)) < 20_000


def test_a_sentence_said_again_takes_the_place_of_the_one_before_and_frees_its_bytes(cast: Cast):
    page = page_of(cast)
    first, _ = takes.keep(page, page.script[0].id, said(), by=cast.trainer.id, now=utc_now())
    second, _ = takes.keep(page, page.script[0].id, said(pitch=330), by=cast.trainer.id, now=utc_now())

    assert [row.digest for row in page.rows] == [second.digest]
    assert first.digest not in set(store.media.digests())


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (lambda: b"no sound at all", "MP4"),
        (lambda: by_ffmpeg("still.webm", "-f", "lavfi", "-i", "anullsrc=r=48000:cl=mono", "-t", "2"), "没听到人声"),
        (lambda: b"\x1aE\xdf\xa3" + bytes(500), "录音"),
        (lambda: b"\x1aE\xdf\xa3" + bytes(takes.MOST_BYTES), "一分钟"),
    ],
)
def test_what_is_no_sentence_is_refused_and_the_one_before_stays(cast: Cast, content, why: str):
    page = page_of(cast)
    kept, _ = takes.keep(page, page.script[0].id, said(), by=cast.trainer.id, now=utc_now())

    with pytest.raises(Refused, match=why):
        takes.keep(page, page.script[0].id, content(), by=cast.trainer.id, now=utc_now())

    assert [row.digest for row in page.rows] == [kept.digest]


def test_a_sentence_that_is_gone_is_told(cast: Cast, voice: bytes):
    with pytest.raises(Conflict, match="刷新"):
        takes.keep(page_of(cast), "00000000", voice, by=cast.trainer.id, now=utc_now())


def test_two_who_say_the_same_sentence_at_once_leave_one(cast: Cast, voice: bytes, monkeypatch: pytest.MonkeyPatch):
    page = page_of(cast)
    first, _ = takes.keep(page, page.script[0].id, voice, by=cast.trainer.id, now=utc_now())
    put, kept = store.media.put, [first.digest]
    monkeypatch.setattr(store.media, "put", lambda content: kept.append(put(content)) or kept[-1])
    deeds = [
        threading.Thread(target=takes.keep, args=(page, page.script[0].id, sound), kwargs={"by": by, "now": utc_now()})
        for by, sound in ((cast.trainer.id, said(pitch=337)), (cast.admin.id, said(pitch=443)))
    ]
    for deed in deeds:
        deed.start()
    for deed in deeds:
        deed.join()
    freeing.catch_up()

    [left] = page.rows
    assert len(set(kept)) == 3 and set(kept) & set(store.media.digests()) == {left.digest}


def test_with_the_last_sentence_the_reading_is_made_small_and_with_each_one_s_place(cast: Cast, voice: bytes, tmp_path):
    almost = say_all(cast, voice, but=1)
    assert not almost.is_made and "sun/zh.m4a" not in almost.draft.rows

    page = say_all(cast, voice)
    content, spans = made(cast)

    length = ffmpeg.seconds(ffmpeg.told(written(tmp_path, content)))
    assert list(spans) == [one.id for one in page.script]
    assert length == pytest.approx(max(ends for _, ends in spans.values()) + readings.GAP, abs=0.2)
    assert 20_000 < len(content) * 8 / length < 40_000  # bits a second
    assert page_of(cast).is_made


def test_each_sentence_is_heard_where_the_timings_say(cast: Cast, tmp_path: Path):
    page = page_of(cast)
    for number, sentence in enumerate(page.script):
        takes.keep(page, sentence.id, said(0.5, pitch=300 + 40 * number), by=cast.trainer.id, now=utc_now())
    content, spans = made(cast)
    samples = takes.decoded(content)

    for number, (begins, ends) in enumerate(spans.values()):
        middle = int((begins + ends) / 2 * takes.RATE)
        around = samples[middle - 2400 : middle + 2400]
        crossings = sum(a < 0 <= b for a, b in pairwise(around)) / 0.2
        assert crossings == pytest.approx(300 + 40 * number, abs=15)


def written(place: Path, content: bytes) -> Path:
    path = place / "made.m4a"
    path.write_bytes(content)
    return path


def test_a_changed_sentence_alone_is_to_be_said_again(cast: Cast, trainer: Browser, voice: bytes):
    page = say_all(cast, voice)
    made(cast)
    edit = "/teach/courses/light/lessons/sun/zh"
    text = page.draft.files["sun/zh.md"].decode().replace("早上拍", "傍晚拍")

    trainer.post(edit, text=text, base=page.draft.rows["sun/zh.md"].revision)

    changed = page_of(cast)
    assert (changed.missing, changed.is_made) == (1, False)
    assert f"录了 {len(page.script) - 1} 句，共 {len(page.script)} 句" in trainer.get(ROOM).text


def test_a_sentence_that_is_cut_may_be_the_last_that_was_missing(cast: Cast, trainer: Browser, voice: bytes):
    page = say_all(cast, voice, but=1)
    last = page.script[-1].text
    text = page.draft.files["sun/zh.md"].decode()
    assert last in text

    trainer.post(
        "/teach/courses/light/lessons/sun/zh", text=text.replace(last, ""), base=page.draft.rows["sun/zh.md"].revision
    )
    trainer.get(ROOM)

    assert page_of(cast).is_made


def test_a_recording_that_was_sent_whole_stays_and_the_room_says_so(cast: Cast, trainer: Browser, voice: bytes):
    draft = page_of(cast).draft
    drafts.save(draft.course, "sun/zh.m4a", voice, base=0, by=cast.trainer.id, now=utc_now())

    page = say_all(cast, voice)

    assert page.draft.files["sun/zh.m4a"] == voice and not page.is_made
    assert "整段录好传上来的" in trainer.get(ROOM).text


def test_a_dialect_is_a_reading_of_its_own_that_loads_and_publishes(cast: Cast, trainer: Browser, voice: bytes):
    say_all(cast, voice, track="皖北话")
    made(cast, "皖北话")

    draft = Draft(Course.get_by_id(cast.version.course_id))
    trainer.post("/teach/courses/light/publish", seen=draft.state, note="")
    files = Draft(Course.get_by_id(cast.version.course_id)).files
    lesson = course.parse(files)[0].lessons[0]

    assert [one for one in lint.check(files) if "皖北话" in one.path] == []
    assert [one.name for one in speech.tracks(lesson.id, "zh", files, speech.somewhere)] == ["皖北话"]
    assert "皖北话" in trainer.get(ROOM).text and "皖北话" in trainer.get("/courses/light/sun").text


@pytest.mark.parametrize("name", ["a/b", "..", "x" * 17, "a.b", "两 个"])
def test_a_name_that_cannot_be_a_file_s_is_refused(cast: Cast, name: str):
    with pytest.raises(Refused, match="名字"):
        page_of(cast, track=name)


def test_the_room_tells_what_to_say_and_takes_a_file_without_script(cast: Cast, trainer: Browser, voice: bytes):
    sentence = page_of(cast).script[1]

    page = trainer.post(ROOM, sentence=sentence.id, track="", file=(io.BytesIO(voice), "a.webm"))

    assert "存好了" in page.text and sentence.text in page.text
    assert page_of(cast).tracks == []
    assert "录了 1 句" in page.text


def test_a_script_hears_what_became_of_it_and_the_sound_can_be_heard(cast: Cast, trainer: Browser, voice: bytes):
    sentence = page_of(cast).script[0]
    fields = {"sentence": sentence.id, "track": "", "file": (io.BytesIO(voice), "a.webm")}
    headers = {"X-CSRF-Token": trainer.token(), "Accept": "application/json"}
    answer = trainer.client.post(ROOM, data=fields, headers=headers)

    sound = trainer.client.get(answer.json["sound"], headers={"Range": "bytes=0-99"})

    assert answer.json["missing"] == len(page_of(cast).script) - 1
    assert (sound.status_code, sound.mimetype, len(sound.data)) == (206, "audio/mp4", 100)


def test_beginning_anew_forgets_the_sentences_and_keeps_the_reading(cast: Cast, trainer: Browser, voice: bytes):
    say_all(cast, voice)
    content, _ = made(cast)

    trainer.post(f"{ROOM}/removal", track="")

    assert not page_of(cast).takes
    assert page_of(cast).draft.files["sun/zh.m4a"] == content


def test_the_voice_of_an_erased_trainer_goes_and_the_reading_stays(cast: Cast, voice: bytes):
    say_all(cast, voice)
    content, _ = made(cast)
    digests = {row.digest for row in page_of(cast).rows}

    people.erase(cast.trainer, by=cast.admin.id, now=utc_now())

    assert not Take.select().exists() and not digests & set(store.media.digests())
    assert page_of(cast).draft.files["sun/zh.m4a"] == content


def test_a_page_whose_text_changes_while_it_is_put_together_is_left_as_it_is(cast: Cast, voice: bytes):
    page = say_all(cast, voice, but=1)

    readings.put_together(page.draft.course.id, "sun", "zh", "")
    readings.put_together(page.draft.course.id, "gone", "zh", "")
    readings.put_together(10**6, "sun", "zh", "")

    assert "sun/zh.m4a" not in page_of(cast).draft.rows


def test_more_than_a_minute_is_refused_and_never_cut(cast: Cast):
    page = page_of(cast)

    with pytest.raises(Refused, match="一分钟"):
        takes.keep(page, page.script[0].id, said(70, suffix="m4a"), by=cast.trainer.id, now=utc_now())


def test_an_older_reading_that_a_restored_draft_brings_back_is_not_taken_for_the_new_one(cast: Cast, voice: bytes):
    page = say_all(cast, voice)
    old, _ = made(cast)
    timings = page_of(cast).draft.files["sun/zh.timings.json"]
    takes.keep(page_of(cast), page.script[0].id, said(2), by=cast.trainer.id, now=utc_now())
    assert page_of(cast).is_made

    drafts.overwrite(page.draft.course, {"sun/zh.m4a": old, "sun/zh.timings.json": timings}, by=None, now=utc_now())

    assert not page_of(cast).is_made


def test_with_a_lesson_go_the_voices_that_read_it(cast: Cast, trainer: Browser, voice: bytes):
    page = page_of(cast)
    takes.keep(page, page.script[0].id, voice, by=cast.trainer.id, now=utc_now())

    trainer.post("/teach/courses/light/lessons/sun/removal")

    assert not Take.select().exists()
