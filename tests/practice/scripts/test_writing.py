"""Scripts as they are saved: no word is lost, twice is once, two phones are told of each other."""

from __future__ import annotations

from datetime import timedelta

import pytest

from lms.errors import NotFound, Refused
from lms.practice.scripts import keeping, writing
from lms.practice.scripts.models import Script, ScriptVersion
from tests.cast import SPRING, Cast
from tests.practice.scripts.written import CLAIMING, LAWFUL, UNLAWFUL, prove, sign, write

ID = "a-script-of-mine"


def texts(script: Script) -> list[str]:
    """All versions, the oldest first."""
    return [one.text for one in script.versions.order_by(ScriptVersion.number)]


def test_the_same_save_twice_is_one_version(cast: Cast):
    first = write(cast.trainee, UNLAWFUL, client_id=ID)
    again = write(cast.trainee, UNLAWFUL, client_id=ID)

    assert again == first and texts(first.script) == [UNLAWFUL]


def test_a_version_counts_what_was_found(cast: Cast):
    version = write(cast.trainee, UNLAWFUL)
    assert (version.must, version.proof) == (2, 0)


def test_what_is_saved_by_itself_is_one_version_for_ten_minutes(cast: Cast):
    script = write(cast.trainee, "我家", client_id=ID, kept=False).script
    write(
        cast.trainee, "我家的藕", client_id=ID, base=script.latest.mark, kept=False, now=SPRING + timedelta(minutes=5)
    )
    write(
        cast.trainee,
        "我家的藕脆",
        client_id=ID,
        base=script.latest.mark,
        kept=False,
        now=SPRING + timedelta(minutes=11),
    )

    assert texts(script) == ["我家的藕", "我家的藕脆"]


def test_what_its_writer_kept_is_never_written_over(cast: Cast):
    script = write(cast.trainee, LAWFUL, client_id=ID).script
    write(cast.trainee, "都删了", client_id=ID, base=script.latest.mark, kept=False)

    assert texts(script) == [LAWFUL, "都删了"]


def test_a_phone_with_an_older_text_is_told_so(cast: Cast):
    first = write(cast.trainee, LAWFUL, client_id=ID)
    base = first.mark
    write(cast.trainee, CLAIMING, client_id=ID, base=base)

    with pytest.raises(writing.Edited) as edited:
        write(cast.trainee, UNLAWFUL, client_id=ID, base=base)

    assert edited.value.theirs.text == CLAIMING and texts(first.script) == [LAWFUL, CLAIMING]


def test_going_back_keeps_what_came_after(cast: Cast):
    script = write(cast.trainee, LAWFUL, client_id=ID).script
    write(cast.trainee, UNLAWFUL, client_id=ID, base=script.latest.mark)

    writing.restore(script, 1, now=SPRING)

    assert texts(script) == [LAWFUL, UNLAWFUL, LAWFUL]


def test_there_is_no_going_back_to_a_version_of_another(cast: Cast):
    script = write(cast.trainee).script
    with pytest.raises(NotFound):
        writing.restore(script, 7, now=SPRING)


@pytest.mark.parametrize("text", ["长" * 20_001, "a\0b"])
def test_what_is_no_script_is_refused(cast: Cast, text: str):
    with pytest.raises(Refused):
        write(cast.trainee, text)


def test_a_deleted_script_comes_back(cast: Cast):
    script = write(cast.trainee).script
    writing.delete(script, now=SPRING)
    assert not Script.of(cast.trainee).exists()

    writing.bring_back(Script.deleted_by(cast.trainee).get(), now=SPRING)

    assert Script.of(cast.trainee).get().latest.text == LAWFUL


def test_after_thirty_days_a_deleted_script_is_gone(cast: Cast):
    script = write(cast.trainee).script
    prove(script)
    writing.delete(script, now=SPRING)

    keeping.tidy(now=SPRING + timedelta(days=29))
    assert Script.select().count() == 1
    keeping.tidy(now=SPRING + timedelta(days=31))
    assert Script.select().count() == 0


def test_a_signed_script_is_not_deleted(cast: Cast):
    version = write(cast.trainee)
    sign(cast.trainee, version)

    with pytest.raises(Refused, match=r"三年|three years"):
        writing.delete(version.script, now=SPRING)


def test_with_the_account_go_all_scripts_but_the_signed_ones(cast: Cast):
    write(cast.trainee, UNLAWFUL)
    signed = write(cast.trainee)
    sheet = sign(cast.trainee, signed)

    keeping.forget(cast.trainee, SPRING)

    assert [script.id for script in Script.select()] == [signed.script_id]
    assert not Script.of(cast.trainee).exists() and sheet.script_version.text == LAWFUL
