"""Giving a judgement, changing it, and taking it back, as long as nothing follows from it yet.

A changed judgement is another row: the one before stays as history. Two judges of the same work come one after the
other under its lock; whoever is too late is told, and keeps what they wrote.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from lms import audit, jobs
from lms.accounts.models import Person
from lms.assessment import phrases, rubrics, settling, voices
from lms.assessment.models import Judgement, Remark
from lms.assessment.rubrics import Rubric
from lms.db import again, database, lock
from lms.errors import Conflict, Refused
from lms.i18n import _
from lms.submissions import freeing, states
from lms.submissions.models import Submission

MOST_REMARKS = 40
STAMPS = ("good", "look", "fault")


@dataclass(frozen=True)
class Longest:
    """How many characters words to the trainee may have, and those of a remark."""

    words: int = 1000
    remark: int = 300


LONGEST = Longest()


@dataclass(frozen=True)
class NewRemark:
    """A remark on a piece: at a second of a clip, or at a place of a picture (0 to 1 from the upper left)."""

    piece_id: int
    second: float | None = None
    x: float | None = None
    y: float | None = None
    stamp: str = "look"
    words: str = ""


@dataclass(frozen=True)
class Scores:
    """What a judge gives. `points`: one a row; `send_back`: have it done again whatever the points; `voice`: a spoken
    comment's bytes; `keep_voice`: the one of the judgement that this changes."""

    points: tuple[int, ...]
    words: str = ""
    send_back: bool = False
    voice: bytes = b""
    voice_seconds: float = 0
    keep_voice: bool = False
    remarks: tuple[NewRemark, ...] = ()


def judge(submission: Submission, by: Person, scores: Scores, *, now: datetime) -> Judgement:
    """Give a judgement, or change the one that this person gave.

    Raises Refused when the scores do not fit the rubric, Conflict when the work does not wait for this judge any more.
    """
    rubric = rubrics.of(submission)
    refuse_misfit(rubric, submission, scores)
    voice = ""
    try:
        with freeing.keeping():
            voice = voices.keep(scores.voice, scores.voice_seconds)
            given = again(lambda: keep(submission, by, rubric, scores, voice, now))
    except Refused:
        freeing.free([voice])
        raise
    jobs.after(settling.UNDO.total_seconds() + 1, settling.JOB)
    return given


def refuse_misfit(rubric: Rubric, submission: Submission, scores: Scores) -> None:
    """Raise Refused for what does not fit."""
    if len(scores.points) != len(rubric.rows):
        raise Refused(_("Give points in every row first."))
    if any(not 0 <= got <= row.most for row, got in zip(rubric.rows, scores.points, strict=True)):
        raise Refused(_("Give points in every row first."))
    refuse_long(scores.words, LONGEST.words)
    if len(scores.remarks) > MOST_REMARKS:
        raise Refused(_("%(most)d remarks are enough. Leave some out.", most=MOST_REMARKS))
    told = scores.words or scores.voice or scores.keep_voice or scores.remarks
    if scores.send_back and not told:
        raise Refused(_("Say what is to be done again: in words, by voice, or as a remark."))
    refuse_wrong_remarks(submission, scores.remarks)


def refuse_wrong_remarks(submission: Submission, remarks: tuple[NewRemark, ...]) -> None:
    """Raise Refused for a remark on something else, or out of it."""
    own = {piece.id for piece in submission.pieces}
    for one in remarks:
        placed = one.second is not None or (one.x is not None and one.y is not None)
        inside = all(0 <= side <= 1 for side in (one.x, one.y) if side is not None) and 0 <= (one.second or 0) < 86400
        if one.piece_id not in own or not placed or not inside or one.stamp not in STAMPS:
            raise Refused(_("A remark could not be read. Open the page again and send once more."))
        refuse_long(one.words, LONGEST.remark)


def refuse_long(words: str, most: int) -> None:
    """Raise Refused for words beyond so many characters, with both numbers."""
    if len(words) > most:
        raise Refused(
            _("That is %(number)d characters; up to %(most)d fit. Make it shorter.", number=len(words), most=most)
        )


def keep(submission: Submission, by: Person, rubric: Rubric, scores: Scores, voice: str, now: datetime) -> Judgement:
    """The rows, in one transaction."""
    with database.atomic():
        submission = lock(submission)
        refuse_settled(submission, now)
        mine = Judgement.standing_of(submission, by)
        if mine and is_same(mine, rubric, scores, voice):
            return mine
        if mine is None:
            refuse_surplus(submission, rubric)
        else:
            mine.taken_back_at = now
            mine.save()
        given = insert(submission, by, rubric, scores, voice or (mine and scores.keep_voice and mine.voice) or "", now)
        phrases.learn(by, scores.words)
        detail = {"points": given.total, "most": rubric.most, "passed": given.passed}
        deed = "judgement.changed" if mine else "judgement.given"
        audit.record(deed, submission, by=by.id, person=submission.person_id, detail=detail, now=now)
        settling.follow(submission, rubric, now)
    return Judgement.get_by_id(given.id)


def refuse_settled(submission: Submission, now: datetime) -> None:
    """Raise Conflict once it counts, or is about to."""
    if settling.is_due(submission, now) or submission.state not in (states.WAITING, states.JUDGED):
        raise Conflict(_("This work does not wait to be judged any more. Open the list again."))


def is_same(mine: Judgement, rubric: Rubric, scores: Scores, voice: str) -> bool:
    """Whether the same was sent twice."""
    before = sorted(remark_of(one) for one in mine.remarks)
    now = sorted((one.piece_id, one.second, one.x, one.y, one.stamp, one.words) for one in scores.remarks)
    kept = voice == mine.voice or (not voice and scores.keep_voice)
    same = (mine.points, mine.words, mine.sent_back) == (list(scores.points), scores.words, goes_back(rubric, scores))
    return same and kept and list(map(str, before)) == list(map(str, now))


def remark_of(remark: Remark) -> tuple[object, ...]:
    """A remark as it was given."""
    return (remark.piece_id, remark.second, remark.x, remark.y, remark.stamp, remark.words)


def goes_back(rubric: Rubric, scores: Scores) -> bool:
    """Whether it is sent back whatever the sum: on purpose, or by a row that must hold."""
    return scores.send_back or bool(rubric.failing(scores.points))


def refuse_surplus(submission: Submission, rubric: Rubric) -> None:
    """Raise Conflict when others have judged it already, unless they are divided and wait for somebody to decide."""
    others = list(Judgement.standing().where(Judgement.submission == submission))
    if len(others) < rubrics.needed(submission, rubric) or settling.is_divided(others):
        return
    names = _(", ").join(one.judge.name for one in others)
    raise Conflict(_("%(name)s has judged this meanwhile. What you wrote is still below.", name=names))


def insert(submission: Submission, by: Person, rubric: Rubric, scores: Scores, voice: str, now: datetime) -> Judgement:
    """The judgement with its remarks."""
    given = Judgement.create(
        submission=submission,
        judge=by,
        points=list(scores.points),
        total=sum(scores.points),
        passed=rubric.passes(scores.points) and not scores.send_back,
        sent_back=goes_back(rubric, scores),
        words=scores.words,
        voice=voice,
        voice_seconds=scores.voice_seconds if voice else 0,
        given_at=now,
        settles_at=now + settling.UNDO,
    )
    for one in scores.remarks:
        Remark.create(
            judgement=given,
            piece=one.piece_id,
            second=one.second,
            x=one.x,
            y=one.y,
            stamp=one.stamp,
            words=one.words,
        )
    return given


def take_back(submission: Submission, by: Person, *, now: datetime) -> bool:
    """Undo one's own judgement; False when there is none. Raises Conflict once it counts."""
    with database.atomic():
        submission = lock(submission)
        mine = Judgement.standing_of(submission, by)
        if mine is None:
            return False
        refuse_settled(submission, now)
        mine.taken_back_at = now
        mine.save()
        audit.record("judgement.taken_back", submission, by=by.id, person=submission.person_id, now=now)
        settling.follow(submission, rubrics.of(submission), now)
    return True
