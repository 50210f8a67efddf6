"""One work on its rubric: judge it, change that within ten minutes, take it back, ask to show it to others."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from flask import flash, redirect, render_template, request, url_for

from lms.accounts.models import Person
from lms.assessment import became, judging, peers, phrases, places, queue, rubrics, settling, voices, wording
from lms.assessment.judging import NewRemark, Scores
from lms.assessment.models import Judgement, PeerReview
from lms.assessment.rubrics import Rubric
from lms.assessment.views import blueprint
from lms.assessment.views.queue import places as townships
from lms.assessment.views.queue import titles
from lms.db import found, utc_now
from lms.errors import Conflict, Refused
from lms.i18n import _
from lms.submissions import sharing, states, tasks, turning
from lms.submissions.models import Submission
from lms.web.access import allow
from lms.web.people import asking

NUMBERED = re.compile(r"remark-(\d{1,3})-piece")
# Empty lines for remarks where no script adds them.
SPARE_REMARKS = 2


@dataclass
class WorkPage:
    """Everything that the page draws. `given`: what was typed and could not be kept; `put_by`: the token of what was
    spoken with it; `too_late`: it is not to be sent again, for others were faster."""

    work: Submission
    person: Person
    now: datetime
    given: Scores | None = None
    refusal: str = ""
    put_by: str = ""
    too_late: bool = False

    @cached_property
    def rubric(self) -> Rubric:
        """What is looked at."""
        return rubrics.of(self.work)

    @property
    def title(self) -> str:
        """Course and lesson."""
        return titles([self.work])[self.work.id]

    @property
    def place(self) -> str:
        """The trainee's township."""
        return townships([self.work])[self.work.enrolment.area_code]

    @cached_property
    def judgements(self) -> list[Judgement]:
        """Those that stand."""
        return list(Judgement.standing().where(Judgement.submission == self.work).order_by(Judgement.id))

    @cached_property
    def mine(self) -> Judgement | None:
        """My own."""
        return next((one for one in self.judgements if one.judge_id == self.person.id), None)

    @property
    def shown(self) -> list[Judgement]:
        """The others' judgements: hidden until all that it takes are there, so that nobody judges by another's word."""
        all_there = self.work.state in (states.JUDGED, *states.SETTLED)
        return [one for one in self.judgements if one is not self.mine and all_there]

    @property
    def waits_for_second(self) -> bool:
        """Whether I have judged, and another one has not yet."""
        return bool(self.mine) and self.work.state == states.WAITING

    @cached_property
    def may_judge(self) -> bool:
        """Whether this colleague can give or change a judgement now."""
        if self.too_late or not Submission.judged_by(self.person).where(Submission.id == self.work.id).exists():
            return False
        if settling.is_due(self.work, self.now) or self.work.state not in (states.WAITING, states.JUDGED):
            return False
        return bool(self.mine or self.refusal) or self.work.state == states.WAITING or self.divided

    @cached_property
    def has_task(self) -> bool:
        """Whether its owner's course still has what it was handed in to."""
        return tasks.is_still_asked(self.work)

    @property
    def divided(self) -> bool:
        """Whether two judges disagree on passing, and it does not count yet."""
        return self.work.state == states.JUDGED and settling.is_divided(self.judgements)

    @property
    def undo_until(self) -> datetime | None:
        """Until when my judgement can be changed."""
        return self.mine.settles_at if self.mine and not self.mine.settled_at else None

    @cached_property
    def judges(self) -> int:
        """How many judge it."""
        return rubrics.needed(self.work, self.rubric)

    @property
    def is_blind(self) -> bool:
        """Whether I am to judge without seeing what others give."""
        return self.may_judge and self.judges > 1 and self.work.state == states.WAITING and not self.mine

    @property
    def fewer_judges(self) -> bool:
        """Whether the task wants more judges than the class has trainers."""
        return self.judges < self.rubric.judges

    @property
    def points(self) -> dict[int, int]:
        """Row → points that stand in the form."""
        source = self.given.points if self.given else self.mine.points if self.mine else ()
        return {row: got for row, got in enumerate(source) if got >= 0}

    @property
    def words(self) -> str:
        """The words that stand in the form."""
        return self.given.words if self.given else self.mine.words if self.mine else ""

    @property
    def remarks(self) -> list[Any]:
        """The remarks that stand in the form."""
        if self.given:
            return list(self.given.remarks)
        return sorted(self.mine.remarks, key=lambda one: one.second or 0) if self.mine else []

    @cached_property
    def last(self) -> Submission | None:
        """The try before this one."""
        before = Submission.select().where(
            Submission.enrolment == self.work.enrolment_id,
            Submission.step_key == self.work.step_key,
            Submission.number < self.work.number,
            Submission.state != states.WITHDRAWN,
        )
        return before.order_by(Submission.number.desc()).first()

    @property
    def last_words(self) -> list[Judgement]:
        """What was said of it, once that counts."""
        said = Judgement.standing().where(Judgement.submission == self.last, Judgement.settled_at.is_null(False))
        return list(said.order_by(Judgement.id)) if self.last else []

    @property
    def left(self) -> int:
        """How many others wait for me."""
        return queue.waiting_for(self.person).where(Submission.id != self.work.id).count()

    @cached_property
    def at_it(self) -> Person | None:
        """Another trainer who has it open."""
        return queue.sit_down(self.work, self.person, now=self.now) if self.may_judge else None

    @property
    def phrases(self) -> list[str]:
        """Quick phrases."""
        return phrases.shown(self.person, {piece.kind for piece in self.work.in_order()})

    @property
    def reviews(self) -> list[PeerReview]:
        """What fellow trainees say, with what is hidden."""
        return peers.of(self.work, hidden=True)

    @cached_property
    def undoable(self) -> Judgement | None:
        """What I sent a moment ago."""
        newest = queue.can_be_undone(self.person, now=self.now)
        return newest if newest and newest.submission_id != self.work.id else None

    @property
    def became(self) -> str:
        """What became of that."""
        return became.of(self.undoable) if self.undoable else ""

    @property
    def may_ask(self) -> bool:
        """Whether the owner can be asked to show it."""
        return self.work.state == states.PASSED and not self.work.consents.exists()


def work_of(number: int) -> WorkPage:
    """The page of a work that the asking colleague may look at, or NotFound."""
    person, now = asking(), utc_now()
    work = found(Submission.gradable_by(person).where(Submission.id == number))
    turning.look_after(work, now=now)
    if settling.is_due(work, now):
        settling.settle(work.id, now=now)
        work = Submission.get_by_id(work.id)
    return WorkPage(work, person, now)


def own(number: int) -> Submission:
    """A work that the asking trainer may judge, or NotFound."""
    return found(Submission.judged_by(asking()).where(Submission.id == number))


def drawn(page: WorkPage) -> str:
    """The page."""
    return render_template(
        "assessment/work.html",
        page=page,
        work=page.work,
        wording=wording,
        places=places,
        spare=SPARE_REMARKS,
        longest=judging.LONGEST,
        STAMPS=wording.STAMPS,
    )


@blueprint.get("/teach/work/<int:number>")
@allow("trainer", "manager", "admin")
def work(number: int) -> Any:
    """One work."""
    return drawn(work_of(number))


@blueprint.post("/teach/work/<int:number>/judgement")
@allow("trainer")
def give(number: int) -> Any:
    """Judge it, and on to the next. What cannot be kept stays in the form."""
    submission, now = own(number), utc_now()
    scores = scores_of_form()
    try:
        judging.judge(submission, asking(), scores, now=now)
    except Refused as refusal:
        put_by = voice_put_by(scores, now)
        too_late = isinstance(refusal, Conflict)
        page = WorkPage(Submission.get_by_id(number), asking(), now, scores, str(refusal), put_by, too_late)
        return drawn(page), refusal.status
    voices.let_go(asking(), request.form.get("voice-waiting", ""))
    queue.stand_up(submission, asking())
    return redirect(url_for("assessment.next_work", after=number), 303)


@blueprint.get("/teach/work/<int:number>/judgement")
@allow("trainer")
def judgement(number: int) -> Any:
    """A judgement that was not taken, opened again: its work."""
    return redirect(url_for("assessment.work", number=number))


@blueprint.post("/teach/work/<int:number>/judgement/end")
@allow("trainer")
def take_back(number: int) -> Any:
    """Undo it."""
    submission = own(number)
    if judging.take_back(submission, asking(), now=utc_now()):
        flash(_("Taken back. It waits to be judged again."), "ok")
    return redirect(url_for("assessment.work", number=number), 303)


@blueprint.post("/teach/work/<int:number>/example")
@allow("trainer")
def ask_to_show(number: int) -> Any:
    """Ask its owner for leave to show it to others."""
    if sharing.ask(own(number), by=asking().id, now=utc_now()):
        flash(_("Asked. The owner decides."), "ok")
    return redirect(url_for("assessment.work", number=number), 303)


def scores_of_form() -> Scores:
    """What the form says; a row without points counts as -1, which no rubric takes."""
    form, spoken = request.form, voice_of_form()
    rows = sorted({int(name[4:]) for name in form if re.fullmatch(r"row-\d{1,2}", name)})
    most = max([*rows, form.get("rows", 0, type=int) - 1])
    return Scores(
        points=tuple(form.get(f"row-{row}", -1, type=int) for row in range(min(most + 1, 50))),
        words=form.get("words", "").replace("\r\n", "\n").strip(),
        send_back=form.get("deed") == "back",
        voice=spoken or voices.waiting(asking(), form.get("voice-waiting", "")),
        voice_seconds=max(0.0, min(600.0, form.get("voice-seconds" if spoken else "waiting-seconds", 0.0, type=float))),
        keep_voice=form.get("keep-voice") == "yes",
        remarks=tuple(filter(None, map(remark_of_form, sorted(map(int, NUMBERED.findall(" ".join(form))))))),
    )


def voice_of_form() -> bytes:
    """What was spoken with this form."""
    voice = request.files.get("voice")
    if voice is None:
        return b""
    voice.stream.seek(0)
    return voice.read(2 * 1024 * 1024)


def voice_put_by(scores: Scores, now: datetime) -> str:
    """The token of what was spoken with a form that was refused: put by now, or the time before."""
    before = request.form.get("voice-waiting", "")
    if not voice_of_form():
        return before if scores.voice else ""
    voices.let_go(asking(), before)
    return voices.put_by(asking(), scores.voice, scores.voice_seconds, now=now)


def remark_of_form(number: int) -> NewRemark | None:
    """One remark; None for a line that was left empty."""
    form, prefix = request.form, f"remark-{number}-"
    words, stamp = form.get(prefix + "words", "").strip(), form.get(prefix + "stamp", "look")
    second, x, y = (form.get(prefix + name, None, type=float) for name in ("second", "x", "y"))
    if second is None:
        x, y = places.chosen(form.get(prefix + "place", None, type=int), x, y)
    placed = second is not None or (x is not None and y is not None)
    if not words and not placed:
        return None
    return NewRemark(form.get(prefix + "piece", 0, type=int), second, x, y, stamp, words)
