"""A new installation: database, keys, provinces, the first administrator; and nothing the second time."""

from __future__ import annotations

from flask import Flask

from lms.accounts import credentials
from lms.accounts.models import Person, Role
from lms.programmes.models import Area, Cohort

PASSWORD = "four words about lotus roots"


def run(app: Flask, *words: str, **options):
    return app.test_cli_runner().invoke(args=["init", *words], **options)


def test_init_makes_the_first_administrator_and_nothing_invented(app: Flask):
    done = run(app, "--name", "管理员", "--phone", "138 1234 0006", "--password", PASSWORD)

    assert done.exit_code == 0, done.output
    person = Person.get()
    assert (person.name, person.phone) == ("管理员", "13812340006")
    assert Role.get().kind == "admin" and credentials.of(person, credentials.PASSWORD)
    assert Area.select().count() == 34 and not Cohort.select().exists()


def test_init_asks_for_what_was_not_said(app: Flask):
    done = run(app, input=f"管理员\n13812340006\n{PASSWORD}\n{PASSWORD}\n")

    assert done.exit_code == 0, done.output
    assert Person.get().name == "管理员" and PASSWORD not in done.output


def test_the_password_comes_from_standard_input_or_the_environment(app: Flask):
    done = run(app, "--name", "甲", "--phone", "13812340006", "--password", "-", input=PASSWORD + "\n")
    assert done.exit_code == 0, done.output
    Person.delete().execute()
    done = run(app, "--name", "乙", "--phone", "13812340007", env={"FIELDCAST_ADMIN_PASSWORD": PASSWORD})
    assert done.exit_code == 0, done.output


def test_init_twice_says_so(app: Flask):
    run(app, "--name", "管理员", "--phone", "13812340006", "--password", PASSWORD)
    again = run(app, "--name", "别人", "--phone", "13812340007", "--password", PASSWORD)

    assert again.exit_code == 0 and "begun before" in again.output
    assert Person.select().count() == 1


def test_a_weak_password_or_no_number_is_refused_and_nothing_stays(app: Flask):
    short = run(app, "--name", "管理员", "--phone", "13812340006", "--password", "short")
    landline = run(app, "--name", "管理员", "--phone", "0558-6712345", "--password", PASSWORD)

    assert (short.exit_code, landline.exit_code) == (1, 1)
    assert not Person.select().exists()
