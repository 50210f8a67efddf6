"""`people create`, `people card`, `people reset`: what an administrator can do from the machine itself."""

from __future__ import annotations

from datetime import datetime

import click
import segno
from flask import current_app

from lms.accounts import cards, credentials, people, roles, totp
from lms.accounts.forms import line
from lms.accounts.models import ROLES, Person
from lms.db import opened, utc_now
from lms.errors import FieldcastError
from lms.lib import names, phones


class Number(click.ParamType):
    """A mobile number in any spelling, as national digits."""

    name = "phone"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        return phones.parse(value) or self.fail(f"{value!r} is not a mobile number.", param, ctx)


class Name(click.ParamType):
    """A person's name."""

    name = "name"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        name = line(value)
        if names.problem(name):
            self.fail(f"A name has letters or characters only, at most {names.LONGEST}.", param, ctx)
        return name


@click.group("people")
def people_group() -> None:
    """People: enter one, print a sign-in card, help somebody who cannot get in."""


@people_group.command()
@click.argument("phone", type=Number())
@click.argument("name", type=Name())
@click.option("--role", type=click.Choice(list(ROLES)), help="A colleague with this role; without it, a trainee.")
@click.option("--area", default="", help="12-digit code of the area; for a role, empty means everywhere.")
def create(phone: str, name: str, role: str | None, area: str) -> None:
    """Enter a person and print how they sign in: a card's PIN for a trainee, a password for a colleague."""
    now = utc_now()
    with opened():
        try:
            person = people.create(name, phone, by=None, now=now, area_code=area)
        except FieldcastError as problem:
            raise click.ClickException(str(problem)) from problem
        if role:
            roles.grant(person, role, area, by=None, now=now)
            print_password(person, now)
        else:
            print_card(cards.card(person, by=None, now=now, home=home()))


@people_group.command("card")
@click.argument("phone", type=Number())
@click.option("--reset", is_flag=True, help="Make a new PIN: everything from before is void.")
def print_one(phone: str, reset: bool) -> None:
    """Print a trainee's sign-in card: QR code, and the PIN if it has not been used yet."""
    with opened():
        person = somebody(phone)
        if person.is_staff:
            raise click.ClickException("Colleagues sign in with a password: use `people reset`.")
        make = cards.reset_card if reset else cards.card
        print_card(make(person, by=None, now=utc_now(), home=home()))


@people_group.command()
@click.argument("phone", type=Number())
@click.option("--admin", is_flag=True, help="Make this person an administrator, as when the last one is lost.")
def reset(phone: str, admin: bool) -> None:
    """Let somebody in again: a new password for a colleague, a new PIN for a trainee. A closed account is opened."""
    now = utc_now()
    with opened():
        person = somebody(phone)
        people.reactivate(person, by=None, now=now)
        if admin:
            roles.grant(person, "admin", by=None, now=now)
        if person.is_staff:
            print_password(person, now)
        else:
            print_card(cards.reset_card(person, by=None, now=now, home=home()))


def somebody(phone: str) -> Person:
    """Who has this number, or a plain message and exit 1."""
    person = people.by_number(phone)
    if person is None:
        raise click.ClickException(f"Nobody here has the number {phone}.")
    return person


def print_password(person: Person, now: datetime) -> None:
    """Make a new password and print it, this once."""
    had_codes = totp.is_on(person)
    password = credentials.reset_password(person, by=None, now=now)
    click.echo(f"{person.name}  {person.phone}")
    click.echo(f"password: {password}")
    click.echo(f"sign in:  {home()}/sign-in/staff")
    if had_codes:
        click.echo("One-time codes are off; they can be set up again under Me.")


def print_card(card: cards.Card) -> None:
    """A card on a terminal."""
    click.echo(f"{card.name}  {card.phone}")
    click.echo(f"PIN: {card.pin or 'their own (use --reset for a new one)'}")
    click.echo(card.url)
    segno.make(card.url, error="m").terminal(compact=True)


def home() -> str:
    """The address of this site."""
    settings = current_app.config["SETTINGS"]
    return settings.public_url or f"http://127.0.0.1:{settings.port}"


commands = [people_group]
