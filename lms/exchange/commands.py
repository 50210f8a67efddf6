"""Commands that begin an installation, fill it, and carry it elsewhere."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from flask import current_app
from rich.progress import Progress

from lms.accounts.commands import people_group
from lms.accounts.forms import line
from lms.accounts.models import Person
from lms.catalogue import store
from lms.db import opened, utc_now
from lms.errors import FieldcastError, Refused
from lms.exchange import backup as archives
from lms.exchange import beginning, faults, roster
from lms.exchange.demonstration import opening
from lms.i18n import in_language
from lms.lib import phones
from lms.programmes import cohorts
from lms.programmes.models import Cohort
from lms.settings import ROOT, Settings
from lms.web import log

STORY = 40


def settings() -> Settings:
    """The settings of this application."""
    return current_app.config["SETTINGS"]


@contextmanager
def in_plain_words() -> Iterator[None]:
    """Refusals in English on standard error, with exit code 1."""
    try:
        with in_language("en"):
            yield
    except FieldcastError as problem:
        raise click.ClickException(str(problem)) from None


@contextmanager
def progress_bar(words: str, total: int | None) -> Iterator[Callable[[int], object]]:
    """A bar on standard error that is told how many more are done."""
    with Progress(transient=True, console=None, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task(words, total=total)
        yield lambda more: bar.advance(task, more)


@click.command()
@click.option("--name", help="The first administrator's name.")
@click.option("--phone", help="Their mobile number, to sign in with.")
@click.option("--password", envvar="FIELDCAST_ADMIN_PASSWORD", help="Their password; - reads it from standard input.")
def init(name: str | None, phone: str | None, password: str | None) -> None:
    """Begin a new installation: database, keys, provinces, first administrator. No demonstration data."""
    with in_plain_words():
        done, provinces = beginning.prepare(settings().var / "backups", now=utc_now())
        click.echo(f"Database: {len(done)} migrations run. Provinces: {provinces} made. Keys: {keys()}.")
        with opened():
            if beginning.has_admin():
                click.echo("This installation has begun before: it has an administrator. Nothing else was changed.")
                return
            person = beginning.first_admin(asked(name, phone, password), now=utc_now())
    click.echo(f"Administrator {person.name} signs in at /sign-in/staff with {person.phone} and the password.")


def keys() -> str:
    """Where the secret is kept."""
    path = settings().var / "secret_key"
    return str(path) if path.exists() else "SECRET_KEY of the environment"


def asked(name: str | None, phone: str | None, password: str | None) -> beginning.FirstAdmin:
    """Who the first administrator is, asking for what was not given."""
    name = name or click.prompt("Name of the first administrator", err=True)
    phone = phone or click.prompt("Mobile number", err=True)
    if password == "-":
        password = sys.stdin.readline().rstrip("\n")
    password = password or click.prompt(
        "Password (15 characters or more)", hide_input=True, confirmation_prompt=True, err=True
    )
    number, name = phones.parse(phone), line(name)
    if number is None or not 1 <= len(name) <= Person.name.max_length:
        raise Refused(f"That is no mobile number, or no name: {phone!r}, {name!r}.")
    return beginning.FirstAdmin(name, number, password)


@click.command()
@click.option(
    "--trainees", default=STORY, show_default=True, type=click.IntRange(1, 2_000_000), help="How many people."
)
@click.option("--seed", default=2026, show_default=True, help="The same seed makes the same county.")
@click.option("--json", "as_json", is_flag=True, help="Print the accounts as JSON.")
@click.option("--if-empty", is_flag=True, help="Do nothing, and succeed, where there are people or courses already.")
def demo(trainees: int, seed: int, as_json: bool, if_empty: bool) -> None:
    """Load the demonstration county into an empty database, and print its accounts."""
    with in_plain_words():
        beginning.prepare(settings().var / "backups", now=utc_now())
        if not beginning.is_empty():
            if not if_empty:
                raise Refused("There are people or courses here already. The demonstration needs an empty database.")
            tell(remembered(), as_json)
            return
        courses = sorted(path.parent for path in (ROOT / "courses").glob("*/course.toml"))
        wish = opening.Wish(trainees, seed, courses, utc_now(), settings().zone)
        with opened(), log.story(), progress_bar("people", trainees) as progress:
            accounts = [account.as_json() for account in opening.open_county(wish, progress=progress)]
    remember(accounts)
    tell(accounts, as_json)


def accounts_file() -> Path:
    """Where the demonstration's accounts are kept, so that a second start can print them again."""
    return settings().var / "demonstration.json"


def remember(accounts: list[dict[str, str]]) -> None:
    """Keep the accounts of invented people where only the owner reads them."""
    path = accounts_file()
    path.touch(mode=0o600)
    path.write_text(json.dumps({"database": where(), "accounts": accounts}, ensure_ascii=False, indent=1), "utf-8")


def remembered() -> list[dict[str, str]]:
    """The accounts, if they are those of this database."""
    try:
        kept = json.loads(accounts_file().read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return []
    return kept["accounts"] if kept.get("database") == where() else []


def where() -> str:
    """The database without its password, to tell one from another."""
    address = settings().database_url
    scheme, _, rest = address.partition("://")
    return f"{scheme}://{rest.rpartition('@')[2]}"


def tell(accounts: list[dict[str, str]], as_json: bool) -> None:
    """Print the accounts for people, or for a program."""
    if as_json:
        click.echo(json.dumps(accounts, ensure_ascii=False, indent=1))
        return
    if not accounts:
        click.echo("There is data here already; the demonstration was not loaded.")
        return
    click.echo("Demonstration 演示: accounts as they were when it was made")
    for account in accounts:
        secret = f"PIN {account['pin']}" if "pin" in account else f"password {account['password']}"
        certificate = f"  certificate {account['certificate']}" if account["certificate"] else ""
        click.echo(f"  {account['role']:8} {account['phone']}  {secret}  {account['name']}{certificate}")
    click.echo("Trainees sign in at /sign-in, the others at /sign-in/staff.")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
def backup(file: Path) -> None:
    """Write the whole installation, database, media and keys, to FILE (.tar.gz), while it runs."""
    with in_plain_words(), progress_bar("media", None) as progress:
        done = archives.back_up(file, settings(), store.media, now=utc_now(), progress=lambda *_: progress(1))
    size = file.stat().st_size / 1024 / 1024
    click.echo(f"{file}: {done.kind} database and {done.media_files} media files, {size:.1f} MB.")
    click.echo("Keep it safe: it holds the keys.")


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--force", is_flag=True, help="Also where there is data already; it is backed up under var/backups first."
)
def restore(file: Path, force: bool) -> None:
    """Put the installation in FILE in the place of this one."""
    with in_plain_words(), progress_bar("media", None) as progress:
        done, secret = archives.restore(
            file, settings(), store.media, now=utc_now(), force=force, progress=lambda *_: progress(1)
        )
    click.echo(f"Restored from {file}, made {done.made_at}. Reload a running server (SIGHUP to `serve`).")
    if os.environ.get("SECRET_KEY", secret) != secret:
        click.echo(f"SECRET_KEY of the environment differs from the archive's: set it to what {keys()} holds.")


@people_group.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--cohort", "join_code", required=True, help="The join code of the class.")
@click.option("--dry-run", is_flag=True, help="Only say what would happen.")
def import_people(file: Path, join_code: str, dry_run: bool) -> None:
    """Import the roster FILE (CSV or XLSX) into a class: all of it or nothing, and twice changes nothing."""
    with in_plain_words(), opened():
        read = faults.read(file.read_bytes(), file.name)
        planned = roster.plan(read, found_cohort(join_code))
        for bad in planned.bad:
            click.echo(f"{file}:{bad.line}: {bad.reason} {bad.fix}", err=True)
        told = ", ".join(f"{planned.counts[what]} {what}" for what in roster.KINDS)
        click.echo(f"{len(read.rows)} rows: {told}, {len(planned.bad)} bad")
        if planned.bad:
            raise SystemExit(1)
        if not dry_run:
            roster.import_roster(read, planned.cohort, by=None, now=utc_now())
            click.echo("Imported." if planned.changes else "Nothing to do.")


def found_cohort(join_code: str) -> Cohort:
    """The open class with this join code, or Refused."""
    cohort = cohorts.by_code(join_code)
    if cohort is None:
        raise Refused(f"No open class has the code {join_code!r}.")
    return cohort


commands = [init, demo, backup, restore]
