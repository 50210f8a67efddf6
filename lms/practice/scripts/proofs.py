"""What stands behind a claim, kept with the script: a certificate's number, a photo, or a record."""

from __future__ import annotations

from datetime import datetime

from lms.catalogue import sandbox, store
from lms.db import database, found
from lms.errors import Refused
from lms.i18n import _
from lms.i18n import lazy as _l
from lms.practice.scripts.models import Proof, Script
from lms.submissions import freeing, photos

KINDS = {"number": _l("Certificate number"), "photo": _l("Photo"), "record": _l("Record")}
MOST_PROOFS = 60
LONGEST_WORDS = 200
PHOTO_SECONDS = 10
MOST_BYTES = 15 * 1024 * 1024


class PhotoRefused(Refused):
    """The photo cannot be kept; what was written beside it can."""


def give(script: Script, *, rule: str, claim: str, kind: str, words: str, photo: bytes | None, now: datetime) -> Proof:
    """Keep a proof. Raises Refused when it proves nothing, PhotoRefused when its photo cannot be shown."""
    if kind not in KINDS or not rule or not claim:
        raise Refused(_("This could not be read. Open the page again and send once more."))
    if not words and photo is None:
        raise Refused(_("Write the number or what the record says, or take a photo of it."))
    with freeing.keeping(), database.atomic():
        if script.proofs.where(Proof.taken_back_at.is_null()).count() >= MOST_PROOFS:
            raise Refused(_("A script can have %(most)d proofs. Take one back first.", most=MOST_PROOFS))
        digest = kept(photo) if photo is not None else ""
        facts = {"rule": rule[:16], "claim": claim[:120], "kind": kind, "words": words[:LONGEST_WORDS]}
        known = script.proofs.where(Proof.digest == digest, Proof.taken_back_at.is_null(), *same(facts)).first()
        return known or Proof.create(script=script, digest=digest, given_at=now, **facts)


def same(facts: dict[str, str]) -> list[object]:
    """What a proof has in common with one that was sent twice."""
    return [getattr(Proof, name) == value for name, value in facts.items()]


def kept(photo: bytes) -> str:
    """The photo made small, without what the camera wrote about place and time; the name of its bytes."""
    if len(photo) > MOST_BYTES:
        raise PhotoRefused(_("This photo is too large. The most is %(most)d MB.", most=MOST_BYTES // 1024 // 1024))
    try:
        return store.media.put(sandbox.run(photos.kept, photo, seconds=PHOTO_SECONDS).content)
    except (photos.BadPhoto, sandbox.TooHeavy):
        raise PhotoRefused(_("This photo is broken, or of a kind that cannot be shown. Take it again.")) from None


def of(script: Script, proof_id: int) -> Proof:
    """A proof of this script that stands, or NotFound."""
    return found(script.proofs.where((Proof.id == proof_id) & Proof.taken_back_at.is_null()))


def take_back(proof: Proof, *, now: datetime) -> None:
    """It no longer stands for the claim. On a sheet that was signed it stays as it was that day."""
    proof.taken_back_at = now
    proof.save()
