"""The reading of a page, put together from its sentences: one small file, and where in it each of them is.

A job does it as soon as every sentence is there, and again after each that is said anew. It goes to the draft like
anything that an author changes, and to trainees with the next publish.
"""

from __future__ import annotations

from array import array

from lms.authoring import takes
from lms.authoring.desk import Draft
from lms.authoring.takes import RATE, Spoken
from lms.catalogue import drafts, speech, store
from lms.catalogue.models import Course
from lms.db import utc_now
from lms.errors import NotFound
from lms.submissions import freeing

GAP = 0.35  # seconds between two sentences: a breath
# A voice that is as loud as those of radio (EBU R 128, but -18 LUFS for small loudspeakers), some 210 KB a minute.
READING = ["-af", "loudnorm=I=-18:TP=-2:LRA=11", "-ar", str(RATE), "-ac", "1", "-c:a", "aac", "-b:a", "28k",
           "-movflags", "+faststart", "-map_metadata", "-1"]  # fmt: skip


def put_together(course_id: int, key: str, lang: str, track: str) -> None:
    """Make the reading of a page whose sentences are all there. The job; twice makes the same. A page that is gone,
    that has new sentences meanwhile, or for which somebody sent a whole recording, is left as it is."""
    course = Course.get_or_none(Course.id == course_id)
    if course is None:
        return
    try:
        page = takes.spoken(Draft(course), key, lang, track)
    except NotFound:
        return
    if not page.is_whole or page.is_sent_whole:
        return
    began = utc_now()
    content, spans = joined(page)
    last = max(page.takes.values(), key=lambda take: take.spoken_at)
    files = {f"{page.stem}.m4a": content, page.stem + speech.TIMINGS: speech.written(spans)}
    before = [page.draft.rows[path].digest for path in files if path in page.draft.rows]
    with freeing.keeping():
        drafts.overwrite(course, files, by=last.spoken_by, now=began)
    freeing.free(before)


def joined(page: Spoken) -> tuple[bytes, speech.Spans]:
    """One recording of all sentences in the order of the page, and where each is."""
    breath = array("h", bytes(2 * int(GAP * RATE)))
    samples, spans = array("h"), {}
    for sentence in page.script:
        said = takes.decoded(store.media.get(page.takes[sentence.id].digest))
        begins = len(samples) / RATE
        samples += said
        spans[sentence.id] = (begins, len(samples) / RATE)
        samples += breath
    return takes.encoded(samples, READING), spans
