"""Handing in, in words and signs."""

from __future__ import annotations

from lms.i18n import _, lazy
from lms.submissions.models import Submission
from lms.submissions.tasks import Asked

# A form that is sent at once, without script, has to fit into one request.
PLAIN_FORM_MB = 60

# What a row of a rubric is about, by a word in its name; the first that fits.
SIGNS = (
    (("光", "亮", "light", "bright"), "light"),
    (("声", "音", "听", "sound", "voice", "hear"), "mic"),
    (("稳", "平", "晃", "stead", "level", "shak"), "level"),
    (("合规", "法", "不说", "law", "lawful", "legal"), "shield"),
    (("价", "优惠", "单", "price", "order", "offer"), "order"),
    (("镜头", "景", "画面", "构图", "摆", "shot", "fram", "picture", "set up"), "camera"),
    (("互动", "回答", "答", "问", "answer", "question", "comment"), "comment"),
    (("时", "秒", "节奏", "time", "second", "pace"), "timer"),
    (("真", "实", "tru", "honest", "real"), "check"),
    (("稿", "话", "词", "文", "字", "标题", "script", "word", "title", "text"), "script"),
    (("人", "脸", "host", "face", "people", "person"), "me"),
)

STATES = {
    "preparing": (lazy("being made ready"), "", "timer"),
    "waiting": (lazy("waiting for your trainer"), "", "timer"),
    "judged": (lazy("waiting for your trainer"), "", "timer"),
    "passed": (lazy("Passed"), "ok", "check"),
    "again": (lazy("Sent back"), "warn", "swap"),
    "withdrawn": (lazy("taken back"), "", "cross"),
}


def icon_of(name: str) -> str:
    """The sign of a row of a rubric."""
    said = name.lower()
    return next((icon for words, icon in SIGNS if any(word in said for word in words)), "sprout")


def state_of(submission: Submission) -> tuple[str, str, str]:
    """A state in words, with the kind and icon of its tag. A judgement inside its undo time is told to nobody."""
    words, kind, icon = STATES[submission.state]
    return str(words), kind, icon


def nothing_yet(asked: Asked) -> str:
    """What to say of an empty hand-in."""
    if not asked.files:
        return _("Write something first.")
    return _("Choose something first, or write a few words.") if asked.written else _("Choose something first.")


def sending_words() -> dict[str, str]:
    """What a phone says of a work on its way."""
    return {
        "sending": _("Sending"),
        "waits": _("Waiting for the network"),
        "kept": _(
            "If the network breaks, it goes on from where it was. You can go on learning; it goes on whenever a page "
            "of ours is open."
        ),
        "unkept": _("This phone cannot keep the file. Stay on this page until it is sent."),
        "sent": _("Handed in: %s"),
        "refused": _("It could not be handed in."),
        "stays": _("It is still on this phone."),
        "again": _("Try again"),
        "drop": _("Delete from this phone"),
        "size": _("This takes %s."),
        "large": _("It is %s. The most is %s: film a shorter one."),
        "many": _("At most 9 things at a time."),
        "wrong": _("This is no photo, video or sound that can be shown. Choose another one."),
        "others": _("Say first whether others can be seen or heard, and whether they agreed."),
        "twice": _("This one is there already."),
        "together": _("Together this takes %s."),
        "signed_out": _("Sign in again, then it goes on."),
        "full": _("This phone is full, so the file is not kept twice. Stay on this page until it is sent."),
        "remove": _("Leave out"),
        "colon": _(": "),
        "nothing": _("This file is empty. Film it again, or choose another one."),
        "to_task": _("To the task"),
    }
