"""What the editor's script says."""

from __future__ import annotations

from lms.i18n import _


def kinds() -> list[tuple[str, str]]:
    """Kinds of questions and the task, which the editor can insert beside the usual ones, and what they are called."""
    return [
        ("pictures", _("Choose a picture")),
        ("order", _("Put in order")),
        ("match", _("Find the pairs")),
        ("hotspot", _("A place in a picture")),
        ("moment", _("A moment of a clip")),
        ("tap", _("Tap at each fault")),
        ("number", _("A number")),
        ("text", _("A few words")),
        ("voice", _("Answer by voice")),
        ("task", _("Task")),
    ]


def words() -> dict[str, str]:
    """What the editor's script says, in the reader's language. Names in braces are filled in by it."""
    return {
        "kept": _("Kept on this computer, on its way"),
        "sending": _("Saving…"),
        "saved": _("%(time)s saved", time="{time}"),
        "offline": _("No network. Kept on this computer; it is sent by itself once there is network."),
        "signed_out": _("You are signed out. What you wrote is kept on this computer. Sign in, then come back."),
        "sign_in": _("Sign in in a new tab"),
        "other_person": _("Somebody else is signed in here now. Your text is kept for you. Sign in yourself."),
        "refused": _("This could not be saved. It is kept on this computer. Open the page again."),
        "restored": _("This is what you wrote last time and what had not been saved yet."),
        "conflict": _("This page was saved elsewhere while you were writing."),
        "conflict_by": _("%(name)s saved this page while you were writing.", name="{name}"),
        "mine": _("Your text"),
        "theirs": _("Their text"),
        "keep_mine": _("Take mine"),
        "take_theirs": _("Take theirs"),
        "merge": _("Put both together"),
        "merge_clean": _("You changed different lines, so both fit together. Nothing is lost."),
        "merge_marks": _("Both changed the same lines in %(number)s places: there both stand.", number="{number}"),
        "mark_mine": _("<<<<<<< your text"),
        "mark_theirs": _("======= their text"),
        "mark_end": _(">>>>>>> end"),
        "own": own_windows(),
        "choose_file": _("Choose a file first."),
        "wrong_file": _("This is neither a picture nor a recording. Choose a JPEG, PNG, WebP, MP4 or M4A file."),
        "uploading": _("Sending the file…"),
        "uploaded": _("%(name)s is there: %(weight)s.", name="{name}", weight="{weight}"),
        "turning": _("%(name)s is being made small. It shows in a minute.", name="{name}"),
        "upload_failed": _("The file did not get through. Send it again when there is network."),
        "insert_failed": _("The block could not be written into both languages. Try again when there is network."),
        "in_both": _("Written into both languages; translate it there."),
        "in_one": _("Written here. The other language has no page yet."),
        "bold": _("important"),
        "heading": _("Heading"),
        "teacher": _("A tip in your own voice."),
        "not_allowed": _("The browser did not let us record. Allow the microphone and the camera, then tap again."),
        "at_most": _("at most %(time)s", time="{time}"),
        "recorded": _("Recorded: %(weight)s. Hear it once before you send it.", weight="{weight}"),
    }


def own_windows() -> dict[str, str]:
    """What it says instead where both texts are of one person, in two windows."""
    both = _("Both windows changed the same lines in %(number)s places: there both stand.", number="{number}")
    return {
        "conflict": _("You saved this page in another window, too."),
        "conflict_by": _("You saved this page in another window, too."),
        "mine": _("In this window"),
        "theirs": _("In the other window"),
        "keep_mine": _("Take this one"),
        "take_theirs": _("Take the other one"),
        "merge_clean": _("You changed different lines in the two windows, so both fit together. Nothing is lost."),
        "merge_marks": both,
        "mark_mine": _("<<<<<<< this window"),
        "mark_theirs": _("======= the other window"),
    }


def recorder_words() -> dict[str, str]:
    """What the script of the recording room says, in the reader's language. Names in braces are filled in by it."""
    return {
        "place": _("Sentence %(number)s of %(total)s", number="{number}", total="{total}"),
        "total": _("%(said)s of %(total)s sentences recorded", said="{said}", total="{total}"),
        "start": _("Record it"),
        "stop": _("I have said it"),
        "again": _("Record again"),
        "listening": _("Speak now, and tap when you are done."),
        "sending": _("Sending…"),
        "kept": _("Kept. Next one."),
        "all": _("All sentences are there. The reading is being put together."),
        "waiting": _("%(count)s wait on this phone and are sent once there is network.", count="{count}"),
        "signed_out": _("You are signed out. What you said is kept on this phone: sign in, then come back."),
        "not_allowed": _("The microphone is not allowed. Allow it in the browser, or send a sound file below."),
        "full": _("This phone is full, so nothing more can be kept. Free some space first."),
    }
