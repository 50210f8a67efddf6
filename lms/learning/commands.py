"""Commands about progress."""

from __future__ import annotations

import click
from flask import current_app
from rich.progress import Progress

from lms.db import opened, utc_now
from lms.learning import recount
from lms.learning.models import Enrolment


@click.group()
def progress() -> None:
    """Prove that what is stored about progress follows from the events."""


@progress.command("recount")
@click.option("--repair", is_flag=True, help="Bring what differs to what the events say.")
def recount_command(repair: bool) -> None:
    """Count everything again from the events and compare; exit 1 on any difference."""
    zone = current_app.config["SETTINGS"].zone
    with opened():
        if repair:
            recount.repair_all(zone, now=utc_now())
        with Progress(transient=True) as bar:
            task = bar.add_task("enrolments", total=Enrolment.select().count())
            found = list(recount.differences(zone, lambda n: bar.advance(task, n)))
        for difference in found:
            click.echo(
                f"{difference.where}: {difference.what}: stored {difference.stored}, counted {difference.counted}"
            )
        click.echo(f"{Enrolment.select().count()} enrolments, {len(found)} differences")
    if found:
        raise SystemExit(1)


commands = [progress]
