"""Works that the story's trainees hand in: waiting, judged a minute ago, sent back, passed, tried again.

Photos are drawn when they are handed in; the clip (root.mp4) is six seconds of the same drawing, moved by script and
turned by ffmpeg, and needs no ffmpeg here. Every work is handed in and judged by the product's own verbs.
"""

from __future__ import annotations

import io
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from PIL import Image, ImageDraw, ImageFilter

from lms.accounts.models import Person
from lms.assessment import judging, peers, settling
from lms.assessment.judging import NewRemark, Scores
from lms.catalogue.models import Course, Step
from lms.learning.models import Enrolment
from lms.programmes import cohorts
from lms.programmes.models import Cohort
from lms.submissions import handing_in, sharing, turning, uploads
from lms.submissions.handing_in import HandIn, NewPiece
from lms.submissions.models import Piece, Submission

PHOTO, WORDS = ("shooting", "light/task:film-goods"), ("copywriting", "opening/task:write-opening")
CLIP = Path(__file__).parent / "root.mp4"
HOURS = timedelta(hours=1)
# The class was given more time for both: so many days from today. Only who hands in a photo today is late.
MORE_TIME = {PHOTO: -1, WORDS: 3}


@dataclass(frozen=True)
class Deed:
    """Somebody hands in so many hours ago: a photo of this brightness, the clip, or words. `points` with `said` is the
    judgement, an hour later; None: it waits. `shown`: classmates see it."""

    hours: float
    light: float = 1.0
    filmed: bool = False
    words: str = ""
    points: tuple[int, ...] | None = None
    said: str = ""
    shown: bool = False


# One trainee a line, from the one who got furthest; two deeds are two tries at the same task.
DEEDS: list[list[Deed]] = [
    [Deed(700, 1.0, points=(3, 3, 2), said="光很匀，藕的纹路都看得见。", shown=True)],
    [Deed(690, 0.4, points=(1, 2, 2), said="太阳在藕后面，藕发黑。转过身，再拍一张。"),
     Deed(600, 1.0, points=(3, 2, 2), said="这回亮了，比上次好多了。", shown=True)],
    [Deed(500, filmed=True, points=(2, 2, 3), said="背景干净，好。转得再慢一点。")],
    [Deed(75, 0.9)],
    [Deed(61, 0.55)],
    [Deed(50, 0.45, points=(1, 2, 1), said="有点暗，藕也太小。走近一步，站到西边去。")],
    [Deed(30, filmed=True)],
    [Deed(26, 0.8)],
    [Deed(8, 1.05)],
    [Deed(3, 0.7)],
    [Deed(1.1, 1.0, points=(3, 2, 3), said="好，货在中间。")],
    [Deed(400, words="我家 12 亩藕，今早 5 点下塘挖的。看，泥还没干呢。", points=(3, 3, 3),
          said="句句是自家的事，像跟邻居说话。")],
    [Deed(20, words="全网最甜的蜜，吃了百病不生！", points=(2, 0, 2),
          said="“最甜”“百病不生”都不能说。用文案教练查一遍，换成你家真有的。")],
    [Deed(15, words="结块的蜜是假的吗？我舀一勺给您看。")],
    [Deed(5, words="30 箱蜂，一年只取两次蜜，这是今年第一次。")],
]  # fmt: skip


def hand_in(cohort: Cohort, trainer: Person, rng: random.Random, *, now: datetime, zone: ZoneInfo) -> int:
    """Let the class hand in; how many works there are. Nothing where the courses have no such tasks."""
    made: list[Submission] = []
    for task in (PHOTO, WORDS):
        give_time(cohort, *task, trainer, now, zone)
        lines = [deeds for deeds in DEEDS if bool(deeds[0].words) == (task is WORDS)]
        for enrolment, deeds in zip(takers(cohort, *task), lines, strict=False):
            made += [one_try(enrolment, task[1], deed, trainer, rng, now, zone) for deed in deeds]
    praise(cohort, made, now)
    return len(made)


def give_time(cohort: Cohort, slug: str, step_key: str, trainer: Person, now: datetime, zone: ZoneInfo) -> None:
    """Move the day by which the class hands in, before the first of them does."""
    course = Course.get_or_none(Course.slug == slug)
    if course and takers(cohort, slug, step_key):
        due_on = now.astimezone(zone).date() + timedelta(days=MORE_TIME[slug, step_key])
        lesson_key = step_key.partition("/")[0]
        cohorts.set_due(cohort, course, lesson_key, due_on, by=trainer.id, now=now - 720 * HOURS)


def takers(cohort: Cohort, slug: str, step_key: str) -> list[Enrolment]:
    """Who has begun this course, in a version with this task, and is still in the class: who got furthest first."""
    with_task = Step.select(Step.version).where(Step.key == step_key)
    query = Enrolment.select().join(Course).where(Enrolment.cohort == cohort, Course.slug == slug)
    begun = query.where(
        Enrolment.started_at.is_null(False), Enrolment.left_at.is_null(), Enrolment.version.in_(with_task)
    )
    return list(begun.order_by(Enrolment.completed_at.is_null(), Enrolment.id))


def one_try(
    enrolment: Enrolment,
    step_key: str,
    deed: Deed,
    trainer: Person,
    rng: random.Random,
    now: datetime,
    zone: ZoneInfo,
) -> Submission:
    """Hand in, and judge where a judgement is told of."""
    moment = now - deed.hours * HOURS
    piece = handed(enrolment.person, deed, rng, moment)
    number = f"demonstration-work-{enrolment.id}-{round(deed.hours * 10)}"
    given = HandIn(number, others="nobody", pieces=(piece,), show=deed.shown)
    work = handing_in.hand_in(enrolment, step_key, given, now=moment, zone=zone)
    for waiting in turning.waiting_of(work):
        turning.turn(waiting.id)
    if deed.points is not None:
        judge(work, deed, trainer, moment + HOURS, now)
    return work


def judge(work: Submission, deed: Deed, trainer: Person, moment: datetime, now: datetime) -> None:
    """The trainer's word, with a stamp on a photo that is too dark, or at a second of the clip; it counts if its ten
    minutes are over."""
    remarks = tuple(remark for piece in work.in_order() for remark in pinned(piece, deed))
    judging.judge(work, trainer, Scores(deed.points or (), words=deed.said, remarks=remarks), now=moment)
    settling.settle(work.id, now=min(now, moment + settling.UNDO))


def pinned(piece: Piece, deed: Deed) -> list[NewRemark]:
    """What the trainer pins to a piece."""
    if piece.kind == "video":
        return [NewRemark(piece.id, second=1.5, stamp="look", words="这一下转快了")]
    if piece.kind == "photo" and deed.light < 0.6:
        return [NewRemark(piece.id, x=0.5, y=0.55, stamp="look", words="这里发黑")]
    return []


def praise(cohort: Cohort, works: Sequence[Submission], now: datetime) -> None:
    """Two classmates put stickers on what is shown."""
    shown = [work for work in works if sharing.is_shown(work)]
    for work in shown:
        others = [one.person for one in takers(cohort, *PHOTO) if one.person_id != work.person_id]
        for other, words in zip(others[-2:], ("真亮！", ""), strict=False):
            peers.give(work, other, [0], words, b"", 0, now=now - 20 * HOURS)


def handed(person: Person, deed: Deed, rng: random.Random, moment: datetime) -> NewPiece:
    """Words, the clip or a drawn photo, sent as a phone sends them."""
    if deed.words:
        return NewPiece("text", text=deed.words)
    kind, name, content = (
        ("video", "ou.mp4", CLIP.read_bytes()) if deed.filmed else ("photo", "ou.jpg", drawn(deed.light, rng))
    )
    upload = uploads.begin(person, len(content), name=name, kind="", most_mb=20, now=moment)
    uploads.append(upload, 0, [content], now=moment)
    return NewPiece(kind, upload=upload.token, name=name)


def drawn(light: float, rng: random.Random) -> bytes:
    """A lotus root on the edge of a pond, in more or less light, as a JPEG."""
    side, high = 480, 640
    picture = Image.new("RGB", (side, high), "#8FB6A0")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, side, 220), fill="#CFE3E6")
    for row in range(6):
        draw.ellipse((-60 + row * 100, 190 + row % 2 * 14, 90 + row * 100, 250), fill="#4F8A63")
    draw.rectangle((0, 430, side, high), fill="#A98A5F")
    left, top = 60 + rng.randint(-30, 30), 330 + rng.randint(-30, 30)
    for joint in range(3):
        x = left + joint * 118
        draw.rounded_rectangle((x, top, x + 122, top + 104), 50, fill="#F3E6CF", outline="#C9AE86", width=4)
    for hole in range(5):
        y = top + 18 + hole % 3 * 26
        draw.ellipse((left + 8 + hole // 3 * 20, y, left + 22 + hole // 3 * 20, y + 16), fill="#B79A70")
    picture = picture.filter(ImageFilter.GaussianBlur(0.6 if light > 0.6 else 1.8)).point(
        lambda dot: min(255, int(dot * light))
    )
    kept = io.BytesIO()
    picture.save(kept, "JPEG", quality=72)
    return kept.getvalue()
