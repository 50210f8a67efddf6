"""What was said of a person's works, and what a person said of others': told to them, let go with a deleted account,
and handed over in a merge.

A judgement's points stay, because certificates and counts stand on them; words, voices and remarks go with either of
the two people whom they concern (PIPL, article 47), but a trainer's words stay with the trainee to whom they were said.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import peewee

from lms.accounts.models import Person
from lms.assessment.models import Judgement, PeerReview, Phrase, Remark
from lms.submissions import freeing, states
from lms.submissions.models import Submission


def of_works(person: Person) -> list[dict[str, Any]]:
    """What was said of the person's works and counts, ready for JSON."""
    mine = Judgement.standing().join(Submission).where(Submission.person == person, Judgement.settled_at.is_null(False))
    return all_told(mine)


def given(person: Person) -> list[dict[str, Any]]:
    """The judgements that the person gave, with those taken back."""
    return all_told(Judgement.select().where(Judgement.judge == person))


def all_told(judgements: peewee.ModelSelect) -> list[dict[str, Any]]:
    """Judgements, the oldest first, with their remarks by one query for all."""
    rows = peewee.prefetch(judgements.order_by(Judgement.id), Remark.select().order_by(Remark.id))
    return [told(row) for row in rows]


def told(row: Judgement) -> dict[str, Any]:
    """One judgement."""
    return {
        "work": row.submission_id,
        "given": moment(row.given_at),
        "points by row": row.points,
        "passed": row.passed,
        "words": row.words,
        "spoken seconds": row.voice_seconds,
        "remarks": [
            {"second": one.second, "across": one.x, "down": one.y, "stamp": one.stamp, "words": one.words}
            for one in row.remarks
        ],
        "taken back": moment(row.taken_back_at),
    }


def stickers(person: Person) -> list[dict[str, Any]]:
    """What the person said of classmates' works."""
    return reviews_told(PeerReview.person == person)


def stickers_got(person: Person) -> list[dict[str, Any]]:
    """What classmates said of the person's works, as far as the person sees it; who said it is theirs."""
    mine = Submission.of(person).select(Submission.id)
    return reviews_told(PeerReview.submission.in_(mine) & PeerReview.hidden_at.is_null())


def reviews_told(which: peewee.Expression) -> list[dict[str, Any]]:
    """Stickers and words, the oldest first."""
    rows = PeerReview.select().where(which).order_by(PeerReview.id)
    return [
        {"work": row.submission_id, "given": moment(row.given_at), "stickers": row.stickers, "words": row.words}
        for row in rows
    ]


def phrases(person: Person) -> list[str]:
    """A trainer's own quick phrases."""
    return [row.words for row in Phrase.select().where(Phrase.person == person).order_by(Phrase.id)]


def moment(value: datetime | None) -> str | None:
    """A moment as text, in UTC."""
    return value.isoformat(timespec="seconds") if value else None


def forget(person: Person, now: datetime) -> None:
    """What goes with an erased person. Judgements of their works that do not count yet never will."""
    works = Submission.of(person)
    for work in works.where(Submission.state == states.JUDGED):
        states.reopened(work)
    ids = works.select(Submission.id)
    Judgement.update(taken_back_at=now).where(
        Judgement.submission.in_(ids) & Judgement.settled_at.is_null() & Judgement.taken_back_at.is_null()
    ).execute()
    freeing.free(silence(Judgement.submission.in_(ids)))
    Judgement.update(words="").where(Judgement.submission.in_(ids)).execute()
    freeing.free(silence(Judgement.judge == person))
    freeing.free(remove(PeerReview.select().where(PeerReview.submission.in_(ids) | (PeerReview.person == person))))
    Phrase.delete().where(Phrase.person == person).execute()


def silence(which: peewee.Expression) -> list[str]:
    """Take the voices out of judgements; the names of the bytes that they held."""
    rows = list(Judgement.select().where(which))
    Judgement.update(voice="", voice_seconds=0).where(Judgement.id.in_([row.id for row in rows])).execute()
    return [row.voice for row in rows]


def remove(reviews: Iterable[PeerReview]) -> list[str]:
    """Delete what classmates said; the names of the bytes that it held."""
    rows = list(reviews)
    PeerReview.delete().where(PeerReview.id.in_([row.id for row in rows])).execute()
    return [row.voice for row in rows]


def hand_over(duplicate: Person, kept: Person) -> None:
    """What a second account said is the kept person's. Of two words on one work the kept person's own stand, and nobody
    praises their own work."""
    said = {row.submission_id for row in PeerReview.select().where(PeerReview.person == kept)}
    own = {row.id for row in Submission.of(kept).select(Submission.id)}
    theirs = list(PeerReview.select().where(PeerReview.person == duplicate))
    freeing.free(remove(row for row in theirs if row.submission_id in said | own))
    PeerReview.update(person=kept).where(PeerReview.person == duplicate).execute()
    own_praise = PeerReview.select().where(PeerReview.person == kept, PeerReview.submission.in_(list(own)))
    freeing.free(remove(own_praise))
