"""A process of its own that stores answers and says so of each, until it is killed: `python -m tests.learning.answering
URL MEDIA ENROLMENT NAME`."""

from __future__ import annotations

import sys

from lms import db, media
from lms.catalogue import store
from lms.learning.models import Enrolment
from tests.learning.deeds import check, send


def main(url: str, folder: str, enrolment_id: str, name: str) -> None:
    """Answer one question over and over; a line with the id once the answer is stored."""
    db.bind(url).connect()
    store.media = media.open_store(folder)
    enrolment = Enrolment.get_by_id(int(enrolment_id))
    number = 0
    while True:
        number += 1
        recorded = send(enrolment, check(f"{name}-{number:06}", number % 2))
        print(recorded.event.client_id, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
