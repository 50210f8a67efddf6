"""What an administrator can do from the machine: enter people, print a card, let somebody in again."""

from __future__ import annotations

import pytest

from lms.accounts import cards, credentials, people, roles, totp
from lms.accounts.models import Person, Role
from lms.db import utc_now
from tests.cast import Cast

NUMBER = "13812340066"


@pytest.fixture
def run(app):
    return lambda *words: app.test_cli_runner().invoke(args=["people", *words])


def said(output: str, name: str) -> str:
    return next(line.split(":", 1)[1].strip() for line in output.splitlines() if line.startswith(f"{name}:"))


def test_a_new_trainee_gets_a_card_that_works(app, run):
    result = run("create", "+86 138 1234 0066", "赵玉梅")

    assert result.exit_code == 0
    person = people.by_number(NUMBER)
    assert credentials.check(person, credentials.PIN, said(result.output, "PIN"), now=utc_now())


def test_a_new_colleague_gets_a_password_that_works(app, run):
    result = run("create", NUMBER, "赵老师", "--role", "trainer", "--area", "349921000000")

    person = people.by_number(NUMBER)
    assert [(role.kind, role.area_code) for role in person.roles] == [("trainer", "349921000000")]
    assert credentials.check(person, credentials.PASSWORD, said(result.output, "password"), now=utc_now())


@pytest.mark.parametrize(
    "words", [("12", "赵"), (NUMBER, " "), (NUMBER, "赵" * 41), (NUMBER,), ("13812340001", "张秀兰")]
)
def test_what_cannot_be_entered_fails_with_a_message(cast: Cast, run, words):
    result = run("create", *words)

    assert result.exit_code != 0
    assert result.output.strip()
    assert people.by_number(NUMBER) is None


def test_a_card_shows_no_pin_that_has_been_used(cast: Cast, run):
    result = run("card", "13812340001")

    assert result.exit_code == 0
    assert "own" in said(result.output, "PIN")
    assert cards.token(cast.trainee, now=utc_now()) in result.output


def test_a_card_with_reset_has_a_new_pin(cast: Cast, run):
    pin = said(run("card", "13812340001", "--reset").output, "PIN")

    assert credentials.check(cast.trainee, credentials.PIN, pin, now=utc_now())


def test_a_colleague_has_no_card(cast: Cast, run):
    result = run("card", "13812340002")

    assert result.exit_code == 1 and "people reset" in result.output


def test_a_reset_lets_a_colleague_in_who_was_let_out(cast: Cast, run):
    people.deactivate(cast.trainer, by=cast.admin.id, now=utc_now())

    password = said(run("reset", "13812340002").output, "password")

    assert Person.get_by_id(cast.trainer.id).is_active
    assert credentials.check(cast.trainer, credentials.PASSWORD, password, now=utc_now())
    assert not totp.is_on(cast.trainer)


def test_when_the_last_admin_is_lost_another_is_made(cast: Cast, run):
    Role.delete().where(Role.kind == "admin").execute()

    result = run("reset", "13812340003", "--admin")

    assert result.exit_code == 0
    assert roles.holders("admin").get() == cast.manager


def test_nobody_is_reset_by_a_number_that_nobody_has(cast: Cast, run):
    assert run("reset", NUMBER).exit_code == 1


def test_every_command_explains_itself(app, run):
    for words in ([], ["create"], ["card"], ["reset"]):
        assert run(*words, "--help").exit_code == 0
