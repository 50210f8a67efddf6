"""A lesson spoken sentence by sentence: what there is to say of a draft's page, and each sentence as it was said last.

What a browser recorded is looked at, freed of the silence at both ends, and kept by the sentence's name. So a page can
be recorded over days and by two people, and after a change only what has new words is to be said again.
"""

from __future__ import annotations

import tempfile
import wave
from array import array
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path

import peewee

from lms import ffmpeg, jobs
from lms.accounts.models import Person
from lms.authoring import recordings
from lms.authoring.desk import Draft
from lms.authoring.models import Take
from lms.catalogue import speech, store
from lms.catalogue.contents import Contents
from lms.catalogue.course import Reader
from lms.catalogue.models import Course
from lms.catalogue.parsed import LANGUAGES, ParsedLesson
from lms.db import database, found, lock
from lms.errors import Conflict, NotFound, Refused
from lms.i18n import _
from lms.lib import silence
from lms.lib.sentences import Sentence
from lms.submissions import freeing

JOB = "authoring.put_together"
RATE = 24_000  # samples a second: voices lie below half of that
LONGEST = 60  # seconds of one sentence
MOST_BYTES = 3 * 1024 * 1024
AS_LONG = 0.08  # seconds: AAC fills up its last frame of 1,024 samples
DECODED = ["-vn", "-ac", "1", "-ar", str(RATE), "-f", "wav", "-t", str(LONGEST + 2)]
KEPT = ["-c:a", "aac", "-b:a", "64k", "-movflags", "+faststart", "-map_metadata", "-1"]


@dataclass(frozen=True)
class Spoken:
    """The page of a draft that is spoken, in its own language or, as a `track`, in another tongue."""

    draft: Draft
    lesson: ParsedLesson
    lang: str
    track: str

    @cached_property
    def script(self) -> tuple[Sentence, ...]:
        """What there is to say."""
        return speech.script(self.lesson, self.lang)

    @property
    def rows(self) -> peewee.ModelSelect:
        """All that was said, of sentences that are gone too."""
        place = (Take.course == self.draft.course, Take.lesson_key == self.lesson.id)
        return Take.select().where(*place, Take.lang == self.lang, Take.track == self.track)

    @cached_property
    def takes(self) -> Mapping[str, Take]:
        """Sentence's name → how it was said last, of those that the page has now."""
        wanted = {one.id for one in self.script}
        return {row.sentence: row for row in self.rows if row.sentence in wanted}

    @property
    def missing(self) -> int:
        """How many sentences nobody has said yet."""
        return len(self.script) - len(self.takes)

    @property
    def stem(self) -> str:
        """The path of what is made of them, without its ending."""
        return f"{self.lesson.id}/{speech.stem(self.lang, self.track)}"

    @property
    def tracks(self) -> list[str]:
        """The names of the other tongues in which something was said, or a recording lies in the folder."""
        said = Take.select(Take.track).where(
            Take.course == self.draft.course, Take.lesson_key == self.lesson.id, Take.lang == self.lang
        )
        recorded = speech.names(self.lesson.id, self.lang, self.draft.files)
        return sorted({row.track for row in said}.union(recorded) - {""})

    @property
    def is_sent_whole(self) -> bool:
        """Whether the draft has a recording that somebody sent in one piece: nothing takes its place unasked."""
        return self.stem + ".m4a" in self.draft.rows and self.stem + speech.TIMINGS not in self.draft.rows

    @property
    def waits(self) -> bool:
        """Whether the reading is to be made: every sentence is there, and it is not made of them yet."""
        return self.is_whole and not self.is_made and not self.is_sent_whole

    @property
    def is_whole(self) -> bool:
        """Whether every sentence of the page was said."""
        return bool(self.takes) and not self.missing

    @property
    def is_made(self) -> bool:
        """Whether the reading in the draft says just the sentences that the page has now, as long as they were said
        last: a draft that was restored brings an older one back."""
        timed = self.draft.files.get(self.stem + speech.TIMINGS)
        spans = speech.spans(timed) if timed else None
        if not spans or self.stem + ".m4a" not in self.draft.rows or spans.keys() != self.takes.keys():
            return False
        lengths = ((ends - begins, self.takes[name].seconds) for name, (begins, ends) in spans.items())
        return self.is_whole and all(abs(made - said) < AS_LONG for made, said in lengths)


def spoken(draft: Draft, key: str, lang: str, track: str) -> Spoken:
    """A page of a draft, or NotFound. Raises Refused for a name that no track can have."""
    lesson = Reader(draft.files).lesson(draft.lesson(key), Contents())
    if lesson is None or lang not in LANGUAGES or lang not in lesson.blocks:
        raise NotFound
    if track and not speech.NAME.fullmatch(track):
        raise Refused(
            _("The name of a tongue has up to %(most)d letters, figures and hyphens.", most=speech.LONGEST_NAME)
        )
    return Spoken(draft, lesson, lang, track)


def keep(page: Spoken, name: str, content: bytes, *, by: int, now: datetime) -> tuple[Take, silence.Voice]:
    """Keep a sentence as somebody just said it, in the place of how it was said before. Twice is once.

    Raises Conflict for a sentence that the page has no more, Refused for what is no sound, too long, or silent.
    """
    sentence = next((one for one in page.script if one.id == name), None)
    if sentence is None:
        raise Conflict(_("This sentence has changed meanwhile. Load the page again and say the new one."))
    samples = heard(content)
    voice = silence.voice(samples, RATE)
    if voice is None:
        raise Refused(_("No voice can be heard in it. Is the microphone covered? Say it once more."))
    made = encoded(samples[voice.begins : voice.ends])
    facts = {"text": sentence.text, "seconds": (voice.ends - voice.begins) / RATE, "spoken_by": by, "spoken_at": now}
    with freeing.keeping(), database.atomic():
        lock(page.draft.course)  # so that of two who say the same at once the second sees what the first left
        before = page.rows.where(Take.sentence == name).first()
        take = put(page, name, {**facts, "digest": store.media.put(made)})
    if before:
        freeing.free({before.digest} - {take.digest})
    page.__dict__.pop("takes", None)
    put_together_later(page)
    return take, voice


def put_together_later(page: Spoken) -> None:
    """Have the reading made, where every sentence is there. Twice is harmless."""
    if page.is_whole and not page.is_sent_whole:
        jobs.later(JOB, page.draft.course.id, page.lesson.id, page.lang, page.track)


def put(page: Spoken, name: str, facts: Mapping[str, object]) -> Take:
    """Name the bytes of a sentence, whatever was there."""
    place = {"course": page.draft.course, "lesson_key": page.lesson.id, "lang": page.lang, "track": page.track}
    Take.insert(**place, sentence=name, **facts).on_conflict(
        conflict_target=[Take.course, Take.lesson_key, Take.lang, Take.track, Take.sentence], update=dict(facts)
    ).execute()
    return page.rows.where(Take.sentence == name).get()


def heard(content: bytes) -> array[int]:
    """The samples of a recording. Raises Refused for what is too long, or no sound that can be read."""
    if not recordings.can_turn():
        raise Refused(
            _("This server has no ffmpeg, which single sentences need. Send the whole reading as M4A or MP3.")
        )
    if len(content) > MOST_BYTES:
        raise Refused(_("This is too long for one sentence. The most is a minute."))
    recordings.look(content, sound=True)
    samples = decoded(content)
    if not samples:
        raise Refused(_("This is no sound recording. Record it again."))
    if len(samples) > (LONGEST + 1) * RATE:  # what the room records itself ends within a second of the minute
        raise Refused(_("This is too long for one sentence. The most is a minute."))
    return samples


def decoded(content: bytes) -> array[int]:
    """The samples of any sound, mono, of 16 bits, RATE a second; none where it cannot be read."""
    with tempfile.TemporaryDirectory(prefix="fieldcast-") as place:
        raw, target = Path(place, "raw"), Path(place, "made.wav")
        raw.write_bytes(content)
        if not ffmpeg.make(raw, {target: DECODED}, longest=LONGEST):
            return array("h")
        with wave.open(str(target)) as sound:
            return array("h", sound.readframes(sound.getnframes()))


def encoded(samples: array[int], options: list[str] = KEPT) -> bytes:
    """Samples as AAC in MP4. Raises Refused where ffmpeg fails."""
    with tempfile.TemporaryDirectory(prefix="fieldcast-") as place:
        raw, target = Path(place, "raw.wav"), Path(place, "made.m4a")
        with wave.open(str(raw), "wb") as sound:
            sound.setnchannels(1)
            sound.setsampwidth(2)
            sound.setframerate(RATE)
            sound.writeframes(samples.tobytes())
        if not ffmpeg.make(raw, {target: options}, longest=LONGEST):
            raise Refused(_("The sound could not be kept just now. Send it once more."))
        return target.read_bytes()


def take(course: Course, number: int) -> Take:
    """How a sentence of this course was said, or NotFound."""
    return found(Take.select().where((Take.course == course) & (Take.id == number)))


def clear(page: Spoken) -> None:
    """Forget all that was said of a page in this tongue; a reading that was made of it stays."""
    with database.atomic():
        rows = list(page.rows)
        Take.delete().where(Take.id.in_([row.id for row in rows])).execute()
        freeing.free(row.digest for row in rows)


def forget_lesson(course: Course, key: str) -> None:
    """Forget all that was said of a lesson that is taken out of the draft. In a transaction."""
    rows = list(Take.select().where((Take.course == course) & (Take.lesson_key == key)))
    Take.delete().where(Take.id.in_([row.id for row in rows])).execute()
    freeing.free(row.digest for row in rows)


def forget(person: Person, now: datetime) -> None:
    """The voice of an erased person goes with them (PIPL, article 47); readings that were made of it belong to the
    course. A hook of `accounts.people`."""
    with database.atomic():
        rows = list(Take.select().where(Take.spoken_by == person.id))
        Take.delete().where(Take.spoken_by == person.id).execute()
        freeing.free(row.digest for row in rows)
