"""Nobody is ever shut out: unknown phones wait a little longer each time, known phones and whole classes do not."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from lms.accounts import tries
from lms.accounts.models import FailedTries
from lms.db import database
from lms.errors import Wait

NOW = datetime(2026, 4, 2, 8, 0, tzinfo=UTC)
ROUTER = "203.0.113.7"
NUMBER = "13800000001"


def wrong(times: int, *, number: str = NUMBER, address: str = ROUTER, now: datetime = NOW) -> tries.Attempt:
    for _time in range(times):
        attempt = tries.from_unknown_phone(number, address, now=now)
    return attempt


def spray(numbers: int, *, address: str = ROUTER, now: datetime = NOW) -> None:
    for number in range(numbers):
        tries.from_unknown_phone(f"139{number:08}", address, now=now)


def test_an_unknown_phone_has_five_free_tries_and_then_waits_a_second(app):
    assert wrong(5).left == 0

    with pytest.raises(Wait) as told:
        wrong(1)

    assert told.value.seconds == 1


def test_the_wait_doubles_with_each_wrong_try(app):
    wrong(5)
    wrong(1, now=NOW + timedelta(seconds=1))
    later = NOW + timedelta(seconds=3)
    wrong(1, now=later)

    with pytest.raises(Wait) as told:
        wrong(1, now=later)

    assert told.value.seconds == 4


def test_the_wait_never_grows_beyond_an_hour():
    assert tries.NUMBER.wait(10_000) == timedelta(hours=1)
    assert tries.KNOWN_PHONE.wait(10_000) == timedelta(minutes=1)


def test_a_try_that_came_too_early_counts_nothing(app):
    wrong(5)

    for _try in range(3):
        with pytest.raises(Wait):
            wrong(1)

    assert FailedTries.get_by_id(f"number:{NUMBER}").failures == 5


def test_a_right_pin_lets_the_number_start_afresh(app):
    wrong(4).succeeded(now=NOW)

    assert wrong(1).left == 4


def test_wrong_pins_from_elsewhere_never_make_a_known_phone_wait(app):
    wrong(5)
    with pytest.raises(Wait):
        wrong(1)

    assert tries.from_known_phone("a" * 64, 7, now=NOW).left == 9


def test_a_stolen_phone_cannot_try_a_million_pins(app):
    for _try in range(10):
        tries.from_known_phone("a" * 64, 7, now=NOW)

    with pytest.raises(Wait):
        tries.from_known_phone("a" * 64, 7, now=NOW)


def test_one_person_s_hundred_wrong_pins_do_not_make_the_class_wait(app):
    for minute in range(100):
        try:
            wrong(1, now=NOW + timedelta(hours=minute * 2))
        except Wait:
            continue

    assert FailedTries.get_by_id(f"address:{ROUTER}").failures == 1


def test_forty_trainees_who_first_type_it_wrong_all_get_in(app):
    class_of_40 = [f"137{seat:08}" for seat in range(40)]

    for number in class_of_40:
        wrong(2, number=number)
    for number in class_of_40:
        wrong(1, number=number).succeeded(now=NOW)

    assert FailedTries.get_by_id(f"address:{ROUTER}").failures == 0


def test_one_pin_tried_on_hundreds_of_numbers_makes_the_address_wait(app):
    spray(100)

    with pytest.raises(Wait):
        tries.from_unknown_phone("13699999999", ROUTER, now=NOW)
    assert tries.from_unknown_phone("13699999999", "198.51.100.1", now=NOW).left == 4


def test_a_number_already_tried_here_does_not_wait_for_the_others(app):
    wrong(1)
    spray(99)

    assert wrong(1).left == 3


def test_the_count_of_an_address_sinks_by_one_a_minute(app):
    spray(100)
    later = NOW + timedelta(minutes=10, seconds=59)

    tries.from_unknown_phone("13699999999", ROUTER, now=later)

    row = FailedTries.get_by_id(f"address:{ROUTER}")
    assert (row.failures, row.last_at) == (91, NOW + timedelta(minutes=10))


def test_a_quiet_day_forgets_wrong_tries(app):
    wrong(5)

    assert wrong(1, now=NOW + timedelta(days=1, seconds=2)).left == 4


def test_old_counts_are_dropped(app):
    wrong(1)

    assert tries.forget_old(now=NOW + timedelta(days=2)) == 3
    assert not FailedTries.select().exists()


def test_a_new_pin_ends_the_wait(app):
    wrong(5)

    tries.forgive(NUMBER, 7)

    assert wrong(1).left == 4


def test_fifty_tries_at_once_count_as_fifty(app):
    def one_try(_number: int) -> bool:
        with database.connection_context():
            try:
                tries.from_unknown_phone(NUMBER, ROUTER, now=NOW)
            except Wait:
                return False
            return True

    with ThreadPoolExecutor(8) as threads:
        let_through = sum(threads.map(one_try, range(50)))

    assert let_through == 5


def test_a_household_s_ipv6_addresses_count_as_one():
    assert tries.place("2001:db8:1:2:aaaa::1") == tries.place("2001:db8:1:2:bbbb::9")
    assert tries.place("2001:db8:1:2::1") != tries.place("2001:db8:1:3::1")
    assert tries.place("not an address") == "unknown"
