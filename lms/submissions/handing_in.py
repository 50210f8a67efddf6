"""Handing in: one try at a task, whole or not at all, exactly once however often the phone sends it.

The server's clock says when it came and whether that is late; late is told, never refused. Another try is another row.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NoReturn
from zoneinfo import ZoneInfo

from peewee import fn

from lms.accounts import ages
from lms.accounts.models import Person
from lms.db import again, database, lock
from lms.errors import Conflict, NotFound, Refused
from lms.i18n import _
from lms.learning.models import Enrolment
from lms.learning.progress import CLIENT_ID, CLOCK_SKEW, LONGEST_AWAY
from lms.submissions import freeing, looking, states, tasks, turning, uploads
from lms.submissions.looking import Looked
from lms.submissions.models import Piece, Submission, Upload, WorkConsent

MOST_PIECES = 9
MOST_TRIES = 50
LONGEST_TEXT = 20_000
LONGEST_WORDS = 500
MOST_VERDICTS = 16_000  # characters of JSON
OTHERS = ("nobody", "agreed")


@dataclass(frozen=True)
class NewPiece:
    """`kind`: photo, video, audio, text or script. A file comes as the token of an upload of the same person."""

    kind: str
    upload: str = ""
    text: str = ""
    name: str = ""
    verdicts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class HandIn:
    """What a phone hands in. `others`: nobody else is in the picture, or they agreed (Civil Code, article 1019);
    `show`: the owner agrees that fellow trainees see it."""

    client_id: str
    words: str = ""
    others: str = ""
    pieces: tuple[NewPiece, ...] = ()
    happened_at: datetime | None = None
    show: bool = False

    @property
    def tokens(self) -> list[str]:
        """Of its uploads, in their order."""
        return [one.upload for one in self.pieces if one.kind in tasks.FILMED]

    def digest(self, step_key: str, files: list[str]) -> str:
        """A fingerprint in two halves: of what is said and written, and of the files by their SHA-256. Not of the
        tokens: whoever sends again may have uploaded again, and the uploads of what is handed in are gone."""
        pieces = [[one.kind, one.text, one.verdicts] for one in self.pieces]
        return half([step_key, self.words, self.others, pieces]) + half(files)


def half(content: list[Any]) -> str:
    """128 bits that stand for the content."""
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:32]


def hand_in(enrolment: Enrolment, step_key: str, given: HandIn, *, now: datetime, zone: ZoneInfo) -> Submission:
    """Keep a try at a step. The same one again gives back the first.

    Raises Refused when it does not fit the task, Conflict when its id stands for something else or a file of it has not
    come whole.
    """
    if not CLIENT_ID.fullmatch(given.client_id):
        raise Refused(_("This answer came without its number. Open the page again and send once more."))
    known = stored(enrolment.person_id, step_key, given)
    if known:
        drop_again(enrolment.person_id, given)
        return known
    asked = asked_of(enrolment, step_key)
    refuse_misfit(asked, given)
    looked: list[Looked] = []
    try:
        looked += (looking.look(enrolment.person, piece, asked, now=now) for piece in given.pieces)
        with freeing.keeping():
            for one in looked:
                one.put()
            submission = again(lambda: keep(enrolment, step_key, given, looked, now=now, zone=zone))
    except Refused as refusal:
        clear(enrolment.person, given, looked, refusal)
        raise
    except NotFound:  # perhaps the same came twice at once, and the other took the uploads
        submission = stored(enrolment.person_id, step_key, given) or raise_gone()
    finally:
        freeing.free(digest for one in looked for digest in one.digests)
    turning.later(submission)
    return submission


def raise_gone() -> NoReturn:
    """Raise NotFound: an upload is not there."""
    raise NotFound


def clear(person: Person, given: HandIn, looked: list[Looked], refusal: Refused) -> None:
    """Nothing stays half: the file that cannot be used goes."""
    if len(looked) < len(given.pieces) and not isinstance(refusal, Conflict):
        broken = Upload.get_or_none((Upload.person == person) & (Upload.token == given.pieces[len(looked)].upload))
        if broken:
            uploads.remove(broken)


def stored(person_id: int, step_key: str, given: HandIn) -> Submission | None:
    """What this hand-in made before, or None. Conflict when its id stands for something else.

    The uploads of what was handed in are gone, so a phone that never heard the answer names some that nobody has: then
    what is said and written decides.
    """
    mine = (Submission.person == person_id) & (Submission.client_id == given.client_id)
    known = Submission.get_or_none(mine)
    if known is None:
        return None
    files = digests_of(person_id, given)
    told = given.digest(step_key, files)
    if known.digest == told or (not all(files) and known.digest[:32] == told[:32]):
        return known
    raise Conflict(_("This number already stands for another work. Open the page again and hand in once more."))


def digests_of(person_id: int, given: HandIn) -> list[str]:
    """The SHA-256 of each file; empty where the upload is gone, or has not come whole."""
    mine = Upload.select().where((Upload.person == person_id) & Upload.token.in_(given.tokens))
    found = {row.token: row.digest for row in mine}
    return [found.get(token, "") for token in given.tokens]


def drop_again(person_id: int, given: HandIn) -> None:
    """What was uploaded once more for a work that is here already goes."""
    for row in Upload.select().where((Upload.person == person_id) & Upload.token.in_(given.tokens)):
        uploads.remove(row)


def asked_of(enrolment: Enrolment, step_key: str) -> tasks.Asked:
    """What the step asks for. Raises Refused when it is gone, when its trainee is, or is too young for a live task."""
    if enrolment.left_at:
        raise Refused(_("You are not in this class any more. Ask your trainer."))
    try:
        asked = tasks.asked(enrolment.version_id, step_key)
    except NotFound:
        raise Refused(
            _("The course has changed, and this task is no longer part of it. Your work stays on this phone.")
        ) from None
    if asked.live:
        ages.refuse_live(enrolment.person)
    return asked


def refuse_misfit(asked: tasks.Asked, given: HandIn) -> None:
    """Raise Refused for what this task does not take."""
    filmed = [piece for piece in given.pieces if piece.kind in tasks.FILMED]
    if not given.pieces or len(given.pieces) > MOST_PIECES:
        raise Refused(_("Add something to hand in first, at most %(most)d things.", most=MOST_PIECES))
    if any(piece.kind not in asked.kinds and piece not in filmed for piece in given.pieces):
        raise looking.not_asked(asked)
    if filmed and not asked.files:
        raise looking.not_asked(asked)
    pictures = [piece for piece in filmed if piece.kind != "audio"] if asked.pictures else []
    if pictures and given.others not in OTHERS:
        raise Refused(_("Say first whether other people are in the picture, and whether they agreed."))
    too_long = len(given.words) > LONGEST_WORDS or any(len(piece.text) > LONGEST_TEXT for piece in given.pieces)
    if too_long or any(len(json.dumps(piece.verdicts)) > MOST_VERDICTS for piece in given.pieces):
        raise Refused(_("That is too much text. Make it shorter."))


def keep(
    enrolment: Enrolment, step_key: str, given: HandIn, looked: list[Looked], *, now: datetime, zone: ZoneInfo
) -> Submission:
    """The rows, in one transaction under a lock on the enrolment: two tries at once come one after the other."""
    with database.atomic():
        enrolment = lock(enrolment)
        known = stored(enrolment.person_id, step_key, given)
        if known:
            return known
        files = [one.upload.digest for one in looked if one.upload]
        submission = insert(enrolment, step_key, given, files, now, zone)
        for position, one in enumerate(looked):
            Piece.create(submission=submission, position=position, **one.columns())
        used = {one.upload.id for one in looked if one.upload}
        if Upload.delete().where(Upload.id.in_(used)).execute() != len(used):
            raise NotFound  # given up meanwhile, and the bytes with it
        if given.show:
            WorkConsent.create(submission=submission, asked_at=now, agreed_at=now)
        states.ready(submission)
    return submission


def insert(
    enrolment: Enrolment, step_key: str, given: HandIn, files: list[str], now: datetime, zone: ZoneInfo
) -> Submission:
    """The submission's row."""
    tries = Submission.select(fn.COALESCE(fn.MAX(Submission.number), 0)).where(
        (Submission.enrolment == enrolment) & (Submission.step_key == step_key)
    )
    number = tries.scalar() + 1
    if number > MOST_TRIES:
        raise Refused(_("You have handed this in %(most)d times. Talk to your trainer first.", most=MOST_TRIES))
    lesson_key = step_key.partition("/")[0]
    return Submission.create(
        enrolment=enrolment,
        person=enrolment.person_id,
        version=enrolment.version_id,
        lesson_key=lesson_key,
        step_key=step_key,
        number=number,
        client_id=given.client_id,
        digest=given.digest(step_key, files),
        words=given.words,
        others=given.others if given.others in OTHERS else "nobody",
        late=tasks.is_late(enrolment, step_key, now, zone),
        happened_at=believed(given.happened_at, now),
        handed_in_at=now,
    )


def believed(happened: datetime | None, now: datetime) -> datetime:
    """A phone's clock is believed only within reason: never the future, never long ago."""
    if happened is None or happened > now + CLOCK_SKEW or happened < now - LONGEST_AWAY:
        return now
    return min(happened, now)


def withdraw(submission: Submission, *, now: datetime) -> None:
    """Its owner takes it back before it is judged: its files go, the row stays as history.

    Raises Conflict once it is judged.
    """
    with database.atomic():
        states.withdrawn(submission, now=now)
        digests = let_go(submission, now=now)
    freeing.free(digests)


def let_go(submission: Submission, *, now: datetime) -> list[str]:
    """Take the files and the words out of a submission; the names of the bytes that it held."""
    digests = [digest for piece in submission.pieces for digest in piece.digests]
    Piece.delete().where(Piece.submission == submission).execute()
    WorkConsent.update(withdrawn_at=now).where((WorkConsent.submission == submission) & WorkConsent.stands()).execute()
    Submission.update(words="").where(Submission.id == submission.id).execute()
    return digests


def latest(person: Person, enrolment: Enrolment, step_key: str) -> list[Submission]:
    """The tries of a person at a step, newest first, without what was withdrawn."""
    mine = Submission.of(person).where(
        (Submission.enrolment == enrolment) & (Submission.step_key == step_key) & (Submission.state != states.WITHDRAWN)
    )
    return list(mine.order_by(Submission.number.desc()))
