"""Bounds: what is shipped, what a trainer sets, what makes no sense, and what the coach's page is given."""

from __future__ import annotations

import json
from html import unescape

import pytest
from flask import Flask

from lms.audit import AuditEntry
from lms.db import utc_now
from lms.i18n import in_language
from lms.practice.shots import tuning, words
from lms.practice.shots.bounds import number
from lms.practice.shots.models import Threshold
from lms.practice.shots.thresholds import BY_NAME, SIGNALS, faults
from tests.browser import Browser
from tests.cast import Cast
from tests.entering import signed_in

LUMA = {"signal": "subject_luma", "amber_low": "60", "green_low": "85", "green_high": "170", "amber_high": "190"}


@pytest.fixture
def trainer(app: Flask, cast: Cast) -> Browser:
    """何敏 at her desk."""
    return signed_in(app, cast.trainer)


@pytest.mark.parametrize("signal", SIGNALS, ids=lambda signal: signal.name)
def test_every_shipped_bound_makes_sense_and_names_its_source(signal):
    assert not faults(signal, signal.every)
    assert signal.mark in ("S", "G", "D") and signal.source


def test_every_way_of_being_off_has_its_words():
    ways = {
        "width": ("low",),
        "covered": ("top", "bottom", "right"),
        "roll": ("left", "right"),
        "headroom": ("low", "high"),
    }
    for signal in SIGNALS:
        sides = [side for side in ("low", "high") if f"green_{side}" in signal.bounds]
        missing = {f"{signal.name}.{side}" for side in ways.get(signal.name, sides)} - words.ADVICE.keys()
        assert not missing


def test_an_advice_in_chinese_is_short(app: Flask):
    with in_language("zh"):
        assert not [str(advice.say) for advice in words.ADVICE.values() if len(str(advice.say)) > 15]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("85", 85), (" 0,93 ", 0.93), ("−22", -22), ("８５", 85), ("", None), ("nan", None), ("1e999", None)],
)
def test_numbers_are_read_as_people_write_them(typed: str, meant: float | None):
    assert number(typed) == meant


def test_a_trainer_sets_a_bound_and_phones_are_given_it(app: Flask, cast: Cast, trainer: Browser):
    trainer.post("/teach/practice/shots", **LUMA)

    page = signed_in(app, cast.trainee).get("/practice/shots")
    given = json.loads(unescape(page.all("shot-coach")[0]["data-thresholds"]))
    assert given["subject_luma"] == {"amber_low": 60, "green_low": 85, "green_high": 170, "amber_high": 190}
    assert {row.bound for row in Threshold.select()} == {"amber_low", "green_low"}


def test_the_trail_says_what_it_was(cast: Cast, trainer: Browser):
    trainer.post("/teach/practice/shots", **LUMA)

    entry = AuditEntry.get(AuditEntry.action == "threshold.changed")
    assert entry.actor_id == cast.trainer.id
    assert entry.detail == {"signal": "subject_luma", "amber_low": [70, 60], "green_low": [90, 85]}


def test_twice_the_same_changes_nothing_more(trainer: Browser):
    trainer.post("/teach/practice/shots", **LUMA)
    trainer.post("/teach/practice/shots", **LUMA)
    assert Threshold.select().count() == 2
    assert AuditEntry.select().where(AuditEntry.action == "threshold.changed").count() == 1


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"green_low": "nine"}, "要填数字"),
        ({"amber_low": "-4"}, "之间"),
        ({"green_low": "200"}, "黄色里面"),
        ({"amber_low": "100"}, "黄色里面"),
    ],
)
def test_what_makes_no_sense_is_told_and_kept_as_typed(trainer: Browser, change: dict[str, str], message: str):
    page = trainer.post("/teach/practice/shots", 422, **{**LUMA, **change})

    assert message in page.text
    assert page.all("input", id="subject_luma-green_high")[0]["value"] == "170"
    assert not Threshold.select().exists()


def test_a_signal_goes_back_to_what_was_shipped(cast: Cast, trainer: Browser):
    tuning.tune(BY_NAME["roll"], {"green_high": 3, "amber_high": 6}, by=cast.trainer.id, now=utc_now())

    trainer.post("/teach/practice/shots/shipped", signal="roll")

    assert not Threshold.select().exists()
    assert tuning.current()["roll"]["green_high"] == 2


def test_a_bound_set_to_the_shipped_value_leaves_no_row(cast: Cast, app: Flask):
    tuning.tune(BY_NAME["roll"], {"green_high": 3, "amber_high": 5}, by=cast.trainer.id, now=utc_now())
    tuning.tune(BY_NAME["roll"], {"green_high": 2, "amber_high": 5}, by=cast.trainer.id, now=utc_now())
    assert not Threshold.select().exists()


def test_a_row_of_a_signal_that_is_gone_harms_nothing(app: Flask):
    Threshold.create(signal="gone", bound="green_low", value=1, changed_at=utc_now())
    assert "gone" not in tuning.current()


def test_an_unknown_signal_is_refused(trainer: Browser):
    trainer.post("/teach/practice/shots", 422, signal="beauty")


def test_trainees_and_managers_do_not_tune(app: Flask, cast: Cast):
    signed_in(app, cast.trainee).get("/teach/practice/shots", status=404)
    signed_in(app, cast.manager).get("/teach/practice/shots", status=403)
