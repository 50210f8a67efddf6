"""The command line: `flask --app app …`. Each group of commands stands with its own room; here they are put
together."""

from __future__ import annotations

import importlib
from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import AppGroup

from lms import migrations
from lms.db import utc_now

# By name, so that no import here draws a room up to this floor.
GROUPS = [
    "lms.jobs",
    "lms.catalogue.commands",
    "lms.accounts.commands",
    "lms.learning.commands",
    "lms.certificates.commands",
    "lms.exchange.commands",
    "lms.practice.scripts.commands",
    "lms.serving",
]


class Commands(AppGroup):
    """Every command, loaded when the first one is asked for: a worker of the site never needs them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        self.load()
        return super().list_commands(ctx)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        self.load()
        return super().get_command(ctx, name)

    def load(self) -> None:
        """Bring in the rooms' commands, once."""
        if self.commands:
            return
        self.add_command(db)
        for room in GROUPS:
            for command in importlib.import_module(room).commands:
                self.add_command(command)


def init_app(app: Flask) -> None:
    """Make the command line ready."""
    app.cli = Commands(app.name)


@click.group()
def db() -> None:
    """Bring the database up to date, or see whether it is."""


@db.command()
def upgrade() -> None:
    """Run the migrations that are pending, each after a backup."""
    folder: Path = current_app.config["SETTINGS"].var / "backups"
    done, backup = migrations.upgrade(folder, now=utc_now())
    for name in done:
        click.echo(f"ran {name}")
    if backup:
        click.echo(f"backup: {backup}")
    if not done:
        click.echo("Nothing to do: the database is up to date.")


@db.command()
def status() -> None:
    """Say which migrations are pending; exit 1 if any is."""
    waiting = migrations.pending()
    for name in waiting:
        click.echo(f"pending {name}")
    if waiting:
        raise SystemExit(1)
    click.echo("The database is up to date.")
