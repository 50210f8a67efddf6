"""Handing in: whole or not at all, once however often it is sent, and nothing of a trainee's is ever lost."""

from __future__ import annotations

import io
import threading
from datetime import timedelta

import pytest
from PIL import Image

from lms.accounts import ages
from lms.accounts.models import Person
from lms.catalogue import publishing, store
from lms.catalogue.models import CourseVersion
from lms.db import database, utc_now
from lms.errors import Conflict, Refused
from lms.learning.models import Enrolment
from lms.programmes.models import DueDate
from lms.submissions import freeing, handing_in
from lms.submissions.handing_in import NewPiece
from lms.submissions.models import Piece, Submission, Upload
from tests.browser import Browser
from tests.cast import SMALL_COURSE, SPRING, Cast, load_course
from tests.learning.asking import publish_kinds
from tests.learning.deeds import CHINA
from tests.submissions import samples, tasked
from tests.submissions.tasked import PAGE, hand_in, upload, written

pytestmark = pytest.mark.usefixtures("task")


def of_age(cast: Cast, band: str) -> Person:
    """Xiulan at another age."""
    Person.update(age_band=band).where(Person.id == cast.trainee.id).execute()
    return Person.get_by_id(cast.trainee.id)


def test_at_fifteen_a_live_task_is_refused_and_its_page_says_why_and_what_to_do(xiulan: Browser, cast: Cast):
    tasked.with_task(cast, " live=yes")
    of_age(cast, "14-15")

    page = xiulan.get(PAGE)

    assert "当主播要满 16 岁" in page.text and "另给你布置" in page.text
    assert not page.all("textarea", name="words")
    with pytest.raises(Refused, match="16"):
        hand_in(Enrolment.get_by_id(cast.enrolment.id), written())
    assert not Submission.select().exists()


def test_at_seventeen_a_live_task_opens_when_a_guardian_agrees(xiulan: Browser, cast: Cast):
    tasked.with_task(cast, " live=yes")
    who = of_age(cast, "16-17")
    assert any(link.startswith("/me/guardian") for link in xiulan.get(PAGE).links())

    ages.guardian_agrees(who, "张大山", "father", by=who.id, now=SPRING)

    assert "家里管你的人" not in xiulan.get(PAGE).text
    assert xiulan.get(PAGE).all("textarea", name="words")
    assert hand_in(Enrolment.get_by_id(cast.enrolment.id), written())


def test_words_wait_for_the_trainer_at_once(cast: Cast):
    submission = hand_in(cast.enrolment, written("这藕是我家塘里的。"))

    assert (submission.number, submission.state) == (1, "waiting")
    assert [piece.text for piece in submission.in_order()] == ["这藕是我家塘里的。"]


def test_the_same_hand_in_again_changes_nothing(cast: Cast):
    token = upload(cast.trainee, samples.photo())
    piece = NewPiece("photo", upload=token)

    first = hand_in(cast.enrolment, piece, client_id="the-same-number")
    again = hand_in(cast.enrolment, piece, client_id="the-same-number")

    assert first == again and Piece.select().count() == 1


def test_the_same_number_with_something_else_is_refused(cast: Cast):
    hand_in(cast.enrolment, written("一"), client_id="the-same-number")

    with pytest.raises(Conflict):
        hand_in(cast.enrolment, written("二"), client_id="the-same-number")


@pytest.mark.parametrize("anew", [False, True], ids=["the same upload", "uploaded once more"])
def test_a_lost_answer_makes_no_second_try_and_no_refusal(xiulan: Browser, cast: Cast, anew: bool):
    headers = {"X-CSRF-Token": xiulan.token(), "Accept": "application/json"}
    token, numbers = upload(cast.trainee, samples.photo()), []
    for _answer in ("lost", "heard"):
        form = {"event": "a-number-1", "others": "nobody", "piece-0-kind": "photo", "piece-0-upload": token}
        answer = xiulan.client.post(f"{PAGE}/submissions", data=form, headers=headers)
        numbers.append((answer.status_code, answer.json["submission"]))
        token = upload(cast.trainee, samples.photo()) if anew else token

    assert numbers == [(201, Submission.get().id)] * 2
    assert Upload.select().count() == (1 if anew else 0)  # the one begun after the second answer


def test_a_lost_answer_is_made_good_even_when_the_course_has_changed_since(cast: Cast):
    first = hand_in(cast.enrolment, written(), client_id="the-same-number")
    Enrolment.update(version=load_course(SMALL_COURSE)).execute()

    assert hand_in(Enrolment.get_by_id(cast.enrolment.id), written(), client_id="the-same-number") == first


def test_the_same_number_with_another_file_is_refused(cast: Cast):
    pieces = [NewPiece("photo", upload=upload(cast.trainee, samples.photo(width))) for width in (2400, 1200)]
    hand_in(cast.enrolment, pieces[0], client_id="the-same-number")

    with pytest.raises(Conflict):
        hand_in(cast.enrolment, pieces[1], client_id="the-same-number")


def test_of_a_plain_form_whose_second_file_is_refused_the_first_does_not_stay(xiulan: Browser, cast: Cast):
    files = [(io.BytesIO(samples.photo()), "pond.jpg"), (io.BytesIO(b"MZ" + bytes(5000)), "pond.exe")]

    page = xiulan.post(f"{PAGE}/submissions", 415, event="a-number-1", others="nobody", file=files)

    assert not Upload.select().exists() and not Submission.select().exists()
    assert "pond.exe：" in page.text


def test_what_is_refused_comes_back_with_all_that_was_written(xiulan: Browser, cast: Cast):
    tasked.with_task(cast, " peers=yes")
    file = (io.BytesIO(b"MZ" + bytes(5000)), "pond.exe")
    form = {"event": "a-number-1", "others": "agreed", "show": "yes", "words": "请老师看", "text": "好藕", "file": file}

    page = xiulan.post(f"{PAGE}/submissions", 415, **form)

    assert {field["value"] for field in page.all("input") if "checked" in field} == {"agreed", "yes"}
    assert "请老师看" in page.html and "好藕" in page.html and "重新选一下文件" in page.text


def test_signs_that_no_database_takes_are_left_out(xiulan: Browser, cast: Cast):
    form = {
        "event": "a-number-1",
        "others": "nobody",
        "words": "看\x00看",
        "piece-0-kind": "text",
        "piece-0-name": "a\x00",
    }
    form |= {"piece-0-text": "好\x00藕\n脆", "piece-0-verdicts": '{"light": "a\\u0000b"}', "text": "又\x00一段"}

    xiulan.post(f"{PAGE}/submissions", **form)

    first, second = Submission.get().in_order()
    assert (Submission.get().words, first.text, second.text) == ("看看", "好藕\n脆", "又一段")
    assert first.verdicts == {"light": "ab"}


def test_two_at_once_are_two_tries(cast: Cast):
    enrolment, done = cast.enrolment, []

    def send(words: str) -> None:
        with database.connection_context():
            done.append(hand_in(enrolment, written(words)).number)

    threads = [threading.Thread(target=send, args=(words,)) for words in ("一", "二")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(done) == [1, 2]


def test_a_photo_is_kept_small_upright_and_without_the_place_where_it_was_taken(cast: Cast):
    token = upload(cast.trainee, samples.photo(2400, 1800, turned=6), "IMG_1.jpg")

    piece = hand_in(cast.enrolment, NewPiece("photo", upload=token)).in_order()[0]
    kept = Image.open(io.BytesIO(store.media.get(piece.digest)))

    assert (kept.format, kept.size, piece.state) == ("WEBP", (1200, 1600), "ready")
    assert not kept.getexif() and Image.open(io.BytesIO(store.media.get(piece.poster))).width == 240


def test_the_photo_as_it_came_is_gone_afterwards(cast: Cast):
    token = upload(cast.trainee, samples.photo())
    came = Upload.get(Upload.token == token).digest

    hand_in(cast.enrolment, NewPiece("photo", upload=token))

    assert came not in set(store.media.digests()) and not Upload.select().exists()


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (samples.bomb(), "pond.png", "像素太多"),
        (samples.photo()[:3000], "pond.jpg", "打不开"),
        (b"\x00\x00\x00\x18ftypmp42" + b"x" * 5000, "he.mp4", "播不了"),
    ],
    ids=["picture bomb", "broken photo", "broken video"],
)
def test_what_cannot_be_shown_is_told_and_leaves_nothing_half(xiulan: Browser, cast: Cast, content, name, says):
    before = set(store.media.digests())
    token = upload(cast.trainee, content, name)

    page = xiulan.post(
        f"{PAGE}/submissions",
        422,
        **{"event": "a-number-1", "others": "nobody", "piece-0-kind": "video", "piece-0-upload": token},
    )

    assert says in page.text and not Submission.select().exists() and not Upload.select().exists()
    assert set(store.media.digests()) == before


def test_a_video_that_has_not_come_whole_is_waited_for(cast: Cast):
    from lms.submissions import uploads

    begun = uploads.begin(cast.trainee, 100, name="he.mp4", kind="", most_mb=200, now=utc_now())

    with pytest.raises(Conflict, match=r"he\.mp4"):
        hand_in(cast.enrolment, NewPiece("video", upload=begun.token))
    assert Upload.select().count() == 1


def test_nobody_hands_in_what_another_uploaded(cast: Cast):
    token = upload(cast.left, samples.photo())

    from lms.errors import NotFound

    with pytest.raises(NotFound):
        hand_in(cast.enrolment, NewPiece("photo", upload=token))


def test_whether_others_agreed_is_asked_of_pictures(cast: Cast):
    token = upload(cast.trainee, samples.photo())

    with pytest.raises(Refused, match="镜头里"):
        hand_in(cast.enrolment, NewPiece("photo", upload=token), others="")


def test_after_the_day_it_is_taken_and_told_whatever_the_phone_says(cast: Cast):
    now = utc_now()
    DueDate.create(
        cohort=cast.cohort, course=cast.version.course, lesson_key="sun", due_on=(now - timedelta(days=2)).date()
    )

    submission = hand_in(cast.enrolment, written(), happened_at=now - timedelta(days=5), now=now)
    wrong = hand_in(cast.enrolment, written(), happened_at=now + timedelta(days=400), now=now)

    assert submission.late and wrong.late and wrong.happened_at == now


def test_a_task_that_the_course_has_lost_says_so_and_keeps_the_upload(cast: Cast):
    token = upload(cast.trainee, samples.photo())
    version = load_course(SMALL_COURSE)
    Enrolment.update(version=version).execute()

    with pytest.raises(Refused, match="改过"):
        hand_in(cast.enrolment, NewPiece("photo", upload=token))
    assert Upload.select().count() == 1


def test_a_page_of_a_lost_task_leads_on(xiulan: Browser, cast: Cast):
    hand_in(cast.enrolment, written())
    Enrolment.update(version=load_course(SMALL_COURSE)).execute()

    assert "没有这一页" in xiulan.get(PAGE).text


def test_it_is_taken_back_before_it_is_judged_with_its_files(xiulan: Browser, cast: Cast):
    submission = hand_in(cast.enrolment, NewPiece("photo", upload=upload(cast.trainee, samples.photo())))
    kept = submission.in_order()[0].digest

    asked = xiulan.get(f"/me/works/{submission.id}").links()
    page = xiulan.get(next(link for link in asked if link.endswith("/withdrawal")))
    assert "要把这份收回来吗" in page.text and Submission.get().state != "withdrawn"
    xiulan.post(f"/me/works/{submission.id}/withdrawal")

    assert Submission.get().state == "withdrawn" and kept not in set(store.media.digests())


def test_what_is_judged_is_not_asked_about(xiulan: Browser, cast: Cast):
    submission = hand_in(cast.enrolment, written())
    Submission.update(state="judged").execute()

    assert "要把这份收回来吗" not in xiulan.get(f"/me/works/{submission.id}/withdrawal").text


def test_after_the_day_the_page_says_that_one_may_still_hand_in_and_counts_as_late(xiulan: Browser, cast: Cast):
    due = utc_now().astimezone(CHINA).date() - timedelta(days=3)
    DueDate.create(cohort=cast.cohort, course=cast.version.course, lesson_key="sun", due_on=due)

    page = xiulan.get(PAGE)

    assert "晚了 3 天" in page.text and "还能交" in page.text and "算晚交" in page.text


def test_a_judged_one_stays(xiulan: Browser, cast: Cast):
    submission = hand_in(cast.enrolment, written())
    Submission.update(state="judged").execute()

    page = xiulan.post(f"/me/works/{submission.id}/withdrawal", status=409)
    assert "批过" in page.text and Piece.select().exists()


def test_without_script_a_form_hands_in_and_pressing_twice_is_once(xiulan: Browser, cast: Cast):
    event = next(field["value"] for field in xiulan.get(PAGE).all("input", name="event"))

    for _press in range(2):
        form = {
            "event": event,
            "others": "nobody",
            "words": "请老师看",
            "file": (io.BytesIO(samples.photo()), "pond.jpg"),
        }
        page = xiulan.post(f"{PAGE}/submissions", **form)

    assert Submission.select().count() == 1 and not Upload.select().exists()
    assert "第 1 次" in page.text


def test_a_question_is_answered_by_voice_with_its_form(xiulan: Browser, cast: Cast):
    publish_kinds(cast.enrolment)
    file = (io.BytesIO(samples.voice()), "da.m4a")

    xiulan.post("/courses/light/sun/checks/greet/submissions", event="a-number-1", file=file)

    assert Submission.get().step_key == "sun/check:greet"


@pytest.mark.parametrize(
    ("kinds", "asks"),
    [("audio", "录音里有别人吗"), ("video,audio", "镜头里、录音里有别人吗"), ("photo", "镜头里有别人吗")],
)
def test_of_others_the_form_asks_as_they_can_be_seen_or_heard(xiulan: Browser, cast: Cast, kinds: str, asks: str):
    tasked.with_task(cast, f" kinds={kinds}")

    assert asks in xiulan.get(PAGE).text


def test_a_task_for_words_alone_speaks_of_nothing_to_choose(xiulan: Browser, cast: Cast):
    tasked.with_task(cast, " kinds=text")

    page = xiulan.get(PAGE)

    assert "或者写" not in page.text and "写在这儿" in page.text and "先选一个" not in page.html


def test_a_script_is_answered_in_json(xiulan: Browser, cast: Cast):
    headers = {"X-CSRF-Token": xiulan.token(), "Accept": "application/json"}
    form = {"event": "a-number-1", "piece-0-kind": "text", "piece-0-text": "好藕", "piece-0-verdicts": "{}"}

    answer = xiulan.client.post(f"{PAGE}/submissions", data=form, headers=headers)

    assert answer.status_code == 201 and answer.json["number"] == 1 and answer.json["page"] == PAGE


def test_a_second_kind_of_same_bytes_survives_the_taking_back_of_the_first(cast: Cast):
    first, second = (
        hand_in(cast.enrolment, NewPiece("photo", upload=upload(cast.trainee, samples.photo()))) for _n in range(2)
    )

    handing_in.withdraw(first, now=utc_now())

    assert store.media.size(second.in_order()[0].digest)


def test_bytes_that_a_course_names_are_never_freed(cast: Cast, task: CourseVersion):
    drawing = next(row.digest for row in task.files if row.path.endswith(".svg"))

    freeing.free([drawing])

    assert store.media.size(drawing)


def test_a_course_that_requires_its_task_can_be_published(cast: Cast):
    from tests.submissions.tasked import files

    made = publishing.load("light", files(requires='["read", "task"]'), by=cast.trainer.id, now=utc_now())
    assert made.version.requires == ["read", "task"]
