"""Stickers and voices of fellow trainees, for tasks that want them. A trainer's word outranks them: they bring no
points, and a trainer can hide one.

Who sees a work: the trainees of the same class, as long as its owner agrees and its task asks for it.
"""

from __future__ import annotations

from datetime import datetime

import peewee

from lms import audit
from lms.accounts.models import Person
from lms.assessment import rubrics, voices
from lms.assessment.models import PeerReview
from lms.db import Prepared, database, found, insert_once, lock
from lms.errors import NotFound, Refused
from lms.i18n import _
from lms.learning.models import Enrolment
from lms.submissions import freeing, states
from lms.submissions.models import Submission, WorkConsent

LONGEST = 100
MOST_SHOWN = 30


def works(person: Person, enrolment: Enrolment, step_key: str) -> list[Submission]:
    """What classmates show at a step, the newest try of each, newest first."""
    shown = of_class(person).where(Submission.step_key == step_key, Enrolment.cohort == enrolment.cohort_id)
    newest: dict[int, Submission] = {}
    for work in shown.order_by(Submission.id.desc()).limit(MOST_SHOWN * 3):
        newest.setdefault(work.person_id, work)
    return list(newest.values())[:MOST_SHOWN]


def of_class(person: Person) -> peewee.ModelSelect:
    """The works that classmates show."""
    mine = Enrolment.select(Enrolment.cohort).where((Enrolment.person == person) & Enrolment.left_at.is_null())
    agreed = WorkConsent.select(WorkConsent.submission).where(WorkConsent.stands())
    shown = Submission.select().join(Enrolment).where(Submission.id.in_(agreed), Enrolment.cohort.in_(mine))
    return shown.where(Submission.person != person, Submission.state.not_in((states.WITHDRAWN, states.PREPARING)))


def unpraised(person: Person) -> list[Submission]:
    """What classmates show, each one's newest try, at tasks that want stickers, and this person has said nothing of
    yet; the newest first."""
    newest: dict[tuple[int, str], Submission] = {}
    for work in UNPRAISED.rows(person.id, states.WITHDRAWN, states.PREPARING):
        newest.setdefault((work.enrolment_id, work.step_key), work)
    return [work for work in newest.values() if rubrics.of(work).peers]


def praised_since(person_id: int) -> peewee.Expression:
    """Whether this person has said something of a work, or of a newer try at the same."""
    Said = Submission.alias()
    same = (Said.enrolment == Submission.enrolment) & (Said.step_key == Submission.step_key)
    said = Said.select(Said.id).join(PeerReview, on=(PeerReview.submission == Said.id))
    return peewee.fn.EXISTS(said.where(same, Said.number >= Submission.number, PeerReview.person == person_id))


Mine = Enrolment.alias()
UNPRAISED = Prepared(
    lambda person_id, withdrawn, preparing: (
        Submission.select()
        .join(WorkConsent, on=(WorkConsent.submission == Submission.id) & WorkConsent.stands())
        .switch(Submission)
        .join(Enrolment)
        .join(Mine, on=(Mine.cohort == Enrolment.cohort) & (Mine.course == Enrolment.course))
        .where(
            (Mine.person == person_id) & Mine.left_at.is_null(),
            (Submission.person != person_id) & Submission.state.not_in((withdrawn, preparing)),
            ~praised_since(person_id),
        )
        .order_by(Submission.id.desc())
        .limit(MOST_SHOWN)
    ),
    -1,
    states.WITHDRAWN,
    states.PREPARING,
)


def find(person: Person, number: int) -> Submission:
    """A classmate's work that wants stickers, or NotFound."""
    work = found(of_class(person).where(Submission.id == number))
    if not rubrics.of(work).peers:
        raise NotFound
    return work


def give(
    work: Submission, by: Person, stickers: list[int], words: str, voice: bytes, seconds: float, *, now: datetime
) -> PeerReview:
    """Say what pleases in a work; again replaces the first. Raises Refused for nothing, or too much."""
    rows = len(rubrics.of(work).rows)
    stickers = sorted({row for row in stickers if 0 <= row < rows})
    words = " ".join(words.split())
    if not (stickers or words or voice):
        raise Refused(_("Tap a sticker first, or say something."))
    if len(words) > LONGEST:
        raise Refused(_("That is too much text. Make it shorter."))
    with freeing.keeping():
        digest = voices.keep(voice, seconds, voices.LONGEST_OF_PEERS)
        with database.atomic():
            before = of_person(work, by)
            old = before.voice if before else ""
            review = before or insert_once(
                lambda: PeerReview.create(submission=work, person=by, stickers=stickers, given_at=now)
            )
            review = review or of_person(work, by)
            review.stickers, review.words, review.given_at = stickers, words, now
            review.voice = digest or old
            review.save()
    if digest and old and old != digest:
        freeing.free([old])
    return review


def of_person(work: Submission, person: Person) -> PeerReview | None:
    """What this person said of a work, or None."""
    return PeerReview.get_or_none((PeerReview.submission == work) & (PeerReview.person == person))


def of(work: Submission, *, hidden: bool = False) -> list[PeerReview]:
    """What fellow trainees say of a work; what is hidden only when asked for."""
    query = PeerReview.select(PeerReview, Person).join(Person).where(PeerReview.submission == work)
    return list((query if hidden else query.where(PeerReview.hidden_at.is_null())).order_by(PeerReview.id))


def heard(person: Person, number: int) -> PeerReview:
    """A review whose voice this person may hear: its giver, the work's owner while it is not hidden, colleagues."""
    mine = Submission.select(Submission.id).where(Submission.person == person)
    looked_at = Submission.gradable_by(person).select(Submission.id)
    own = PeerReview.submission.in_(mine) & PeerReview.hidden_at.is_null()
    allowed = own | (PeerReview.person == person) | PeerReview.submission.in_(looked_at)
    return found(PeerReview.select().where(PeerReview.id == number, allowed, PeerReview.voice != ""))


def report(work: Submission, number: int, *, by: Person, now: datetime) -> None:
    """The owner of the work is hurt by it: nobody but trainers sees it any more, and one of them decides whether it
    comes back. Twice is harmless. Raises NotFound for a review of another work."""
    change(work, number, {"hidden_at": now, "reported_at": now}, "peer_review.reported", by, now)


def reported(trainer: Person) -> list[PeerReview]:
    """What waits for this trainer to decide on, with who said it of whose work."""
    Owner = Person.alias()
    waiting = PeerReview.reported_to(trainer).select(PeerReview, Person, Submission, Owner)
    by = waiting.join(Person).switch(PeerReview).join(Submission)
    return list(by.join(Owner, on=(Submission.person == Owner.id), attr="person"))


def hide(work: Submission, number: int, *, by: Person, now: datetime) -> None:
    """A trainer lets nobody but trainers see it any more; twice is harmless."""
    change(work, number, {"hidden_at": now, "reported_at": None}, "peer_review.hidden", by, now)


def show_again(work: Submission, number: int, *, by: Person, now: datetime) -> None:
    """A trainer finds nothing wrong with it."""
    change(work, number, {"hidden_at": None, "reported_at": None}, "peer_review.shown", by, now)


def change(work: Submission, number: int, to: dict[str, datetime | None], deed: str, by: Person, now: datetime) -> None:
    """Change it once, and write who did. What is hidden keeps its first moment, and is not reported anew."""
    with database.atomic():
        review = lock(found(PeerReview.select().where(PeerReview.id == number, PeerReview.submission == work)))
        if review.hidden_at and to["reported_at"]:
            return
        hidden_at = to["hidden_at"] and (review.hidden_at or to["hidden_at"])
        if (review.hidden_at, review.reported_at) == (hidden_at, to["reported_at"]):
            return
        review.hidden_at, review.reported_at = hidden_at, to["reported_at"]
        review.save()
        audit.record(deed, review, by=by.id, person=review.person_id, now=now)
